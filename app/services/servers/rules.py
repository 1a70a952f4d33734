"""How a server's address is read, and what was found there is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.services.core.errors import UserError
from app.services.servers.dto import ServerAddress, Tried

USUAL_PORT: Final = 1433
OLDEST: Final = 13
"""SQL Server 2016: the oldest that Microsoft still mends."""
MOST_HOST: Final = 253
MOST_NAME: Final = 128
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]+")
_INSTANCE: Final = re.compile(r"[A-Za-z_#&][A-Za-z0-9_#$@&]{0,15}")
_DATABASE_SIGNS: Final = re.compile(r"[\x00-\x1f/;{}\[\]'\"]")
_PORT: Final = re.compile(r"\d{1,5}")
_LOCAL: Final = {".": "localhost", "(local)": "localhost"}


def read_host(typed: str) -> tuple[str, int | None, str]:
    r"""The computer, the port and the instance, from how administrators write a server: sql01, sql01,1433 or SQL01\RENTS.

    Raises:
        UserError: it can't be read (field `host` or `port`).
    """
    text = typed.strip()
    text = text[4:] if text.lower().startswith("tcp:") else text
    if "://" in text or text.startswith(("\\\\", "np:", "lpc:", "(localdb)")):
        raise UserError("That is not the name of a server.", "Write it as sql01, sql01,1433 or SQL01\\RENTS.", "host")
    text, comma, port = text.partition(",")
    if not comma and text.count(":") == 1:
        text, comma, port = text.partition(":")
    host, _, instance = text.strip().partition("\\")
    host = _LOCAL.get(host.lower(), host)
    if not host:
        raise UserError("Type the name of the server.", "Your administrator knows it.", "host")
    if not _HOST.fullmatch(host) or len(host) > MOST_HOST:
        raise UserError(
            f"'{host}' can't be the name of a computer.", "It has letters, digits, dots and dashes.", "host"
        )
    if instance and not _INSTANCE.fullmatch(instance):
        raise UserError(
            f"'{instance}' can't be the name of an instance.", "It has at most 16 letters and digits.", "host"
        )
    return host, read_port(port) if comma else None, instance


def read_port(typed: str) -> int | None:
    """A port; none where nothing is typed.

    Raises:
        UserError: it is none (field `port`).
    """
    text = typed.strip()
    if not text:
        return None
    if not _PORT.fullmatch(text) or not 0 < int(text) < 65_536:
        raise UserError(f"'{text}' is not a port.", "It is a number up to 65535; the usual one is 1433.", "port")
    return int(text)


def checked(address: ServerAddress) -> ServerAddress:
    """An address with everything that it needs.

    Raises:
        UserError: something is missing or can't be (its field).
    """
    if not address.database.strip():
        raise UserError("Type the name of the database.", "Your administrator knows it.", "database")
    if _DATABASE_SIGNS.search(address.database) or len(address.database) > MOST_NAME:
        raise UserError(f"'{address.database}' can't be the name of a database.", "Check it.", "database")
    if not address.by_windows and not address.login.strip():
        raise UserError("Type your login.", "Or sign in with Windows.", "login")
    if address.port and address.instance:
        raise UserError("Give the instance or the port, not both.", "A port needs no instance.", "port")
    if address.certificate_name and not _HOST.fullmatch(address.certificate_name):
        raise UserError(
            f"'{address.certificate_name}' can't be a name in a certificate.", "Leave it empty.", "certificate_name"
        )
    return replace(address, database=address.database.strip(), login=address.login.strip())


def too_old(version: str) -> bool:
    """Whether a server is older than Rentbook runs on, by its version; one that says nothing isn't."""
    first = version.partition(".")[0]
    return first.isdigit() and int(first) < OLDEST


def told(tried: Tried) -> str:
    """What a test found, as one sentence."""
    if tried.empty:
        return "The server lets you in, but the database is empty: an administrator sets Rentbook up in it (rentbook db create)."
    if tried.state == "behind":
        return "The server lets you in, but its database is older than this Rentbook: an administrator upgrades it once for all."
    if tried.state == "ahead":
        return "The server lets you in, but its database is newer than this Rentbook: install the newer one here."
    return "The server lets you in, and the database fits this Rentbook."
