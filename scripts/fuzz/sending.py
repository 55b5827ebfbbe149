"""Requests as bytes, made by chance from a Target, and the connection that sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

from bench.client import Broken, Connection, read_headers
from fuzz.values import odd_json, odd_value

TOKEN = "a" * 32  # any text of this form is a token, as long as cookie and form agree
METHODS = ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "GET", "POST", "TRACE", "PURGE"]
HEADERS = [
    *("Accept-Language", "Range", "If-Modified-Since", "If-None-Match", "If-Range", "Referer", "Origin", "Accept"),
    *("X-Forwarded-For", "X-Forwarded-Proto", "X-HTTP-Method-Override", "Authorization", "Content-Encoding", "Expect"),
]
COOKIES = ["sessionid", "messages", "django_language", "csrftoken", "wagtail_sidebar_collapsed"]


@dataclass
class Target:
    """One form or one address with a query: `names` are the fields that it gets, `filled` what its page has in them."""

    route: str
    address: str
    method: str
    names: list
    filled: list = field(default_factory=list)
    in_cms: bool = False
    sent: int = 0

    @property
    def title(self):
        return f"{'form' if self.method == 'POST' else 'query'} {self.route}"

    @property
    def kind(self):
        """What it counts as: a form or a query of ours, or an address of the CMS, most of which are Wagtail's."""
        return "cms" if self.in_cms else "forms" if self.method == "POST" else "queries"


class PageNames(HTMLParser):
    """What a page lets somebody send: `fields` of its forms as (name, value), `asked` the names in its links."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.fields, self.asked = [], set()

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag in ("input", "textarea", "select", "button") and has.get("name"):
            self.fields.append((has["name"], has.get("value") or ""))
        if tag == "a" and "?" in (has.get("href") or ""):
            self.asked |= {name for name, _value in parse_qsl(urlsplit(has["href"]).query, keep_blank_values=True)}


def names_in(body):
    """Return the PageNames of the bytes of an answer."""
    page = PageNames()
    page.feed(body.decode(errors="replace"))
    return page


class Sender(Connection):
    """Knows that an answer to HEAD has no body, and that the server may answer before it has read everything."""

    def send(self, method, request):
        """Return the status of the answer; a kept connection that had ended is opened anew once. Raises Broken."""
        self.is_head = method == "HEAD"
        for is_last in (False, True):
            try:
                return self.exchange(request).status
            except Broken:
                if is_last:
                    raise
        return 0

    def _read(self):
        if not self.is_head:
            return super()._read()
        head = self._until(b"\r\n\r\n")
        self.close()
        return HeadOnly(int(head.split(b" ", 2)[1]), read_headers(head.decode("latin-1").split("\r\n")[1:])[0])


@dataclass
class HeadOnly:
    status: int
    headers: dict


class Maker:
    """Makes requests to one host; `known` are numbers and texts of things that are there."""

    def __init__(self, host, known):
        self.host, self.known = host, known

    def make(self, chance, target, session):
        """Return `(method, bytes)` of a request to `target` by who has `session` (empty for a visitor)."""
        method = target.method if chance.random() < 0.95 else chance.choice(METHODS)
        path, head, body = self._path(chance, target), self._head(chance, session), b""
        if target.method == "GET":
            path += "?" + urlencoded(self._fields(chance, target))
        elif method not in ("GET", "HEAD", "TRACE"):
            kind, body = self._body(chance, target)
            head.append(f"Content-Type: {kind}")
        if body or method in ("POST", "PUT", "PATCH"):
            head.append(f"Content-Length: {len(body)}")
        return method, "\r\n".join([f"{method} {path} HTTP/1.1", *head, "", ""]).encode("latin-1") + body

    def _path(self, chance, target):
        parts = target.address.partition("?")[0].split("/")
        if chance.random() < 0.04 and len(parts) > 2:
            place = chance.randrange(1, len(parts))
            parts[place] = quote_from_bytes(odd_value(chance, self.known)[:3000], safe="")
        return "/".join(parts)

    def _head(self, chance, session):
        cookies = {"csrftoken": TOKEN, "sessionid": session}
        if chance.random() < 0.03:
            cookies[chance.choice(COOKIES)] = header_text(odd_value(chance, self.known))
        head = [f"Host: {self.host}", f"X-CSRFToken: {TOKEN}"]
        head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items() if value))
        if chance.random() < 0.15:
            head.append(f"Accept: {chance.choice(['application/json', 'text/html', '*/*', 'x'])}")
        if chance.random() < 0.1:
            head.append("X-Requested-With: XMLHttpRequest")
        if chance.random() < 0.06:
            head.append(f"{chance.choice(HEADERS)}: {header_text(odd_value(chance, self.known))}")
        return head

    def _fields(self, chance, target):
        """Return (name, value) pairs: what the page has in them, odd values, or nothing; some twice, some unknown."""
        filled = dict(target.filled) if chance.random() < 0.75 else {}
        harm = chance.choice([0.1, 0.3, 0.7])
        pairs = []
        for name in dict.fromkeys([*target.names, *filled]):
            for _again in range(2 if chance.random() < 0.05 else 1):
                if chance.random() < harm:
                    pairs.append((name, odd_value(chance, self.known)))
                elif name in filled and chance.random() < 0.95:
                    pairs.append((name, filled[name].encode()))
        if chance.random() < 0.05:
            pairs.append((odd_value(chance, self.known)[:200].decode("latin-1"), odd_value(chance, self.known)))
        chance.shuffle(pairs)
        return pairs

    def _body(self, chance, target):
        """Return `(content type, bytes)`."""
        pairs, dice = self._fields(chance, target), chance.random()
        if dice < 0.80:
            return "application/x-www-form-urlencoded", urlencoded(pairs).encode()
        if dice < 0.92:
            return multipart(chance, pairs)
        if dice < 0.95:
            return "application/json", odd_json(chance, self.known)
        if dice < 0.98:  # bytes as they are, whatever they mean
            return "application/x-www-form-urlencoded", b"&".join(name.encode() + b"=" + value for name, value in pairs)
        kinds = ["text/plain", "multipart/form-data", "multipart/form-data; boundary=\xe9", "x"]
        kinds += ["application/x-www-form-urlencoded; charset=utf-16", "application/json; charset=nonsense"]
        return chance.choice(kinds), odd_value(chance, self.known)


def urlencoded(pairs):
    return "&".join(f"{quote_from_bytes(name.encode(), safe='')}={quote_from_bytes(value)}" for name, value in pairs)


def multipart(chance, pairs):
    """Return `(content type, bytes)`; some fields are files, some bodies are cut off."""
    parts = []
    for name, value in pairs:
        file = '; filename="a.png"\r\nContent-Type: image/png' if chance.random() < 0.2 else ""
        name = "".join(one for one in name if one not in '\r\n"')
        head = f'--grens\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts += [head.encode(), value, b"\r\n"]
    body = b"".join(parts) + b"--grens--\r\n"
    return "multipart/form-data; boundary=grens", body[: chance.randrange(len(body))] if chance.random() < 0.1 else body


def header_text(value):
    """Return `value` as it may stand in a header: the server itself refuses what may not."""
    return "".join(chr(byte) for byte in value[:2000] if byte >= 32 and byte != 127)
