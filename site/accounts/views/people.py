"""The people of the site and their roles: for administrators."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain.roles import LastAdministrator, set_roles
from accounts.forms.people import RolesForm, one_line
from accounts.policies import may_manage_people, visible_people

PER_PAGE = 50


@login_required
@require_safe
def people(request):
    """Everybody with an account, by name, with what they do here."""
    if not may_manage_people(request.user):
        raise Http404
    words = one_line(request.GET.get("zoek", ""))[:80]
    rows = visible_people(request.user).prefetch_related("groups").order_by("display_name", "pk")
    if words:
        rows = rows.filter(Q(display_name__icontains=words) | Q(email__icontains=words))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde"))
    return render(request, "accounts/people.html", {"page": page, "words": words})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, uuid):
    """One person's roles, to give and take, with the log of who did so when."""
    someone = get_object_or_404(visible_people(request.user).prefetch_related("groups"), uuid=uuid)
    have = [group.name for group in someone.groups.all()]
    form = RolesForm(request.POST or None, initial={"roles": have})
    if request.method == "POST":
        form = RolesForm(request.POST)
        if form.is_valid() and change(someone, form, request.user):
            return HttpResponseRedirect(reverse("person", args=[someone.uuid]))
    changes = someone.role_changes.select_related("by")[:100]
    context = {"someone": someone, "form": form, "changes": changes}
    return render(request, "accounts/person.html", context, status=400 if form.errors else 200)


def change(someone, form, by):
    """Set the roles of the form; True when that was done, else the form says why not."""
    try:
        set_roles(someone, form.cleaned_data["roles"], by=by)
    except LastAdministrator:
        form.add_error("roles", _("Nobody would be left to give roles. Make somebody else administrator first."))
    return not form.errors
