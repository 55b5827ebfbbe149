"""A mail server of our own, on 127.0.0.1 and in a thread: it takes mail, and does to it what real ones do."""

import contextlib
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy


@dataclass
class Taken:
    """One message that the server has accepted."""

    to: str
    raw: bytes

    @property
    def message(self):
        return message_from_bytes(self.raw, policy=policy.default)


@dataclass
class Conduct:
    """What the server does. A step (greet, MAIL, RCPT, DATA, end) is told in `at`, for everybody, or in `to`, for one
    address from RCPT on; the answer is a line such as "450 later", or "hang", "cut", or, at the end, "take and cut".
    """

    at: dict = field(default_factory=dict)
    to: dict = field(default_factory=dict)
    pause: float = 0  # seconds before each message is taken
    mails_a_line: int = 1_000  # then it cuts the line, as many servers do
    offers: tuple = ("STARTTLS",)  # said after EHLO where the server has a certificate and the line is still in clear


class Connection(socketserver.StreamRequestHandler):
    timeout = 30

    def setup(self):
        self.is_secure = False
        if self.server.certificate and self.server.secure_at_once:
            if self.server.conduct.at.get("hello") == "hang":
                self.server.let_go.wait(30)
            self.request = self.secured(self.request)
        super().setup()

    def secured(self, line):
        """Return the socket `line` with TLS on it; raises OSError when the other side does not want it so."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.server.certificate)
        line = context.wrap_socket(line, server_side=True)
        self.is_secure = True
        return line

    def finish(self):
        with contextlib.suppress(OSError):
            super().finish()
        self.connection.close()

    def handle(self):
        self.post, self.to, self.count = self.server.post, None, 0
        self.post.lines += 1
        with contextlib.suppress(OSError):
            if not self.answer("greet", "220 post.test"):
                return
            while line := self.rfile.readline():
                if not self.obey(line.decode().strip()):
                    return

    def obey(self, line):
        """Do what one line asks; return whether to go on listening."""
        word = line.partition(" ")[0].upper().partition(":")[0]
        self.post.commands.append(word)
        if not self.is_secure:
            self.post.in_clear.append(word)
        if word == "EHLO":
            offers = self.post.conduct.offers if self.post.certificate and not self.is_secure else ()
            return self.answer(word, "\r\n".join(["250-post.test", *(f"250-{offer}" for offer in offers), "250 HELP"]))
        if word == "STARTTLS":
            return self.start_tls()
        if word == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
        if word == "DATA":
            return self.take()
        if word == "QUIT":
            self.say("221 bye")
            return False
        return self.answer(word, "250 ok")

    def start_tls(self):
        if not self.answer("STARTTLS", "220 go ahead") or not self.was_good:
            return self.is_open
        self.connection = self.request = self.secured(self.connection)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        return True

    def take(self):
        if not self.answer("DATA", "354 go ahead") or not self.was_good:
            return self.is_open
        raw = b"".join(iter(self.rfile.readline, b".\r\n"))
        time.sleep(self.post.conduct.pause)
        conduct = self.told("end")
        if conduct in (None, "take and cut"):
            self.post.taken.append(Taken(self.to, raw.replace(b"\r\n..", b"\r\n.")))
            self.count += 1
        if conduct == "take and cut":
            return False
        return self.answer("end", "250 taken") and self.count < self.post.conduct.mails_a_line

    def told(self, step):
        conduct = self.post.conduct
        return conduct.to.get(self.to, {}).get(step) or conduct.at.get(step)

    def answer(self, step, usual):
        told = self.told(step)
        self.is_open, self.was_good = told not in ("hang", "cut"), told is None
        if told == "hang":
            self.post.let_go.wait(30)
        elif told != "cut":
            self.say(told or usual)
        return self.is_open

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


class Post(socketserver.ThreadingTCPServer):
    """`taken`: what was accepted, in order; `lines`: how often somebody connected; `conduct`: what to do; `in_clear`:
    the commands that everybody on the way could read. With a `certificate` (a file) it speaks TLS: `secure_at_once`, or
    when asked to by STARTTLS.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def __init__(self, certificate=None, *, secure_at_once=False):
        super().__init__(("127.0.0.1", 0), Connection)
        self.certificate, self.secure_at_once, self.in_clear = certificate, secure_at_once, []
        self.post = self
        self.conduct, self.let_go = Conduct(), threading.Event()
        self.taken, self.commands, self.lines = [], [], 0

    @property
    def port(self):
        return self.server_address[1]

    def receivers(self):
        return [taken.to for taken in self.taken]

    def handle_error(self, request, client_address):
        """A client that went away is nothing to print."""

    @classmethod
    @contextlib.contextmanager
    def open(cls, *args, **options):
        with cls(*args, **options) as post:
            threading.Thread(target=post.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
            yield post
            post.let_go.set()
            post.shutdown()
