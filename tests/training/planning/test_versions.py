"""Two coordinators in one form: the second to save sees what the first made of it, and loses nothing typed."""

import datetime

import pytest
from django.urls import reverse

from tests.factories.people import make_person
from tests.training.planning.test_planning_cms import enter
from tests.words import dutch
from training.domain.accreditations import add_accreditation, change_accreditation
from training.domain.finishing import issue_certificates, replace_certificate
from training.domain.groups import FIELDS, TEAM, change_group, hand_over
from training.domain.staff import assign_staff
from training.models import Accreditation, Certificate, TrainingGroup

pytestmark = pytest.mark.django_db
SAID = "{name} changed this meanwhile. Look at both, then save again."


@pytest.fixture
def shared(small_group, roel):
    """A group that Ilse and Roel lead."""
    small_group.coordinators.add(roel)
    return small_group


def edit(name, row):
    return reverse(f"planning_{name}_modeladmin_edit", args=[row.pk])


def as_shown(page):
    """What the form would post if nobody typed anything."""
    form = page.context["form"]
    return {
        name: [getattr(one, "pk", one) for one in value] if isinstance(value := form[name].value(), list) else value
        for name in form.fields
        if form[name].value() not in (None, "")
    }


def table(page):
    text = " ".join(page.content.decode().split())
    return text.split('aria-labelledby="two-values"')[1].split("</table>")[0]


# ── A group ────────────────────────────────────────────────────────────────────
def test_who_saves_a_group_after_somebody_else_sees_both_and_may_save_then(client, ilse, roel, shared):
    TrainingGroup.objects.filter(pk=shared.pk).update(agreements="Op tijd.\nTelefoon uit.")
    browser, where = enter(client, ilse), edit("groepen", shared)
    typed = as_shown(browser.get(where)) | {"name": "Tilburg <winter>", "capacity": "9", "enrol_until": "2027-03-01"}
    typed["agreements"] = "Op tijd.\r\nTelefoon uit."  # as browsers send lines
    change_group(shared, by=roel, name="Tilburg voorjaar", bring="Een schrift")
    page = browser.post(where, typed)

    group = TrainingGroup.objects.get(pk=shared.pk)
    assert (page.status_code, group.name, group.capacity) == (409, "Tilburg voorjaar", 2)
    assert dutch(SAID).format(name="Roel Aarts") in page.content.decode()
    shown = table(page)
    for word in ("Tilburg voorjaar", "Tilburg &lt;winter&gt;", "Een schrift", ">2<", ">9<", "1 maart 2027"):
        assert word in shown, word
    assert ["Ilse Verbruggen" in shown, "Telefoon" in shown] == [False, False]  # only what differs
    assert page.context["form"]["name"].value() == "Tilburg <winter>"

    answer = browser.post(where, typed | {"seen": page.context["form"]["seen"].value()})
    group.refresh_from_db()
    assert (answer.status_code, group.name, group.capacity, group.changed_by) == (302, "Tilburg <winter>", 9, ilse)


@pytest.mark.parametrize("act", ["hand_over", "assign_staff"])
def test_who_came_into_the_team_meanwhile_is_not_taken_out_unseen(client, ilse, roel, shared, a_meeting, act):
    meeting = a_meeting(shared)
    browser, where = enter(client, ilse), edit("groepen", shared)
    typed = as_shown(browser.get(where)) | {"bring": "Een schrift"}
    if act == "hand_over":
        hand_over(shared, to=make_person("Eva", "coordinator"), by=roel)
    else:
        assign_staff(meeting, make_person("Eva", "trainer"), "trainer", by=roel)
    page = browser.post(where, typed)

    people = [person.display_name for team in TEAM for person in getattr(shared, team).all()]
    assert (page.status_code, "Eva" in table(page), people.count("Eva")) == (409, True, 1)
    assert dutch(SAID).format(name="Roel Aarts") in page.content.decode()


