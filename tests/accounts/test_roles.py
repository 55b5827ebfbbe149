"""Roles: what they may do in the CMS, who gives and takes them, and that a change works at once."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from accounts.choices import Role
from accounts.domain.roles import LastAdministrator, give_role, set_roles, take_role
from accounts.models import RoleChange, User
from accounts.roles import sync_roles
from tests.accounts.test_sign_in import dutch, html_of, said

PEOPLE = "/account/mensen/"


@pytest.fixture
def synced(site_pages):
    sync_roles()


def rights_of(role):
    """Return `(permissions, {page: acts}, file permissions)` of the group of `role`, by name."""
    group = Group.objects.get(name=role)
    pages = {}
    for right in GroupPagePermission.objects.filter(group=group).select_related("page", "permission"):
        pages.setdefault(right.page.title, set()).add(right.permission.codename)
    files = GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", flat=True)
    return set(group.permissions.values_list("codename", flat=True)), pages, set(files)


WRITE = {"add_page", "change_page", "publish_page"}
THEMES = {"add_theme", "change_theme"}


@pytest.mark.parametrize(
    ("role", "cms", "pages", "files"),
    [
        ("participant", set(), {}, set()),
        (
            "co-trainer",
            {"access_admin"} | THEMES,
            {"Verhalen": {"add_page"}, "Oefeningen": {"add_page"}},
            {"add_image", "add_media"},
        ),
        (
            "trainer",
            {"access_admin"} | THEMES,
            {"Training": WRITE, "Oefeningen": WRITE},
            {"add_image", "choose_image", "add_document", "choose_document", "add_media"},
        ),
        ("coordinator", {"access_admin"}, {}, set()),
        (
            "administrator",
            {"access_admin", "add_term", "change_term", "change_termsettings", "change_contactsettings"}
            | {"change_houserules"}
            | THEMES,
            {"Root": WRITE | {"bulk_delete_page"}},
            {"add_image", "change_image", "choose_image"}
            | {"add_document", "change_document", "choose_document", "add_media", "change_media"},
        ),
    ],
)
def test_each_role_has_exactly_these_rights(synced, role, cms, pages, files):
    assert rights_of(role) == (cms, pages, files)


def test_no_role_may_change_people_groups_or_permissions(synced):
    held = Permission.objects.filter(group__name__in=Role.values) | Permission.objects.filter(
        grouppagepermission__group__name__in=Role.values
    )

    assert set(held.values_list("content_type__app_label", flat=True)) == {
        "wagtailadmin",
        "wagtailcore",
        "home",
        "stories",
    }
    assert not held.filter(content_type__app_label__in=["auth", "accounts"]).exists()


def test_what_was_changed_by_hand_is_put_back(synced):
    group = Group.objects.get(name="co-trainer")
    group.permissions.add(Permission.objects.get(codename="change_user"))
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=publish)
    GroupPagePermission.objects.filter(group__name="trainer").delete()

    sync_roles()

    cms, pages, files = rights_of("co-trainer")
    assert cms == {"access_admin"} | THEMES
    assert (pages, files) == (
        {"Verhalen": {"add_page"}, "Oefeningen": {"add_page"}},
        {"add_image", "add_media"},
    )
    assert rights_of("trainer")[1] == {"Training": WRITE, "Oefeningen": WRITE}


@pytest.mark.parametrize("name", ["samira", "noor", "marieke", "ilse", "petra"])
def test_nobody_becomes_superuser_or_reaches_wagtails_own_user_forms(request, synced, browser_of, name):
    person = request.getfixturevalue(name)
    browser = browser_of(person)
    forged = {"email": person.email, "display_name": "X", "is_superuser": "on", "is_active": "on", "groups": [1]}

    for path in ("/cms/users/", f"/cms/users/edit/{person.pk}/", "/cms/users/new/", "/cms/groups/", "/cms/groups/new/"):
        assert browser.get(path).status_code in (302, 403, 404), path
        assert browser.post(path, forged).status_code in (302, 403, 404, 405), path
    browser.post("/cms/account/", forged)
    browser.post("/account/profiel/", forged | {"work": "care", "language": "nl", "theme": "device"})
    person.refresh_from_db()
    assert (person.is_superuser, person.is_staff) == (False, False)
    assert not User.objects.filter(is_superuser=True).exists()


# ── Giving and taking ──────────────────────────────────────────────────────────
def test_a_role_works_on_the_next_request_and_is_gone_on_the_next(daan, petra, browser_of, synced):
    browser = browser_of(daan)
    seen = [browser.get("/account/uitnodigingen/").status_code]

    give_role(daan, Role.COORDINATOR, by=petra)
    seen.append(browser.get("/account/uitnodigingen/").status_code)
    take_role(daan, Role.COORDINATOR, by=petra)
    seen.append(browser.get("/account/uitnodigingen/").status_code)

    assert seen == [404, 200, 404]


def test_a_role_taken_closes_the_cms_at_once(marieke, petra, browser_of, synced):
    browser = browser_of(marieke)
    before = browser.get("/cms/").status_code
    take_role(marieke, Role.TRAINER, by=petra)

    assert (before, browser.get("/cms/").status_code) == (200, 302)
    end = browser.get("/cms/", follow=True)  # it leads somewhere: not to the door, from there back, and so on
    assert (end.status_code, end.content.decode().count(dutch("You can't do this here")) > 0) == (403, True)


def test_each_change_leaves_one_line(daan, petra):
    done = [
        give_role(daan, Role.TRAINER, by=petra),
        give_role(daan, Role.TRAINER, by=petra),
        take_role(daan, Role.TRAINER, by=petra),
        take_role(daan, Role.TRAINER, by=petra),
    ]

    assert done == [True, False, True, False]
    assert list(RoleChange.objects.values_list("person", "role", "given", "by")) == [
        (daan.pk, "trainer", False, petra.pk),
        (daan.pk, "trainer", True, petra.pk),
    ]


def test_the_last_administrator_stays(petra, browser_of):
    with pytest.raises(LastAdministrator):
        take_role(petra, Role.ADMINISTRATOR, by=petra)
    response = browser_of(petra).post(f"{PEOPLE}{petra.uuid}/", {"roles": ["trainer"]})

    assert (response.status_code, len(said(response))) == (400, 1)
    assert set(User.objects.get(pk=petra.pk).roles) == {"administrator"}


def test_with_another_administrator_one_may_go(petra, daan):
    give_role(daan, Role.ADMINISTRATOR, by=petra)

    assert set_roles(petra, [Role.TRAINER], by=daan) is True
    assert set(User.objects.get(pk=petra.pk).roles) == {"trainer"}


# ── The screens ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["samira", "noor", "marieke", "ilse", "roel", "stranger"])
def test_only_administrators_see_people(request, browser_of, petra, name):
    browser = browser_of(request.getfixturevalue(name))
    one = f"{PEOPLE}{petra.uuid}/"

    answers = [browser.get(PEOPLE), browser.get(one), browser.post(one, {"roles": ["administrator"]})]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_an_administrator_finds_somebody_and_gives_a_role(petra, daan, samira, browser_of):
    browser = browser_of(petra)
    found = html_of(browser.get(PEOPLE, {"zoek": "daan"}))

    browser.post(f"{PEOPLE}{daan.uuid}/", {"roles": ["trainer"]})

    assert [link.text for link in found.select("main li .account__link")] == [daan.display_name]
    assert set(User.objects.get(pk=daan.pk).roles) == {"trainer"}
    assert RoleChange.objects.get().by == petra
    page = html_of(browser.get(f"{PEOPLE}{daan.uuid}/"))
    assert [box["value"] for box in page.select("input[name=roles]") if box.has_attr("checked")] == ["trainer"]


def test_nobody_found_says_what_to_do(petra, browser_of):
    page = html_of(browser_of(petra).get(PEOPLE, {"zoek": "bestaat\x00niet"}))

    assert dutch("Nobody found. Look at the spelling, or invite this person.") in page.find("main").text


@pytest.mark.parametrize("roles", [["superuser"], ["trainer", "\x00"], ["' OR 1=1"]])
def test_an_unknown_role_is_refused(petra, daan, browser_of, roles):
    response = browser_of(petra).post(f"{PEOPLE}{daan.uuid}/", {"roles": roles})

    assert (response.status_code, set(User.objects.get(pk=daan.pk).roles)) == (400, set())


@pytest.mark.parametrize("size", [1, 40])
def test_the_list_of_people_costs_the_same_at_any_size(petra, browser_of, django_assert_num_queries, size):
    from tests.factories.people import make_person

    for number in range(size):
        make_person(f"Iemand {number}", "trainer")
    browser = browser_of(petra)
    browser.get(PEOPLE)

    with django_assert_num_queries(6):  # session, person with roles, count, people, their groups, contact
        browser.get(PEOPLE)
