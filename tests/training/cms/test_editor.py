"""The training in Wagtail's own editor: what goes online, what is refused, and what an edit does to people."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from accounts.models import User
from home.models import ContactSettings
from tests.factories.enrolments import counted, enrol, finish, summary_of
from tests.factories.exercises import add_exercise, prompt_of, raw_prompt
from tests.factories.modules import add_module, add_training, edited, raw_step, step_key, without
from tests.factories.people import make_person
from tests.factories.stories import add_story, make_recording
from training.models import (
    Answer,
    Enrolment,
    ExercisePage,
    ModulePage,
    ModuleProgress,
    StepProgress,
    TrainingPage,
)

NEEDS_STORY = (
    "A module needs a story: choose one in at least one step. Learning starts with what somebody lived through."
)


def dutch(sentence, **values):
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Enrolment, StepProgress, ModuleProgress, Answer)]


def told(response):
    """The sentences that the editor reads on the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def editor(client, db):
    ContactSettings.objects.update_or_create(defaults={"name": "Hanna Vos", "phone": "06 12 34 56 78"})
    client.force_login(User.objects.create_superuser("server@example.test", "x", display_name="Server"))
    return client


# ── The editor's form ──────────────────────────────────────────────────────────
def step(title, *, id="", **value):
    """A step as somebody fills it in; a new one has no id yet, and nobody fills in its address."""
    blank = dict.fromkeys(("slug", "summary", "heading", "recording", "story", "reserve_story", "exercise"), "")
    given = {name: getattr(chosen, "pk", chosen) for name, chosen in value.items()}
    fields = {"kind": "read", "title": title, "minutes": "5", "text": rich_text("")} | blank | given
    return {"type": "step", "id": id, "deleted": "", "value": fields}


def as_it_stands(module):
    """The steps of `module` as the editor's screen holds them."""
    return [
        step(
            each.title,
            id=each.key,
            slug=each.slug,
            kind=each.kind,
            story=each.story_id or "",
            reserve_story=each.reserve_story_id or "",
            recording=each.recording_id or "",
            exercise=each.exercise_id or "",
        )
        for each in module.step_list
    ]


def form_of(title, steps, **more):
    blocks = {str(index): each | {"order": str(index)} for index, each in enumerate(steps)}
    empty = dict.fromkeys(
        (
            *("seo_title", "search_description", "opening_question", "about", "needs", "thread"),
            *("short_title", "makers", "principles", "tags"),
        ),
        "",
    )
    fields = {"title": title, "slug": slugify(title), "steps": blocks | {"count": str(len(steps))}}
    return nested_form_data(empty | fields | {"comments": inline_formset([])}) | more


PUBLISH = {"action-publish": "1"}


@pytest.fixture
def create(editor, training):
    """`create(title, steps, **buttons)`: fill in the form of a new module below the training."""
    address = reverse("wagtailadmin_pages:add", args=["training", "modulepage", training.pk])
    return lambda title, steps, **more: editor.post(address, form_of(title, steps, **more))


@pytest.fixture
def edit(editor):
    def posted(module, steps, **more):
        address = reverse("wagtailadmin_pages:edit", args=[module.pk])
        return editor.post(address, form_of(module.title, steps, **more))

    return posted


def slugs(title):
    module = ModulePage.objects.get(title=title).get_latest_revision_as_object()
    return [each.slug for each in module.step_list]


# ── Drafts and going online ────────────────────────────────────────────────────
def test_a_draft_may_be_half_finished(create):
    response = create("Doorvragen", [step("Aankomen")])

    assert response.status_code == 302
    module = ModulePage.objects.get(title="Doorvragen")
    assert (module.live, slugs("Doorvragen")) == (False, ["aankomen"])


def test_a_draft_may_have_no_steps_at_all(create):
    assert create("Doorvragen", []).status_code == 302


