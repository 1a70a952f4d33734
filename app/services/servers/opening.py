"""Opening a database wherever it is, for a window: a file, or a server that may keep one waiting."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL

from app.services.core import database as databases
from app.services.core import server_login, server_state
from app.services.core.clock import Clock
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Database
from app.services.servers.addresses import address_of, url_of
from app.services.servers.dto import ServerAddress, Tried
from app.services.servers.trying import open_server, try_server

Place = str | URL
"""Where a database is: a path or an address as typed or kept, or an address with what its login needs."""


def is_server(place: Place) -> bool:
    """Whether a place is an address of a server, not a file."""
    return isinstance(place, URL) or place.startswith("mssql")


def is_there(place: str) -> bool:
    """Whether what a computer remembers may be opened again: a file that is still there, or a server."""
    return is_server(place) or Path(place).is_file()


def open_place(place: Place, clock: Clock, progress: Progress, cancel: CancelToken) -> Database:
    """Open a database; whoever waits for a server may stop.

    Raises:
        UserError: what is wrong with it.
        Cancelled: whoever asked didn't want to wait.
    """
    if not is_server(place):
        return databases.open_database(place, clock)
    return open_server(_url(place), clock, progress, cancel)


def try_address(address: ServerAddress, clock: Clock, progress: Progress, cancel: CancelToken) -> Tried:
    """Try the server that a form names.

    Raises:
        UserError: what is wrong with it, and its field.
        Cancelled: whoever asked didn't want to wait.
    """
    return try_server(url_of(address), clock, progress, cancel)


def place_of_address(address: ServerAddress) -> Place:
    """The place that a form names."""
    return url_of(address)


def address_of_place(place: Place) -> ServerAddress | None:
    """What a form shows of an address that was kept, with its password if the keyring has it; none of a file."""
    return address_of(server_login.with_password(_url(place))) if is_server(place) else None


def kept_place(database: Database) -> str:
    """How a computer remembers a database: a path, or an address without a password."""
    return str(database.url.database) if database.is_sqlite else server_login.without_password(database.url)


def keep_password(address: ServerAddress) -> bool:
    """Keep the password of an address in this computer's keyring; whether that was done or none was needed."""
    return address.by_windows or not address.password or server_login.keep_password(url_of(address))


def forget_password(address: ServerAddress) -> None:
    """Keep it there no longer."""
    if not address.by_windows:
        server_login.forget_password(url_of(address))


def amiss(database: Database) -> tuple[str, ...]:
    """What an administrator should know of how a server is set up; nothing of a file."""
    return () if database.is_sqlite else server_state.warnings(database.read(server_state.look))


def _url(place: Place) -> URL:
    return place if isinstance(place, URL) else databases.database_url(place)
