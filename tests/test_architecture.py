"""One line of imports and no circles (docs/architecture.md), read from the code itself; and what else holds everywhere.

Apps, from the top: training -> stories -> media -> home -> accounts -> mail -> common. Inside an app, from the top:
urls, wagtail_hooks, apps, receivers -> views, cms -> domain, forms -> policies -> models -> blocks, choices, emails.
An import may go down the line or stay on its height, never up. `config` and the apps do not know each other at all:
there they are strings.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

APPS = ("training", "stories", "media", "home", "accounts", "mail", "common")  # from the top
CONFIG = "config"

# Rooms from the top; the first six lines are the house's own words, in brackets what else stands on that height.
HEIGHTS = (
    {"urls", "wagtail_hooks", "apps", "receivers"}
    | {"demo_urls", "group_urls", "management", "own_data_urls", "planning_urls", "room_urls"},
    {"views", "cms"} | {"context", "middleware", "nonsense", "sessions", "adapter", "modeladmin", "backends", "worker"},
    # A template tag asks the domain (training_cms); gone and front are what home does and shows; demo fills a site.
    {"domain", "forms", "imports", "calendar", "reports", "feeds", "sitemaps"}
    | {"roles", "templatetags", "gone", "demo", "personal_data", "proof"}
    | {"card_data", "talk_data", "planning_data", "register_data"}
    | {"approval", "scheduling"},
    {"policies"} | {"card_policies", "talk_policies"},
    {"models"} | {"pages", "rendering", "weave_marks"},
    {"blocks", "choices", "planning_choices", "emails"}
    | {
        "card_emails",
        "talk_emails",
        "chores",
        "dates",
        "devices",
        "events",
        "drawings",
        "limits",
        "logs",
        "names",
        "secrets",
        "fields",
        "formats",
        "front",
        "inboxes",
        "kinds",
        "neighbours",
        "panels",
        "prepared",
        "professional_blocks",
        "ranges",
        "refusals",
        "rights",
        "storage",
        "stems",
        "strip",
        "text",
        "tree",
        "validators",
        "ways",
        "weave",
        "words",
    },
)
HEIGHT_OF = {room: height for height, rooms in enumerate(HEIGHTS) for room in rooms}

# {(importing file, imported file): why it is right}. There is none, and that is how it should stay.
EXCEPTIONS = {}

MAY_CALL_SAFE = {"site/common/weave.py", "site/common/templatetags/weave.py"}
LONGEST = 400


@dataclass(frozen=True)
class Import:
    """One import of ours: the files by their path from the root, the modules by their dotted name."""

    source: str
    target: str
    from_module: str
    to_module: str


def folder_of(root, app):
    return root / app if (root / app).is_dir() else root / "site" / app


def modules_of(root):
    """Return `{dotted name: path}` of every module of our apps; migrations only repeat what models say."""
    found = {}
    for app in (*APPS, CONFIG):
        folder = folder_of(root, app)
        for path in sorted(folder.rglob("*.py")):
            parts = (app, *path.relative_to(folder).with_suffix("").parts)
            if "migrations" not in parts:
                found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imported_names(tree, module, is_package):
    """Yield the dotted names that a module imports: for `from a import b` both `a.b` and `a`."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name,) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{source}.{alias.name}", source) for alias in node.names)


def imports_of(root):
    """Yield every Import of one of our modules by another."""
    modules = modules_of(root)
    for module, path in modules.items():
        tree = ast.parse(path.read_text())
        for names in imported_names(tree, module, path.name == "__init__.py"):
            target = next((name for name in names if name in modules), None)
            if target and target != module:
                yield Import(str(path.relative_to(root)), str(modules[target].relative_to(root)), module, target)


def place_of(module):
    """Return (app, room) of a dotted name; the room of an app's own `__init__` is its lowest, for it holds nothing."""
    app, _, rest = module.partition(".")
    return app, rest.split(".")[0] or "choices"


def breach(one):
    """Return the sentence that says what is wrong with an Import, or None."""
    (app, room), (other_app, other_room) = place_of(one.from_module), place_of(one.to_module)
    if (one.source, one.target) in EXCEPTIONS:
        return None
    if CONFIG in (app, other_app):
        return None if app == other_app else f"{one.source} imports {one.target}: config and the apps are strings here"
    if app != other_app:
        up = APPS.index(other_app) < APPS.index(app)
        return f"{one.source} imports {one.target}: {other_app} stands above {app}" if up else None
    unknown = [name for name in (room, other_room) if name not in HEIGHT_OF]
    if unknown:
        return f"{one.source} imports {one.target}: {unknown[0]} has no place in the line yet (HEIGHTS)"
    up = HEIGHT_OF[other_room] < HEIGHT_OF[room]
    return f"{one.source} imports {one.target}: {other_room} stands above {room}" if up else None


def breaches(root):
    return sorted({sentence for sentence in map(breach, imports_of(root)) if sentence})


def circles(root):
    """Return each circle of imports as its files in order, beginning with the first by name."""
    graph = {}
    for one in imports_of(root):
        graph.setdefault(one.source, set()).add(one.target)
    found = set()

    def walk(path, seen):
        for target in sorted(graph.get(path[-1], ())):
            if target in path:
                ring = path[path.index(target) :]
                start = ring.index(min(ring))
                found.add((*ring[start:], *ring[:start]))
            elif target not in seen:
                seen.add(target)
                walk([*path, target], seen)

    for source in sorted(graph):
        walk([source], set())
    return sorted(found)


