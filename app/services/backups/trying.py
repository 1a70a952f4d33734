"""A backup is tried by restoring it to a scratch file and running every check there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from app.models.values.backups import BackupState
from app.services.backups import facts as facts_of
from app.services.backups import files
from app.services.backups.dto import Facts, Tried
from app.services.core import database as databases
from app.services.core import schema, sqlite_files
from app.services.core.clock import Clock
from app.services.core.context import CurrentOfficer
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Database, Desk
from app.services.ledger import checks

_MOST_WORDS: Final = 390
_LEFT: Final = ("scratch", "restoring", "unfinished")
"""How the files end that hold a whole database, and that only a process that was killed leaves behind."""
_NOBODY: Final = CurrentOfficer(0, "", "", frozenset(), frozenset())
"""Runs the checks of a scratch file: they ask for no permission and write nothing that stays."""


@contextlib.contextmanager
def scratch_beside(database: Path) -> Iterator[Path]:
    """A scratch file in the database's own folder, which is a local disk that nobody else reads; gone afterwards.

    What a try or a restore that was killed left there goes too.
    """
    for ending in _LEFT:
        for left in files.left_behind(database.parent, f".*{database.stem}*.{ending}"):
            with contextlib.suppress(OSError):
                sqlite_files.remove(left)
    scratch = database.with_name(f".{database.name}.{os.getpid()}.scratch")
    try:
        yield scratch
    finally:
        sqlite_files.remove(scratch)


def try_restoring(
    file: Path, expected: Collection[str], scratch: Path, clock: Clock, progress: Progress, cancel: CancelToken
) -> tuple[Tried, Facts | None]:
    """Restore a backup to a scratch file, and run every check there.

    Args:
        file: the backup.
        expected: the SHA-256 that it should have, or several of which it should have one; none where nobody knows.
        scratch: the file to restore to.
        clock: for the checks.
        progress: told how far the checks are.
        cancel: stops it.

    Returns:
        What came of it, and what stands in it; no facts where it is damaged.
    """
    if not file.exists():
        return Tried(BackupState.MISSING, f"There is no file at {file}."), None
    read = files.bring_back(file, scratch, cancel)
    if expected and read not in expected:
        words = "Its bytes are not those that were written: it was changed, or its disk spoils it."
        return Tried(BackupState.CHANGED, words), None
    if not sqlite_files.is_whole(scratch):
        return Tried(BackupState.CHANGED, "The file is damaged: the database engine can't read it."), None
    return look_through(scratch, clock, progress, cancel)


def look_through(scratch: Path, clock: Clock, progress: Progress, cancel: CancelToken) -> tuple[Tried, Facts | None]:
    """Bring a scratch file to this program's schema, and run every check in it."""
    database = Database(databases.database_url(scratch))
    try:
        found = database.read(facts_of.read)
        state = schema.state(found.revision)
        if state == "ahead":
            return Tried(BackupState.CHANGED, "It was made by a newer Rentbook than this one."), found
        if state == "behind":
            database.transact(schema.migrate)
        faults = Desk(database, _NOBODY, clock).watch(checks.check, progress, cancel)
        told = tuple(f"{fault.check}: {fault.message}" for fault in faults)
    except UserError as error:
        return Tried(BackupState.CHANGED, error.message[:_MOST_WORDS]), None
    finally:
        database.close()
    if told:
        more = f" And {len(told) - 1} more." if len(told) > 1 else ""
        words = f"It was restored, and the checks found: {told[0]}"[: _MOST_WORDS - len(more)] + more
        return Tried(BackupState.FAULTS, words, told), found
    return Tried(BackupState.GOOD, "It was restored, and every check found it whole."), found
