"""What the addresses of the table are filled in with, and what is posted there."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from accounts.domain.mail_wishes import stop_address
from stories.talk_emails import REACTION_ANSWERED
from tests.factories.exercises import prompt_of
from tests.factories.modules import step_key
from tests.matrix import after, beside, importing, planning, registers
from tests.matrix.cards import CARDS, SLUG, TO_CHECK
from tests.matrix.professionals import PAGES
from tests.matrix.world import PASSWORD

NOWHERE = uuid.UUID(int=7)


def address_of(world, route, kind):
    """Return the address of `route` for this kind of object; without a kind its pattern has nothing to fill in."""
    if kind:
        found = OBJECTS[route.key][kind](world)
        return found if isinstance(found, str) else reverse(route.key, kwargs=found)
    return f"/{route.pattern}"


def body_for(world, route):
    """Return what is posted: what the form of that page would send, and no more than a token where it has no fields."""
    make = BODIES.get(route.key)
    return make(world) if make else {}


def module_at(**more):
    return lambda world: {
        "training_slug": world.training.slug,
        "module_slug": world.module.slug,
        **{name: value(world) for name, value in more.items()},
    }


def hidden_module_at(**more):
    return lambda world: module_at(**more)(world) | {"module_slug": world.hidden_module.slug}


def exercise_step(world):
    return next(step.slug for step in world.module.step_list if step.key == step_key("oefening"))


def reset_link(world):
    return {"uidb36": user_pk_to_url_str(world.samira), "key": default_token_generator.make_token(world.samira)}


def nowhere(world):
    return {"uuid": NOWHERE}


MODULE = {"live": module_at(), "hidden": hidden_module_at()}
STEP = {"live": module_at(step_slug=exercise_step), "hidden": hidden_module_at(step_slug=lambda world: "stil")}
INVITATIONS = {
    "ilse's": lambda world: {"uuid": world.invitation_of_ilse.uuid},
    "roel's": lambda world: {"uuid": world.invitation_of_roel.uuid},
    "none": nowhere,
}
PASSKEY = {"samira's": lambda world: {"pk": world.passkey.pk}, "none": lambda world: {"pk": 9_999_999}}
REPORTS = {
    "samira's": lambda world: {"uuid": world.report_of_samira.uuid},
    "daan's": lambda world: {"uuid": world.report_of_daan.uuid},
    "visitor's": lambda world: {"uuid": world.report_of_visitor.uuid},
    "none": nowhere,
}

STORIES = {
    "noor's": lambda world: {"story_key": world.own_draft.translation_key},
    "another's": lambda world: {"story_key": world.draft.translation_key},
    "none": lambda world: {"story_key": NOWHERE},
}
OF_A_STORY = (
    *("tell", "tell_autosave", "told_story", "pause_story", "resume_story", "story_stays", "throw_away"),
    *("remark_seen", "read_back", "release_story", "check_story", "publish_story", "co_writers", "ask_check"),
    *("read_along", "write_out", "withdraw"),
)

TAKEN = {"noor's": lambda world: {"uuid": world.taken.uuid}, "none": nowhere}
SHORT_OR_PAPER = {
    "open": lambda world: {"slug": "de-stoel-bij-het-raam"},
    "members'": lambda world: {"slug": "voor-leden"},
    "draft": lambda world: {"slug": "concept"},
}

# Kinds of objects for each route with something to fill in: what `reverse` takes, or an address.
OBJECTS = (
    {
        **dict.fromkeys(OF_A_STORY, STORIES),
        "take_back": {
            kind: lambda world, story=story: story(world) | {"person": world.marieke.uuid}
            for kind, story in STORIES.items()
        },
        "account_reset_password_from_key": {
            "samira's": reset_link,
            "forged": lambda world: reset_link(world) | {"key": "abc-def"},
        },
        "mfa_edit_webauthn": PASSKEY,
        "mfa_remove_webauthn": PASSKEY,
        "stop_mail": {
            "samira's": lambda world: stop_address(world.samira, REACTION_ANSWERED).removeprefix(settings.SITE_URL),
            "forged": lambda world: {"token": "abc"},
        },
        "account_confirm_email": {
            "samira's": lambda world: {"key": EmailConfirmationHMAC(world.second_address).key},
            "forged": lambda world: {"key": "abc:def"},
        },
        "invitation": {"open": lambda world: {"token": world.link}, "forged": lambda world: {"token": "abc"}},
        "withdraw_invitation": INVITATIONS,
        "resend_invitation": INVITATIONS,
        "person": {"samira": lambda world: {"uuid": world.samira.uuid}, "none": nowhere},
        "media:serve": {
            "open": lambda world: {"name": world.open_image.file.name},
            "private": lambda world: {"name": world.document.file.name},
            "private film": lambda world: {"name": world.recording.file.name},
            "none": lambda world: {"name": "documents/nooit.pdf"},
        },
        "own_data_download": {"samira's": lambda world: {"uuid": world.copy.uuid}, "none": nowhere},
        "own_data_undo": {"vera's": lambda world: {"token": world.undo}, "forged": lambda world: {"token": "abc"}},
        "training:exercise": {
            "live": lambda world: {"slug": world.exercise.slug},
            "hidden": lambda world: {"slug": world.hidden_exercise.slug},
        },
        "training:module": MODULE,
        "training:module_end": MODULE,
        "training:module_on_paper": MODULE,
        "training:step": STEP,
        "training:autosave": STEP,
        "send_mail_again": {
            "samira's": lambda world: {"uuid": world.mail_to_samira.uuid},
            "roel's": lambda world: {"uuid": world.mail_of_roel.uuid},
            "none": nowhere,
        },
        "no_page_password": {"trainers'": lambda world: {"restriction": world.restriction.pk, "page": world.closed.pk}},
        "demo_mail": {"samira's": lambda world: {"number": world.mail_to_samira.uuid}},
        "problem": REPORTS,
        "problem_receipt": REPORTS,
        "wagtailcore_authenticate_with_password": {
            "trainers'": lambda world: {"page_view_restriction_id": world.restriction.pk, "page_id": world.closed.pk}
        },
        "story_short": SHORT_OR_PAPER,
        "story_on_paper": SHORT_OR_PAPER,
        "theme": {"wachten": lambda world: {"slug": "wachten"}, "none": lambda world: {"slug": "nooit"}},
        "withdrawal": TAKEN,
        "own_words": TAKEN,
        "erase_words": TAKEN,
        "story": {
            "open": lambda world: "/verhalen/de-stoel-bij-het-raam/",
            "members'": lambda world: "/verhalen/voor-leden/",
            "trainers'": lambda world: "/verhalen/voor-trainers/",
            "draft": lambda world: "/verhalen/concept/",
            "noor's draft": lambda world: "/verhalen/van-noor/",
            "none": lambda world: "/verhalen/nooit/",
        },
        "professional": PAGES,
        "professional_on_paper": PAGES,
        "story_card": {
            "noor's": lambda world: {"slug": SLUG},
            "members'": lambda world: {"slug": "voor-leden"},
            "draft": lambda world: {"slug": "concept"},
            "none": lambda world: {"slug": "nooit"},
        },
        "card": CARDS | {"none": nowhere},
        "check_card": TO_CHECK | {"none": nowhere},
        "wagtail_serve": {
            "front": lambda world: "/",
            "members'": lambda world: "/voor-leden/",
            "trainers'": lambda world: "/trainers/",
            "hidden": lambda world: "/verborgen/",
            "none": lambda world: "/nooit/",
        },
    }
    | beside.OBJECTS
    | importing.OBJECTS
    | planning.OBJECTS
    | after.OBJECTS
    | registers.OBJECTS
)


def written(world):
    """A sentence at the open question of the exercise, as the step's form sends it."""
    prompt = prompt_of(world.exercise, "open").id
    fields = {"writer": "b", "based_on": 1, "edit_no": 2, "text": "Aan mijn moeder."}
    return {f"p-{prompt}-{name}": value for name, value in fields.items()} | {"prompt": prompt, "act": f"save:{prompt}"}


