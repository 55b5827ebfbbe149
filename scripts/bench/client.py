"""A small HTTP/1.1 client over plain sockets: cheap, so that the two cores go to the server that is measured."""

import socket
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.markup import read_page

SIGN_IN = "/account/inloggen/"


class Broken(Exception):
    """No whole answer came. Once the request `was_sent`, nobody knows whether it was done."""

    was_sent = True


class Away(Broken):
    """Nobody listens there, so the request was not even sent."""

    was_sent = False


class NotSignedIn(Exception):
    """The login form did not let a person in."""


@dataclass(frozen=True)
class Answer:
    """What came back. `size` is all that went over the wire, head included, in bytes."""

    status: int
    headers: dict
    body: bytes
    size: int
    cookies: dict = field(default_factory=dict)

    @property
    def location(self):
        return self.headers.get("location", "")


class Connection:
    """One kept connection to 127.0.0.1; connects at the first request, and anew after it broke."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout, self.socket, self.buffer = port, timeout, None, b""

    def exchange(self, request):
        """Send the bytes of one request and return its Answer; raises Broken when no whole answer came."""
        if self.socket is None:
            self._connect()
        try:
            self.socket.sendall(request)
            answer = self._read()
        except (OSError, ValueError, IndexError) as error:
            self.close()
            raise Broken(str(error)) from error
        except Broken:
            self.close()
            raise
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    def _connect(self):
        try:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
        except OSError as error:
            raise Away(str(error)) from error
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def close(self):
        if self.socket:
            self.socket.close()
            self.socket = None

    def _read(self):
        head = self._until(b"\r\n\r\n")
        first, *lines = head[:-4].decode("latin-1").split("\r\n")
        headers, cookies = read_headers(lines)
        status = int(first.split(" ", 2)[1])
        if headers.get("transfer-encoding") == "chunked":
            body, size = self._chunks()
        else:
            body = self._exactly(int(headers.get("content-length", 0)) if status not in (204, 304) else 0)
            size = len(body)
        return Answer(status, headers, body, len(head) + size, cookies)

    def _more(self):
        data = self.socket.recv(262_144)
        if not data:
            raise Broken("closed by the server")
        self.buffer += data

    def _until(self, mark):
        while mark not in self.buffer:
            self._more()
        head, found, self.buffer = self.buffer.partition(mark)
        return head + found

    def _exactly(self, size):
        while len(self.buffer) < size:
            self._more()
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def _chunks(self):
        parts, size = [], 0
        while True:
            line = self._until(b"\r\n")
            length = int(line.split(b";")[0], 16)
            parts.append(self._exactly(length))
            size += len(line) + length + len(self._until(b"\r\n"))
            if not length:
                return b"".join(parts), size


def read_headers(lines):
    """Return `({name in lower case: value}, {cookie: value})` from header lines."""
    headers, cookies = {}, {}
    for line in lines:
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            cookie, _, content = value.strip().partition(";")[0].partition("=")
            cookies[cookie] = content
        else:
            headers[name.lower()] = value.strip()
    return headers, cookies


class Visitor:
    """One browser: its address, its cookies and the token of its forms."""

    def __init__(self, port, email=""):
        self.port, self.email, self.cookies, self.token = port, email, {}, ""

    def request(self, method, path, form=None, accept="text/html", encodings="gzip, br"):
        """Return the bytes of a request as a browser would send it; `form` is a list of (name, value)."""
        body = urlencode([("csrfmiddlewaretoken", self.token), *form]).encode() if form is not None else b""
        host = f"127.0.0.1:{self.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Accept: {accept}", f"Accept-Encoding: {encodings}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if form is not None:
            lines += [f"Origin: http://{host}", "Content-Type: application/x-www-form-urlencoded"]
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def ask(self, connection, method, path, form=None, **options):
        """Send one request, keep the cookies that come back, and return the Answer."""
        answer = connection.exchange(self.request(method, path, form, **options))
        self.cookies |= answer.cookies
        return answer

    def page(self, connection, path):
        """Return a page as bench.markup.Page, its token kept for the next form; raises Broken unless it is a 200."""
        answer = self.ask(connection, "GET", path, encodings="identity")
        if answer.status != 200:
            raise Broken(f"{path} answers {answer.status}")
        page = read_page(answer.body)
        self.token = page.token or self.token
        return page

    def sign_in(self, connection, password, seconds=90):
        """Sign in over the real form; waits, at most `seconds`, where the site limits sign-ins per minute."""
        until = time.monotonic() + seconds
        while True:
            self.page(connection, SIGN_IN)
            filled = [("login", self.email), ("password", password), ("with", "password")]
            answer = self.ask(connection, "POST", SIGN_IN, filled)
            if answer.status == 302 and "sessionid" in self.cookies:
                self.page(connection, answer.location)
                return
            if answer.status != 429 or time.monotonic() > until:
                raise NotSignedIn(f"{self.email}: {answer.status}")
            time.sleep(5)


def sign_in_all(port, emails, password):
    """Return a signed-in Visitor for each of `emails`."""
    connection, visitors = Connection(port), [Visitor(port, email) for email in emails]
    for visitor in visitors:
        visitor.sign_in(connection, password)
    connection.close()
    return visitors
