"""The library: stories chosen by theme, who tells, where it happened, form and length, each with how many there are."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.text import without_controls
from stories.choices import Relation, Setting
from stories.domain.search import excerpt_with, stories_with
from stories.models import StoryPage, Theme
from stories.models.theme import StoryTag
from stories.stems import words_in

READ, LISTEN, WATCH = "lezen", "luisteren", "kijken"
FORMS = {READ: _("To read"), LISTEN: _("To listen to"), WATCH: _("To watch")}
LENGTHS = {"kort": _("Up to 3 minutes"), "middel": _("4 to 6 minutes"), "lang": _("7 minutes or more")}
ON_A_PAGE = 24
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Option:
    """One choice of a facet: `count` stories would be left, and `address` shows them (or undoes the choice).

    `language` is that of its label where somebody wrote it, and empty for the site's own words.
    """

    value: str
    label: str
    language: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to choose; `values_of(story)` are the values that a story has for it."""

    name: str
    label: str
    labels: dict
    values_of: object
    language: str = ""

    def holds(self, story, value):
        return value in self.values_of(story)


@dataclass
class Library:
    """The stories that may be read, and what of them is chosen: `asked` holds one value for each facet, `query` words.

    `stories` is the list to show, `facets` the choices with their counts. Values that no facet knows count as none.
    """

    everything: list
    themes: dict
    asked: dict = field(default_factory=dict)
    query: str = ""

    @cached_property
    def kinds(self):
        return [
            Facet("thema", _("Theme"), {one.slug: one.name for one in self._themes_used()}, self._themes_of, "nl"),
            Facet("wie", _("Who tells"), dict(Relation.choices), lambda story: [story.relation]),
            Facet("waar", _("Where it happened"), dict(Setting.choices), lambda story: [story.setting]),
            Facet("vorm", _("Form"), FORMS, forms_of),
            Facet("lengte", _("Length"), LENGTHS, lambda story: [length_of(story)]),
        ]

    @cached_property
    def chosen(self):
        """`{facet: value}` of what was asked for and is known."""
        return {one.name: value for one in self.kinds if (value := self.asked.get(one.name)) in one.labels}

    @cached_property
    def found(self):
        """The stories in which the words stand, the best first; all of them where no words were given."""
        numbers = stories_with(self.query) if self.query else None
        if numbers is None:
            return self.everything
        by_number = {story.pk: story for story in self.everything}
        return [by_number[number] for number in numbers if number in by_number]

    @cached_property
    def stories(self):
        return self._with(self.chosen)

    @cached_property
    def facets(self):
        """`(label, options)` of each facet that has a choice to offer; options that lead nowhere are left out."""
        listed = [(one.label, self._options(one)) for one in self.kinds]
        return [(label, options) for label, options in listed if len(options) > 1 or any(o.is_chosen for o in options)]

    @cached_property
    def chosen_options(self):
        return [option for _label, options in self.facets for option in options if option.is_chosen]

    def excerpts(self, stories):
        """Give each of `stories` its `excerpt` with the words that were looked for; one query."""
        bodies = StoryPage.objects.in_bulk([story.pk for story in stories]) if self.query else {}
        for story in stories:
            story.excerpt = excerpt_with(bodies[story.pk], self.query) if story.pk in bodies else None
        return stories

    def address(self, **changed):
        """Return the address of the library with these choices changed; None takes one away."""
        values = {"q": self.query} | self.chosen | changed
        query = urlencode({name: value for name, value in values.items() if value})
        return f"/verhalen/?{query}" if query else "/verhalen/"

    def _options(self, facet):
        others = {name: value for name, value in self.chosen.items() if name != facet.name}
        left = self._with(others)
        chosen = self.chosen.get(facet.name)
        counts = {value: sum(facet.holds(story, value) for story in left) for value in facet.labels}
        options = []
        for value, label in facet.labels.items():
            is_chosen = value == chosen
            if counts[value] or is_chosen:
                address = self.address(**{facet.name: None if is_chosen else value})
                options.append(Option(value, label, facet.language, counts[value], address, is_chosen))
        return options

    def _with(self, chosen):
        facets = [(one, chosen[one.name]) for one in self.kinds if one.name in chosen]
        return [story for story in self.found if all(one.holds(story, value) for one, value in facets)]

    def _themes_of(self, story):
        return [theme.slug for theme in self.themes.get(story.pk, [])]

    def _themes_used(self):
        used = {theme.slug: theme for themes in self.themes.values() for theme in themes}
        return sorted(used.values(), key=lambda theme: theme.name.lower())


def library_of(stories, asked):
    """Return the Library of `stories` (all that this reader may read) for the choices in `asked`; one query."""
    return Library(stories, themes_of(stories), asked, query=words_asked(asked.get("q", "")))


def words_asked(text):
    """Return what somebody looks for as they typed it, without signs that nobody sees; nothing when it has no word."""
    text = without_controls(text).strip()[:LONGEST_QUERY]
    return text if words_in(text) else ""


def themes_of(stories):
    """Return `{pk of a story: [Theme]}`; one query."""
    tags = StoryTag.objects.filter(content_object__in=[story.pk for story in stories]).select_related("tag")
    found = {}
    for row in tags:
        found.setdefault(row.content_object_id, []).append(row.tag)
    return found


def forms_of(story):
    """Return in which forms a story is there: always to read."""
    return [READ, *([LISTEN] if story.recording_id else []), *([WATCH] if story.film_id else [])]


def length_of(story):
    return "kort" if story.minutes <= 3 else "middel" if story.minutes <= 6 else "lang"


def stories_on(theme):
    """Return the stories of `theme` that anybody may read, in the order of the tree, with their words; one query."""
    return list(StoryPage.objects.open().for_reading().filter(tagged_items__tag=theme).order_by("path"))


def voices(stories, most=6):
    """Return up to `most` of `stories`, as many different storytellers as there are before anybody speaks twice."""
    seen, first, again = set(), [], []
    for story in stories:
        (again if story.storyteller in seen else first).append(story)
        seen.add(story.storyteller)
    return (first + again)[:most]


def theme_at(slug):
    return Theme.objects.filter(slug=slug).first()
