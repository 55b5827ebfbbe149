"""What a person says about themselves, and how they like to read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.people import ProfileForm
from accounts.models import User
from accounts.policies import may_manage_people, roles_to_invite
from accounts.ways import ways_for


@login_required
@require_safe
def account(request):
    """The way to everything that is about this person's own account."""
    context = {"may_invite": bool(roles_to_invite(request.user)), "may_manage_people": may_manage_people(request.user)}
    return render(request, "accounts/account.html", context | {"ways": ways_for(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Show and keep the profile; the page afterwards says that it is kept."""
    # A copy of its own: a form fills its instance before it knows whether that is right.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        return HttpResponseRedirect(f"{reverse('profile')}?bewaard=1")
    context = {"form": form, "kept": "bewaard" in request.GET}
    return render(request, "accounts/profile.html", context, status=400 if form.errors else 200)
