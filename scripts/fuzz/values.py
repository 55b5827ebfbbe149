"""Values that no form expects, as bytes: they need not be text at all."""

import json
import uuid

LONG = 50_000  # characters
MANY = 5_000  # words

ODD = [
    *(b"", b" ", b"\t", b"\r\n", b"\x00", b"a\x00b"),
    *(b"\x1b[31m", b"\x7f", b"\xed\xa0\x80", b"\xff\xfe", b"\xc3\x28", b"\x80"),
    *(b"'", b'"', b'""', b'"a', b"`", b"\\"),
    *(b"' OR 1=1 --", b'") OR ("', b"%", b"_", b"%s %(x)s {0} {{ 7*7 }}", b"$$"),
    *(b"*", b"a*", b"AND", b"a AND NOT (", b"NEAR(a b)", b"title:"),
    *(b"^a", b"a:*", b"!a & | b", b"<->", b"-", b"(((("),
    *(b"<script>alert(1)</script>", b"<img src=x onerror=alert(1)>", b"]]>", b"<!--", b"javascript:1"),
    *(b"=1+1", b"+1", b"-1+1", b"@SUM(A1)", b"=HYPERLINK(\"http://x\")", b"\t=1"),
    *(b"0", b"-0", b"-1", b"1", b"1.5", b"1e400"),
    *(b"nan", b"Infinity", b"0x10", b"1_000", b" 1 ", b"1,2", b"2147483648"),
    *(b"9223372036854775808", b"9" * 30, b"9" * 5000, "٣".encode(), "²".encode(), "½".encode()),
    *(b"true", b"false", b"null", b"None", b"on", b"[]"),
    *(b"{}", b"[1]", b'{"a": 1}', b'{"id": {}}', b'"x"', b"[" * 3000),
    *(b'{"id": "a", "rawId": "a", "type": "public-key", "response": {}}', b'{"id": "YQ", "response": 0}'),
    *(b"2026-13-45", b"2026-02-30", b"0000-00-00", b"9999-12-31", b"12:61", b"2026-11-22T25:00Z"),
    *(b"a@b.nl", b"A@B", b"a@b@c", b"@"),
    *(b"a" * 300 + b"@b.nl", b"a@b.nl\r\nBcc: x@y.z", "é@é.nl".encode(), b"a@[::1"),
    *(b"http://evil.test/", b"//evil.test", b"http://[", b"/\\evil.test"),
    *(b"../../etc/passwd", b"/", b"?", b"#", b"/mijn/"),
    *(b"%00", b"%ED%A0%80", b"%", b"%zz", b"+", b";", b"&", b"=", b"a=b&c=d"),
    *(word.encode() for word in ("💥", "\u202e", "İ", "ﬁ", "ß", "a\u0301" * 200, "\ufeff", "\u2028", "漢字")),
    *(b"administrator", b"coordinator", b"participant", b"done"),
    *(b"end-done", b"end-skip", b"reopen", b"save:", b"code"),
    *(b"erase:x", b"original", b"width-99999999", b"format-exe", b"csv"),
    *(b"xlsx", b"all", b"__all__", b"pk", b"id", b"nl"),
]  # fmt: skip


def big(chance):
    return chance.choice(
        [
            lambda: b"x" * LONG,
            lambda: "é".encode() * LONG,
            lambda: b"woord " * MANY,
            lambda: b'"' * LONG,
            lambda: b"<b>" * MANY,
            lambda: b"\x00" * 1000,
            lambda: b" " * LONG,
            lambda: b"1" * LONG,
            lambda: "💥".encode() * MANY,
            lambda: b"a*" * MANY,
            lambda: b"a.b@" * MANY,
        ]
    )()


def odd_value(chance, known):
    """Return one value; `known` are the numbers and texts of things that are there, whoever's they are."""
    dice = chance.random()
    if dice < 0.62:
        return chance.choice(ODD)
    if dice < 0.80 and known:
        return str(chance.choice(known)).encode()
    if dice < 0.84:
        return str(uuid.UUID(int=chance.getrandbits(128))).encode()
    if dice < 0.88:
        return big(chance)
    if dice < 0.92:
        return chance.choice(ODD) + chance.choice(ODD)
    if dice < 0.96:
        return bytes(chance.getrandbits(8) for _ in range(chance.randrange(1, 40)))
    return str(chance.choice([-1, 1]) * chance.getrandbits(chance.choice([8, 31, 33, 63, 64, 65, 200]))).encode()


def odd_json(chance, known):
    """Return a body that says it is JSON, and may be."""
    text = odd_value(chance, known).decode("latin-1")
    return chance.choice([json.dumps({"id": text, "credential": [text]}).encode(), b"{", b"[" * 5000, text.encode()])
