"""`{% picture %}`: the one way a picture stands on a page."""

from django import template

from media.domain.pictures import CUT, WHOLE, Shown

register = template.Library()

# How wide the place is, in the words of `sizes`: a column of text, a picture of a series, a small one beside a name.
PLACES = {
    "text": "(min-width: 60rem) 39rem, (min-width: 40rem) 92vw, 94vw",
    "series": "(min-width: 60rem) 19rem, (min-width: 40rem) 45vw, 94vw",
}


@register.inclusion_tag("components/picture.html")
def picture(image, place="text", *, caption="", number=None, at_once=False):
    """Show `image` with its words, caption and maker, and a plain link to a larger one.

        {% load pictures %}{% picture value.picture caption=value.caption %}

    `place` is one of PLACES; in a series every picture is cut to the same form, around its focal point. `at_once` is
    for a picture that stands at the top of a page; others wait until they come near the screen. Costs no query. Of a
    picture that was deleted nothing is left, not even the caption.
    """
    return {
        "shown": Shown(image, CUT if place == "series" else WHOLE) if image else None,
        "image": image,
        "place": place,
        "places": PLACES[place],
        "caption": caption,
        "number": number,
        "at_once": at_once,
    }
