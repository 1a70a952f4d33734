"""What a backup is told of its being put back, in the scratch file that takes the database's place.

It stands in it from the first moment: whoever cuts the power finds what was there, or what was put back with this in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry
from app.models.backups import DatabaseBackup, DatabaseRestore
from app.models.db import Base
from app.models.officers import Officer
from app.services.backups import afterwards
from app.services.backups import facts as facts_of
from app.services.backups.dto import By
from app.services.core import audit, schema
from app.services.core import database as databases
from app.services.core.clock import Clock
from app.services.core.context import Context, CurrentOfficer
from app.services.core.officers import SYSTEM
from app.services.core.policy import Policy
from app.services.core.session import Database

Rows = tuple[dict[str, Any], ...]
_NO_REASON: Final = "Not said"


@dataclass(frozen=True, slots=True)
class Later:
    """What the database as it is holds, and the backup can't: later backups, and backups that were put back."""

    journal: int
    backups: Rows
    restores: Rows


@dataclass(frozen=True, slots=True)
class Note:
    """What is written down: who did it, which file it was, and what is kept."""

    by: By
    file: Path
    sha256: str
    kept: Path | None


def later(session: Session) -> Later | None:
    """What is carried over; nothing of a database of another version."""
    if schema.revision(session) != schema.newest():
        return None
    number, _digest = facts_of.last_journal(session)
    return Later(number, _rows(session, DatabaseBackup), _rows(session, DatabaseRestore))


def note(scratch: Path, wanted: Note, carried: Later | None, clock: Clock) -> int:
    """Bring a scratch file up to this program, and write into it that it is put back; how many messages are looked up.

    Raises:
        UserError: it can't be written to.
    """
    database = Database(databases.database_url(scratch))
    try:
        if schema.state(database.read(schema.revision)) == "behind":
            database.transact(schema.migrate)
        return database.transact(lambda session: _note(session, wanted, carried, clock))
    finally:
        database.close()


def _note(session: Session, wanted: Note, carried: Later | None, clock: Clock) -> int:
    officer = _officer(session, wanted.by.username)
    as_of = session.scalar(select(func.max(AuditEntry.at))) or clock.now()
    audit.watch(session, officer.id, clock)
    if carried is not None:
        _carry(session, DatabaseBackup, carried.backups, "made_by", officer.id)
        _carry(session, DatabaseRestore, carried.restores, "restored_by", officer.id)
    number, _digest = facts_of.last_journal(session)
    count = afterwards.follow(Context(session, officer, clock, Policy(session)), as_of)
    session.add(
        DatabaseRestore(
            restored_at=clock.now(),
            restored_by=officer.id,
            username=wanted.by.username[:120],
            reason=wanted.by.reason[:400] or _NO_REASON,
            file_name=wanted.file.name[:200],
            sha256=wanted.sha256,
            last_journal=number,
            journal_before=carried.journal if carried is not None else None,
            kept_as=str(wanted.kept or "")[:400],
            to_look_up=count,
        )
    )
    session.flush()
    return count


def _officer(session: Session, username: str) -> CurrentOfficer:
    """Who did it, as what is put back knows them; the officer of jobs where it doesn't."""
    rows = session.execute(select(Officer.id, Officer.username, Officer.name)).all()
    found = next((row for row in rows if row.username.casefold() == username.casefold()), None)
    found = found or next(row for row in rows if row.username == SYSTEM)
    return CurrentOfficer(found.id, found.username, found.name, frozenset(), frozenset())


def _carry(session: Session, kind: type[Base], rows: Rows, by: str, otherwise: int) -> None:
    """Add the rows that aren't there, known by file and moment; whose officer isn't there any more is the one who acts."""
    there = {_known(row) for row in _rows(session, kind)}
    officers = set(session.scalars(select(Officer.id)))
    for row in rows:
        if _known(row) not in there:
            session.add(kind(**{**row, by: row[by] if row[by] in officers else otherwise}))
    session.flush()


def _known(row: dict[str, Any]) -> tuple[Any, Any]:
    return row["file_name"], row.get("made_at") or row.get("restored_at")


def _rows(session: Session, kind: type[Base]) -> Rows:
    """The rows of a table by their columns, without their numbers."""
    names = [column.key for column in kind.__table__.columns if column.key != "id"]
    return tuple({name: getattr(row, name) for name in names} for row in session.scalars(select(kind)))
