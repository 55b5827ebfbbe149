from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.helpers import DjangoORMSearchHandler
from wagtail_modeladmin.options import ModelAdmin

from common.modeladmin import views
from common.modeladmin.filters import DeclaredFilter
from common.modeladmin.forms import ActForm
from common.modeladmin.permission import PolicyPermissionHelper
from common.policies import Policy
from common.text import search_words


class WordSearch(DjangoORMSearchHandler):
    """Looks for a few clean words; Wagtail's own search stumbles over quotes and NUL."""

    def search_queryset(self, queryset, search_term, **kwargs):
        return super().search_queryset(queryset, search_words(search_term), **kwargs)


class PolicyModelAdmin(ModelAdmin):
    """Screens of one model in the CMS, for whom its policy lets in.

    A subclass gives `policy` and what the list shows, and opens the rest one by one:

    - `declared_filters`: DeclaredFilter classes; every other parameter leads back to the clean list;
    - `search_fields`, `list_export`: each of these fields is for everybody who may list;
    - `inspect_view_enabled` with `inspect_view_fields`: a page to read one row (`may_view`);
    - `form_fields`, `read_only_fields`: what the form asks for, and what it only shows; `hidden_fields` of the first
      stand in it without being seen;
    - `create_act(form, user)`, `change_act(obj, form, user)`, `delete_act(obj, user)`: methods that call one domain act
      each, with `form.cleaned_data`, and return its row (not the last one). They run in a transaction; a Refused is
      shown as its sentence. Without the method that page is closed to everybody.

    A question about an object is asked for each row of a list as well: see Policy.
    """

    policy = None
    declared_filters = ()
    form_fields = ()
    hidden_fields = ()
    read_only_fields = ()
    form_class = ActForm
    create_act = None
    change_act = None
    delete_act = None

    index_view_extra_css = ["css/components/cms-lists.css"]  # to fit a phone
    form_view_extra_css = ["css/components/cms-lists.css"]
    inspect_view_extra_css = ["css/components/cms-lists.css"]
    search_handler_class = WordSearch
    index_view_class = views.PolicyIndexView
    create_view_class = views.PolicyCreateView
    edit_view_class = views.PolicyEditView
    inspect_view_class = views.PolicyInspectView
    delete_view_class = views.PolicyDeleteView
    history_view_class = views.PolicyHistoryView

    def __init__(self, parent=None):
        super().__init__(parent)
        if mistake := self._mistake():
            raise ImproperlyConfigured(f"{type(self).__name__}: {mistake}")
        self.permission_helper = PolicyPermissionHelper(self)

    def _mistake(self):
        if not isinstance(self.policy, Policy) or self.policy.model is not self.model:
            return "`policy` is an instance of the Policy of its own model."
        if self.is_pagemodel:
            return "pages have their own screens, and rights of their own."
        if self.list_filter or not all(issubclass(one, DeclaredFilter) for one in self.declared_filters):
            return "filters are DeclaredFilter classes in `declared_filters`."
        if self.inspect_view_enabled and not self.inspect_view_fields:
            return "name what the page to read shows in `inspect_view_fields`."
        return None

    # ── Which rows ─────────────────────────────────────────────────────────────
    def get_queryset(self, request):
        """The rows of the list, its search, filters and export; a subclass adds what its columns need."""
        return self.policy.visible_to(request.user).order_by(*self.get_ordering(request) or self.opts.ordering)

    def row_for(self, user, pk):
        """Return the row with this key when `user` may know of it. Raises PermissionDenied when not, and the same when
        there is no such row or no such key: the answer doesn't tell which.
        """
        try:
            row = self.policy.visible_to(user).filter(pk=pk).first()
        except (ValueError, ValidationError):
            row = None
        if row is None:
            raise PermissionDenied
        return row

    # ── What stands on them ────────────────────────────────────────────────────
    def get_list_filter(self, request):
        return self.declared_filters

    def get_edit_handler(self):
        hidden = dict.fromkeys(self.hidden_fields, "w-hidden")
        asked = [FieldPanel(name, classname=hidden.get(name, "")) for name in self.form_fields]
        shown = [FieldPanel(name, read_only=True, disable_comments=True) for name in self.read_only_fields]
        return ObjectList([*asked, *shown], base_form_class=self.form_class)

    def address_after(self, row):
        """Return where a form leads once its act is done; nothing for the list."""
        return ""

    def get_menu_label(self):
        """Lazy, unlike modeladmin's: the menu is made once and read in two languages."""
        return self.menu_label or capfirst(self.opts.verbose_name_plural)

    # ── What Wagtail would make of them elsewhere ──────────────────────────────
    def register_indexing(self):
        """Leave the rows out of Wagtail's reference index, whose pages know nothing of our policies."""