@pytest.mark.parametrize(
    ("steps", "sentence"), [([step("Aankomen")], NEEDS_STORY), ([], "A module needs at least one step.")]
)
def test_without_a_story_it_does_not_go_online_and_says_why_at_the_field(create, steps, sentence):
    create("Doorvragen", steps)

    response = create("Doorvragen 2", steps, **PUBLISH)

    assert response.status_code == 200
    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(sentence), "code": ""}]}
    field = BeautifulSoup(response.content, "html.parser").find(id="steps")
    assert json.loads(field["data-w-block-arguments-value"])[1] == {"messages": [dutch(sentence)]}
    assert [page.title for page in ModulePage.objects.all()] == ["Doorvragen"]


def test_with_a_story_it_goes_online(create, story):
    response = create("Doorvragen", [step("Verhaal", story=story)], **PUBLISH)

    assert (response.status_code, ModulePage.objects.get().live) == (302, True)


def test_taking_the_last_story_out_is_refused_and_what_is_online_stays(edit, module):
    steps = [each for each in as_it_stands(module) if not each["value"]["story"]]

    response = edit(module, steps, **PUBLISH)

    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(NEEDS_STORY), "code": ""}]}
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_planning_to_publish_asks_the_same(create):
    response = create("Doorvragen", [step("Aankomen")], **PUBLISH, go_live_at="2099-01-01 10:00")

    assert response.context["form"].errors.get_json_data() == {"steps": [{"message": dutch(NEEDS_STORY), "code": ""}]}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"transcript": ""}, "“%(title)s” has no transcript yet. Write out what is said, seen and heard."),
        ({"transcript": "Ring."}, "“%(title)s” has no captions yet. Add a .vtt file."),
    ],
)
def test_a_film_without_its_words_does_not_go_online(create, story, fields, sentence):
    film = make_recording("De agenda", type="video", **fields)

    response = create("Doorvragen", [step("Kijken", recording=film, story=story)], **PUBLISH)

    assert response.context["form"].errors.get_json_data() == {
        "steps": [{"message": dutch(sentence, title="De agenda"), "code": ""}]
    }
    assert ModulePage.objects.count() == 0


def test_a_film_with_its_words_goes_online_and_sound_needs_no_captions(create, story):
    film = make_recording("De agenda", type="video", captions=ContentFile(b"WEBVTT", name="agenda.vtt"))

    steps = [step("Kijken", recording=film, story=story), step("Luisteren", recording=make_recording())]

    assert create("Doorvragen", steps, **PUBLISH).status_code == 302


