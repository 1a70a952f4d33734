"""Making a backup and trying it: several transactions, so that nothing waits for the copying.

A backup is a copy of the database as it stood at one moment. It is written into its folder, read back from there into a
scratch file, and every check of the ledger and of the areas is run in that. Its digest is kept in the database and in the
file beside it, which bears a seal that needs the database's key.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import app
from app.models.values.backups import BackupState
from app.services.backups import commands, files, proving, queries, rules, trying
from app.services.backups import facts as facts_of
from app.services.backups.dto import AREAS, Facts, Keep, Made, NewBackup, Tried
from app.services.core import sqlite_files
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk

_NOTHING: Final = Facts("", 0, "0" * 64)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the database is, where the backup goes, how many stay."""

    database: Path
    folder: Path
    keep: Keep


def make(
    desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None, file: Path | None = None
) -> Made:
    """Make a backup, try it, and clear away those that are no longer needed. On a shared server say what it says of its own.

    Args:
        desk: of an officer who may make backups, or of the scheduled jobs.
        progress: told how far it is.
        cancel: stops it; nothing half done is left.
        file: where to put it; else a name of its own in the office's folder.

    Raises:
        UserError: it could not be made, which is noted, or the shared server's own backups are too old.
        Cancelled: the officer stopped it.
    """
    cancel = cancel or CancelToken()
    if not desk.database.is_sqlite:
        return _of_server(desk)
    plan = desk.ask(_plan)
    now = desk.clock.now()
    regular = file is None
    target = (file or plan.folder / _name(plan.database, now)).absolute()
    started = time.monotonic()
    try:
        size, sha256, facts, tried = _made(desk, plan.database, target, now, progress, cancel)
    except UserError as error:
        _note_failed(desk, target, error, regular=regular, seconds=_since(started))
        raise
    new = NewBackup(now, target, regular, size, sha256, facts, tried, _since(started))
    desk.do(commands.note, new)
    removed, left = _clear_away(desk, plan)
    return Made(
        target, new.tried.state is BackupState.GOOD, _told(desk, new, plan, removed, left), removed, Changes(AREAS)
    )


