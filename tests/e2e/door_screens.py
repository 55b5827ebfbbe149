"""The screens of coming in, one's own account, and inviting people."""

import json
import re

from common.secrets import seal
from tests.e2e.ways import LOGIN, PASSWORD, Screens, at, press, sign_in_by_form

DOOR_SCREENS = Screens()
add, screen = DOOR_SCREENS.add, DOOR_SCREENS.screen
DAAN = "nieuw@demo.test"

# ── in and out ──
add("sign-in", at(LOGIN))
add("sign-out", at("/account/uitloggen/"), "samira")
add("no signing up", at("/account/aanmelden/"))
add("forgotten password", at("/account/wachtwoord/"))
add("forgotten password, bad link", at("/account/wachtwoord/nieuw/1-geen-sleutel/"), status=410)
add("new password saved", at("/account/wachtwoord/klaar/"))
add("address, bad link", at("/account/adressen/bevestig/geen-sleutel/"), status=410)
add("invitation, bad link", at("/account/uitnodiging/geen-sleutel/"), status=404)


@screen("sign-in, nothing filled in", status=400)
def signed_in_with_nothing(page, server):
    page.goto(LOGIN)
    press(page, "Stuur mij een code")


@screen("sign-in, wrong password", status=400)
def signed_in_wrongly(page, server):
    sign_in_by_form(page, DAAN, "verkeerd wachtwoord")


@screen("sign-in, code")
def asked_for_a_code(page, server):
    page.goto(LOGIN)
    page.get_by_label("Jouw e-mailadres").fill(DAAN)
    press(page, "Stuur mij een code")


@screen("sign-in, wrong code", status=400)
def wrong_code(page, server):
    asked_for_a_code(page, server)
    page.get_by_label("Je code").fill("12")
    press(page, "Log in")


@screen("sign-in, second step")
def second_step(page, server):
    (person,) = server.execute("SELECT id FROM accounts_user WHERE email = ?", DAAN)[0]
    server.execute(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (?, 'totp', ?, '2026-01-01')",
        person,
        f'{{"secret": "{seal("JBSWY3DPEHPK3PXP")}"}}',
    )
    sign_in_by_form(page, DAAN, PASSWORD)


@screen("account closed")
def closed(page, server):
    server.execute("UPDATE accounts_user SET is_active = 0 WHERE email = ?", DAAN)
    sign_in_by_form(page, DAAN, PASSWORD)


@screen("forgotten password, nothing filled in", status=400)
def forgot_nothing(page, server):
    page.goto("/account/wachtwoord/")
    press(page, "Stuur mij een link")


@screen("forgotten password, sent")
def forgot(page, server):
    page.goto("/account/wachtwoord/")
    page.locator("input[type=email]").first.fill(DAAN)
    press(page, "Stuur mij een link")


@screen("new password")
def follow_the_link(page, server):
    forgot(page, server)
    page.goto(re.search(r"https?://\S+/account/\S+", server.last_mail()).group())


@screen("new password, not the same twice", status=400)
def two_passwords(page, server):
    follow_the_link(page, server)
    first, second = page.locator("main input[type=password]").all()
    first.fill("een lange blauwe fiets")
    second.fill("een lange rode fiets")
    press(page, "Sla mijn nieuwe wachtwoord op")


# ── one's own account ──
add("account", at("/account/"), "samira")
add("account, administrator", at("/account/"), "beheer")
add("profile", at("/account/profiel/"), "samira")
add("profile, kept", at("/account/profiel/?bewaard=1"), "samira")
add("addresses", at("/account/adressen/"), "samira")
add("safe sign-in", at("/account/veilig/"), "samira")
add("passkeys, none", at("/account/veilig/sleutels/"), "samira")
add("devices", at("/account/apparaten/"), "samira")
add("is it you", at("/account/veilig/app/"), "samira")
add("password, change", at("/account/wachtwoord/wijzigen/"), "samira")


@screen("profile, nothing filled in", "samira", status=400)
def no_name(page, server):
    page.goto("/account/profiel/")
    page.get_by_label("Hoe mogen we je noemen?").fill("")
    press(page, "Bewaar dit")


