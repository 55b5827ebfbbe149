"""What the demo's people wrote around the pages: reactions, cards, and what somebody keeps. Each only where nobody did
anything yet, so that a visitor's own doing stays.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from home.models import ContentPage
from mail.models import OutboxMail
from stories.domain.card_checking import pass_on
from stories.domain.card_reading import keep_card, show_card
from stories.domain.keeping import keep_page, write_note
from stories.domain.moderating import let_show
from stories.domain.reacting import Said, react
from stories.domain.sentences import sentences_of
from stories.domain.talking import Closing, choose_talk, close_talk, pin_summary
from stories.domain.thanks import CardWords, addressees_of, answer_card, thank_person, thank_storyteller
from stories.models import Bookmark, HouseRules, PageChoices, StoryPage, ThankYou
from stories.talk_emails import REACTION_ANSWERED, REACTIONS_CAME, REACTIONS_WAIT
from training.demo.keys import page_key
from training.demo.shapes import DemoFileError

SOURCE = "beside.toml"
DAY = timedelta(days=1)
EDITOR = "trainer@demo.test"  # decides about reactions under pages that are no story


def load_beside(content, pages):
    """Let the demo's people react, write cards and keep pages as `content.beside` says; returns how many of these were
    made now. Raises DemoFileError for a sentence that is not in its story.
    """
    people = {person.email: person for person in User.objects.filter(email__endswith="@demo.test")}
    found = {**pages.stories, **pages.professionals}
    _refuse_strangers(content.beside, people)
    put_rules()
    with transaction.atomic():
        now = timezone.now()
        added = sum(_talk(table, found[table["page"]], people, now) for table in _there(content.beside["talks"], found))
        added += _cards(content.beside["cards"], found, people, now)
        added += _kept(_there(content.beside["kept"], found), found, people)
        return added


def _there(tables, found):
    """Leave out what is about a story that its storyteller took away."""
    return [table for table in tables if table["page"] in found]


def _refuse_strangers(tables, people):
    reactions = [row for talk in tables["talks"] for row in talk["reactions"]]
    for row in (*tables["talks"], *reactions, *tables["cards"], *tables["kept"]):
        for name in ("who", "from", "to", "shown_by", "closed_by", "passed_on_by"):
            if "@" in row.get(name, "") and row[name] not in people:
                raise DemoFileError(f"{SOURCE}: {name} is {row[name]!r}. Expected: the address of a demo person.")


def put_rules():
    """Let the rules for reactions stand on the demo's page for them, unless somebody chose another."""
    rules, page = HouseRules.load(), ContentPage.objects.filter(slug="spelregels").first()
    if rules.page_id is None and page:
        rules.page = page
        rules.save()


# ── Reactions ──────────────────────────────────────────────────────────────────
def _talk(table, page, people, now):
    if PageChoices.objects.filter(page=page.pk).exists():
        return 0
    choose_talk(page, talk=table["talk"], shows_views=False, by=_decider(page, people))
    said = {}
    for row in table["reactions"]:
        said[row["id"]] = _react(table, page, row, said, people, now)
    if table["closed_by"]:
        _close(table, page, people[table["closed_by"]], now)
    # They were told of it in their time; only what happens from now on is mailed.
    kinds = (REACTIONS_CAME, REACTION_ANSWERED, REACTIONS_WAIT)
    OutboxMail.objects.filter(kind__in=kinds, created_at__gte=now, person__in=people.values()).delete()
    return len(said)


def _decider(page, people):
    if isinstance(page, StoryPage):
        return page.tellings.select_related("storyteller__account").first().storyteller.account
    return people[EDITOR]


def _react(table, page, row, said, people, now):
    at = now - timedelta(days=row["days"])
    words = Said(row["text"], said.get(row["to"]), said.get(row["quoting"]))
    token = page_key("reactions", f"{table['page']}/{row['id']}")
    reaction = react(page, words, by=people[row["who"]], token=token, accepts_rules=True, at=at)
    if table["shown_by"] and not row["waits"]:
        reaction = let_show(reaction, by=people[table["shown_by"]], at=at + timedelta(hours=2))
    return reaction


def _close(table, page, by, now):
    at = now - timedelta(days=table["closed"])
    pin_summary(page, table["summary"], by=by, name=by.get_short_name(), at=at)
    close_talk(page, Closing(at, table["reason"]), by=by)


# ── Cards ──────────────────────────────────────────────────────────────────────
def _cards(tables, found, people, now):
    if ThankYou.objects.filter(sender__in=people.values()).exists():
        return 0
    tables = [table for table in tables if not table["story"] or table["story"] in found]
    for table in tables:
        _deliver(table, _write(table, found, people, now), people, now)
    return len(tables)


def _write(table, found, people, now):
    by, token = people[table["from"]], page_key("cards", f"{table['from']}/{table['story']}")
    at = now - timedelta(days=table["days"])
    if table["to"]:
        return thank_person(people[table["to"]], CardWords(table["text"]), by=by, token=token, at=at)
    story = found[table["story"]]
    words = CardWords(table["text"], _key_of(story, table), table["name_may_show"])
    teller = addressees_of(story)[0].storyteller
    return thank_storyteller(story, words, storyteller=teller, by=by, token=token, at=at)


def _key_of(story, table):
    if not table["sentence"]:
        return ""
    keys = {sentence.text: sentence.key for sentence in sentences_of(story)}
    if table["sentence"] not in keys:
        sentence = table["sentence"]
        raise DemoFileError(f"{SOURCE}: sentence is {sentence!r}. Expected: a sentence of {table['story']}.")
    return keys[table["sentence"]]


def _deliver(table, card, people, now):
    """Let somebody read the card along, and its receiver do with it what the table says."""
    if not table["passed_on_by"]:
        return
    checker, receiver = people[table["passed_on_by"]], card.receiver
    card = pass_on(card, by=checker, at=card.sent_at + timedelta(hours=3))
    if table["answer"]:
        token = page_key("cards", f"{table['from']}/{table['story']}/answer")
        answer = answer_card(card, CardWords(table["answer"]), by=receiver, token=token, at=card.sent_at + DAY)
        pass_on(answer, by=checker, at=answer.sent_at + timedelta(hours=3))
    if table["reading"]:
        {"kept": keep_card, "shown": show_card}[table["reading"]](card, by=receiver)


# ── What somebody keeps ────────────────────────────────────────────────────────
def _kept(tables, found, people):
    keep_already = set(Bookmark.objects.values_list("user__email", flat=True))
    rows = [table for table in tables if table["who"] not in keep_already]
    for table in reversed(rows):  # the newest stands first on the shelf
        bookmark = keep_page(found[table["page"]], by=people[table["who"]])
        write_note(bookmark, note=table["note"], labels=table["labels"])
    return len(rows)
