"""What putting a backup back would do, found out on a scratch file; nothing is touched."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from app.models.backups import DatabaseBackup, DatabaseRestore
from app.models.values.backups import BackupState
from app.services.backups import facts as facts_of
from app.services.backups import files, proving, queries, trying
from app.services.backups.dto import Difference, Facts, Noted, Rehearsal, Tried
from app.services.core import database as databases
from app.services.core import schema, sqlite_files
from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Database, Desk

_NAMED: Final = {
    "officer": "Officers",
    "person": "People",
    "property": "Homes and garages",
    "tenancy": "Tenancies",
    "account": "Accounts",
    "journal": "Journals",
    "entry": "Lines of journals",
    "receipt": "Receipts",
    "adjustment": "Adjustments",
    "mandate": "Direct Debit mandates",
    "debit_run": "Direct Debit runs",
    "purchase_order": "Purchase orders",
    "supplier_invoice": "Invoices of suppliers",
    "supplier_run": "Payment runs to suppliers",
    "post_item": "Items of post",
    "outgoing": "Letters and messages",
    "task": "Tasks",
    "note": "Notes",
    "document": "Documents",
    "approval_request": "Requests for approval",
    "audit_entry": "Lines of the audit",
}
"""The tables that officers know by name, in the order in which they are told."""
_OTHER: Final = "Everything else"
_NOT_COUNTED: Final = frozenset(
    {"search_word", "account_search", "presence", DatabaseBackup.__tablename__, DatabaseRestore.__tablename__}
)


@dataclass(frozen=True, slots=True)
class _Now:
    """The database as it is: its facts, what it knows of the backup, and the question that only its journals answer."""

    facts: Facts | None
    noted: tuple[Noted, ...] = ()
    same: bool | None = None
    lost_from: datetime | None = None


def rehearse(
    file: Path,
    place: Path,
    clock: Clock,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Rehearsal:
    """Restore a backup to a scratch file, check it there, and compare it with the database that it would replace.

    The database (`place`) is only read; it may be damaged or not there.

    Raises:
        UserError: the backup isn't there or isn't Rentbook's, or there is no room for the scratch file.
        Cancelled: the officer stopped it.
    """
    refuse_itself(place, file)
    sqlite_files.refuse_foreign(file)
    cancel = cancel or CancelToken()
    told = files.told_beside(file)
    with contextlib.ExitStack() as closing:
        current = closing.enter_context(opened(place))
        now = current.read(_now) if current else _Now(None)
        scratch = closing.enter_context(trying.scratch_beside(place.absolute()))
        files.refuse_no_room(scratch.parent, file.stat().st_size, "a scratch file")
        progress(0, 0, "restoring it to a scratch file")
        known = proving.known(now.noted, file, told)
        tried, facts = trying.try_restoring(file, known or proving.claimed(told), scratch, clock, progress, cancel)
        facts = facts or Facts("", 0, "0" * 64)
        tried, proof = proving.proven(
            scratch, file, told, tried, proving.of_journal(now.noted, facts.last_journal), known=bool(known)
        )
        if current is not None and now.facts is not None:
            last = now.facts.last_journal
            digest = _of_scratch(scratch, tried, lambda session: facts_of.digest_of(session, last)) if last else ""
            now = current.read(lambda session: _compared(session, now, facts, digest))
        key = _of_scratch(scratch, tried, facts_of.key_words)
    return _rehearsal(file, told, tried, facts, now, key, proof)


def of_listed(
    desk: Desk, backup_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Rehearsal:
    """The same of a backup of the list.

    Raises:
        UserError: as `rehearse`, or the officer may not make backups.
    """
    desk.ask(queries.may_make)
    row = desk.ask(queries.one, backup_id)
    return rehearse(row.path, desk.ask(queries.file_of), desk.clock, progress, cancel)


def of_file(desk: Desk, file: Path, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Rehearsal:
    """The same of any file, such as one from another disk.

    Raises:
        UserError: as `rehearse`, or the officer may not make backups.
    """
    desk.ask(queries.may_make)
    return rehearse(file, desk.ask(queries.file_of), desk.clock, progress, cancel)


def refuse_itself(place: Path, file: Path) -> None:
    """Refuse the database itself, before anything reads it as a file: whoever closes it lets go of the locks of its window.

    Raises:
        UserError: it is.
    """
    with contextlib.suppress(OSError):
        if any(each.exists() and each.samefile(file) for each in (place, *sqlite_files.companions(place))):
            raise UserError("That is the database itself, not a backup of it.", "Name the backup file.")


@contextlib.contextmanager
def opened(place: Path) -> Iterator[Database | None]:
    """The database as it is, opened to be read; none where it isn't there or can't be read."""
    if not place.exists() or not sqlite_files.is_whole(place):
        yield None
        return
    database = Database(databases.database_url(place))
    try:
        yield database
    finally:
        database.close()


def _now(session: Any) -> _Now:
    facts = facts_of.read(session)
    return _Now(facts, noted_of(session))


def noted_of(session: Any) -> tuple[Noted, ...]:
    """The database's own list of its backups; nothing of one of another version."""
    return queries.noted(session) if schema.revision(session) == schema.newest() else ()