def test_a_story_with_sound_without_its_words_does_not_go_online_either(editor, site_pages):
    story = add_story(site_pages.stories, "Stil", recording=make_recording(transcript=""), live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    editor.post(f"{address}?id={story.pk}")

    assert not Page.objects.get(pk=story.pk).live


# ── Other ways to go online ────────────────────────────────────────────────────
@pytest.fixture
def bulk(editor):
    def act(name, *pages, **fields):
        ids = "&".join(f"id={page.pk}" for page in pages)
        return editor.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', name])}?{ids}", fields)

    return act


@pytest.fixture
def storyless(training):
    return add_module(training, "Doorvragen", [raw_step("aankomen")], live=False)


def is_live(page):
    return Page.objects.get(pk=page.pk).live


def test_publishing_many_refuses_the_one_that_is_not_ready_and_all_with_it(bulk, training, storyless, story):
    ready = add_module(training, "Klaar", [raw_step("verhaal", story=story.pk)], live=False)

    response = bulk("publish", ready, storyless)

    assert response.status_code == 302
    assert told(response) == [
        dutch("“%(title)s” can't go online yet. %(reason)s", title="Doorvragen", reason=dutch(NEEDS_STORY))
    ]
    assert [is_live(page) for page in (ready, storyless)] == [False, False]


def test_publishing_many_looks_at_the_newest_draft(bulk, module):
    edited(module, without("verhaal")).save_revision()

    response = bulk("publish", module)

    assert len(told(response)) == 1
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_publishing_many_that_are_ready_works(bulk, training, story):
    ready = add_module(training, "Klaar", [raw_step("verhaal", story=story.pk)], live=False)

    bulk("publish", ready)

    assert is_live(ready)


def test_publishing_a_training_with_all_below_it_asks_the_same_of_each(bulk, training, storyless):
    response = bulk("publish", training, include_descendants="on")

    assert told(response) == [
        dutch("“%(title)s” can't go online yet. %(reason)s", title="Doorvragen", reason=dutch(NEEDS_STORY))
    ]
    assert not is_live(storyless)


# ── Deleting ───────────────────────────────────────────────────────────────────
def used_by_progress(request):
    finish(request.getfixturevalue("enrolment"), request.getfixturevalue("module"), "aankomen")
    return "module"


def used_by_answers(request):
    """Its answers alone: no step uses the exercise any more."""
    exercise, enrolment = request.getfixturevalue("exercise"), request.getfixturevalue("enrolment")
    Answer.objects.create(
        enrolment=enrolment,
        exercise_key=exercise.key,
        prompt_key=prompt_of(exercise, "open").id,
        prompt_as_asked="Waar denk je aan?",
        kind="open",
        saved_at=enrolment.created_at,
    )
    return "exercise"


def used_in_a_step(request):
    request.getfixturevalue("module")
    return "exercise"


def used_by_people(request):
    request.getfixturevalue("enrolment")
    return "training"


def used_by_people_who_stopped(request):
    Enrolment.objects.filter(pk=request.getfixturevalue("enrolment").pk).update(state="left")
    return "training"


def used_by_a_group(request):
    request.getfixturevalue("group")
    return "training"


def told_in_a_step(request):
    request.getfixturevalue("module")
    return "story"


def in_reserve_in_a_step(request):
    request.getfixturevalue("module")
    return "reserve_story"


USES = [
    used_by_progress,
    used_by_answers,
    used_in_a_step,
    used_by_people,
    used_by_people_who_stopped,
    used_by_a_group,
    told_in_a_step,
    in_reserve_in_a_step,
]


def pages_there():
    return set(Page.objects.values_list("pk", "path", "live"))


@pytest.fixture
def delete(editor):
    return lambda page, **fields: editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), fields)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.__name__)
@pytest.mark.parametrize("how", ["single", "many"])
def test_what_people_work_in_is_not_deleted_nor_anything_above_it(request, editor, bulk, delete, use, how):
    page = Page.objects.get(pk=request.getfixturevalue(use(request)).pk)
    people, there = rows(), pages_there()
    line = [page, *page.get_ancestors().filter(depth__gt=1)]

    for each in line:
        confirm = {"confirm_site_name": "Jouw leven is mijn werk"}
        response = delete(each, **confirm) if how == "single" else bulk("delete", each, **confirm)

        assert response.status_code == 302
        assert [len(sentence) > 20 for sentence in told(response)] == [True]
        assert (pages_there(), rows()) == (there, people)
        editor.cookies.pop("messages", None)  # read, so not said again


def test_the_confirming_page_is_not_even_shown(editor, enrolment, module):
    finish(enrolment, module, "aankomen")

    response = editor.get(reverse("wagtailadmin_pages:delete", args=[module.pk]))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_explore", args=[module.get_parent().pk]))


def test_the_sentence_says_how_many_people(delete, enrolment, daan, module):
    for each in (enrolment, daan.enrolments.get()):
        finish(each, module, "aankomen")

    assert told(delete(module)) == [
        dutch(
            "This can't be deleted: %(people)d people work in it or have done so. "
            "Unpublish it instead; then nobody loses anything.",
            people=2,
        )
    ]


def test_one_that_is_used_keeps_all_that_were_chosen_with_it(bulk, site_pages, module, exercise):
    unused = add_exercise(site_pages.exercises, "Nog nergens", prompts=[raw_prompt("open", "nergens")])
    there = pages_there()

    bulk("delete", unused, exercise)

    assert pages_there() == there


