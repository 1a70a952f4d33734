"""What is wrong between this computer and a server, told from the words of its driver.

The drivers say the same in different words, and only some give SQL Server's own number. Numbers are those of its
sys.messages; words are of mssql-python 1.16 and pyodbc (ODBC Driver 18, on Windows and on Linux), and pymssql 2.4 (FreeTDS).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from sqlalchemy.exc import DBAPIError


class Trouble(StrEnum):
    """A kind of trouble with a server."""

    DRIVER = "driver"
    NAME = "name"
    INSTANCE = "instance"
    PORT = "port"
    NO_ANSWER = "no_answer"
    NOT_SQL_SERVER = "not_sql_server"
    CERTIFICATE = "certificate"
    ENCRYPTION = "encryption"
    WINDOWS = "windows"
    PASSWORD_EXPIRED = "password_expired"  # noqa: S105  a kind of trouble
    LOCKED_OUT = "locked_out"
    LOGIN = "login"
    DATABASE = "database"
    NO_ACCESS = "no_access"
    RIGHTS = "rights"
    FULL = "full"
    READ_ONLY = "read_only"
    SETTING = "setting"
    UNKNOWN = "unknown"


_KINDS: Final[tuple[tuple[Trouble, frozenset[int], tuple[str, ...]], ...]] = (
    (
        Trouble.DRIVER,
        frozenset(),
        ("failed to load the driver", "can't open lib", "libltdl", "data source name not found"),
    ),
    (
        Trouble.SETTING,
        frozenset(),
        ("unknown keyword", "connection string parsing failed", "invalid value specified for connection"),
    ),
    (
        Trouble.CERTIFICATE,
        frozenset(),
        (
            "certificate verify failed",
            "certificate chain was issued by an authority that is not trusted",
            "self-signed certificate",
            "self signed certificate",
            "certificate's cn name",
            "target principal name is incorrect",
            "hostname mismatch",
            "certificate has expired",
        ),
    ),
    (
        Trouble.ENCRYPTION,
        frozenset(),
        ("encryption not supported", "ssl handshake", "tls handshake failed", "unsupported protocol"),
    ),
    (
        Trouble.WINDOWS,
        frozenset({18452}),
        ("untrusted domain", "sspi provider", "sspi context", "kerberos", "gssapi"),
    ),
    (
        Trouble.PASSWORD_EXPIRED,
        frozenset({18487, 18488}),
        ("password of the account has expired", "password of the account must be changed"),
    ),
    (Trouble.LOCKED_OUT, frozenset({18486, 18470}), ("currently locked out", "the account is disabled")),
    (
        Trouble.DATABASE,
        frozenset({4060, 911}),
        ("cannot open database", "does not exist. make sure that the name is entered correctly"),
    ),
    (Trouble.NO_ACCESS, frozenset({916}), ("is not able to access the database",)),
    (Trouble.LOGIN, frozenset({18456}), ("login failed for user",)),
    (
        Trouble.RIGHTS,
        frozenset({229, 230, 262, 297, 300, 3704}),
        ("permission was denied", "permission denied in database", "does not have permission"),
    ),
    (
        Trouble.FULL,
        frozenset({1105, 9002, 1101}),
        ("filegroup is full", "transaction log for database", "could not allocate space"),
    ),
    (Trouble.READ_ONLY, frozenset({3906}), ("because the database is read-only",)),
    (
        Trouble.NAME,
        frozenset({11001}),
        (
            "no such host is known",
            "0x2af9",
            "failed to lookup address",
            "name or service not known",
            "nodename nor servname",
        ),
    ),
    (Trouble.INSTANCE, frozenset(), ("error locating server/instance",)),
    (
        Trouble.PORT,
        frozenset(),
        ("actively refused", "0x2749", "connection refused", "could not open a connection to sql server"),
    ),
    (
        Trouble.NOT_SQL_SERVER,
        frozenset(),
        (
            "handshakes before login",
            "exceeds negotiated max packet size",
            "unexpected eof",
            "closed by server while reading",
        ),
    ),
    (
        Trouble.NO_ANSWER,
        frozenset({20003}),
        (
            "timeout error",
            "login timeout expired",
            "timed out",
            "timeout expired",
            "network-related or instance-specific",
        ),
    ),
    (Trouble.PORT, frozenset({20009}), ("server is unavailable", "connection failed")),
)
"""Each kind with SQL Server's numbers and the drivers' words, in small letters; the first that fits is taken."""

_BRACKETED: Final = re.compile(r"\((\d{3,5})\)")


def trouble_of(error: BaseException) -> Trouble:
    """What kind of trouble an error is, by what the driver said."""
    original = getattr(error, "orig", None) or error
    if isinstance(original, ImportError):
        return Trouble.DRIVER
    parts = list(_parts(original.args))
    text = " ".join(part for part in parts if isinstance(part, str)).lower()
    numbers = {part for part in parts if isinstance(part, int)} | {int(each) for each in _BRACKETED.findall(text)}
    by_words = (kind for kind, _numbers, words in _KINDS if any(word in text for word in words))
    by_number = (kind for kind, own, _words in _KINDS if own & numbers)
    return _clearer(next(by_words, Trouble.UNKNOWN), next(by_number, Trouble.UNKNOWN))


def _clearer(by_words: Trouble, by_number: Trouble) -> Trouble:
    """FreeTDS gives 18456 and 20009 for whatever went wrong, and beside it the words of what did, if it knows them."""
    if Trouble.UNKNOWN in {by_words, by_number}:
        return by_words if by_number is Trouble.UNKNOWN else by_number
    return by_number if by_words in {Trouble.PORT, Trouble.NO_ANSWER} and by_number is not Trouble.PORT else by_words


def _parts(args: tuple[object, ...]) -> Iterator[str | int]:
    for each in args:
        if isinstance(each, tuple):
            yield from _parts(each)
        elif isinstance(each, bytes):
            yield each.decode("utf-8", "replace")
        elif isinstance(each, int):
            yield each
        else:
            yield str(each)


def driver_said(error: BaseException) -> str:
    """What a driver said, on one line and not too long."""
    original = getattr(error, "orig", None) or error
    text = " ".join(" ".join(str(part) for part in _parts(original.args)).split())
    return text if len(text) <= 300 else f"{text[:299]}…"


def cause_of(error: BaseException) -> DBAPIError | None:
    """The database's own error that another was raised from, or is."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, DBAPIError):
        found = found.__cause__
    return found
