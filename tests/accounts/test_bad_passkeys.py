"""What no passkey sends: said to be wrong at each of the four doors, and kept nowhere."""

import copy
import json

import pytest
from allauth.mfa.models import Authenticator
from fido2.utils import websafe_decode, websafe_encode

from mail.models import OutboxMail
from tests.accounts.proof import just_proven
from tests.accounts.test_door import CODE, ask, code_in
from tests.accounts.test_sign_in import dutch, html_of, is_signed_in, said
from tests.matrix.private import credential

KEYS = "/account/veilig/sleutels/"
NEW = f"{KEYS}nieuw/"
LOGIN = "/account/inloggen/sleutel/"
AGAIN = "/account/nog-eens/sleutel/"

NOT_USABLE = dutch("We can't use this passkey, or the page was open too long. Try once more.")
NOT_KNOWN = dutch("We do not know this passkey, or the page was open too long. Try once more, or use another way.")

NO_OBJECTS = [
    "0",
    "1",
    "false",
    "true",
    "null",
    "[]",
    "{}",
    '"sleutel"',
    "9" * 5000,
    "[" * 50_000,
    '{"a":' * 50_000,
    "{",
    "\x00",
]


def changed(**values):
    """Return a passkey of which these parts of its response are others."""
    sent = copy.deepcopy(credential())
    sent["response"] |= values
    return json.dumps(sent)


def cut(part):
    """Return a passkey of which that part of the response stops halfway."""
    whole = websafe_decode(credential()["response"][part])
    return changed(**{part: websafe_encode(whole[: len(whole) // 2])})


def answer(**values):
    """Return what a key that is asked who it is might send, with these parts."""
    response = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ"} | values
    return json.dumps({"id": "cGFzc2tleQ", "rawId": "cGFzc2tleQ", "type": "public-key", "response": response})


OBJECTS = {
    "nothing in it": '{"id": "a"}',
    "response is a number": '{"id": "a", "rawId": "a", "response": 5}',
    "response is a list": '{"id": "a", "rawId": "a", "type": "public-key", "response": [1]}',
    "no base64": changed(attestationObject="%%%"),
    "half an object": cut("attestationObject"),
    "half of what the browser says": cut("clientDataJSON"),
    "numbers for words": changed(attestationObject=7, clientDataJSON=7),
    "lists for words": changed(attestationObject=[], clientDataJSON=[{}]),
    "another challenge": json.dumps(credential()),
    "an answer of nobody": answer(),
    "an answer with a handle that is a list": answer(userHandle=["1"]),
    "an answer with a handle of bytes": answer(userHandle="____"),
    "an answer with no words": answer(clientDataJSON="AAAA"),
}


@pytest.fixture(params=[*NO_OBJECTS, *OBJECTS], ids=lambda name: name[:20])
def sent(request):
    return {"credential": OBJECTS.get(request.param, request.param)}


@pytest.fixture
def ilse_with_key(ilse):
    Authenticator.objects.create(user=ilse, type="webauthn", data={"name": "Telefoon", "credential": credential()})
    return ilse


def keys():
    return [*Authenticator.objects.values_list("user__email", "type", "data__name")]


def test_none_of_it_becomes_a_passkey(ilse, browser_of, sent):
    browser = just_proven(browser_of(ilse), ilse)
    browser.get(NEW)

    response = browser.post(NEW, {"name": "Laptop", **sent})

    assert (response.status_code, said(response), keys()) == (400, [NOT_USABLE], [])
    assert html_of(response).title.text.startswith(dutch("Error:"))
    assert html_of(response).find("input", {"name": "name"})["value"] == "Laptop"
    assert browser.get(KEYS).status_code == 200


def test_nobody_comes_in_with_it(client, ilse_with_key, sent):
    client.get(LOGIN, headers={"accept": "application/json"})

    response = client.post(LOGIN, sent | {"next": "/verhalen/"})

    assert (response.status_code, response.url) == (302, "/account/inloggen/?next=%2Fverhalen%2F")
    assert (said(client.get(response.url)), is_signed_in(client)) == ([NOT_KNOWN], False)


def test_it_is_no_second_step(client, ilse_with_key, sent):
    ask(client, ilse_with_key.email)
    step = client.post(CODE, {"code": code_in(OutboxMail.objects.get())}).url
    client.get(step)

    response = client.post(step, sent)

    assert (response.status_code, said(response), is_signed_in(client)) == (400, [NOT_KNOWN], False)
    assert html_of(response).title.text.startswith(dutch("Error:"))


def test_it_is_no_proof_of_who_she_is(ilse_with_key, browser_of, sent):
    browser = browser_of(ilse_with_key)
    browser.get(AGAIN)

    response = browser.post(AGAIN, sent | {"next": "/verhalen/"})

    assert (response.status_code, said(response)) == (400, [NOT_KNOWN])
    assert html_of(response).title.text.startswith(dutch("Error:"))
    assert html_of(response).find("input", {"name": "next"})["value"] == "/verhalen/"
    assert browser.get(NEW).url.startswith("/account/nog-eens/")


def test_the_log_names_what_happened_and_not_what_was_sent(ilse, browser_of, caplog):
    browser = just_proven(browser_of(ilse), ilse)
    browser.get(NEW)

    with caplog.at_level("DEBUG"):
        browser.post(NEW, {"name": "Laptop", "credential": '{"id": "PLANTED"}'})

    ours = [record for record in caplog.records if record.name.startswith("accounts.")]
    assert [(record.levelname, record.getMessage()) for record in ours] == [("INFO", "No passkey: KeyError")]
    assert "PLANTED" not in caplog.text