@screen("profile, larger text in the dark", "samira")
def larger_text(page, server):
    server.execute("UPDATE accounts_user SET larger_text = 1, theme = 'dark'")
    page.goto("/account/profiel/")


@screen("app with codes", "samira")
def app_with_codes(page, server):
    page.goto("/account/veilig/app/")
    page.get_by_label("Jouw wachtwoord").fill(PASSWORD)
    press(page, "Verder")


@screen("safe sign-in, with an app", "samira")
def with_an_app(page, server):
    (person,) = server.execute("SELECT id FROM accounts_user WHERE email = 'deelnemer@demo.test'")[0]
    secrets = {"totp": {"secret": seal("JBSWY3DPEHPK3PXP")}, "recovery_codes": {"seed": seal("0" * 40), "used_mask": 1}}
    for kind, data in secrets.items():
        server.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (?, ?, ?, '2026-01-01')",
            person,
            kind,
            json.dumps(data),
        )
    page.goto("/account/veilig/")


@screen("is it you, by code")
def asked_by_code(page, server):
    server.execute("UPDATE accounts_user SET password = '!' WHERE email = ?", DAAN)
    asked_for_a_code(page, server)
    page.get_by_label("Je code").fill(re.search(r"^\d{6}$", server.last_mail(), re.M).group())
    press(page, "Log in")
    page.goto("/mijn/gegevens/")
    press(page, re.compile("^Maak een kopie"))


@screen("is it you, code sent")
def code_to_prove(page, server):
    asked_by_code(page, server)
    press(page, "Stuur mij een code")


@screen("is it you, wrong code", status=400)
def wrong_proof(page, server):
    code_to_prove(page, server)
    page.get_by_label("Je code").fill("12")
    press(page, "Verder")


@screen("addresses, another one waits", "samira")
def another_address(page, server):
    page.goto("/account/adressen/")
    page.get_by_label("Een ander adres").fill("samira@thuis.test")
    press(page, "Voeg dit adres toe")
    if page.get_by_label("Jouw wachtwoord").count():
        page.get_by_label("Jouw wachtwoord").fill(PASSWORD)
        press(page, "Verder")


# ── people ──
add("invitations, none", at("/account/uitnodigingen/"), "ilse")
add("people", at("/account/mensen/"), "beheer")
add("people, nobody found", at("/account/mensen/?zoek=niemand-heet-zo"), "beheer")
add("mail of a coordinator", at("/post/"), "ilse")


@screen("invitations", "ilse")
def invited(page, server):
    page.goto("/account/uitnodigingen/")
    page.get_by_label("Het e-mailadres van diegene").fill("fatima@example.test")
    page.get_by_label("De naam van diegene").fill("Fatima")
    press(page, "Stuur de uitnodiging")


@screen("invitations, wrong address", "ilse", status=400)
def invited_wrongly(page, server):
    page.goto("/account/uitnodigingen/")
    page.get_by_label("Het e-mailadres van diegene").fill("fatima")
    press(page, "Stuur de uitnodiging")


@screen("mail", "ilse")
def mail(page, server):
    invited(page, server)
    page.goto("/post/")


@screen("welcome", "ilse")
def welcome(page, server):
    invited(page, server)
    page.goto(re.search(r"https?://\S+/uitnodiging/\S+/", server.last_mail()).group())


@screen("welcome, no name", "ilse", status=400)
def welcome_without_a_name(page, server):
    welcome(page, server)
    page.get_by_label("Hoe mogen we je noemen?").fill("")
    press(page, "Kom binnen")


@screen("invitation withdrawn", "ilse", status=410)
def withdrawn(page, server):
    invited(page, server)
    link = re.search(r"https?://\S+/uitnodiging/\S+/", server.last_mail()).group()
    press(page, re.compile("^Trek in"))
    page.goto(link)


@screen("person", "beheer")
def person(page, server):
    page.goto("/account/mensen/?zoek=daan")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name="Daan").click()
