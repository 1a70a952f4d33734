"""A database copied to another place or another engine: all of it, proven, or nothing.

It is one transaction of the target: a copy that was cut short would look like an office with missing tenants, and a desk could
open it. So nothing is resumed. What was stopped or failed is not there, and is begun again from the start.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from app.models.tables import metadata
from app.services.core import database as databases
from app.services.core import schema, server_state, sqlite_files
from app.services.core.clock import Clock
from app.services.core.connecting import reach
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.server_login import without_password
from app.services.core.session import Database, Desk
from app.services.ledger import checks
from app.services.moving import copying, engines, proving
from app.services.moving.dto import Line, Moved

_HOLDS: Final = ("officer", "journal", "entry", "person", "property", "tenancy", "document", "audit_entry")
"""What is empty in a new database, whatever its migrations put into it."""
_PROVEN: Final = (
    "Rows and content of each table, balances, control totals and the digest of each journal are the same, and every check "
    "finds the copy whole."
)
_KEY_APART: Final = "The key that opens what is encrypted is not in it: the desks that have it use it for the copy too."

Work = Callable[[Session, Session], tuple[dict[str, int], tuple[Line, ...]]]
"""Fills the target from the source; the rows that it copied by table, and what it proved."""


def copy(source: URL, target: URL, clock: Clock, progress: Progress, cancel: CancelToken) -> Moved:
    """Copy a database as it is, and prove that the copy is the same.

    Args:
        source: read in one state while others may be using it; of this program's schema.
        target: a file that isn't there, or a server's database without anything of Rentbook's in it.
        clock: for the checks.
        progress: told how far it is.
        cancel: stops it; then nothing is there.

    Raises:
        UserError: a place is wrong, the schema is another, the target holds something, or the copy isn't the same.
        Cancelled: the officer stopped it.
    """

    def work(origin: Session, made: Session) -> tuple[dict[str, int], tuple[Line, ...]]:
        copying.refuse_too_long(origin, made.get_bind().dialect)
        found = copying.copy(origin, made, progress, cancel)
        lines = [*proving.contents(found, made, progress, cancel), *proving.ledger(origin, made)]
        here, there = (proving.context(each, clock, progress, cancel) for each in (origin, made))
        lines += proving.chain(here, there)
        return {name: each.rows for name, each in found.items()}, tuple(lines)

    return move(source, target, work, clock, progress, cancel, (_PROVEN, _KEY_APART))


def move(
    source: URL,
    target: URL,
    work: Work,
    clock: Clock,
    progress: Progress,
    cancel: CancelToken,
    told: tuple[str, ...],
) -> Moved:
    """Do the work from one database to the other in one transaction, with the target's guards aside meanwhile."""
    if source == target:
        raise UserError("That is the same database twice.", "Name another place for the copy.")
    origin = _opened(source)
    try:
        if target.get_backend_name() == "sqlite":
            path = Path(target.database or "").absolute()
            return _to_file(origin, path, work, clock, progress, cancel, told)
        made, _revision = reach(target)
        try:
            return _moved(origin, made, without_password(target), work, clock, progress, cancel, told)
        finally:
            made.close()
    finally:
        origin.close()


