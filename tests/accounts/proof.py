"""What tests share that meet "Is it you?": coming in by a code, and giving the code that is asked for."""

import re
import time

from mail.models import OutboxMail

BY_CODE = "/account/nog-eens/code/"


def newest_code(kind):
    return re.search(r"^(\d{6})$", OutboxMail.objects.filter(kind=kind).latest("pk").words["text"], re.M)[1]


def enter_by_code(browser, person):
    browser.post("/account/inloggen/", {"login": person.email})
    return browser.post("/account/inloggen/code/", {"code": newest_code("login-code")})


def ask_code(browser, back="/account/"):
    browser.post(BY_CODE, {"send": "1", "next": back})
    return newest_code("proof-code")


def give_code(browser, code, back="/account/"):
    return browser.post(BY_CODE, {"code": code, "next": back})


def prove(browser, back="/account/"):
    """Have a code sent and give it; return the answer, which goes on at `back`."""
    return give_code(browser, ask_code(browser, back), back)


def just_proven(browser, person):
    """Return `browser`, of which `person` showed a moment ago that it is theirs."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return browser
