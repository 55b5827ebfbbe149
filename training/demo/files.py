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
    """The files as checked tables: one for the site's pages and one for the training, the others by slug, in their order."""

    pages: dict
    training: dict
    stories: dict
    exercises: dict
    modules: dict
    recordings: dict


def read_content():
    """Return the Content of the demo's folder; raises DemoFileError that says in which file what is expected."""
    stories = _read_folder("stories", shapes.STORY)
    content = Content(
        pages=_read("pages.toml", shapes.PAGES),
        training=_read("training.toml", shapes.TRAINING),
        stories=dict(sorted(stories.items(), key=lambda story: story[1]["order"])),
        exercises=_read_folder("exercises", shapes.EXERCISE),
        modules=_read_folder("modules", shapes.MODULE),
        recordings=_read_recordings(),
    )
    _check_pages(content)
    _check_references(content)
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
    """Return `{slug: table}` of all files in a folder, in the order of their names; a number in front gives the order only."""
    tables = {}
    for path in sorted((FOLDER / kind).glob("*.toml")):
        slug = re.sub(r"^\d+-", "", path.stem) if kind == "modules" else path.stem
        refuse_bad_address(slug, f"{kind}/{path.name}")
        if slug in tables:
            raise DemoFileError(f"{kind}/{path.name}: another file has the name {slug!r} as well. Expected: a name of its own.")
        tables[slug] = _read(f"{kind}/{path.name}", shape)
    return tables


def _read_recordings():
    """Return the films and sounds by their keys; the names of their files become paths, each of a file that is there."""
    tables = {}
    for key, table in _load("media/media.toml").items():
        refuse_bad_address(key, "media/media.toml")
        recording = checked(table, shapes.RECORDING, f"media/media.toml: [{key}]")
        for name in ("file", "poster", "captions"):
            path = FOLDER / "media" / recording[name] if recording[name] else None
            if path and not path.is_file():
                raise DemoFileError(f"media/media.toml: [{key}]: {name} is {recording[name]!r}. Expected: the name of a file in media/, and it is not there.")
            recording[name] = path
        tables[key] = recording
    return tables


def _check_pages(content):
    slugs = [page["slug"] for page in content.pages["pages"]]
    for slug in slugs:
        refuse_bad_address(slug, "pages.toml")
        if slugs.count(slug) > 1:
            raise DemoFileError(f"pages.toml: the slug {slug!r} stands there twice. Expected: a slug of its own for each page.")


def _check_references(content):
    for slug, story in content.stories.items():
        _find(story["recording"], content.recordings, f"stories/{slug}.toml: recording")
    known = {"story": content.stories, "reserve_story": content.stories, "exercise": content.exercises, "recording": content.recordings}
    for slug, module in content.modules.items():
        for step in module["steps"]:
            where = f"modules/…{slug}.toml: steps {step['id']}"
            refuse_bad_address(step["id"], where)
            for name, tables in known.items():
                _find(step[name], tables, f"{where}: {name}")
        _check_principles(module, content.training, f"modules/…{slug}.toml")


def _find(name, tables, where):
    if name and name not in tables:
        raise DemoFileError(f"{where} is {name!r}. Expected one of: {', '.join(tables)}.")


def _check_principles(module, training, where):
    numbers = [principle["number"] for principle in training["principles"]]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DemoFileError(f"training.toml: the principles have the numbers {numbers}. Expected: 1, 2, 3 and on, in that order.")
    for number in module["principles"]:
        if number not in numbers:
            raise DemoFileError(f"{where}: principles has {number}. Expected: numbers from 1 to {len(numbers)}, as in training.toml.")
