"""What is left of reactions when somebody is erased or a story is taken away, and what their own data hold."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.personal_data.contents import copy_of
from accounts.personal_data.erasing import erase_now
from stories.choices import ReactionState
from stories.domain.erasing import erase_story
from stories.domain.reacting import forget_reactions
from stories.domain.talking import pin_summary
from stories.domain.withdrawal import withdraw_story
from stories.models import PageChoices, Reaction, TalkEvent
from tests.factories.stories import teller_of
from tests.stories.beside import STORY, WORDS, again, nl, part, reacted, talk_on, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_talk(story):
    talk_on(story)
    return story


def test_words_are_unreadable_in_the_database(samira, open_talk):
    reacted(open_talk, samira)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM stories_reaction")
        assert "stoel" not in cursor.fetchone()[0]


def test_the_copy_of_own_data_holds_what_somebody_wrote(samira, daan, open_talk):
    reacted(open_talk, samira)
    reacted(open_talk, daan, "Van Daan.")

    records = {record["record"]: record["rows"] for record in copy_of(samira, timezone.now())["records"]}

    assert [row["words"] for row in records["stories.Reaction"]] == [{"text": WORDS}]
    assert len(records["stories.RuleAcceptance"]) == 1


def samira_as_trainer(samira):
    samira.groups.set([Group.objects.get_or_create(name="trainer")[0]])
    del samira.roles
    return samira


def test_who_is_erased_leaves_a_place_without_name_and_words(client, samira, daan, open_talk):
    row = reacted(open_talk, samira)
    reacted(open_talk, daan, "Mooi.", to=row, quoting=row)
    pin_summary(open_talk, "Kort gezegd.", by=samira_as_trainer(samira), name="Samira")

    erase_now(samira.uuid)

    page = client.get(STORY)
    assert part(page, ".reaction__gone") == [nl("Somebody took this reaction away.")]
    assert (part(page, ".reaction__words"), part(page, ".reaction__quote")) == (["Mooi."], [])
    assert "Samira" not in told(page)
    assert again(row).author is None


def test_an_account_that_is_no_longer_there_is_somebody(client, samira, open_talk):
    reacted(open_talk, samira)
    Reaction.objects.update(author=None)

    assert part(client.get(STORY), ".reaction__name") == [nl("Somebody")]


def test_taking_the_story_away_erases_every_reaction(samira, open_talk):
    reacted(open_talk, samira)
    withdraw_story(open_talk, by=teller_of(open_talk))

    erase_story(open_talk.translation_key)

    assert (Reaction.objects.count(), PageChoices.objects.count(), TalkEvent.objects.count()) == (0, 0, 0)


def test_forgetting_leaves_nothing_under_the_page_and_twice_is_once(samira, daan, open_talk, reserve_story):
    talk_on(reserve_story)
    row = reacted(open_talk, samira)
    reacted(open_talk, daan, "Mooi.", to=row, quoting=row)
    reacted(reserve_story, samira, "Elders.")

    forgotten = [forget_reactions(open_talk), forget_reactions(open_talk)]

    assert forgotten == [2, 0]
    assert [one.text for one in Reaction.objects.all()] == ["Elders."]
    assert list(PageChoices.objects.values_list("page", flat=True)) == [reserve_story.pk]


def test_the_database_holds_what_a_state_means(samira, open_talk):
    row = reacted(open_talk, samira)
    for wrong in ({"state": "nonsense"}, {"state": ReactionState.HELD_BACK}, {"state": ReactionState.TAKEN_AWAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reaction.objects.filter(pk=row.pk).update(**wrong)