def _compared(session: Any, now: _Now, facts: Facts, digest: str) -> _Now:
    """Whether the backup is of this database's own past, or goes on from it, and from when on journals would be lost.

    Args:
        session: of the database as it is.
        now: what stands in it.
        facts: of the backup.
        digest: of the backup's journal that bears the number of the database's last; nothing where it has none.
    """
    assert now.facts is not None
    same = False if facts.keys and now.facts.keys and not {*facts.keys} & {*now.facts.keys} else None
    if same is None and facts.last_journal and now.facts.last_journal:
        same = facts_of.digest_of(session, facts.last_journal) == facts.last_digest or digest == now.facts.last_digest
    lost = facts_of.recorded_after(session, facts.last_journal)
    return _Now(now.facts, now.noted, same, lost)


def _of_scratch(scratch: Path, tried: Tried, asked: Callable[[Session], str]) -> str:
    """Ask the scratch file, if there is anything in it to be asked."""
    if tried.state not in {BackupState.GOOD, BackupState.FAULTS}:
        return ""
    database = Database(databases.database_url(scratch))
    try:
        return database.read(asked)
    finally:
        database.close()


def _rehearsal(
    file: Path, told: dict[str, Any], tried: Tried, facts: Facts, now: _Now, key: str, proof: proving.Proof
) -> Rehearsal:
    behind = bool(facts.revision) and schema.state(facts.revision) == "behind"
    differences = _differences(now.facts.counts, facts.counts) if now.facts and facts.counts else ()
    number = now.facts.last_journal if now.facts else 0
    made_at = told["made_at"] if proving.made_at(told) else ""
    lines = [tried.words]
    if proof.doubt:
        lines.append(f"{proof.doubt} {proving.UNLIKE}" if proof.unlike else proof.doubt)
    if now.facts is None:
        lines.append("There is no database to compare it with, or it can't be read.")
    elif facts.counts:
        lines += _told_of_journals(facts, now)
    if behind:
        lines.append("It is of an older version, and is upgraded when it is opened.")
    if key:
        lines.append(key)
    return Rehearsal(
        file,
        made_at,
        tried,
        now.same,
        facts,
        number,
        now.lost_from,
        differences,
        key,
        behind,
        tuple(lines),
        proof.doubt,
        proof.unlike,
    )


def _told_of_journals(facts: Facts, now: _Now) -> list[str]:
    assert now.facts is not None
    if now.same is False and facts.keys and not {*facts.keys} & {*now.facts.keys}:
        return ["It is not of this database: it was made with other keys, as that of another office is."]
    if now.same is False:
        other = f"It is not of this database's own past: journal {facts.last_journal} stands otherwise here."
        return [other, "It belongs to another database, or this one was put back to an older state since."]
    lost = now.facts.last_journal - facts.last_journal
    if lost < 0:
        return [
            f"It goes on from here: journal {facts.last_journal} is its last, {now.facts.last_journal} the last of now."
        ]
    if lost == 0:
        return [f"Every journal of now is in it: the last is {facts.last_journal}."]
    since = f", the first recorded on {now.lost_from.astimezone():%d %b %Y at %H:%M}" if now.lost_from else ""
    return [
        f"It ends with journal {facts.last_journal}. {lost} later journal{'' if lost == 1 else 's'} would be lost{since}."
    ]


def _differences(now: dict[str, int], then: dict[str, int]) -> tuple[Difference, ...]:
    rows = [Difference(what, now.get(name, 0), then.get(name, 0)) for name, what in _NAMED.items()]
    rest = [name for name in {*now, *then} if name not in _NAMED and name not in _NOT_COUNTED]
    rows.append(Difference(_OTHER, sum(now.get(each, 0) for each in rest), sum(then.get(each, 0) for each in rest)))
    return tuple(each for each in rows if each.now != each.then)
