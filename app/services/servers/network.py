"""Whether a server can be reached at all, before its driver is asked: its name, its instance, its port.

The drivers' own words for these differ, and on Linux are mere numbers.
"""

from __future__ import annotations

import contextlib
import socket
from typing import Final

from sqlalchemy.engine import URL

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken
from app.services.core.server_refusals import refusal
from app.services.core.server_words import Trouble
from app.services.servers.rules import USUAL_PORT
from app.services.servers.within import TooLong, within

_NAME_SECONDS: Final = 10
_PORT_SECONDS: Final = 5
_INSTANCE_SECONDS: Final = 3
_BROWSER: Final = 1434
_ASK_INSTANCE: Final = b"\x04"
"""CLNT_UCAST_INST of the SQL Server Resolution Protocol, followed by the name of the instance."""


def refuse_unknown_name(url: URL, cancel: CancelToken) -> None:
    """Look a server's name up.

    Raises:
        ServerRefusal: this network knows no such computer.
    """
    host = host_of(url)
    try:
        within(_NAME_SECONDS, cancel, lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except (TooLong, OSError, UnicodeError) as error:
        raise refusal(Trouble.NAME, url.set(host=host)) from error


def refuse_closed(url: URL, cancel: CancelToken) -> None:
    """Knock at a server's port.

    Raises:
        ServerRefusal: nothing listens there, or nobody answers; or its instance isn't known.
    """
    host = host_of(url)
    port = url.port or (instance_port(url, cancel) if "\\" in (url.host or "") else USUAL_PORT)
    there = url.set(host=host, port=port)
    try:
        within(_PORT_SECONDS + 1, cancel, lambda: socket.create_connection((host, port), _PORT_SECONDS).close())
    except (TooLong, TimeoutError) as error:
        raise refusal(Trouble.NO_ANSWER, there) from error
    except OSError as error:
        raise refusal(Trouble.PORT, there) from error


def instance_port(url: URL, cancel: CancelToken) -> int:
    """The port of a named instance, as SQL Server Browser tells it; its drivers ask the same.

    Raises:
        ServerRefusal: it doesn't answer, or knows no such instance.
    """
    host, _, instance = (url.host or "").partition("\\")
    try:
        answer = within(_INSTANCE_SECONDS + 1, cancel, lambda: _ask_browser(host, instance))
        return port_told(answer)
    except (TooLong, OSError, UserError) as error:
        raise refusal(Trouble.INSTANCE, url.set(host=host)) from error


def port_told(answer: bytes) -> int:
    """The port in what SQL Server Browser answers: pairs of a name and a value between semicolons, after three bytes.

    Raises:
        UserError: there is none.
    """
    words = answer[3:].decode("ascii", "replace").split(";")
    told = dict(zip(words[::2], words[1::2], strict=False))
    with contextlib.suppress(KeyError, ValueError):
        return int(told["tcp"])
    raise UserError("The instance takes no connections by TCP/IP.")


def host_of(url: URL) -> str:
    """The computer, without the instance."""
    return (url.host or "").partition("\\")[0]


def _ask_browser(host: str, instance: str) -> bytes:
    found = socket.getaddrinfo(host, _BROWSER, type=socket.SOCK_DGRAM)
    family, kind, protocol, _name, address = found[0]
    with socket.socket(family, kind, protocol) as asking:
        asking.settimeout(_INSTANCE_SECONDS)
        asking.connect(address)
        asking.send(_ASK_INSTANCE + instance.encode("ascii", "replace"))
        return asking.recv(4_096)
