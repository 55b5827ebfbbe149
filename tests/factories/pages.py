from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Collection, Locale, Page, Site

from home.models import HomePage
from stories.models import StoryIndexPage
from training.models import ExerciseIndexPage, TrainingIndexPage


@dataclass(frozen=True)
class SitePages:
    home: HomePage
    trainings: TrainingIndexPage
    exercises: ExerciseIndexPage
    stories: StoryIndexPage


def block_id(name):
    """The same id for the same name, as long as the ids that Wagtail makes: tests speak of blocks by name."""
    return str(uuid5(NAMESPACE_URL, name))


def add_page(parent, page):
    """Put `page` below `parent` and return it; the parent is read anew, since an old one gives out a path twice."""
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return page


def build_site():
    """Build the front page and the three index pages, and what Wagtail itself needs below them; returns SitePages."""
    Locale.objects.get_or_create(language_code="nl")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for welcome in root.get_children():
        welcome.delete()
    home = add_page(root, HomePage(title="Jouw leven is mijn werk", slug="home", pitch="Leren van wie het meemaakte."))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Jouw leven")
    return SitePages(
        home,
        add_page(home, TrainingIndexPage(title="Training", slug="training")),
        add_page(home, ExerciseIndexPage(title="Oefeningen", slug="oefeningen")),
        add_page(home, StoryIndexPage(title="Verhalen", slug="verhalen")),
    )


def find_site():
    """Return the SitePages as they stand in the database, or None."""
    home = HomePage.objects.first()
    if home is None:
        return None
    return SitePages(
        home, TrainingIndexPage.objects.get(), ExerciseIndexPage.objects.get(), StoryIndexPage.objects.get()
    )
