"""Everything woven: what the picture says must be true, and the same seed must always give the same cloth."""

import re
from pathlib import Path

import pytest
from django.template import Context, Engine

from common import weave

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "site" / "static" / "css"
LIBRARIES = {"weave": "common.templatetags.weave"}


def render(source, request=None, **values):
    engine = Engine(
        libraries=LIBRARIES,
        loaders=[("django.template.loaders.locmem.Loader", {"swatch.html": "{% load weave %}{% swatch 'a' 'bag' %}"})],
    )
    if request is not None:
        values["request"] = request
    return engine.from_string("{% load weave %}" + source).render(Context(values))


def training(*shares, busy=()):
    return tuple(
        weave.Column(number=place, done=share, busy=place in busy) for place, share in enumerate(shares, start=1)
    )


def ground(svg):
    """Return (x, width, height) of every woven piece, as the paper under it says."""
    data = re.search(r'class="t-paper" d="([^"]*)"', svg)
    pieces = re.findall(r"M([\d.]+) 0h([\d.]+)v([\d.]+)", data[1]) if data else []
    return [tuple(float(part) for part in piece) for piece in pieces]


EVERYTHING = {
    "mark": weave.brand_mark(),
    "mark turned": weave.brand_mark(turned=True),
    "seam": weave.seam(),
    "door": weave.door_cloth(),
    "seal": weave.seal("a"),
    "seal of you": weave.seal("a", you=True),
    "cloth": weave.cloth(training(1, 0.4, 0, busy=(2,))),
    "small cloth": weave.cloth(training(1, 0.4, 0, busy=(2,)), "small"),
    **{f"swatch {name}": weave.swatch("a", name) for name in weave.DRAWINGS},
    "large swatch": weave.swatch("a", "bag", "large"),
}


def test_the_same_seed_gives_the_same_swatch():
    weave.swatch.cache_clear()
    first = weave.swatch("8d1f", "telephone")
    weave.swatch.cache_clear()

    assert weave.swatch("8d1f", "telephone") == first


def test_two_hundred_seeds_give_two_hundred_swatches():
    assert len({weave.swatch(str(seed)) for seed in range(200)}) == 200


def test_a_swatch_has_threads_along_two_sides_or_more_and_they_cross():
    for seed in range(50):
        svg = weave.swatch(str(seed))

        assert all(f'class="{cls}" d="M' in svg for cls in ("t-yellow", "t-blue", "t-cross"))


def test_an_unknown_drawing_leaves_the_swatch_bare():
    assert weave.swatch("a", "spaceship") == weave.swatch("a")


def test_a_drawing_stays_inside_the_threads():
    for seed in range(100):
        for drawing in weave.DRAWINGS.values():
            draw = weave.Draw(str(seed))
            _, free_x, framed = weave.sides(draw, both_allowed=True)
            _, free_y, _ = weave.sides(draw, both_allowed=not framed)
            x, y, scale = (
                float(part)
                for part in re.search(
                    r"translate\((\S+) (\S+)\) scale\((\S+)\)", weave.drawn(drawing, free_x, free_y)
                ).groups()
            )
            left, top, right, bottom = drawing.box

            assert free_x[0] <= x + scale * left < x + scale * right <= free_x[1]
            assert free_y[0] <= y + scale * top < y + scale * bottom <= free_y[1]


def test_a_module_not_begun_is_bare_warp():
    svg = weave.cloth(training(0))

    assert ground(svg) == []
    assert 'class="t-warp"' in svg
    assert 'class="t-blue"' not in svg


def test_a_finished_module_has_no_bare_thread_left():
    svg = weave.cloth(training(1))

    assert ground(svg) == [(0, 1168, 250)]
    assert 'class="t-warp"' not in svg


@pytest.mark.parametrize(("done", "height"), [(0.2, 50), (0.4, 100), (0.5, 125), (0.8, 200)])
def test_what_is_done_decides_how_far_a_module_is_woven(done, height):
    assert [piece[2] for piece in ground(weave.cloth(training(done)))] == [height]


def test_bare_half_and_full_modules_stand_beside_each_other():
    svg = weave.cloth(training(1, 0.5, 0, 1))

    assert ground(svg) == [(0, 292, 250), (292, 292, 125), (876, 292, 250)]


def test_only_a_busy_module_has_a_loose_thread():
    assert weave.cloth(training(1, 0.4, 0)).count("t-loose") == 0
    assert weave.cloth(training(1, 0.4, 0, busy=(2,))).count("t-loose") == 1


@pytest.mark.parametrize("done", [0, 0.2, 0.5, 0.9, 1])
def test_the_loose_thread_stays_between_the_beams(done):
    svg = weave.cloth(training(done, busy=(1,)))
    start, steps = re.search(r'class="t-loose" d="M\S+ ([\d.]+)c([^"]*)"', svg).groups()
    down = sum(float(bend.split()[5]) for bend in steps.split("c"))

    assert 0 < float(start) <= float(start) + down <= 250


def test_every_module_has_threads_of_its_own():
    warps = [tuple(weave.warp_of(number, 0, 100)) for number in range(1, 17)]

    assert len(set(warps)) == 16


def test_the_cloth_of_a_whole_training_is_small_enough_to_send():
    assert len(weave.cloth(training(1, 1, 1, 1, 1, 1, 0.8, 0.4, busy=(8,)))) < 19_000


def test_an_empty_training_is_two_beams():
    assert ground(weave.cloth(())) == []


def test_the_tag_reads_objects_and_dicts_alike():
    class Module:
        number, steps_done, steps_total, state = 1, 2, 5, "busy"

    as_dict = {"number": 1, "steps_done": 2, "steps_total": 5, "state": "busy"}

    assert render("{% cloth m %}", m=[Module()]) == render("{% cloth m %}", m=[as_dict])
    assert 'class="t-loose"' in render("{% cloth m %}", m=[Module()])


def test_a_module_without_steps_is_bare_until_it_is_done():
    module = {"number": 1, "steps_done": 0, "steps_total": 0, "state": "todo"}

    assert ground(render("{% cloth m %}", m=[module])) == []
    assert ground(render("{% cloth m %}", m=[module | {"state": "done"}])) == [(0, 1168, 250)]


def test_ids_are_unique_on_a_page_and_the_same_on_every_visit(rf):
    page = "{% swatch 'a' %}{% include 'swatch.html' %}{% include 'swatch.html' only %}{% seam %}{% seal 'b' %}"
    ids = re.findall(r'<pattern id="([^"]+)"', render(page))

    assert ids == ["w1", "w2", "w3", "w4", "w5"]
    assert render(page) == render(page)

    request = rf.get("/")
    pieces = render("{% swatch 'a' %}", request) + render("{% swatch 'a' %}", request)  # as StreamField blocks render

    assert re.findall(r'<pattern id="([^"]+)"', pieces) == ["w1", "w2"]


def test_nothing_written_by_a_person_reaches_the_svg():
    nasty = '"><script>alert(1)</script>'

    assert "script" not in render("{% swatch nasty nasty size=nasty %}{% seal nasty %}", nasty=nasty)


@pytest.mark.parametrize("name", EVERYTHING)
def test_an_svg_is_decoration_without_style_attributes(name):
    svg = EVERYTHING[name]

    assert 'aria-hidden="true" focusable="false"' in svg
    assert "style=" not in svg
    assert "<script" not in svg


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_class_in_an_svg_is_in_the_stylesheets(name):
    css = "".join(path.read_text() for path in CSS.rglob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", css))
    used = {cls for value in re.findall(r'class="([^"]+)"', EVERYTHING[name]) for cls in value.split()}

    assert used - styled == set()
