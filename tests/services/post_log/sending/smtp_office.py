"""A mail server of the test's own that takes outgoing e-mail (SMTP submission), on this computer."""

from __future__ import annotations

import base64
import contextlib
import socketserver
import threading

USER, PASSWORD = "rents@council.example", "made-up password"


class SmtpOffice:
    """`messages` are (from, to, content) of what it took.

    `context`: it offers STARTTLS with it, or speaks TLS from the first byte where `tls`. `answers` are given by command
    instead of its own, such as `{"RCPT": "550 no such user"}`; `cut` hangs up at that command, `taken` after the whole of
    the message came (kept all the same), `lost` before its end.
    """

    def __init__(self, context=None, *, tls=False, bearer=""):
        self.messages: list[tuple[str, str, bytes]] = []
        self.commands: list[str] = []
        self.answers: dict[str, str] = {}
        self.cut = ""
        self.context, self.tls, self.bearer = context, tls, bearer
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _HangUp(Exception):  # noqa: N818
    pass


def _handler(office):
    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError), contextlib.closing(_Talk(office, self.request)) as talk, contextlib.suppress(_HangUp):  # fmt: skip
                talk.go()

    return Handler


class _Talk:
    def __init__(self, office, connection):
        self.office, self.connection = office, connection
        self.protected = office.tls
        if office.tls:
            self._protect()
        self.file = self.connection.makefile("rwb")
        self.let_in = False
        self.sender = self.to = ""

    def _protect(self):
        self.connection = self.office.context.wrap_socket(self.connection, server_side=True)

    def close(self):
        with contextlib.suppress(OSError):
            self.file.close()
        self.connection.close()

    def go(self):
        self._say("220 ready")
        while True:
            line = self._line()
            word = line.split(" ")[0].upper()
            self.office.commands.append(word)
            if self.office.cut == word:
                raise _HangUp
            if word in self.office.answers:
                self._say(self.office.answers[word])
            else:
                getattr(self, f"do_{word.lower()}")(line)
            if word == "QUIT":
                return

    def do_ehlo(self, _line):
        starts = self.office.context is not None and not self.protected
        offers = ["STARTTLS"] if starts else ["AUTH XOAUTH2" if self.office.bearer else "AUTH PLAIN"]
        for each in ("127.0.0.1", "8BITMIME", *offers[:-1]):
            self._say(f"250-{each}")
        self._say(f"250 {offers[-1]}")

    def do_starttls(self, _line):
        self._say("220 go on")
        self._protect()
        self.protected = True
        self.file.close()
        self.file = self.connection.makefile("rwb")

    def do_auth(self, line):
        said = base64.b64decode(line.split(" ")[2]).decode()
        bearer = f"user={USER}\x01auth=Bearer {self.office.bearer}\x01\x01"
        right = bearer if self.office.bearer else f"\0{USER}\0{PASSWORD}"
        self.let_in = said == right
        if not self.let_in and self.office.bearer:
            self._say(f"334 {base64.b64encode(b'{}').decode()}")
            assert self._line() == ""
        self._say("235 welcome" if self.let_in else "535 who are you")

    def do_mail(self, line):
        assert self.let_in
        self.sender = line.split("<")[1].split(">")[0]
        self._say("250 ok")

    def do_rcpt(self, line):
        self.to = line.split("<")[1].split(">")[0]
        self._say("250 ok")

    def do_data(self, _line):
        self._say("354 go on")
        lines = []
        while (line := self.file.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b".") else line)
            if self.office.cut == "lost":
                raise _HangUp
        if line:
            self.office.messages.append((self.sender, self.to, b"".join(lines)))
        if self.office.cut == "taken":
            raise _HangUp
        self._say(self.office.answers.get("END", "250 taken"))

    def do_quit(self, _line):
        self._say("221 bye")

    def do_rset(self, _line):
        self._say("250 ok")

    def _say(self, text):
        self.file.write(f"{text}\r\n".encode())
        self.file.flush()

    def _line(self):
        line = self.file.readline()
        if not line:
            raise _HangUp
        return line.decode().rstrip("\r\n")
