"""A server that speaks as much of SQL Server's protocol (TDS 7.4) as signing in takes, and answers what a test tells it.

It shows what a real driver makes of a refusal; it keeps no data and runs no SQL.
"""

import contextlib
import socket
import ssl
import struct
import threading
from dataclasses import dataclass, field

_PRELOGIN, _LOGIN, _ANSWER = 0x12, 0x10, 0x04
_NO_TLS, _TLS = 2, 3


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
        at_login: the refusals that answer a sign-in; with none it is let in.
        at_query: the refusal of everything that is asked after that.
        certificate: with a context of TLS the conversation is encrypted, and its certificate shown.
    """

    at_login: tuple[Refusal, ...] = ()
    at_query: Refusal | None = None
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
        _receive(talking)
        if self.at_login:
            talking.sendall(_packet(_ANSWER, b"".join(map(_error, self.at_login)) + _done(2)))
            return
        talking.sendall(_packet(_ANSWER, _let_in() + _done(0)))
        while True:
            kind, _asked = _receive(talking)
            refused = self.at_query if kind in {1, 3} else None
            talking.sendall(_packet(_ANSWER, (_error(refused) + _done(2)) if refused else _done(0)))


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


def _let_in():
    name = "Microsoft SQL Server"
    body = (
        b"\x01" + struct.pack(">I", 0x74000004) + bytes([len(name)]) + name.encode("utf-16-le") + bytes([16, 0, 3, 232])
    )
    return _changed(1, "Rentbook", "master") + _changed(4, "4096", "4096") + struct.pack("<BH", 0xAD, len(body)) + body


def _changed(kind, new, old):
    body = bytes([kind]) + b"".join(bytes([len(each)]) + each.encode("utf-16-le") for each in (new, old))
    return struct.pack("<BH", 0xE3, len(body)) + body


def _done(status):
    return struct.pack("<BHHQ", 0xFD, status, 0, 0)


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
