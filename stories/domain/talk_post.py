"""Telling by mail that there are reactions: gathered, so that a talk with ten of them is one mail, and never what they
say. The mail is queued by the act itself and waits for its moment; then it is asked whether there still is something.
"""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.domain.mail_wishes import stop_address, wants, without_who_stopped
from mail.domain.outbox import queue_mail
from mail.models import OutboxMail
from stories.choices import PostRhythm, ReactionState
from stories.domain.card_post import by_the_door
from stories.models import Storyteller, Telling
from stories.talk_emails import REACTION_ANSWERED, REACTIONS_CAME, REACTIONS_WAIT
from stories.talk_policies import people_who_look_after, reactions_looked_after, reactions_met_by

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MONDAY = 0
EVENING = (time(17),)
THREE_TIMES = (time(9), time(13), time(17))


# ── When ───────────────────────────────────────────────────────────────────────
def next_moment(at, times=EVENING, *, weekday=None):
    """Return the first of these `times` of a day that comes after `at`, on that weekday if one is given."""
    day = timezone.localdate(at)
    zone = timezone.get_current_timezone()
    days = (day + timedelta(days=ahead) for ahead in range(8))
    moments = (datetime.combine(one, hour, zone) for one in days for hour in times)
    return next(moment for moment in moments if moment > at and weekday in (None, moment.weekday()))


def news_key(kind, person, since, until):
    """The same person at the same moment is one mail; what it is about can be read from its key."""
    return f"{kind}:{person.uuid}:{since.isoformat()}/{until.isoformat()}"


def since_and_until(mail):
    """Return the two moments between which a mail was gathered."""
    since, until = mail.key.split(":", 2)[2].split("/")
    return datetime.fromisoformat(since), datetime.fromisoformat(until)


# ── In the transaction of the act ──────────────────────────────────────────────
def tell_of(reaction, at=None):
    """Queue the mails about a reaction that shows from now on: to whose story it stands under, and to whom it answers.

    A storyteller who is answered under her own story hears of it once.
    """
    at = at or timezone.now()
    told = [teller.account for teller in tellers_to_tell(reaction) if _tell_teller(teller, reaction, at)]
    answered = reaction.reply_to.author if reaction.reply_to else None
    if answered and answered not in (*told, reaction.author) and wants(answered, REACTION_ANSWERED):
        until = next_moment(at)
        _queue(REACTION_ANSWERED, answered, reaction, until - DAY, until)


def tellers_to_tell(reaction):
    """The storytellers of the page who hear of a reaction under it; none where it is no story."""
    tellings = Telling.objects.filter(story=reaction.page_id, storyteller__account__is_active=True)
    tellers = Storyteller.objects.filter(pk__in=tellings.values("storyteller")).exclude(account=reaction.author)
    return tellers.select_related("account").order_by("pk")


def _tell_teller(teller, reaction, at):
    is_weekly = teller.post_rhythm == PostRhythm.WEEKLY
    until = next_moment(at, weekday=MONDAY if is_weekly else None)
    if takes_a_pause(teller, until) or not wants(teller.account, REACTIONS_CAME):
        return False
    _queue(REACTIONS_CAME, teller.account, reaction, until - (WEEK if is_weekly else DAY), until)
    return True


def takes_a_pause(teller, at):
    return bool(teller.post_paused_until and teller.post_paused_until >= timezone.localdate(at))


def _queue(kind, person, reaction, since, until):
    path = by_the_door(reverse("reaction", args=[reaction.uuid]))
    _queue_one(kind, person, news_key(kind, person, since, until), path, until)


def _queue_one(kind, person, key, path, moment):
    context = {"path": path, "stop_address": stop_address(person, kind)}
    queue_mail(kind, to=person.email, person=person, key=key, context=context, not_before=moment)


def tell_who_looks_after(reaction, at=None):
    """Queue the mails that a reaction waits; whether somebody may read it along is asked when their mail leaves."""
    at = at or timezone.now()
    until = next_moment(at, THREE_TIMES)
    people = without_who_stopped(people_who_look_after(), REACTIONS_WAIT).exclude(pk=reaction.author_id)
    keys = {news_key(REACTIONS_WAIT, person, until - DAY, until): person for person in people}
    there = set(OutboxMail.objects.filter(key__in=keys).values_list("key", flat=True))
    for key in keys.keys() - there:
        _queue_one(REACTIONS_WAIT, keys[key], key, by_the_door(reverse("reactions_to_check")), until)


# ── Asked right before sending ─────────────────────────────────────────────────
def is_news_under_story(mail):
    """True while a reaction that the mail is about stands under a story of whom it is to, and she takes no pause."""
    teller = Storyteller.objects.filter(account=mail.person_id).first() if wants(mail.person, REACTIONS_CAME) else None
    if teller is None or takes_a_pause(teller, timezone.now()):
        return False
    hers = Telling.objects.filter(storyteller=teller).values("story")
    return _news(mail).filter(page__in=hers).exists()


def is_news_for_answered(mail):
    """True while an answer that the mail is about stands where whom it is to may read it."""
    return wants(mail.person, REACTION_ANSWERED) and _news(mail).filter(reply_to__author=mail.person).exists()


def is_waiting(mail):
    """True while a reaction waits that whom the mail is to looks after."""
    if not wants(mail.person, REACTIONS_WAIT):
        return False
    return reactions_looked_after(mail.person).filter(state=ReactionState.WAITING).exists()


def _news(mail):
    """The reactions of others that began to show in the time of `mail`, where its person may read them now."""
    since, until = since_and_until(mail)
    came = Q(created_at__gt=since, created_at__lte=until) | Q(checked_at__gt=since, checked_at__lte=until)
    return reactions_met_by(mail.person).filter(came).exclude(author=mail.person)


STILL_WANTED = {
    REACTIONS_CAME: is_news_under_story,
    REACTION_ANSWERED: is_news_for_answered,
    REACTIONS_WAIT: is_waiting,
}


def tells_stories(user):
    """True for who has stories under which people may write."""
    return Storyteller.objects.filter(account=user).exists()
