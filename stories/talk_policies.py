"""What may be kept and reacted to, and who looks after reactions."""

from wagtail.models import Page

from accounts.choices import Role
from accounts.models import User
from common.policies import has_role
from home.models import ContentPage
from stories.choices import ReactionState, Talk
from stories.models import ArticlePage, InterviewPage, Reaction, StoryPage
from stories.policies import readable_stories, tells

LOOK_AFTER = (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)

_kinds = {}


def add_kind(model, readable):
    """Let pages of `model` be kept and reacted to: `readable(user) -> queryset` of those that `user` may read now."""
    _kinds[model] = readable


def readable_pages_of(model):
    """Return what add_kind wants of a model whose pages are open to all or to who has an account."""
    return lambda user: model.objects.for_members() if user.is_authenticated else model.objects.open()


add_kind(StoryPage, readable_stories)
for text in (ArticlePage, InterviewPage, ContentPage):
    add_kind(text, readable_pages_of(text))


def is_countable(page):
    """True for a page of a kind whose views are counted."""
    return type(page) in _kinds


def readable_page(user, key):
    """Return the page with this `translation_key` if `user` may read it today, else None."""
    page = Page.objects.filter(translation_key=key).first()
    return readable_among(user, [page]).get(page.pk) if page else None


def readable_among(user, pages):
    """Return `{pk: page}` of those of `pages` (of Wagtail's own class) that `user` may read today, as what they are: a
    query or two for each kind.
    """
    numbers = {}
    for page in pages:
        numbers.setdefault(page.specific_class, []).append(page.pk)
    found = [_kinds[kind](user).filter(pk__in=some).defer("body") for kind, some in numbers.items() if kind in _kinds]
    return {page.pk: page for rows in found for page in rows}


def decides_about_talk(user, page):
    """True for who says whether people may react here: whose story it is; of other pages, who may edit them."""
    if not user.is_active:
        return False
    if isinstance(page, StoryPage):
        return tells(user, page)
    return user.may_open_cms and page.permissions_for_user(user).can_edit()


def looks_after_reactions(user):
    """True for who holds reactions back, closes a talk or writes its summary, wherever they may read."""
    return has_role(user, *LOOK_AFTER)


def people_who_look_after():
    """Everybody who looks after reactions where they may read, by the order of their numbers."""
    return User.objects.filter(is_active=True, groups__name__in=LOOK_AFTER).distinct().order_by("pk")


def reactions_looked_after(user):
    """The reactions that `user` looks after: under pages that they may read, never one of their own."""
    if not looks_after_reactions(user):
        return Reaction.objects.none()
    return _under_readable(user).exclude(author=user).exclude(state=ReactionState.TAKEN_AWAY)


def reactions_met_by(user):
    """The reactions that show where `user` may read them today."""
    return _under_readable(user).shown()


def _under_readable(user):
    found = Reaction.objects.none()
    for pages in [rows(user).values("pk") for rows in _kinds.values()]:
        found = found | Reaction.objects.filter(page__in=pages)
    return found.exclude(page__choices_beside__talk=Talk.OFF)