@pytest.mark.parametrize("how", ["single", "many"])
def test_what_nobody_uses_can_be_deleted(bulk, delete, site_pages, module, how):
    empty = add_training(site_pages.trainings, "Leeg")
    unused = [
        add_module(module.get_parent(), "Ongebruikt", [raw_step("iets")]),
        add_exercise(site_pages.exercises, "Nog nergens", prompts=[raw_prompt("open", "nergens")]),
        add_story(site_pages.stories, "Nog nergens"),
        add_module(empty, "Kind", [raw_step("kind")]),
        empty,
    ]

    for page in unused:
        delete(page) if how == "single" else bulk("delete", page)

    assert Page.objects.filter(pk__in=[page.pk for page in unused]).count() == 0
    assert ModulePage.objects.get() == module


def test_a_person_who_takes_part_is_not_deleted_and_it_is_no_error_page(editor, samira):
    editor.raise_request_exception = False

    response = editor.post(reverse("wagtailusers_users:delete", args=[samira.pk]))

    assert response.status_code < 500
    assert User.objects.filter(pk=samira.pk).exists()


def test_a_film_in_a_step_is_not_deleted_under_it(editor, training, story):
    film = make_recording()
    add_module(training, "Kijken", [raw_step("kijken", recording=film.pk, story=story.pk)])

    editor.post(reverse("wagtailmedia:delete", args=[film.pk]))

    assert type(film).objects.filter(pk=film.pk).exists()


# ── Preview ────────────────────────────────────────────────────────────────────
@pytest.fixture
def preview(editor):
    """`preview(module, steps)`: send what stands in the editor, as its screen does; returns how to look at a mode."""

    def sent(module, steps):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[module.pk])
        posted = editor.post(address, form_of(module.title, steps)).json()
        assert (posted["is_valid"], posted["is_available"]) == (True, True)
        return lambda mode="": editor.get(address, {"mode": mode} if mode else {})

    return sent


def main_of(response):
    return BeautifulSoup(response.content, "html.parser").find("main")


def test_each_step_of_a_draft_can_be_seen_as_participants_see_it(preview, module, story, exercise):
    before, revisions = rows(), module.revisions.count()
    draft = [
        *as_it_stands(module),
        step("Nieuw", id=step_key("nieuw"), story=story, exercise=exercise, heading="Een nieuwe stap"),
    ]

    look = preview(module, draft)
    seen = {mode: look(mode) for mode in ("aankomen", "kijken", "verhaal", "oefening", "voornemen", "nieuw")}

    assert {mode: page.status_code for mode, page in seen.items()} == dict.fromkeys(seen, 200)
    assert [main_of(page).find("h1").text for page in seen.values()] == [
        "Aankomen",
        "Kijken",
        story.title,
        "Oefening",
        "Voornemen",
        story.title,
    ]
    assert [len(main_of(seen[mode]).select(".question")) for mode in ("aankomen", "oefening", "nieuw")] == [0, 5, 5]
    assert (rows(), module.revisions.count()) == (before, revisions)
    assert ModulePage.objects.get(pk=module.pk).step_keys == module.step_keys


def test_a_preview_says_that_it_is_one_and_keeps_nothing(preview, editor, module):
    page = preview(module, as_it_stands(module))("oefening")

    html = main_of(page)
    assert html.select_one(".notice").text == dutch("This is a preview. Nothing you do here is kept.")
    assert html.select("[data-autosave]") == []
    before = rows()
    editor.post(html.find("form", class_="step")["action"], {"act": "end-done"})
    assert rows() == before


def test_the_module_itself_is_the_first_preview(preview, module):
    page = preview(module, as_it_stands(module)[::-1])()

    assert [link.text for link in main_of(page).select(".module__steps .modules__link")] == [
        "Voornemen",
        "Oefening",
        "Verhaal",
        "Kijken",
        "Aankomen",
    ]


def test_the_editor_offers_every_step_as_a_preview(module):
    assert [mode for mode, _name in module.preview_modes] == [
        "",
        "aankomen",
        "kijken",
        "verhaal",
        "oefening",
        "voornemen",
    ]


@pytest.mark.parametrize("mode", ["nooit", "\x00", "x" * 3_000])
def test_a_forged_preview_is_the_module(preview, module, mode):
    assert main_of(preview(module, as_it_stands(module))(mode)).find("h1").text == "Luisteren"


