"""The screens of passkeys, and of one that is not known: no key sends what is sent here."""

import json

from tests.e2e.ways import LOGIN, PASSWORD, Screens, press, sign_in_by_form
from tests.matrix.private import credential

PASSKEY_SCREENS = Screens()
screen = PASSKEY_SCREENS.screen
PASSKEYS = "/account/veilig/sleutels/"
SAMIRA = "deelnemer@demo.test"


def give_a_passkey(server, email):
    (person,) = server.execute("SELECT id FROM accounts_user WHERE email = ?", email)[0]
    server.execute(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (?, 'webauthn', ?, '2026-01-01')",
        person,
        json.dumps({"name": "Mijn telefoon", "credential": credential()}),
    )


def send_no_passkey(page):
    with page.expect_navigation():
        page.locator("form[data-passkey]").evaluate("form => { form.elements.credential.value = '{}'; form.submit() }")


@screen("passkeys", "samira")
def passkeys(page, server):
    give_a_passkey(server, SAMIRA)
    page.goto(PASSKEYS)


@screen("passkey, new", "samira")
def new_passkey(page, server):
    page.goto(f"{PASSKEYS}nieuw/")
    page.get_by_label("Jouw wachtwoord").fill(PASSWORD)
    press(page, "Verder")


@screen("passkey, not usable", "samira", status=400)
def not_usable(page, server):
    new_passkey(page, server)
    send_no_passkey(page)


@screen("sign-in, passkey not known")
def not_known_at_the_door(page, server):
    page.goto(LOGIN)
    send_no_passkey(page)


@screen("sign-in, second step by passkey, not known", status=400)
def not_known_as_second_step(page, server):
    give_a_passkey(server, SAMIRA)
    sign_in_by_form(page, SAMIRA, PASSWORD)
    send_no_passkey(page)


@screen("is it you, passkey not known", "samira", status=400)
def not_known_as_proof(page, server):
    give_a_passkey(server, SAMIRA)
    page.goto("/account/nog-eens/sleutel/")
    send_no_passkey(page)
