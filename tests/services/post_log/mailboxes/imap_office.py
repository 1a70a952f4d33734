"""A real IMAP server (pymap) on this computer, and a proxy before it that cuts the connection at a command."""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import logging
import re
import select
import socket
import ssl
import threading
from argparse import Namespace
from dataclasses import dataclass, field

from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.version import ProxyProtocolVersion
from pymap.backend.dict import DictBackend, Identity
from pymap.exceptions import InvalidAuth
from pymap.imap import IMAPServer
from pysasl import SASLAuth
from pysasl.hashing import BuiltinHash
from pysasl.mechanism.oauth import OAuth2Mechanism

USER, PASSWORD = "rents@council.example", "made-up password"
_COMMAND = re.compile(rb"^\w+ \w+")


class ImapOffice:
    """The server, as long as the block lasts. `port` is its own; nothing leaves 127.0.0.1.

    `context`: it speaks TLS from the first byte with it; `bearer`: it takes this token (XOAUTH2) instead of the password.
    """

    def __init__(self, context=None, bearer=""):
        self._context, self._bearer = context, bearer

    def __enter__(self):
        self._said = logging.getLogger("asyncio")
        self._said.setLevel(logging.ERROR)  # the server says so when it speaks to nobody any more
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)
        self._said.setLevel(logging.NOTSET)

    async def _serve(self):
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        arguments = Namespace(host="127.0.0.1", port=0, debug=False, cert=None, key=None, tls=False, passlib_cfg=None, proxy_protocol=None, demo_data=False, demo_user=USER, demo_password=PASSWORD)  # fmt: skip
        backend, config = await DictBackend.init(arguments, invalid_user_sleep=0, hash_context=BuiltinHash(rounds=1))
        config.apply_context()
        reader = ProxyProtocolVersion.get(None)
        login = _Bearers(backend.login, self._bearer) if self._bearer else backend.login
        if self._bearer:
            config.__class__ = type("Bearing", (type(config),), {"tls_auth": SASLAuth([OAuth2Mechanism()])})
        serve = IMAPServer(login, config)
        callback = ProxyProtocolReader(reader).get_callback(serve)
        listening = await asyncio.start_server(callback, "127.0.0.1", 0, ssl=self._context)
        self.port = listening.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        config.cpu_subsystem._executor.shutdown()
        listening.close()

    def client(self):
        if self._context is None:
            made = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        else:
            made = imaplib.IMAP4_SSL("127.0.0.1", self.port, timeout=10, ssl_context=ssl.create_default_context())
        if self._bearer:
            made.authenticate("XOAUTH2", lambda _: f"user={USER}\x01auth=Bearer {self._bearer}\x01\x01".encode())
        else:
            made.login(USER, PASSWORD)
        return made

    def all(self, folder):
        """What a folder holds, whole."""
        with contextlib.closing(_Closing(self.client())) as held:
            if held.client.select(f'"{folder}"', readonly=True)[0] != "OK":
                return []
            numbers = held.client.search(None, "ALL")[1][0].split()
            return [held.client.fetch(each, "(BODY.PEEK[])")[1][0][1] for each in numbers]

    def put(self, *contents, folder="INBOX"):
        with contextlib.closing(_Closing(self.client())) as held:
            held.client.create(f'"{folder}"')
            for each in contents:
                answer = held.client.append(f'"{folder}"', "", None, each)
                assert answer[0] == "OK", answer

    def seen(self, folder="INBOX"):
        """The Message-IDs of what is marked as read."""
        with contextlib.closing(_Closing(self.client())) as held:
            held.client.select(folder, readonly=True)
            numbers = held.client.search(None, "SEEN")[1][0].split()
            heads = [held.client.fetch(each, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1][0][1] for each in numbers]
        return sorted(re.search(rb"<(.+)>", each).group(1).decode() for each in heads)


class _Bearers:
    """Lets in who has the token; the mailbox is that of the user."""

    def __init__(self, login, bearer):
        self._login, self._bearer = login, bearer

    async def authenticate(self, credentials):
        if credentials._token != self._bearer:
            raise InvalidAuth
        return Identity(credentials.authzid, self._login, None, frozenset())

    async def authorize(self, authenticated, authzid):
        assert authenticated.name == authzid
        return authenticated


@dataclass
class _Closing:
    client: imaplib.IMAP4

    def close(self):
        self.client.logout()


@dataclass
class Cutting:
    """A proxy that cuts each connection at its command number `at`: before the server gets it, or before its answer is back."""

    to: int
    at: int = 0
    answered: bool = False
    commands: list[bytes] = field(default_factory=list)

    def __enter__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for each in self._threads:
            each.join(10)

    def _accept(self):
        while True:
            try:
                inner, _ = self._server.accept()
            except OSError:
                return
            outer = socket.create_connection(("127.0.0.1", self.to))
            thread = threading.Thread(target=self._between, args=(inner, outer))
            self._threads.append(thread)
            thread.start()

    def _between(self, inner, outer):
        count, muted = 0, False
        with inner, outer, contextlib.suppress(OSError):
            while True:
                for ready in select.select([inner, outer], [], [], 10)[0]:
                    block = ready.recv(65_536)
                    if not block or (ready is outer and muted):
                        return
                    if ready is inner and _COMMAND.match(block):
                        count += 1
                        self.commands.append(block.split()[1])
                        if count == self.at and not self.answered:
                            return
                        muted = count == self.at
                    (outer if ready is inner else inner).sendall(block)
