"""Reading the demo's content: everything is read and checked before anything is written."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from training.demo import shapes
from training.demo.shapes import DemoFileError, checked, refuse_bad_address

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Content:
    """The files as checked tables: one of the site's pages, one of the training, the others by slug, in their order.

    Each table by slug has the name of its file at `source`.
    """

    pages: dict
    training: dict
    stories: dict
    exercises: dict
    modules: dict
    recordings: dict
    professionals: dict
    themes: list
    beside: dict


def read_content():
    """Return the Content of the demo's folder; raises DemoFileError that says in which file what is expected."""
    stories = _read_folder("stories", shapes.STORY)
    content = Content(
        pages=_read("pages.toml", shapes.PAGES),
        training=_read("training.toml", shapes.TRAINING),
        stories=_in_order(stories),
        exercises=_read_folder("exercises", shapes.EXERCISE),
        modules=_read_folder("modules", shapes.MODULE),
        recordings=_read_recordings(),
        professionals=_in_order(_read_folder("professionals", shapes.ARTICLE)),
        themes=_read("themes.toml", shapes.THEMES)["list"],
        beside=_read("beside.toml", shapes.BESIDE),
    )
    _check_pages(content)
    _check_words(content)
    _check_references(content)
    _check_themes(content)
    _check_beside(content)
    _check_principles(content)
    return content


def _load(name):
    try:
        return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DemoFileError(f"{name} is missing. Expected: the file in {FOLDER}.") from error
    except tomllib.TOMLDecodeError as error:
        raise DemoFileError(f"{name} can't be read: {error}. Expected: TOML, as README.md shows.") from error


def _read(name, shape):
    return checked(_load(name), shape, name)


def _read_folder(kind, shape):
    """Return `{slug: table}` of a folder's files, in the order of their names; a number in front is for that only."""
    tables = {}
    for path in sorted((FOLDER / kind).glob("*.toml")):
        source = f"{kind}/{path.name}"
        slug = re.sub(r"^\d+-", "", path.stem) if kind == "modules" else path.stem
        refuse_bad_address(slug, source)
        if slug in tables:
            raise DemoFileError(f"{source}: {tables[slug]['source']} has this name too. Expected: a name of its own.")
        tables[slug] = _read(source, shape) | {"source": source}
    return tables


def _in_order(tables):
    return dict(sorted(tables.items(), key=lambda table: table[1]["order"]))


def _read_recordings():
    """Return the films and sounds by their keys; the names of their files become paths of files that are there."""
    tables = {}
    for key, table in _load("media/media.toml").items():
        where = f"media/media.toml: {key}"
        refuse_bad_address(key, where)
        recording = checked(table, shapes.RECORDING, where)
        for name in ("file", "poster", "captions"):
            recording[name] = _path(recording[name], f"{where}: {name}") if recording[name] else None
        tables[key] = recording
    return tables


def _path(name, where):
    path = FOLDER / "media" / name
    if not path.is_file():
        raise DemoFileError(f"{where} is {name!r}, and that file is not there. Expected: a file in media/.")
    return path


def _check_pages(content):
    slugs = [page["slug"] for page in content.pages["pages"]]
    for slug in slugs:
        refuse_bad_address(slug, "pages.toml")
        if slugs.count(slug) > 1:
            raise DemoFileError(
                f"pages.toml: the slug {slug!r} stands there twice. Expected: a slug of its own for each page."
            )


def _check_words(content):
    words, where = content.pages["words"], "pages.toml: words"
    _find(words["used"], [row["singular"] for row in words["list"]], f"{where}: used")
    _find(words["page"], [page["slug"] for page in content.pages["pages"]], f"{where}: page")


def _check_references(content):
    for story in (*content.stories.values(), *content.professionals.values()):
        _find(story["recording"], content.recordings, f"{story['source']}: recording")
    known = {
        "story": content.stories,
        "reserve_story": content.stories,
        "reads": content.professionals,
        "exercise": content.exercises,
        "recording": content.recordings,
    }
    for module in content.modules.values():
        for step in module["steps"]:
            where = f"{module['source']}: steps {step['id']}"
            refuse_bad_address(step["id"], where)
            for name, tables in known.items():
                _find(step[name], tables, f"{where}: {name}")


def _check_beside(content):
    tables, where = content.beside, "beside.toml"
    pages = {**content.stories, **content.professionals}
    for row in (*tables["talks"], *tables["kept"]):
        _find(row["page"], pages, f"{where}: page")
    for card in tables["cards"]:
        _find(card["story"], content.stories, f"{where}: story")
    for talk in tables["talks"]:
        names = [row["id"] for row in talk["reactions"]]
        for place, row in enumerate(talk["reactions"]):
            for name in ("to", "quoting"):
                _find(row[name], names[:place], f"{where}: {talk['page']}, {row['id']}: {name}")


def _check_themes(content):
    known = [theme["name"] for theme in content.themes]
    for table in (*content.stories.values(), *content.professionals.values()):
        for tag in table["tags"]:
            _find(tag, known, f"{table['source']}: tags")


def _find(name, tables, where):
    if name and name not in tables:
        raise DemoFileError(f"{where} is {name!r}. Expected one of: {', '.join(tables)}.")


def _check_principles(content):
    numbers = [principle["number"] for principle in content.training["principles"]]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DemoFileError(f"training.toml: principles have the numbers {numbers}. Expected: 1, 2, 3 and on.")
    for module in content.modules.values():
        for number in set(module["principles"]) - set(numbers):
            raise DemoFileError(f"{module['source']}: principles has {number}. Expected: numbers up to {len(numbers)}.")