@pytest.mark.parametrize("steps", [[], [step("")], [step("Aankomen")]], ids=["none", "no title", "one"])
def test_a_module_that_was_never_stored_can_be_previewed(editor, training, steps):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["training", "modulepage", training.pk])

    editor.post(address, form_of("Nieuw", steps))

    assert [editor.get(address, {"mode": mode}).status_code for mode in ("", "aankomen", "stap-1")] == [200] * 3
    assert ModulePage.objects.count() == 0


def test_an_exercise_can_be_previewed(editor, exercise):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[exercise.pk])
    prompt = {
        "type": "open",
        "id": "",
        "order": "0",
        "deleted": "",
        "value": {
            "question": "Wat hoor je?",
            "maker": "",
            "help": "",
            "variants": {"count": "0"},
            "hints": {"count": "0"},
        },
    }
    fields = {
        "title": exercise.title,
        "slug": exercise.slug,
        "seo_title": "",
        "search_description": "",
        "intro": "",
        "minutes": "5",
        "prompts": {"count": "1", "0": prompt},
        "comments": inline_formset([]),
    }

    editor.post(address, nested_form_data(fields))

    assert [text.text for text in main_of(editor.get(address)).select(".question__text")] == ["Wat hoor je?"]
    assert len(ExercisePage.objects.get(pk=exercise.pk).prompt_list) == 5


# ── What publishing does to people ─────────────────────────────────────────────
def effect_on_screen(editor, module):
    html = BeautifulSoup(editor.get(reverse("wagtailadmin_pages:edit", args=[module.pk])).content, "html.parser")
    return next(
        " ".join(block.get_text(" ", strip=True).split())
        for block in html.select(".help-block")
        if block.find("use", href="#icon-help")
    )


def effect_in_words(busy, become_done):
    with translation.override("nl"):
        said = [
            ngettext("%(busy)s person is busy with this module.", "%(busy)s people are busy with this module.", busy)
            % {"busy": busy}
        ]
        if become_done:
            said.append(
                ngettext(
                    "%(number)s becomes done when you publish it as it was last saved.",
                    "%(number)s become done when you publish it as it was last saved.",
                    become_done,
                )
                % {"number": become_done}
            )
        return " ".join([*said, gettext("Nobody loses anything: not what they did, not what they wrote.")])


def test_the_editor_reads_what_publishing_does(editor, group, enrolment, daan, module):
    for each in (enrolment, daan.enrolments.get()):
        finish(each, module, "aankomen", "kijken", "verhaal", "oefening")
    third = enrol(make_person("Fatma"), group.training)
    finish(third, module, "aankomen")
    nobody_yet = effect_on_screen(editor, module)
    edited(module, without("voornemen")).save_revision()

    assert nobody_yet == effect_in_words(busy=3, become_done=0)
    assert effect_on_screen(editor, module) == effect_in_words(busy=3, become_done=2)


def test_a_module_in_which_nobody_is_busy_says_so(editor, module):
    assert effect_on_screen(editor, module) == dutch(
        "Nobody is busy with this module now. You can change what you like."
    )


def test_a_new_module_has_no_effect_to_speak_of(editor, training):
    assert (
        editor.get(reverse("wagtailadmin_pages:add", args=["training", "modulepage", training.pk])).status_code == 200
    )


