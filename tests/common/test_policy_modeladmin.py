"""The holes of wagtail-modeladmin that are about one row: its number, its history, and what writes it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from wagtail.models import ModelLogEntry

from common.modeladmin import PolicyModelAdmin
from common.policies import Policy
from tests.common.policy_desk import Desk, DeskPolicy, address, closed_desk, desk, enter, refused
from tests.factories.groups import make_group
from training.models import TrainingGroup, TrainingPage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.policy_urls")]

ROW_PAGES = [("get", "edit"), ("post", "edit"), ("get", "inspect"), ("get", "delete"), ("post", "delete"),
             ("get", "history")]  # fmt: skip
CAST = ("samira", "noor", "marieke", "ilse", "roel", "stranger", "petra")


@pytest.fixture
def cast(request):
    return {name: request.getfixturevalue(name) for name in CAST}


def words_after(client):
    """What the person reads next, messages and all."""
    return client.get(reverse("wagtailadmin_home")).content.decode()


# ── Another's row by its number ────────────────────────────────────────────────
@pytest.mark.parametrize(("method", "action"), ROW_PAGES)
def test_a_row_of_another_answers_as_one_that_is_not_there(client, ilse, roel, group, method, action):
    knock = getattr(enter(client, roel), method)
    answers = [knock(address(action, row), {"name": "Gekaapt"}) for row in (group, 999_999)]
    words = words_after(client)
    own = getattr(enter(client, ilse), method)(address(action, group), {"name": "Tilburg voorjaar"})

    assert [(refused(answer), answer.content) for answer in answers] == [(True, b"")] * 2
    assert "Tilburg" not in words
    assert not refused(own)  # so it could


@pytest.mark.parametrize(("method", "action"), [("post", "edit"), ("post", "delete")])
def test_posting_to_a_row_of_another_changes_nothing(client, ilse, roel, group, method, action):
    getattr(enter(client, roel), method)(address(action, group), {"name": "Gekaapt"})

    assert [one.name for one in TrainingGroup.objects.filter(pk=group.pk)] == ["Tilburg najaar"]


@pytest.mark.parametrize("action", ["edit", "inspect", "delete", "history"])
@pytest.mark.parametrize("key", ["abc", "_00", "_2F", "9" * 40, "-1", "\u0663\u00b2"])
def test_a_key_that_no_row_can_have_answers_the_same(client, ilse, action, key):
    assert refused(enter(client, ilse).get(address(action, key)))


@pytest.mark.parametrize(
    ("action", "opened"),
    [("edit", {"ilse"}), ("delete", {"ilse"}), ("history", {"ilse"}), ("inspect", {"ilse", "marieke"})],
)
def test_who_may_read_a_row_may_not_change_it_for_that(client, cast, group, action, opened):
    found = {name for name, person in cast.items() if not refused(enter(client, person).get(address(action, group)))}

    assert found == opened


@pytest.mark.parametrize(("method", "action"), ROW_PAGES)
def test_a_careless_predicate_opens_no_row_that_the_list_leaves_out(client, roel, group, monkeypatch, method, action):
    for name in ("may_view", "may_change", "may_delete"):
        monkeypatch.setattr(DeskPolicy, name, lambda self, user, row: True)

    assert refused(getattr(enter(client, roel), method)(address(action, group), {"name": "Gekaapt"}))


def test_a_row_of_the_list_may_still_be_closed_to_read(client, ilse, group, monkeypatch):
    monkeypatch.setattr(DeskPolicy, "may_view", lambda self, user, row: False)

    assert refused(enter(client, ilse).get(address("inspect", group)))


@pytest.mark.parametrize("action", ["index", "create"])
def test_who_may_not_list_or_add_does_not_come_in(client, cast, action):
    found = {name for name, person in cast.items() if not refused(enter(client, person).get(address(action)))}

    assert found == {"index": {"ilse", "roel", "marieke"}, "create": {"ilse", "roel"}}[action]


def test_a_model_permission_opens_nothing(client, stranger, group):
    """Django's permissions and the superuser's mark are not asked."""
    stranger.is_superuser = True
    stranger.save()
    pages = [address("index"), *(address(action, group) for method, action in ROW_PAGES if method == "get")]

    assert [refused(enter(client, stranger).get(page)) for page in pages] == [True] * len(pages)


def test_a_visitor_is_sent_to_sign_in(client, group):
    assert client.get(address("edit", group)).headers["Location"].startswith("/cms/login/")


def test_a_role_that_is_taken_away_works_on_the_next_request(client, ilse, group):
    before = enter(client, ilse).get(address("index")).status_code
    ilse.groups.clear()

    assert (before, refused(client.get(address("index")))) == (200, True)


# ── History ────────────────────────────────────────────────────────────────────
def test_the_history_is_for_who_may_change_the_row(client, ilse, marieke, roel, group):
    enter(client, ilse).post(address("edit", group), {"name": "Tilburg voorjaar"})
    own = client.get(address("history", group)).content.decode()

    assert ("Ilse Verbruggen" in own, "Tilburg voorjaar" in own) == (True, True)
    assert [refused(enter(client, person).get(address("history", group))) for person in (marieke, roel)] == [True] * 2


@pytest.mark.parametrize("query", ["?page=abc", "?page=99", "?page=0", "?ordering=user__password", "?p=%00"])
def test_a_bad_parameter_of_the_history_is_no_error(client, ilse, group, query):
    assert enter(client, ilse).get(address("history", group) + query).status_code in (200, 404)


# ── Writing goes through an act ────────────────────────────────────────────────
def test_a_form_writes_by_its_act_and_is_logged(client, ilse, group):
    made = enter(client, ilse).post(address("create"), {"name": "Nieuw"})
    changed = client.post(address("edit", group), {"name": "Tilburg  voorjaar"})

    assert [answer.headers["Location"] for answer in (made, changed)] == [address("index")] * 2
    assert set(TrainingGroup.objects.led_by(ilse).values_list("name", flat=True)) == {"Nieuw", "Tilburg voorjaar"}
    assert list(ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user")) == [
        ("wagtail.create", "Nieuw", ilse.pk), ("wagtail.edit", "Tilburg voorjaar", ilse.pk),
    ]  # fmt: skip


def test_the_act_gets_the_row_as_the_database_has_it(client, ilse, group, monkeypatch):
    """A form puts what was typed on its row before anybody agreed to it; an act that saves it would skip its lock."""
    seen = []
    monkeypatch.setattr(Desk, "change_act", lambda self, row, form, user: seen.append((row.name, user)) or row)
    enter(client, ilse).post(address("edit", group), {"name": "Anders"})

    assert seen == [("Tilburg najaar", ilse)]
    assert TrainingGroup.objects.get(pk=group.pk).name == "Tilburg najaar"


def test_the_form_itself_can_not_save():
    form = desk.get_edit_handler().bind_to_model(TrainingGroup).get_form_class()({"name": "Langs het slot"})

    assert form.is_valid()
    with pytest.raises(NotImplementedError):
        form.save()


def test_what_is_only_shown_can_not_be_posted(client, ilse, roel, group, training):
    before = TrainingGroup.objects.values().get(pk=group.pk)
    other = training.copy(update_attrs={"title": "Andere", "slug": "andere"})
    page = enter(client, ilse).get(address("edit", group))
    shown = page.content.decode()
    client.post(
        address("edit", group),
        {"name": "Nieuw", "training": other.pk, "coordinators": [roel.pk], "uuid": "0" * 32, "id": 7, "trainers": []},
    )

    assert (str(training) in shown, "Ilse Verbruggen" in shown) == (True, True)
    assert list(page.context["form"].fields) == ["name"]
    assert TrainingGroup.objects.values().get(pk=group.pk) == before | {"name": "Nieuw", "version": 2}
    assert list(group.coordinators.all()) == [ilse]
    assert TrainingPage.objects.count() == 2


def test_a_form_that_is_not_right_writes_nothing(client, ilse, group):
    answer = enter(client, ilse).post(address("edit", group), {"name": "x" * 81})

    assert (answer.status_code, answer.context["form"].errors.keys()) == (200, {"name"})
    assert TrainingGroup.objects.get(pk=group.pk).name == "Tilburg najaar"


def test_a_refusal_is_a_sentence_and_leaves_nothing_behind(client, ilse, group):
    answer = enter(client, ilse).post(address("edit", group), {"name": "Nee"})

    assert (answer.status_code, "“Tilburg najaar” keeps its name." in answer.content.decode()) == (200, True)
    assert [one.name for one in TrainingGroup.objects.all()] == ["Tilburg najaar"]
    assert not ModelLogEntry.objects.exists()


def test_a_row_that_goes_away_meanwhile_is_no_error(client, ilse, group):
    assert refused(enter(client, ilse).post(address("edit", group), {"name": "Weg"}))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("action", ["create", "edit", "delete"])
def test_without_an_act_the_page_is_closed(client, ilse, group, method, action):
    """The policy lets Ilse do all three."""
    page = address(action, None if action == "create" else group, of=closed_desk)

    assert refused(getattr(enter(client, ilse), method)(page, {"name": "Toch"}))
    assert [one.name for one in TrainingGroup.objects.all()] == ["Tilburg najaar"]


def test_a_list_shows_no_button_to_a_page_that_is_closed(client, ilse, marieke, group):
    pages = [address(action, group) for action in ("edit", "inspect", "delete")] + [address("create")]
    lists = {
        "ilse": enter(client, ilse).get(address("index")),
        "marieke": enter(client, marieke).get(address("index")),
        "no acts": enter(client, ilse).get(address("index", of=closed_desk)),
    }
    closed = [page.replace("groepen", "dicht") for page in pages]

    assert [page in lists["ilse"].content.decode() for page in pages] == [True] * 4
    assert [page in lists["marieke"].content.decode() for page in pages] == [False, True, False, False]
    assert [page in lists["no acts"].content.decode() for page in closed] == [False] * 4


# ── Deleting ───────────────────────────────────────────────────────────────────
def test_a_row_that_nothing_needs_can_be_deleted(client, ilse, group):
    answer = enter(client, ilse).post(address("delete", group))

    assert (answer.headers["Location"], TrainingGroup.objects.exists()) == (address("index"), False)
    assert ModelLogEntry.objects.values_list("action", "deleted").get() == ("wagtail.delete", True)


def test_deleting_what_others_refer_to_is_a_sentence_without_names(client, ilse, group, samira):
    answer = enter(client, ilse).post(address("delete", group), follow=True)
    words = answer.content.decode()

    assert (answer.redirect_chain, TrainingGroup.objects.count()) == ([(address("index"), 302)], 1)
    assert ("something else still needs it" in words, "Samira" in words) == (True, False)
    assert not ModelLogEntry.objects.exists()


def test_an_act_may_refuse_to_delete(client, ilse, training):
    held = make_group(training, "Vaste groep", coordinators=[ilse])
    answer = enter(client, ilse).post(address("delete", held), follow=True)

    assert ("This one stays." in answer.content.decode(), TrainingGroup.objects.contains(held)) == (True, True)


# ── What Wagtail would make of the rows elsewhere ──────────────────────────────
def test_wagtail_can_give_nobody_a_permission_on_the_rows(db):
    assert not desk.get_permissions_for_registration().exists()


# ── Declaring it ───────────────────────────────────────────────────────────────
class OtherPolicy(Policy):
    model = TrainingPage


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ({"policy": None}, "an instance of the Policy"),
        ({"policy": DeskPolicy}, "an instance of the Policy"),
        ({"policy": OtherPolicy()}, "an instance of the Policy"),
        ({"model": TrainingPage, "policy": OtherPolicy()}, "pages have their own"),
        ({"list_filter": ("training",)}, "DeclaredFilter classes"),
        ({"declared_filters": (dict,)}, "DeclaredFilter classes"),
        ({"inspect_view_enabled": True}, "inspect_view_fields"),
    ],
)
def test_a_desk_that_would_stand_open_does_not_start(declared, sentence):
    made = type("Open", (PolicyModelAdmin,), {"model": TrainingGroup, "policy": DeskPolicy()} | declared)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        made()
