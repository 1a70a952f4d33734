"""The database as a whole: make it, open it, bring it up to date and copy it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.values import AccountKind
from app.services.core import audit, gate, officers, schema, server_state, sqlite_files
from app.services.core.addresses import ENGINES, database_url, default_path
from app.services.core.clock import Clock, SystemClock
from app.services.core.connecting import reach
from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.core.server_login import without_password
from app.services.core.session import Database

__all__ = [
    "Status",
    "Upgrade",
    "backup",
    "create",
    "database_url",
    "default_path",
    "open_database",
    "status",
    "upgrade",
]

Place = str | Path | URL | None
_MAKE_KEY: Final = Later("app.services.core.keys", "make")


@dataclass(frozen=True, slots=True)
class Status:
    """A database at a glance: how its schema compares with this program's, its people, and its accounts but control accounts.

    Attributes:
        warnings: what is amiss with how a server is set up.
        advice: the statements by which its administrator puts that right.
    """

    place: str
    engine: str
    state: schema.State
    revision: str
    newest: str
    size_bytes: int | None
    officers: int
    accounts: int
    warnings: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did; `kept` is the copy made before it (SQLite only)."""

    before: str
    after: str
    kept: Path | None


def create(place: Place, username: str, name: str = "", clock: Clock | None = None) -> Database:
    """Make a database and open it. Whoever makes it is its first officer, with every role.

    A file appears under its name only when it is finished.

    Raises:
        UserError: there is one already, or it can't lie there.
    """
    url = _url(place)
    if url.get_backend_name() != "sqlite":
        return _make_on_server(url, username, name, clock or SystemClock())
    path = _path(url)
    sqlite_files.refuse_bad_place(path)
    if path.exists():
        raise UserError(f"There is a file at {path} already.", "Open it, or choose another name.")
    _make_file(path, username, name, clock or SystemClock())
    return Database(url)


def open_database(place: Place = None, clock: Clock | None = None) -> Database:
    """Open a database. A SQLite file that is behind is upgraded first, with a copy kept beside it.

    Raises:
        UserError: it is missing, locked, read-only, not Rentbook's, on a network share, or its schema is newer than
            this program; or it is a shared server whose schema isn't this program's.
    """
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        sqlite_files.refuse_unfit(_path(url))
    database, revision = reach(url)
    try:
        state = schema.state(revision)
        if state == "ahead" or (state == "behind" and not database.is_sqlite):
            raise _wrong_schema(database, state, revision)
        if state == "behind":
            _upgrade(database, revision, clock or SystemClock())
        if not database.is_sqlite and database.read(server_state.look).one_state:
            database.read_snapshots()
    except BaseException:
        database.close()
        raise
    return database


def upgrade(place: Place = None, clock: Clock | None = None) -> Upgrade:
    """Bring a database up to this program's schema; the way a shared server is upgraded, by its administrator.

    One that is there already has its reporting views made anew: a version may change them and nothing else.

    Raises:
        UserError: as `open_database`, but for being behind; or a shared server isn't closed for maintenance.
    """
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        sqlite_files.refuse_unfit(_path(url))
    database, revision = reach(url)
    try:
        if schema.state(revision) == "ahead":
            raise _wrong_schema(database, "ahead", revision)
        if not revision and not database.is_sqlite:
            raise _wrong_schema(database, "behind", revision)
        if revision != schema.newest() and not database.is_sqlite:
            database.read(gate.refuse_open)
        return Upgrade(revision, schema.newest(), _upgrade(database, revision, clock or SystemClock()))
    finally:
        database.close()


def status(place: Place = None) -> Status:
    """Look at a database without changing it.

    Raises:
        UserError: it can't be opened.
    """
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        sqlite_files.refuse_unfit(_path(url))
    database, revision = reach(url)
    try:
        counted = (0, 0) if revision == "" else database.read(_counts)
        found = None if database.is_sqlite else database.read(server_state.look)
        return Status(
            place=str(_path(url)) if database.is_sqlite else without_password(url),
            engine=ENGINES[url.get_backend_name()],
            state=schema.state(revision),
            revision=revision,
            newest=schema.newest(),
            size_bytes=_path(url).stat().st_size if database.is_sqlite else None,
            officers=counted[0],
            accounts=counted[1],
            warnings=server_state.warnings(found) if found else (),
            advice=server_state.advice(found, url.database or "") if found else (),
        )
    finally:
        database.close()


def backup(place: Place, target: Path) -> int:
    """Copy a SQLite database to a new file while others may be using it; the copy's size in bytes.

    The key that opens what is encrypted is not in the file and has to be kept apart.

    Raises:
        UserError: a shared server (its own backups are used), the target exists, or it can't be copied.
    """
    url = _url(place)
    if url.get_backend_name() != "sqlite":
        raise UserError("A shared server is backed up by its own tools.", "Ask its administrator.")
    sqlite_files.refuse_unfit(_path(url))
    if target.exists():
        raise UserError(f"There is a file at {target} already.", "Choose another name for the backup.")
    sqlite_files.copy_to_new(_path(url), target)
    return target.stat().st_size


def _url(place: Place) -> URL:
    return place if isinstance(place, URL) else database_url(place)


def _path(url: URL) -> Path:
    path = Path(url.database or "")
    return path if sqlite_files.is_network_path(path) else path.absolute()


def _make_on_server(url: URL, username: str, name: str, clock: Clock) -> Database:
    database, revision = reach(url)
    try:
        if revision:
            raise UserError("This server holds a Rentbook database already.", "Open it instead.")
        database.transact(lambda session: _fill(session, username, name, clock), turn=False)
    except BaseException:
        database.close()
        raise
    return database


def _make_file(path: Path, username: str, name: str, clock: Clock) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {path.parent} can't be made: {error.strerror}.", "Choose another place."
        ) from error
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    sqlite_files.remove(unfinished)
    database = Database(URL.create("sqlite", database=str(unfinished)))
    try:
        database.transact(lambda session: _fill(session, username, name, clock))
        database.close()
        unfinished.rename(path)
    finally:
        database.close()
        sqlite_files.remove(unfinished)


def _fill(session: Session, username: str, name: str, clock: Clock) -> None:
    schema.migrate(session)
    audit.watch(session, None, clock)
    officers.make_first_officers(session, username, name or username)
    _MAKE_KEY(session, clock)


def _upgrade(database: Database, revision: str, clock: Clock) -> Path | None:
    kept = None
    if revision == schema.newest():
        database.transact(schema.make_views, turn=False)
        return None
    if database.is_sqlite:
        kept = sqlite_files.beside(_path(database.url), f"before-{schema.newest()}-was-{revision or 'empty'}", clock)
        sqlite_files.copy_to_new(_path(database.url), kept)
    database.transact(schema.migrate, turn=False)
    return kept


def _wrong_schema(database: Database, state: schema.State, revision: str) -> UserError:
    if state == "ahead":
        return UserError(
            "This database was made or upgraded by a newer Rentbook than this one.",
            "Install the newer Rentbook on this computer; nothing was changed.",
        )
    if not revision:
        return UserError(
            f"The database '{database.url.database}' on {database.url.host} is empty: Rentbook isn't set up in it yet.",
            "Its administrator does that once: rentbook db create.",
        )
    return UserError(
        f"The shared database on {database.url.host} is older than this Rentbook.",
        "Its administrator upgrades it once for everybody: rentbook db upgrade.",
    )


def _counts(session: Session) -> tuple[int, int]:
    held = select(func.count()).select_from(Account).where(Account.kind != AccountKind.CONTROL)
    return officers.people_count(session), session.scalar(held) or 0
