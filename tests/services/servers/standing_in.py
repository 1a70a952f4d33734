"""A server that speaks as much of SQL Server's protocol (TDS 7.4) as signing in takes, and answers what a test tells it.

It shows what a real driver makes of a refusal; it keeps no data and runs no SQL.
"""

import contextlib
import re
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_PRELOGIN, _LOGIN, _ANSWER = 0x12, 0x10, 0x04
_NO_TLS, _TLS = 2, 3
_STATEMENTS = {1, 3}
_KNOWN = (
    (r"@@version", ("Microsoft SQL Server 2019 (RTM) - 15.0.2000.5",)),
    (r"schema_name\(\)", ("dbo",)),
    (r"test max support", ("test max support",)),
    (r"\bSELECT\b", ()),
)
"""What SQLAlchemy asks of every connection; everything else that is asked has no rows."""


@dataclass(frozen=True)
class Refusal:
    """An error of the server: its number, its words, and its class (14 is of rights, 16 of what was asked)."""

    number: int
    words: str
    weight: int = 14


@dataclass
class StandIn:
    """What the server does.

    Attributes:
        at_login: the refusals that answer a sign-in to a database; with none it is let in.
        answers: what is asked, as a pattern, and the one row that answers it, or the refusal; the first that fits is given.
        certificate: with a context of TLS the conversation is encrypted, and its certificate shown.
        asked: every statement that came.
    """

    at_login: dict[str, tuple[Refusal, ...]] = field(default_factory=dict)
    answers: tuple[tuple[str, tuple | Refusal], ...] = ()
    certificate: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)

    def __enter__(self):
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._stopping = False
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopping = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._thread.join(10)
        self._listening.close()

    def _serve(self):
        while not self._stopping:
            talking, _address = self._listening.accept()
            with talking, contextlib.suppress(OSError, EOFError, ssl.SSLError):
                talking.settimeout(5)
                self._talk(talking)

    def _talk(self, talking):
        _receive(talking)
        talking.sendall(_packet(_ANSWER, _prelogin(_TLS if self.certificate else _NO_TLS)))
        if self.certificate:
            _shake_hands(talking, self.certificate)
            return
        _kind, login = _receive(talking)
        database = _database(login)
        refused = self.at_login.get(database, ())
        if refused:
            talking.sendall(_packet(_ANSWER, b"".join(map(_error, refused)) + _done(2)))
            return
        talking.sendall(_packet(_ANSWER, _let_in(database) + _done(0)))
        while True:
            kind, asked = _receive(talking)
            talking.sendall(_packet(_ANSWER, self._answer(_text(asked)) if kind in _STATEMENTS else _done(0)))

    def _answer(self, asked):
        self.asked.append(asked)
        found = next((given for pattern, given in (*self.answers, *_KNOWN) if re.search(pattern, asked)), None)
        if isinstance(found, Refusal):
            return _error(found) + _done(2)
        if found is None:
            return _done(0)
        return _heads(found or ("",)) + (_row(found) if found else b"") + _done(0x10, 1)


def _receive(talking):
    """A whole message: its kind and its bytes."""
    message, last = b"", False
    while not last:
        kind, status, length = struct.unpack(">BBH", _exactly(talking, 8)[:4])
        message += _exactly(talking, length - 8)
        last = bool(status & 1)
    return kind, message


def _exactly(talking, size):
    got = b""
    while len(got) < size:
        more = talking.recv(size - len(got))
        if not more:
            raise EOFError
        got += more
    return got


def _packet(kind, payload):
    return struct.pack(">BBHHBB", kind, 1, len(payload) + 8, 0, 1, 0) + payload


def _prelogin(encryption):
    values = [(0, bytes([16, 0, 16, 0, 0, 0])), (1, bytes([encryption])), (2, b"\0"), (3, b""), (4, b"\0")]
    at, head, tail = len(values) * 5 + 1, b"", b""
    for token, value in values:
        head += struct.pack(">BHH", token, at + len(tail), len(value))
        tail += value
    return head + b"\xff" + tail


def _error(refusal):
    words = refusal.words.encode("utf-16-le")
    body = struct.pack("<IBBH", refusal.number, 1, refusal.weight, len(refusal.words)) + words + b"\0\0"
    body += struct.pack("<I", 1)
    return struct.pack("<BH", 0xAA, len(body)) + body


def _database(login):
    """The database that a sign-in names."""
    at, length = struct.unpack("<HH", login[68:72])
    return login[at : at + 2 * length].decode("utf-16-le")


def _text(asked):
    """The statement in a message: its letters have two bytes, and what stands before it any number."""
    return asked.decode("utf-16-le", "ignore") + asked[1:].decode("utf-16-le", "ignore")


def _heads(values):
    """The kinds of the columns: whole numbers, moments, else text."""
    head = struct.pack("<BH", 0x81, len(values))
    for value in values:
        text = b"\xe7" + struct.pack("<H", 8_000) + bytes([9, 4, 0xD0, 0, 52])
        kind = b"\x26\x08" if isinstance(value, int) else b"\x2a\x06" if isinstance(value, datetime) else text
        head += struct.pack("<IH", 0, 1) + kind + b"\x01" + "a".encode("utf-16-le")
    return head


def _row(values):
    row = b"\xd1"
    for value in values:
        if isinstance(value, int):
            row += struct.pack("<Bq", 8, value)
        elif isinstance(value, datetime):
            since = value - value.replace(hour=0, minute=0, second=0, microsecond=0)
            row += b"\x08" + (since // timedelta(microseconds=1)).to_bytes(5, "little")
            row += (value.toordinal() - 1).to_bytes(3, "little")
        else:
            text = b"" if value is None else str(value).encode("utf-16-le")
            row += struct.pack("<H", 0xFFFF if value is None else len(text)) + text
    return row


def _let_in(database):
    name = "Microsoft SQL Server"
    body = (
        b"\x01" + struct.pack(">I", 0x74000004) + bytes([len(name)]) + name.encode("utf-16-le") + bytes([16, 0, 3, 232])
    )
    return _changed(1, database, "master") + _changed(4, "4096", "4096") + struct.pack("<BH", 0xAD, len(body)) + body


def _changed(kind, new, old):
    body = bytes([kind]) + b"".join(bytes([len(each)]) + each.encode("utf-16-le") for each in (new, old))
    return struct.pack("<BH", 0xE3, len(body)) + body


def _done(status, rows=0):
    return struct.pack("<BHHQ", 0xFD, status, 0xC1 if rows else 0, rows)


def _shake_hands(talking, context):
    """TLS inside packets, until the other side has seen the certificate and goes."""
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(into, out, server_side=True)
    while True:
        with contextlib.suppress(ssl.SSLWantReadError):
            tls.do_handshake()
            return
        if out.pending:
            talking.sendall(_packet(_PRELOGIN, out.read()))
        _kind, more = _receive(talking)
        into.write(more)
