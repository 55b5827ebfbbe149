"""The demo's stories: whose they are, what they say beforehand, and the two that their storytellers took offline."""

from stories.choices import StoryState
from stories.domain.erasing import erase_story
from stories.domain.publishing import resume_story
from stories.models import StoryPage, Theme, Withdrawal
from tests.factories.stories import teller_of
from tests.training.demo.hands import load, rewrite
from training.demo.keys import page_key
from training.domain.materials import materials_of
from training.models import ModulePage


def test_one_story_is_on_pause_and_one_was_taken_away(loaded, client):
    henk, ans = (StoryPage.objects.get(slug=slug) for slug in ("brief-die-niet-aankwam", "het-grijze-bankje"))

    assert (henk.release.state, ans.release.state) == (StoryState.PAUSED, StoryState.WITHDRAWN)
    assert [client.get(f"/verhalen/{story.slug}/").status_code for story in (henk, ans)] == [410, 410]
    assert Withdrawal.objects.get().story_key == ans.translation_key


def test_the_step_of_the_story_on_pause_shows_its_reserve(loaded):
    module = ModulePage.objects.get(translation_key=page_key("modules", "er-zijn-weggaan-en-dankjewel"))
    step = next(step for step in module.step_list if step.slug == "nog-een-verhaal")

    assert materials_of(step).story.slug == "wat-er-op-het-kaartje-stond"


def test_every_story_step_has_another_story_to_read(loaded):
    open_now = set(StoryPage.objects.open().values_list("pk", flat=True))
    steps = [step for module in ModulePage.objects.all() for step in module.step_list if step.story_id]

    assert [step.title for step in steps if step.reserve_story_id not in open_now] == []
    assert len(steps) == 9


def test_what_a_storyteller_does_with_a_pause_stays(loaded, own_files):
    henk = StoryPage.objects.get(slug="brief-die-niet-aankwam")
    rewrite(own_files / "stories" / "brief-die-niet-aankwam.toml", "Een huisnummer,", "Twee huisnummers,")
    load()
    still = StoryPage.objects.get(pk=henk.pk).live
    resume_story(henk, by=teller_of(henk))

    load()

    assert (still, StoryPage.objects.get(pk=henk.pk).live) == (False, True)


def test_a_story_that_was_taken_away_and_erased_does_not_come_back(loaded):
    erase_story(Withdrawal.objects.get().story_key)

    said = load()

    assert "69 pages, 0 of them published now" in said
    assert not StoryPage.objects.filter(slug="het-grijze-bankje").exists()


def test_stories_say_beforehand_what_is_coming(loaded):
    online = list(StoryPage.objects.open())
    fields = ("relation", "setting", "content_note", "note_absent", "note_end", "short_version", "made_by", "question")

    assert len(online) == 11
    assert [(story.slug, name) for story in online for name in fields if not getattr(story, name)] == []
    assert [story.slug for story in online if len(story.short_version.split()) > 80] == []


def test_themes_have_a_line_and_a_question_and_an_editors_words_stay(loaded):
    themes = Theme.objects.filter(story_tags__isnull=False)
    assert [theme.name for theme in themes if not (theme.intro and theme.question)] == []
    Theme.objects.filter(name="luisteren").update(intro="Van Marieke.")

    load()

    assert Theme.objects.get(name="luisteren").intro == "Van Marieke."
