"""What putting a backup back would do, found out on a scratch file before anything is touched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.models.backups import DatabaseBackup
from app.models.values.backups import BackupState
from app.services.backups import facts as facts_of
from app.services.backups import files, proving, queries, trying
from app.services.backups.dto import Difference, Facts, Noted, PutBack, Rehearsal, Tried
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
    "purchase_order": "Purchase orders",
    "supplier_invoice": "Invoices of suppliers",
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
_ANOTHER: Final = "Use another backup. What this one would bring back: rentbook db restore --rehearse FILE."
_NOT_COUNTED: Final = frozenset({"search_word", "account_search", "presence", DatabaseBackup.__tablename__})


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

    Args:
        file: the backup.
        place: the database, which is only read; it may be damaged or not there.
        clock: for the checks.
        progress: told how far it is.
        cancel: stops it.

    Raises:
        UserError: the backup isn't there or isn't Rentbook's, or there is no room for the scratch file.
        Cancelled: the officer stopped it.
    """
    sqlite_files.refuse_foreign(file)
    cancel = cancel or CancelToken()
    told = files.told_beside(file)
    with contextlib.ExitStack() as closing:
        current = closing.enter_context(_opened(place))
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
            now = current.read(lambda session: _compared(session, now, facts))
        key = _key_words(scratch, tried)
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


@contextlib.contextmanager
def _opened(place: Path) -> Iterator[Database | None]:
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
    return _Now(facts, queries.noted(session) if facts.revision == schema.newest() else ())


def _compared(session: Any, now: _Now, facts: Facts) -> _Now:
    """Whether the backup is of this database's own past, and from when on journals would be lost."""
    assert now.facts is not None
    same = None
    if facts.last_journal:
        same = facts_of.digest_of(session, facts.last_journal) == facts.last_digest
    lost = facts_of.recorded_after(session, facts.last_journal)
    return _Now(now.facts, now.noted, same, lost)


def _key_words(scratch: Path, tried: Tried) -> str:
    if tried.state not in {BackupState.GOOD, BackupState.FAULTS}:
        return ""
    database = Database(databases.database_url(scratch))
    try:
        return database.read(facts_of.key_words)
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
    if now.same is False:
        other = f"It is not of this database's own past: journal {facts.last_journal} stands otherwise here."
        return [other, "It belongs to another database, or this one was put back to an older state since."]
    lost = now.facts.last_journal - facts.last_journal
    if lost <= 0:
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


def restore(place: Path, file: Path, clock: Clock, *, even_if_changed: bool = False) -> PutBack:
    """Put a backup in the place of a local database.

    It may lie on a network share or on a disk that can only be read: it is brought to a scratch file first.

    Args:
        place: the database.
        file: the backup.
        clock: for the name of what is kept.
        even_if_changed: also a backup whose bytes are not those that were written, or whose seal is not the key's.

    Raises:
        UserError: it isn't Rentbook's, was changed since it was made, is damaged or of a newer program, or the database is
            in use.
    """
    sqlite_files.refuse_foreign(file)
    sqlite_files.refuse_bad_place(place)
    if place.exists() and place.samefile(file):
        raise UserError("That is the database itself, not a backup of it.", "Name the backup file.")
    noted: tuple[Noted, ...] = ()
    with contextlib.suppress(UserError), _opened(place) as current:
        noted = current.read(_now).noted if current else ()
    with trying.scratch_beside(place.absolute()) as scratch:
        files.refuse_no_room(scratch.parent, file.stat().st_size, "the restored database")
        sqlite_files.copy_whole(file, scratch) if _in_use(file) else files.bring_back(file, scratch, CancelToken())
        doubt = "" if even_if_changed else _refuse_changed(file, scratch, noted)
        try:
            return PutBack(databases.restore(place, scratch, clock), doubt)
        except UserError as error:
            raise UserError(error.message.replace(str(scratch), str(file)), error.hint) from error


def _refuse_changed(file: Path, scratch: Path, noted: tuple[Noted, ...]) -> str:
    """Refuse a backup that was changed; that nothing proves it unchanged, where nothing does.

    Raises:
        UserError: its bytes are not those that were written, or its seal is not the key's.
    """
    told = files.told_beside(file)
    known = proving.known(noted, file, told)
    expected = known or proving.claimed(told)
    read = files.digest_of(file)
    if expected and read not in expected:
        raise UserError(f"{file} was changed since it was made, or its disk spoils it; nothing was restored.", _ANOTHER)
    seal = proving.seal_of(scratch, told)
    if seal is proving.Seal.ALTERED:
        raise UserError(f"{file} was changed since it was made; nothing was restored. {proving.ALTERED}", _ANOTHER)
    proven = known or any(each.sha256 == read for each in noted)
    return "" if proven else proving.doubt(seal)


def _in_use(file: Path) -> bool:
    """Whether a file has companions, whose pages belong to it."""
    return any(each.exists() for each in sqlite_files.companions(file))