def _to_file(
    origin: Database,
    path: Path,
    work: Work,
    clock: Clock,
    progress: Progress,
    cancel: CancelToken,
    told: tuple[str, ...],
) -> Moved:
    """The file appears under its name when it is whole and proven."""
    sqlite_files.refuse_bad_place(path)
    if path.exists():
        raise UserError(
            f"There is a file at {path} already.", "Name a file that isn't there: a copy is never mixed in."
        )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sqlite_files.remove(unfinished)
        made = Database(databases.database_url(unfinished))
        try:
            moved = _moved(origin, made, str(path), work, clock, progress, cancel, told)
        finally:
            made.close()
        sqlite_files.leave_wal(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", "Choose another place.") from error
    finally:
        sqlite_files.remove(unfinished)
    return moved


def _moved(
    origin: Database,
    made: Database,
    name: str,
    work: Work,
    clock: Clock,
    progress: Progress,
    cancel: CancelToken,
    told: tuple[str, ...],
) -> Moved:
    def fill(target: Session) -> tuple[dict[str, int], tuple[Line, ...]]:
        return origin.read(lambda source: _filled(source, target, work))

    rows, lines = made.transact(fill, turn=False)
    progress(0, 0, "trying the guards")
    faults = Desk(made, proving.nobody(), clock).watch(checks.check, progress, cancel)
    lines = (*lines, Line("Faults that the checks find in the copy", "0", f"{len(faults)}"))
    moved = Moved(without_password(origin.url), name, len(rows), sum(rows.values()), lines, ())
    words = [f"{moved.rows:,} rows of {moved.tables} tables were copied to {name}."]
    words.append(_verdict(moved))
    words += [f"{fault.check}: {fault.message}" for fault in faults]
    return Moved(moved.source, name, moved.tables, moved.rows, lines, (*words, *told))


def _filled(source: Session, target: Session, work: Work) -> tuple[dict[str, int], tuple[Line, ...]]:
    _refuse_used(target)
    if not schema.revision(target):
        schema.migrate(target)
    connection = target.connection()
    engine = engines.of(connection.dialect.name)
    tables = copying.in_order()
    guards = engine.guards(connection)
    engine.begin(connection, tables)
    copying.clear(target)
    rows, lines = work(source, target)
    wrong = [line for line in lines if not line.equal]
    if wrong:
        raise UserError(
            f"The copy is not the same: {wrong[0].what} is {wrong[0].source} in the one and {wrong[0].target} in the other. "
            f"Nothing was kept ({len(wrong)} of {len(lines)} comparisons differ).",
            "Tell whoever supports Rentbook; the source is as it was.",
        )
    engine.end(connection, tables, guards)
    return rows, lines


def _verdict(moved: Moved) -> str:
    wrong = [line for line in moved.lines if not line.equal]
    if not wrong:
        return f"All {len(moved.lines)} comparisons agree."
    return f"{len(wrong)} of {len(moved.lines)} comparisons differ, the first: {wrong[0].what}."


def _opened(url: URL) -> Database:
    """The source, of this program's own schema: a copy changes nothing, so it upgrades nothing either."""
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        sqlite_files.refuse_bad_place(path)
        sqlite_files.refuse_foreign(path)
    database, revision = reach(url)
    try:
        state = schema.state(revision)
        if state != "current":
            words = "older than" if state == "behind" else "newer than"
            raise UserError(
                f"The database to copy is {words} this program; nothing was copied.",
                "Upgrade it first (rentbook db upgrade)." if state == "behind" else "Install the newer Rentbook first.",
            )
        read_one_state(database)
    except BaseException:
        database.close()
        raise
    return database


def read_one_state(database: Database) -> None:
    """Everything that is read is of one moment: a file's transaction sees it so, a server has to be told.

    Raises:
        UserError: the server doesn't allow it.
    """
    if database.is_sqlite:
        return
    state = database.read(server_state.look)
    if not state.one_state:
        raise UserError(
            "The server shows a long reading more than one state of the database, so nothing was copied.",
            f"Its administrator runs this once: {server_state.advice(state, database.url.database or '')[0]}",
        )
    database.read_snapshots()


def _refuse_used(target: Session) -> None:
    found = schema.revision(target)
    if not found:
        return
    if schema.state(found) != "current":
        raise UserError(
            "The database to copy to is of another version than this program.", "Name one without anything in it."
        )
    for name in _HOLDS:
        rows = target.scalar(select(func.count()).select_from(metadata.tables[name])) or 0
        if rows:
            raise UserError(
                f"The database to copy to holds something already ({rows:,} rows of {name}); nothing was copied.",
                "Name an empty one: a copy is never mixed into another database.",
            )
