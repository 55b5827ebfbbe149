"""What a reader meets under a page: the reactions, whether one may write, and how often the page was read."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, OuterRef, Subquery, Sum, When
from django.utils import timezone

from common.prepared import Prepared
from stories.domain.reacting import rules_for
from stories.models import HouseRules, PageChoices, PageViews, Reaction

ON_A_PAGE = 100


@Prepared
def stored_choices(page):
    """The choices for a page, with `views`: how often it was read, where readers may see that."""
    counted = PageViews.objects.filter(page=OuterRef("page")).values("page").annotate(all=Sum("number")).values("all")
    seen = Case(When(shows_views=True, then=Subquery(counted)), default=None)
    return PageChoices.objects.filter(page=page).annotate(views=seen)


def choices_beside(page):
    """Return the PageChoices of a page that is shown, or None; one query a page, however often it is asked."""
    if "_choices_beside" not in page.__dict__:
        page.__dict__["_choices_beside"] = stored_choices.first(page=page.pk)
    return page.__dict__["_choices_beside"]


@dataclass
class TalkView:
    """The reactions under a page as one reader meets them."""

    page: object
    choices: PageChoices
    rows: list
    count: int
    user: object
    number: int = 1
    has_more: bool = False
    rules: HouseRules | None = None
    agreed: bool = False
    closed_at: object = field(default=None)

    @property
    def is_closed(self):
        return self.closed_at is not None

    @property
    def last_day(self):
        """The last day on which people can react, as long as that is still to come; else None."""
        ends = None if self.is_closed else self.choices.closes_at
        return ends and timezone.localdate(ends - timedelta(seconds=1))

    @property
    def rules_page(self):
        return self.rules.online_page if self.rules else None


def talk_under(page, user, *, number=1):
    """Return the TalkView of `page` for `user`, or None where there are no reactions: one query then, else two, and two
    more for who may write.
    """
    choices = choices_beside(page)
    if choices is None or not choices.is_on:
        return None
    first = (number - 1) * ON_A_PAGE
    found = list(Reaction.objects.under(page.pk, user.pk)[first : first + ON_A_PAGE + 1])
    rows, more = found[:ON_A_PAGE], len(found) > ON_A_PAGE
    whole = number == 1 and not more
    count = sum(row.is_shown for row in rows) if whole else Reaction.objects.filter(page=page.pk).shown().count()
    now = timezone.now()
    view = TalkView(
        page, choices, rows, count, user, number, more, closed_at=choices.closes_at if choices.is_closed(now) else None
    )
    if user.is_authenticated and not view.is_closed:
        view.rules, view.agreed = rules_for(user)
    return view


def address_of(reaction, page, user):
    """Return the address of a reaction under its page as `user` meets it: on a later sheet where there are many."""
    start = reaction.parent.created_at if reaction.parent else reaction.created_at
    before = Reaction.objects.under(page.pk, user.pk).filter(start__lt=start).count()
    sheet = before // ON_A_PAGE + 1
    return f"{page.address}{f'?reacties={sheet}' if sheet > 1 else ''}#{reaction.anchor}"