def our_files(root, pattern):
    """Every file of the checkout that people wrote: not what is installed, made or migrated."""
    skipped = {".venv", ".git", "var", "node_modules", "migrations", "__pycache__"}
    return [path for path in sorted(root.rglob(pattern)) if not skipped & set(path.relative_to(root).parts)]


def calls_of_safe(root):
    """The files that name mark_safe or a safe string class, beside the two that may."""
    words = {"mark_safe", "SafeString", "SafeText", "SafeData"}
    found = set()
    for path in our_files(root, "*.py"):
        name = str(path.relative_to(root))
        if name in MAY_CALL_SAFE or name.startswith("tests/"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if words & {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}:
                found.add(name)
    return sorted(found)


def too_long(root):
    lengths = {str(path.relative_to(root)): len(path.read_text().splitlines()) for path in our_files(root, "*.py")}
    return {name: lines for name, lines in lengths.items() if lines > LONGEST}


# ── The rules ──────────────────────────────────────────────────────────────────
def test_imports_go_down_the_line():
    assert breaches(ROOT) == []


def test_imports_make_no_circle():
    assert circles(ROOT) == []


def test_every_exception_is_still_needed():
    present = {(one.source, one.target) for one in imports_of(ROOT)}

    assert set(EXCEPTIONS) - present == set()


def test_only_the_weave_calls_text_safe():
    assert calls_of_safe(ROOT) == []


def test_no_template_calls_text_safe():
    found = [
        str(path.relative_to(ROOT))
        for path in our_files(ROOT, "*.html")
        if "|safe" in path.read_text().replace(" ", "") or "autoescape off" in path.read_text()
    ]

    assert found == []


def test_no_file_is_longer_than_two_rooms():
    assert too_long(ROOT) == {}


def test_the_ground_is_a_folder_on_the_path_and_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()


# ── The checker itself ─────────────────────────────────────────────────────────
def plant(root, **files):
    """Write a small house: `training__models="import x"` is training/models.py."""
    for name, text in files.items():
        app, _, rest = name.partition("__")
        path = (
            (root if app in ("training", "stories", "media") else root / "site") / app / f"{rest.replace('__', '/')}.py"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"training__models": "from training.domain import progress", "training__domain__progress": ""},
            "training/models.py imports training/domain/progress.py: domain stands above models",
        ),
        (
            {"common__text": "import accounts.models", "accounts__models": ""},
            "site/common/text.py imports site/accounts/models.py: accounts stands above common",
        ),
        (
            {"stories__models__story": "def f():\n    from training import models", "training__models": ""},
            "stories/models/story.py imports training/models.py: training stands above stories",
        ),
        (
            {"training__forms__step": "from ..views import step", "training__views__step": ""},
            "training/forms/step.py imports training/views/step.py: views stands above forms",
        ),
        (
            {"config__urls": "from training.views import home", "training__views__home": ""},
            "site/config/urls.py imports training/views/home.py: config and the apps are strings here",
        ),
        (
            {"home__views": "from config import env", "config__env": ""},
            "site/home/views.py imports site/config/env.py: config and the apps are strings here",
        ),
        (
            {"training__cellar": "from training import models", "training__models": ""},
            "training/cellar.py imports training/models.py: cellar has no place in the line yet (HEIGHTS)",
        ),
    ],
)
def test_a_planted_breach_is_found_with_both_files(tmp_path, files, sentence):
    assert breaches(plant(tmp_path, **files)) == [sentence]


@pytest.mark.parametrize(
    "files",
    [
        {"training__views__home": "from stories.models import StoryPage", "stories__models": "StoryPage = 1"},
        {"training__forms__step": "from training.domain.answers import Writing", "training__domain__answers": ""},
        {"training__templatetags__cms": "from training.domain import progress", "training__domain__progress": ""},
        {"media__apps": "from media import receivers", "media__receivers": ""},
    ],
)
def test_what_goes_down_the_line_is_no_breach(tmp_path, files):
    assert list(imports_of(plant(tmp_path, **files))) != []
    assert breaches(tmp_path) == []


def test_a_planted_circle_is_found(tmp_path):
    plant(
        tmp_path,
        media__models__a="from media.models import b",
        media__models__b="from media.models import c",
        media__models__c="from media.models import a",
    )

    assert circles(tmp_path) == [("media/models/a.py", "media/models/b.py", "media/models/c.py")]


@pytest.mark.parametrize(
    "text",
    ["from django.utils.safestring import mark_safe", "from django.utils import safestring\nsafestring.SafeString('')"],
)
def test_a_planted_safe_string_is_found(tmp_path, text):
    assert calls_of_safe(plant(tmp_path, training__views__x=text)) == ["training/views/x.py"]


def test_a_planted_long_file_is_found(tmp_path):
    plant(tmp_path, media__views="x = 1\n" * 401, media__models="x = 1\n" * 400)

    assert too_long(tmp_path) == {"media/views.py": 401}
