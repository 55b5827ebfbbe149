"""The word for people in templates, in the form that the sentence needs. Templates never inflect.

{% load terms %}
{% word as term %}    {{ term.singular }} {{ term.plural }} {{ term.with_article }} {{ term.possessive }}
{{ term.capital.plural }}    the same at the beginning of a sentence
{% word story as term %}    the word of the storyteller, else the site's
{% word_page as address %}    where the site says why it uses its word, or ""
{% own_texts %}...{% endown_texts %}    what editors wrote: {ev}, {mv}, {de ev} and {van de ev} become the site's word
"""

from django import template

from home.domain.terms import choice_of_site, fill_in, own_word

register = template.Library()
CHOICE = "choice_of_word"


def choice(context):
    """Return the site's Choice: read once for a request, and for a mail each time."""
    request = context.get("request")
    if request is None:
        return choice_of_site()
    if not hasattr(request, CHOICE):
        setattr(request, CHOICE, choice_of_site())
    return getattr(request, CHOICE)


@register.simple_tag(takes_context=True)
def word(context, story=None):
    return own_word(story) or choice(context).forms


@register.simple_tag(takes_context=True)
def word_page(context):
    return choice(context).address


@register.tag
def own_texts(parser, token):
    texts = parser.parse(("endown_texts",))
    parser.delete_first_token()
    return OwnTexts(texts)


class OwnTexts(template.Node):
    def __init__(self, texts):
        self.nodelist = texts  # the name by which Django finds the tags inside

    def render(self, context):
        return fill_in(self.nodelist.render(context), lambda: choice(context).forms)
