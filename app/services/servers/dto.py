"""A shared server: where it is, how to sign in, and what a test of it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Literal


class Encryption(StrEnum):
    """How a connection is encrypted; the word is the driver's."""

    ALWAYS = "yes"
    STRICT = "strict"
    SIGN_IN = "no"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A server and its database, and how to sign in.

    Attributes:
        host: the computer's name or address.
        database: by its name on the server.
        port: where the server listens; none is the usual 1433, or what the instance tells.
        instance: by its name, where one computer runs several.
        by_windows: sign in as the Windows user.
        login, password: else a login of the server's own; the password is never shown or kept in a file.
        encryption: ALWAYS, unless the administrator says otherwise.
        trust_certificate: take the server's certificate without looking at who vouches for it.
        certificate_name: the name in the server's certificate, where it isn't the host's.
        driver: of Python, as in an address of SQLAlchemy.
    """

    host: str
    database: str
    port: int | None = None
    instance: str = ""
    by_windows: bool = True
    login: str = ""
    password: str = field(default="", repr=False)
    encryption: Encryption = Encryption.ALWAYS
    trust_certificate: bool = False
    certificate_name: str = ""
    driver: str = "mssqlpython"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a test of a server found, which let this computer in.

    Attributes:
        place: the address, without a password.
        version: of SQL Server, such as "15.0.2000.5".
        state: how the schema of the database compares with this program's.
        revision, newest: the database's, and the one that this program knows.
        empty: Rentbook isn't set up in it yet.
        warnings: what is amiss with how it is set up, each a sentence.
        advice: the statements by which its administrator puts that right.
        ahead: by how much this computer's clock is ahead of the server's.
    """

    place: str
    version: str
    state: Literal["current", "behind", "ahead"]
    revision: str
    newest: str
    warnings: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    ahead: timedelta = timedelta()

    @property
    def empty(self) -> bool:
        """Whether Rentbook isn't set up in it yet."""
        return not self.revision

    @property
    def ready(self) -> bool:
        """Whether this program can open it."""
        return self.state == "current"
