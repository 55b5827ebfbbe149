"""The pages of the demo: the front page, the pages about the site, stories, exercises, the training and its modules."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from home.models import ContactSettings, ContentPage, HomePage
from stories.models import StoryIndexPage, StoryPage
from training.demo import blocks
from training.demo.keys import page_key
from training.demo.professionals import load_professionals
from training.demo.stories import is_gone, is_told, let_go, tell_story
from training.demo.themes import load_themes
from training.demo.tree import Tree, put_in_order, save_if_different
from training.demo.words import load_words
from training.models import ExerciseIndexPage, ExercisePage, ModulePage, TrainingIndexPage, TrainingPage

FEATURED_STORY = "het-belletje-van-vier-uur"
TRAINING = "jouw-leven-is-mijn-werk"


@dataclass(frozen=True)
class Pages:
    """What stands in the tree now; `stories`, `professionals` and `exercises` by slug, `modules` in their order."""

    home: HomePage
    story_index: StoryIndexPage
    exercise_index: ExerciseIndexPage
    training_index: TrainingIndexPage
    training: TrainingPage
    modules: list
    stories: dict
    professionals: dict
    exercises: dict
    number: int
    published: int


def load_pages(content, recordings):
    """Put all pages of `content` in the tree, all or none, and return them as Pages; `recordings` by key.

    A page that its file does not change gets no new revision. Raises DemoFileError for a page that can't stand so.
    """
    with transaction.atomic():
        tree = Tree()
        home = _home_draft(tree)
        load_themes(content.themes)
        story_index, stories = _stories(tree, home, content.stories, recordings)
        exercise_index, exercises = _exercises(tree, home, content.exercises)
        training_index, training = _training(tree, home, content.training)
        professionals = load_professionals(tree, home, content.professionals, recordings)
        known = {
            kind: {name: row.pk for name, row in rows.items()}
            for kind, rows in (("stories", stories), ("exercises", exercises), ("recordings", recordings))
        }
        modules = _modules(tree, training, content.modules, known | {"professionals": professionals})
        about = {page["slug"]: _content_page(tree, home, page) for page in content.pages["pages"]}
        load_words(content.pages["words"], about)
        home = _home(tree, home, content.pages["home"], stories.get(FEATURED_STORY), training)
        _contact(content.pages)
        let_go(content.stories, stories)
        return Pages(
            *(home, story_index, exercise_index, training_index, training, modules),
            *(stories, professionals, exercises, tree.pages, tree.published),
        )


def _home_draft(tree):
    """Return the front page, made empty where Wagtail's own "Welcome" page stood: the others need a place to stand."""
    root = Page.get_first_root_node()
    # Its slug is wanted; the page goes when the site no longer points to it, for deleting it would take the site along.
    welcome = [page for page in root.get_children().filter(slug="home", numchild=0) if page.specific_class is Page]
    for page in welcome:
        Page.objects.filter(pk=page.pk).update(slug="welcome", url_path="/welcome/")
    home = tree.add_draft(HomePage, page_key("pages", "home"), root, _home_names())
    _point_site_at(home)
    for page in welcome:
        Page.objects.get(pk=page.pk).delete()
    return home


def _home_names():
    return {"title": "Jouw leven is mijn werk", "slug": "home"}


def _home(tree, home, table, story, training):
    values = _home_names() | {
        "pitch": table["pitch"],
        "featured_story": story,
        "training": training,
        "facts": blocks.facts(page_key("pages", "home"), table["facts"]),
        "meet_title": table["meet_title"],
        "meet_text": table["meet_text"],
    }
    return tree.put("pages.toml", HomePage, page_key("pages", "home"), home.get_parent(), values)


def _point_site_at(home):
    """Let the default Site have `home` as its root, at the address in settings.SITE_URL."""
    address = urlsplit(settings.SITE_URL)
    wanted = {
        "hostname": address.hostname,
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    save_if_different(site, wanted)


def _contact(tables):
    """Fill in who to call, and let the foot of every page lead to the pages about the site."""
    key = page_key("pages", "contact")
    links = [
        blocks.block(key, page["slug"], "link", {"label": page["title"], "address": f"/{page['slug']}/"})
        for page in tables["pages"]
    ]
    save_if_different(ContactSettings.load(), tables["contact"] | {"footer_links": links})


def _content_page(tree, home, table):
    key = page_key("pages", table["slug"])
    values = {name: table[name] for name in ("title", "slug", "intro")}
    values["body"] = blocks.page_body(key, table["blocks"])
    return tree.put(f"pages.toml, {table['slug']}", ContentPage, key, home, values)


def _index(tree, model, home, title, slug):
    return tree.put(slug, model, page_key("pages", slug), home, {"title": title, "slug": slug})


def _stories(tree, home, tables, recordings):
    index = _index(tree, StoryIndexPage, home, "Verhalen", "verhalen")
    there = {slug: table for slug, table in tables.items() if not is_gone(page_key("stories", slug))}
    stories = {slug: _story(tree, index, slug, table, recordings) for slug, table in there.items()}
    put_in_order(index, stories.values())
    return index, stories


def _story(tree, index, slug, table, recordings):
    key = page_key("stories", slug)
    names = (
        "title",
        "strapline",
        "storyteller",
        "storyteller_short",
        "storyteller_line",
        "relation",
        "setting",
        "content_note",
        "note_absent",
        "note_end",
        "short_version",
        "wanted",
        "made_by",
        "question",
        "drawing",
        "swatch_seed",
    )
    values = {name: table[name] for name in names} | {
        "slug": slug,
        "body": blocks.story_body(key, table["body"]),
        "recording": recordings.get(table["recording"]),
    }
    story = tree.put(
        table["source"], StoryPage, key, index, values, tags=table["tags"], publish=lambda page: tell_story(page, table)
    )
    if not is_told(story):  # loaded before stories were somebody's
        tell_story(story, table)
    return StoryPage.objects.get(pk=story.pk)


def _exercises(tree, home, tables):
    index = _index(tree, ExerciseIndexPage, home, "Oefeningen", "oefeningen")
    return index, {slug: _exercise(tree, index, slug, table) for slug, table in tables.items()}


def _exercise(tree, index, slug, table):
    key = page_key("exercises", slug)
    values = {name: table[name] for name in ("title", "intro", "minutes")}
    values |= {"slug": slug, "prompts": blocks.prompts(key, table["prompts"])}
    return tree.put(table["source"], ExercisePage, key, index, values)


def _training(tree, home, table):
    index = _index(tree, TrainingIndexPage, home, "Training", "training")
    key = page_key("training", TRAINING)
    values = {name: table[name] for name in ("title", "strapline", "for_whom", "hours")} | {
        "slug": TRAINING,
        "intro": blocks.paragraphs(table["intro"]),
        "makers": ". ".join(part for part in (table["makers"], table["makers_text"]) if part),
        "principles": blocks.principles(key, table["principles"]),
    }
    return index, tree.put("training.toml", TrainingPage, key, index, values)


def _modules(tree, training, tables, known):
    modules = [_module(tree, training, slug, table, known) for slug, table in tables.items()]
    put_in_order(training, modules)
    return modules


def _module(tree, training, slug, table, known):
    key = page_key("modules", slug)
    values = {name: table[name] for name in ("title", "short_title", "opening_question", "about", "makers")} | {
        "slug": slug,
        "needs": "\n".join(table["needs"]),
        "thread": "\n".join(table["thread"]),
        "principles": ", ".join(str(number) for number in table["principles"]),
        "steps": blocks.steps(key, table["steps"], known),
    }
    return tree.put(table["source"], ModulePage, key, training, values, tags=table["tags"])