def test_who_leads_a_second_meeting_changes_no_form(ilse, marieke, shared, a_meeting):
    first, second = a_meeting(shared), a_meeting(shared, days=9)
    assign_staff(first, marieke, "trainer", by=ilse)
    before = TrainingGroup.objects.get(pk=shared.pk).version
    assign_staff(second, marieke, "trainer", by=ilse)

    assert TrainingGroup.objects.get(pk=shared.pk).version == before


@pytest.mark.parametrize("seen", ["", "x", "0", "9" * 400])
def test_a_group_is_never_saved_over_what_was_not_seen(client, ilse, shared, seen):
    browser, where = enter(client, ilse), edit("groepen", shared)
    typed = as_shown(browser.get(where)) | {"name": "Gekaapt", "seen": seen}
    answer = browser.post(where, typed)

    assert (answer.status_code in (200, 409), TrainingGroup.objects.get(pk=shared.pk).name) == (True, "Tilburg najaar")


def test_a_new_group_was_seen_by_nobody(client, ilse, shared):
    page = enter(client, ilse).get(reverse("planning_groepen_modeladmin_create"))

    assert set(FIELDS) <= set(page.context["form"].fields)
    assert page.context["form"].fields["seen"].required is False


def test_reminders_say_who_changed_the_group(client, ilse, roel, shared):
    browser, where = enter(client, ilse), reverse("training:reminders", args=[shared.uuid])
    change_group(shared, by=roel, remind_days=5)
    page = browser.post(where, {"dagen": "3", "seen": shared.version})

    said = dutch("{name} changed this group meanwhile. Look at it once more, then press again.")
    assert (page.status_code, said.format(name="Roel Aarts") in page.content.decode()) == (409, True)
    assert TrainingGroup.objects.get(pk=shared.pk).remind_days == 5


# ── An accreditation ───────────────────────────────────────────────────────────
def test_who_saves_an_accreditation_after_somebody_else_sees_both(client, ilse, roel, shared):
    days = {"valid_from": datetime.date(2027, 1, 1), "valid_until": datetime.date(2027, 12, 31)}
    row = add_accreditation(training=shared.training, register="skj", activity_id="20-1", points="11", **days)
    browser, where = enter(client, ilse), edit("accreditaties", row)
    typed = as_shown(browser.get(where)) | {"valid_from": "1-1-2027", "valid_until": "31-12-2028", "points": "12,5"}
    change_accreditation(row, by=roel, activity_id="20-2")
    page = browser.post(where, typed)

    row = Accreditation.objects.get()
    assert (page.status_code, row.activity_id, row.points) == (409, "20-2", 11)
    assert dutch(SAID).format(name="Roel Aarts") in page.content.decode()
    for word in ("20-1", "20-2", "31 december 2027", "31 december 2028"):
        assert word in table(page), word

    browser.post(where, typed | {"seen": page.context["form"]["seen"].value()})
    row.refresh_from_db()
    assert (row.activity_id, str(row.points), row.changed_by) == ("20-1", "12.50", ilse)


# ── A certificate ──────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["replace_certificate", "revoke_certificate"])
def test_a_certificate_that_was_replaced_since_is_looked_at_first(client, ilse, roel, small_group, take_part, name):
    place = take_part("Anna", 165, 165)
    issue_certificates(small_group, by=ilse)
    first = Certificate.objects.get()
    newer = replace_certificate(first, name="Anna de Vries", reason="Haar naam", by=roel)
    client.force_login(ilse)
    where = reverse(f"training:{name}", args=[place.uuid])
    typed = {"certificate": str(first.uuid), "name": "A. Jansen", "reason": "Per ongeluk."}
    page = client.post(where, typed)

    words = page.content.decode()
    assert (page.status_code, list(Certificate.objects.valid())) == (409, [newer])
    assert [part in words for part in (newer.number, "Anna de Vries", "Per ongeluk.")] == [True] * 3
    assert f'name="certificate" value="{newer.uuid}"' in words
    assert client.post(where, typed | {"certificate": str(newer.uuid)}).status_code == 302
    assert newer not in Certificate.objects.valid()