def test_publishing_without_a_step_completes_who_waited_for_it(edit, enrolment, daan, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    finish(daan.enrolments.get(), module, "aankomen")

    response = edit(module, as_it_stands(module)[:-1], **PUBLISH)

    assert response.status_code == 302
    assert counted(enrolment, module) == (4, 4, True)
    assert counted(daan.enrolments.get(), module) == (1, 4, False)
    assert Enrolment.objects.get(pk=enrolment.pk).completed_at is not None


def test_saving_a_draft_without_a_step_does_nothing_to_anybody(edit, enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening")
    before = rows()

    edit(module, as_it_stands(module)[:-1])

    assert rows() == before


def test_publishing_with_a_new_step_takes_no_completion_back(edit, enrolment, module):
    finish(enrolment, module, "aankomen", "kijken", "verhaal", "oefening", "voornemen")
    completed_at = summary_of(enrolment, module).completed_at

    edit(module, [*as_it_stands(module), step("Napraten")], **PUBLISH)

    assert (counted(enrolment, module), summary_of(enrolment, module).completed_at) == ((5, 6, True), completed_at)


# ── Addresses of steps ─────────────────────────────────────────────────────────
@pytest.mark.parametrize("buttons", [{}, PUBLISH], ids=["draft", "online"])
def test_the_first_save_gives_each_step_its_address(create, story, buttons):
    create("Doorvragen", [step("Aankomen"), step("Het verhaal", story=story), step("Aankomen")], **buttons)

    assert slugs("Doorvragen") == ["aankomen", "het-verhaal", "aankomen-2"]


def test_renaming_and_reordering_leave_the_addresses(edit, module):
    steps = as_it_stands(module)
    renamed = [each | {"value": each["value"] | {"title": f"Nieuw {number}"}} for number, each in enumerate(steps)]

    edit(module, renamed[::-1], **PUBLISH)

    again = ModulePage.objects.get(pk=module.pk)
    assert [(each.key, each.slug) for each in again.step_list] == [(each.key, each.slug) for each in module.step_list][
        ::-1
    ]
    assert [each.title for each in again.step_list] == [f"Nieuw {number}" for number in (4, 3, 2, 1, 0)]


def test_an_address_can_not_be_changed_by_hand(edit, module):
    steps = as_it_stands(module)
    steps[0]["value"]["slug"] = "iets-anders"

    edit(module, steps, **PUBLISH)

    assert ModulePage.objects.get(pk=module.pk).step_list[0].slug == "aankomen"


@pytest.mark.parametrize("forged", ["../../cms", "a b/c", "klaar", "papier", "é", "\x00x", "-", "aankomen", "%2e%2e"])
def test_a_forged_address_becomes_one_that_works(edit, editor, samira, module, forged):
    edit(module, [*as_it_stands(module), step("Napraten", slug=forged)], **PUBLISH)
    module = ModulePage.objects.get(pk=module.pk)
    editor.force_login(samira)

    assert len({each.slug for each in module.step_list}) == len(module.step_list)
    assert [editor.get(each.address(module)).status_code for each in module.step_list] == [200] * len(module.step_list)
    assert [editor.get(module.module_address + page).status_code for page in ("", "klaar/", "papier/")] == [200] * 3


@pytest.mark.parametrize("title", ["Klaar", "Papier", "!!!", "日本", "x" * 60, "Aankomen"])
def test_any_title_makes_an_address_that_works(edit, editor, samira, module, title):
    edit(module, [*as_it_stands(module), step(title)], **PUBLISH)
    module = ModulePage.objects.get(pk=module.pk)
    editor.force_login(samira)

    assert [editor.get(each.address(module)).status_code for each in module.step_list] == [200] * 6


# ── What an editor does not read ───────────────────────────────────────────────
def test_no_page_of_the_cms_shows_what_samira_wrote(editor, client, samira, module, exercise):
    prompt = prompt_of(exercise, "open").id
    client.force_login(samira)
    sent = {"act": f"save:{prompt}", f"p-{prompt}-text": "Tante Kwikstaart"}
    client.post(module.step_list[3].address(module), sent)
    own = b"Tante Kwikstaart" in client.get(module.step_list[3].address(module)).content
    client.force_login(User.objects.get(email="server@example.test"))
    training = TrainingPage.objects.get()
    pages = [
        "/cms/",
        "/cms/reports/site-history/",
        "/cms/pages/search/?q=kwikstaart",
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (module, exercise, training)),
        *(reverse("wagtailadmin_pages:history", args=[page.pk]) for page in (module, exercise)),
        reverse("wagtailadmin_pages:usage", args=[exercise.pk]),
        reverse("wagtailusers_users:edit", args=[samira.pk]),
    ]

    assert own  # so it could leak
    assert [page for page in pages if b"kwikstaart" in client.get(page).content.lower().replace(b"?q=kwikstaart", b"")
            and "search" not in page] == []  # fmt: skip