TOLD = {"p-story-title": "De trap", "p-story-text": "Een.", "p-story-based_on": 1, "p-story-edit_no": 2}
NEW_PASSWORD = dict.fromkeys(("password1", "password2"), "kwikstaart-op-het-dak")
BODIES = (
    {
        "withdraw": lambda world: {"act": "away"},
        "my_teller": lambda world: {"name": "Noor"},
        "tell": lambda world: TOLD,
        "tell_autosave": lambda world: TOLD,
        "read_back": lambda world: {"words_hash": world.own_draft.release.latest_hash},
        "demo_look_around": lambda world: {"person": "nobody"},
        "profile": lambda world: {"display_name": "Iemand", "work": "care", "language": "nl", "theme": "device"},
        "account_login": lambda world: {"login": "iemand@example.test"},
        "account_confirm_login_code": lambda world: {"code": "123456"},
        "mfa_authenticate": lambda world: {"code": "123456"},
        "account_reauthenticate": lambda world: {"password": PASSWORD},
        "account_reauthenticate_by_code": lambda world: {"send": "1"},
        "mfa_reauthenticate": lambda world: {"code": "123456"},
        "account_reset_password": lambda world: {"email": world.samira.email},
        "account_reset_password_from_key": lambda world: NEW_PASSWORD,
        "account_change_password": lambda world: {"oldpassword": PASSWORD, **NEW_PASSWORD},
        "account_set_password": lambda world: NEW_PASSWORD,
        "mfa_activate_totp": lambda world: {"code": "123456"},
        "mfa_add_webauthn": lambda world: {"name": "Telefoon", "credential": "{}"},
        "mfa_edit_webauthn": lambda world: {"name": "Andere naam"},
        "account_email": lambda world: {"email": "tweede@example.test", "action_add": ""},
        "account_signup": lambda world: {"email": "nieuw@example.test", **NEW_PASSWORD},
        "switch_language": lambda world: {"language": "en", "next": "/"},
        "invitation": lambda world: {"display_name": "Gast", "work": "care"},
        "invitations": lambda world: {"email": "gast@example.test", "name": "Gast", "role": "participant"},
        "person": lambda world: {"roles": ["trainer"]},
        "training:step": written,
        "training:autosave": written,
        "report_problem": lambda world: {"kind": "wrong", "words": "Een fout.", "path": "/", "token": str(NOWHERE)},
        "problem": lambda world: {"act": "seen"},
        "story_card": lambda world: {"words": "Dankjewel.", "token": str(NOWHERE)},
        "person_card": lambda world: {"to": str(world.samira.uuid), "words": "Dankjewel.", "token": str(NOWHERE)},
        "post": lambda world: {"rhythm": "weekly", "paused_until": ""},
        "card": lambda world: {"act": "keep"},
        "check_card": lambda world: {"act": "pass-on"},
        "wagtailcore_authenticate_with_password": lambda world: {"password": "x", "return_url": "/"},
    }
    | beside.BODIES
    | importing.BODIES
    | planning.BODIES
    | after.BODIES
    | registers.BODIES
)