def check(desk: Desk, backup_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Tried:
    """Try a backup again: that its bytes are those that were written, and that it can be restored and is whole.

    Raises:
        UserError: there is no such backup, or no room to restore it.
        Cancelled: the officer stopped it.
    """
    desk.ask(queries.may_make)
    row = desk.ask(queries.one, backup_id)
    database = desk.ask(_plan).database
    with trying.scratch_beside(database) as scratch:
        tried, _facts = trying.try_restoring(
            row.path, {row.sha256}, scratch, desk.clock, progress, cancel or CancelToken()
        )
    if tried.state is BackupState.GOOD and files.told_beside(row.path).get("sha256") != row.sha256:
        words = "It is whole, but the file beside it is gone or says something else of it."
        tried = Tried(BackupState.CHANGED, words)
    desk.do(commands.note_try, backup_id, tried)
    return tried


def _plan(ctx: Context) -> _Plan:
    queries.may_make(ctx)
    folder, _chosen = queries.folder_of(ctx)
    return _Plan(queries.file_of(ctx), Path(folder), queries.keep(ctx))


def _name(database: Path, now: datetime) -> str:
    return f"{database.stem}-{now:%Y%m%d-%H%M%S}Z{database.suffix or '.db'}"


def _made(
    desk: Desk, database: Path, target: Path, now: datetime, progress: Progress, cancel: CancelToken
) -> tuple[int, str, Facts, Tried]:
    """Copy, write out, read back and check; size, digest, facts and what came of trying it."""
    needed = database.stat().st_size
    with trying.scratch_beside(database) as scratch:
        files.refuse_no_room(database.parent, needed, "a scratch file")
        progress(0, 0, "copying the database")
        sqlite_files.copy_whole(database, scratch)
        sqlite_files.leave_wal(scratch)
        cancel.check()
        progress(0, 0, "writing the backup")
        sha256 = files.write_out(scratch, target, cancel)
        sqlite_files.remove(scratch)
        try:
            progress(0, 0, "restoring it to a scratch file")
            tried, facts = trying.try_restoring(target, {sha256}, scratch, desk.clock, progress, cancel)
            cancel.check()
            size = target.stat().st_size
            files.write_beside(target, _sealed(desk, _beside(target, now, size, sha256, facts or _NOTHING, tried)))
        except BaseException:
            with contextlib.suppress(UserError):
                files.remove(target)
            raise
    return size, sha256, facts or _NOTHING, tried


def _beside(target: Path, now: datetime, size: int, sha256: str, facts: Facts, tried: Tried) -> dict[str, Any]:
    return {
        "rentbook_backup": 1,
        "file": target.name,
        "sha256": sha256,
        "size_bytes": size,
        "made_at": now.isoformat(),
        "program": app.__version__,
        "revision": facts.revision,
        "last_journal": facts.last_journal,
        "last_digest": facts.last_digest,
        "state": tried.state.value,
        "checks": tried.words,
        "keys": list(facts.keys),
        "key_included": False,
    }


def _sealed(desk: Desk, told: dict[str, Any]) -> dict[str, Any]:
    """The same with the seal of whoever has the database's key."""
    text = proving.as_sealed(told)
    names = tuple(told["keys"])
    return told | {"seal": desk.database.read(lambda session: facts_of.seal(session, names, text))}


def _note_failed(desk: Desk, target: Path, error: UserError, *, regular: bool, seconds: int) -> None:
    """Keep that it failed, where the database itself can still be written to."""
    tried = Tried(BackupState.FAILED, error.message)
    with contextlib.suppress(UserError):
        desk.do(commands.note, NewBackup(desk.clock.now(), target, regular, 0, "", _NOTHING, tried, seconds))


def _clear_away(desk: Desk, plan: _Plan) -> tuple[tuple[str, ...], str]:
    """Clear away what is no longer needed; the names, and what stood in the way of the rest.

    A file that a later backup took the place of stays: only the line about the earlier one is closed. So does what isn't a
    database of Rentbook's, whatever the list calls it: a list that came with a file may name anything.
    """
    listed = [row for row in desk.ask(queries.listed) if row.there]
    rows = {row.backup_id: row for row in listed if row.regular}
    there = (rules.Standing(row.made_at.date(), row.backup_id, row.state is BackupState.GOOD) for row in rows.values())
    needless = rules.to_remove(there, plan.keep, desk.clock.now().date())
    kept = {os.path.normcase(row.path) for row in listed if row.backup_id not in needless}
    gone: set[int] = set()
    names: list[str] = []
    fault = ""
    for backup_id in sorted(needless):
        row = rows[backup_id]
        try:
            if os.path.normcase(row.path) not in kept and files.is_copy(row.path, plan.database):
                files.remove(row.path)
                names.append(row.file_name)
            gone.add(backup_id)
        except UserError as error:
            fault = str(error)
    if gone:
        desk.do(commands.note_removed, frozenset(gone))
    return tuple(names), fault


def _told(desk: Desk, new: NewBackup, plan: _Plan, removed: tuple[str, ...], left: str) -> str:
    parts = [f"Copied to {new.file} ({rules.size(new.size_bytes)}).", new.tried.words]
    if removed:
        parts.append(f"{len(removed)} older one{'' if len(removed) == 1 else 's'} cleared away.")
    if left:
        parts.append(f"An older one could not be cleared away: {left}")
    parts.append(files.disk_warning(new.file.parent, plan.database))
    if not files.told_beside(new.file).get("seal"):
        parts.append(proving.NO_SEAL)
    parts.append(desk.database.read(facts_of.key_words))
    return " ".join(part for part in parts if part)


def _of_server(desk: Desk) -> Made:
    stands = desk.ask(queries.standing)
    if stands.warning:
        raise UserError(stands.warning, "Its administrator makes one, and looks why none was made.")
    return Made(None, stands.last is not None, stands.told, (), Changes(frozenset()))


def _since(started: float) -> int:
    return int(time.monotonic() - started)
