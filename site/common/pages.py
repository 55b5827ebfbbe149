"""The base that every page type of the site stands on, and the check that keeps half-finished pages offline."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import ModelChoiceField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import BlockField
from wagtail.log_actions import get_active_log_context
from wagtail.models import CollectionMember, Page, PageManager, PageQuerySet

from common.rights import files_to_choose, may_choose
from common.tree import DraftAbove, RestrictionAbove


@dataclass(frozen=True)
class PublishProblem:
    """Why a page can't go online yet: the field where it can be mended, and a sentence for the person who edits."""

    field: str
    message: str


class CheckedPageForm(WagtailAdminPageForm):
    """The editor's form: a draft may be half-finished, but publishing says what is missing, at its field.

    The check stands here and not in `clean()`: there, a refusal is an error page in the bulk publish action,
    stops `publish_scheduled` for the pages after it, and blocks saving a draft.

    What is pointed to is what this person meets in the CMS, or what stood there before: a chooser shows the title of
    whatever number it is given.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            rows = field.queryset if self.for_user and isinstance(field, ModelChoiceField) else None
            if rows is not None and issubclass(rows.model, CollectionMember):
                known = files_to_choose(self.for_user, rows.model).values("pk")
                field.queryset = rows.filter(Q(pk__in=known) | Q(pk=self.initial.get(name)))

    def full_clean(self):
        """Raises PermissionDenied before anything is shown again."""
        if self.is_bound and self.for_user:
            for name, field in self.fields.items():
                if isinstance(field, BlockField):
                    self._refuse_unknown(name, field)
        super().full_clean()

    def _refuse_unknown(self, name, field):
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        stood = pointed_to(field.block, self.initial.get(name))
        if not all(may_choose(self.for_user, model, pk) for model, pk in pointed_to(field.block, sent) - stood):
            raise PermissionDenied

    def problems(self):
        """What is in the way of what was asked for, when that is more than saving a draft."""
        return self.instance.publish_problems()

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        sentences = {}
        for problem in self.problems():
            field = problem.field if problem.field in self.fields else None
            sentences.setdefault(field, []).append(str(problem.message))
        for field, messages in sentences.items():
            self.add_error(field, " ".join(messages))  # of several errors at a StreamField, Wagtail shows the first


# Columns of Wagtail's page that only the CMS reads: a third of a row.
FOR_EDITORS = (
    *("seo_title", "show_in_menus", "draft_title", "has_unpublished_changes", "numchild", "owner", "alias_of"),
    *("go_live_at", "expire_at", "expired", "first_published_at", "last_published_at"),
    *("locked", "locked_at", "locked_by", "latest_revision", "latest_revision_created_at"),
)


class BasePageQuerySet(PageQuerySet):
    """Asks the whole line of parents in the same query: Wagtail's `.live()` does not, and `.public()` reads every
    restriction first.
    """

    def open(self):
        """Pages that anybody may read: live under live pages, with no view restriction on them or above them."""
        return self.live_all_the_way().exclude(RestrictionAbove("path"))

    def for_members(self):
        """Pages that are open, or ask for no more than an account."""
        return self.live_all_the_way().exclude(RestrictionAbove("path", but="login"))

    def for_reading(self):
        """Leave out what only the CMS reads; asking a page for it afterwards costs a query."""
        return self.defer(*FOR_EDITORS)

    def live_all_the_way(self):
        """Pages that are live under live pages only."""
        return self.live().exclude(DraftAbove("path"))


def pointed_to(block, value):
    """Return the `(model, primary key)` of everything that a StreamField holds by its number."""
    return {(model, pk) for model, pk, *_place in block.extract_references(value)} if value else set()


def works_on(page):
    """True when who is in the CMS at this moment works on `page`; the site itself shows no page by its newer title."""
    user = get_active_log_context().user
    return user is not None and page.permissions_for_user(user).can_edit()


class BasePage(Page):
    """A page of this site: short promote tab, publish check, no index of what is private."""

    base_form_class = CheckedPageForm
    objects = PageManager.from_queryset(BasePageQuerySet)()

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines and links"),
        ),
    ]

    class Meta:
        abstract = True

    def publish_problems(self):
        """Return the list of PublishProblem that keep this page, as it now stands, from going online."""
        return []

    def get_admin_display_title(self):
        """A newer title of a page that is online is for who works on it: choosers show the page to others as well."""
        if self.live and self.draft_title not in ("", self.title) and not works_on(self):
            return self.title
        return super().get_admin_display_title()

    @cached_property
    def address(self):
        """The path of this page, without the query that Wagtail's `url` asks for the site's root."""
        return "/" + "/".join(self.url_path.strip("/").split("/")[1:]) + ("/" if self.depth > 2 else "")
