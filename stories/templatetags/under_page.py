"""What stands beside or under a page: asked where it is shown, so that a page without it asks nothing more.

{% load under_page %}
{% kept_mark page as mark %}      the Bookmark of who is signed in, or None
{% talk_beside page as talk %}    a TalkView, or None where there are no reactions
{% reaction_form talk as form %}  the empty form under it
{% views_beside page as views %}  how often it was read, or None where readers don't see that
{% short_quote words as quote %}  the first lines of `words` and the rest: quote.head, quote.rest
"""

from django import template

from stories.domain.keeping import bookmark_on
from stories.domain.talk_reading import choices_beside, talk_under
from stories.forms.reactions import ReactionForm
from stories.talk_policies import looks_after_reactions

register = template.Library()

LINES, LINE = 4, 70  # a quote is folded after so many lines of about so many characters


@register.simple_tag(takes_context=True)
def kept_mark(context, page):
    return None if is_preview(context) else bookmark_on(page, context["request"].user)


@register.simple_tag(takes_context=True)
def talk_beside(context, page):
    if is_preview(context):
        return None
    request = context["request"]
    return talk_under(page, request.user, number=sheet(request.GET.get("reacties", "")))


@register.simple_tag
def reaction_form(talk):
    return ReactionForm(agreed=talk.agreed, auto_id="reageer-%s")


@register.simple_tag(takes_context=True)
def views_beside(context, page):
    choices = None if is_preview(context) else choices_beside(page)
    return (choices.views or 0) if choices and choices.shows_views else None


@register.simple_tag(takes_context=True)
def looks_after(context):
    """True when who reads this looks after reactions."""
    return looks_after_reactions(context["request"].user)


@register.simple_tag
def short_quote(words):
    lines = [line[start : start + LINE] for line in words.split("\n") for start in range(0, max(len(line), 1), LINE)]
    if len(lines) <= LINES:
        return {"head": words, "rest": ""}
    cut = folding_place(words)
    return {"head": words[:cut].rstrip(), "rest": words[cut:].strip()}


def folding_place(words):
    """Return where `words` are folded: at the fourth line, or between two words before so many characters."""
    longest = LINES * LINE
    fourth = [place for place, sign in enumerate(words) if sign == "\n"][LINES - 1 : LINES]
    cut = min([longest, *fourth])
    return words.rfind(" ", 0, cut) if cut == longest and " " in words[:cut] else cut


def sheet(text):
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 10_000 and len(text) < 6 else 1


def is_preview(context):
    return "request" not in context or getattr(context["request"], "is_preview", False)
