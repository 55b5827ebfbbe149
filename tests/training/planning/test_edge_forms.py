"""Days and times in the forms of the menu Planning, whatever language and zone somebody reads them in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common.refusals import Refused
from tests.training.planning.test_planning_cms import NEW, address, enter
from training.domain.meetings import change_meeting
from training.models import Meeting, TrainingGroup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("typed", ["04-02-2027", "4-2-2027", "04/02/2027", "2027-02-04"])
def test_a_day_of_enrolling_is_the_same_day_in_both_languages(client, ilse, training, language, typed):
    type(ilse).objects.filter(pk=ilse.pk).update(language=language)
    ilse.refresh_from_db()
    values = {**NEW, "training": training.pk, "enrol_from": typed, "enrol_until": typed}

    assert enter(client, ilse).post(address("groepen", "create"), values).status_code == 302
    group = TrainingGroup.objects.get(code=NEW["code"])
    assert (group.enrol_from, group.enrol_until) == (date(2027, 2, 4), date(2027, 2, 4))


@pytest.mark.parametrize("typed", ["0202-02-04", "31-11-2026", "x" * 50_000, "4-2-2027\x00"])
def test_a_day_that_is_none_is_said_at_its_field(client, ilse, training, typed):
    values = {**NEW, "training": training.pk, "enrol_from": typed}
    page = enter(client, ilse).post(address("groepen", "create"), values)

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["enrol_from"])
    assert not TrainingGroup.objects.filter(code=NEW["code"]).exists()


def test_nobody_chooses_a_zone_of_their_own_for_the_screens_of_planning(client, ilse, small_group, a_meeting):
    enter(client, ilse)

    assert "current_time_zone" not in client.get(reverse("wagtailadmin_account")).content.decode()


# ── A moment that is over ──────────────────────────────────────────────────────
def test_a_meeting_is_not_moved_into_the_past_without_a_reason(small_group, a_meeting, ilse):
    meeting = a_meeting(small_group)
    then = timezone.now() - timedelta(days=3)
    values = {"starts_at": then, "ends_at": then + timedelta(hours=3)}

    with pytest.raises(Refused, match="over"):
        change_meeting(meeting, version=meeting.version, by=ilse, **values)
    assert Meeting.objects.get(pk=meeting.pk).starts_at == meeting.starts_at
    moved = change_meeting(meeting, version=meeting.version, by=ilse, reason="Zo was het.", **values)
    assert moved.starts_at == then
