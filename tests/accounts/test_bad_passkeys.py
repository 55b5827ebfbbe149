"""What no passkey sends: said to be wrong at each of the four doors, and kept nowhere."""

import copy
import json

import pytest
from allauth.mfa.models import Authenticator
from fido2.utils import websafe_decode, websafe_encode

from mail.models import OutboxMail
from tests.accounts.proof import just_proven
from tests.accounts.test_door import CODE, ask, code_in
from tests.matrix.private import credential

KEYS = "/account/veilig/sleutels/"
NEW = f"{KEYS}nieuw/"
LOGIN = "/account/inloggen/sleutel/"
AGAIN = "/account/nog-eens/sleutel/"

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

    assert (response.status_code, keys()) == (200, [])
    assert browser.get(KEYS).status_code == 200


def test_nobody_comes_in_with_it(client, ilse_with_key, sent):
    client.get(LOGIN, headers={"accept": "application/json"})

    response = client.post(LOGIN, sent)

    assert (response.status_code, response.url) == (302, "/account/inloggen/")
    assert "_auth_user_id" not in client.session


def test_it_is_no_second_step(client, ilse_with_key, sent):
    ask(client, ilse_with_key.email)
    step = client.post(CODE, {"code": code_in(OutboxMail.objects.get())}).url
    client.get(step)

    response = client.post(step, sent)

    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)


def test_it_is_no_proof_of_who_she_is(ilse_with_key, browser_of, sent):
    browser = browser_of(ilse_with_key)
    browser.get(AGAIN)

    response = browser.post(AGAIN, sent)

    assert (response.status_code, response.url) == (302, "/account/inloggen/")
    assert browser.get(AGAIN).status_code == 200
    assert browser.get(NEW).url.startswith("/account/nog-eens/")
