"""A backup is put in the place of a local database: proven first, with a copy of what was there, whole or not at all."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

from app.services.backups import files, noting, proving, trying
from app.services.backups.dto import By, Noted, PutBack
from app.services.backups.rehearsing import noted_of, opened, refuse_itself
from app.services.core import database as databases
from app.services.core import schema, sqlite_files
from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Database

_BEFORE: Final = "before-restore"
"""What the copy is called that is kept of what a restore replaces."""
_BESIDE: Final = "the restored database, with a copy of what is there,"
_ANOTHER: Final = "Use another backup. What this one would bring back: rentbook db restore --rehearse FILE."


def restore(
    place: Path,
    file: Path,
    clock: Clock,
    by: By,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    even_if_changed: bool = False,
) -> PutBack:
    """Put a backup in the place of a local database.

    It may lie on a network share or on a disk that can only be read: it is brought to a scratch file, brought up to this
    program there, and told who put it back and why (`by`). Until the last step, which is one transaction of SQLite's, it can
    be stopped. `even_if_changed`: also one whose bytes are not those that were written, or whose seal is not the key's.

    Raises:
        UserError: it isn't Rentbook's, was changed since it was made, is damaged or of a newer program, or the database is
            in use.
        Cancelled: it was stopped; nothing was changed.
    """
    cancel = cancel or CancelToken()
    refuse_itself(place, file)
    sqlite_files.refuse_foreign(file)
    sqlite_files.refuse_bad_place(place)
    _make_folder(place.absolute().parent)
    noted, carried = _found(place)
    with trying.scratch_beside(place.absolute()) as scratch:
        progress(0, 0, "bringing the backup back")
        files.refuse_no_room(scratch.parent, _needed(place, file), _BESIDE)
        sha256 = _brought_back(file, scratch, noted, cancel)
        doubt = "" if even_if_changed else _refuse_changed(file, sha256, scratch, noted)
        _refuse_unsound(scratch, file)
        kept = sqlite_files.beside(place, _BEFORE, clock) if place.exists() else None
        count = noting.note(scratch, noting.Note(by, file, sha256, kept), carried, clock)
        cancel.check()
        progress(0, 0, "putting it in place; this can't be stopped")
        sqlite_files.take_place(place, scratch, kept)
        return PutBack(kept, doubt, count)


def put_back(
    place: Path, file: Path, clock: Clock, username: str, reason: str, progress: Progress, cancel: CancelToken
) -> str:
    """The same for a window: what came of it, in words.

    Raises:
        UserError, Cancelled: as `restore`.
    """
    done = restore(place, file, clock, By(username, reason), progress, cancel)
    return " ".join((f"{file.name} was put back.", *told(done)))


def told(done: PutBack) -> tuple[str, ...]:
    """What came of it, in sentences."""
    kept = (f"What was there is kept at {done.kept}.",) if done.kept else ()
    waits = f"{done.to_look_up} message{'' if done.to_look_up == 1 else 's'} that waited in it to be sent"
    looked_up = (f"{waits}: whether they went since is looked up first.",) if done.to_look_up else ()
    return (*kept, *looked_up, *((done.doubt,) if done.doubt else ()))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The folder {folder} can't be made: {error.strerror}.", "Choose another place.") from error


def _found(place: Path) -> tuple[tuple[Noted, ...], noting.Later | None]:
    """What the database as it is knows of its backups; nothing of one that can't be read."""
    with contextlib.suppress(UserError), opened(place) as current:
        if current is not None:
            return current.read(noted_of), current.read(noting.later)
    return (), None


def _needed(place: Path, file: Path) -> int:
    """The room that a restore takes beside the database: the scratch file, and what is kept."""
    return file.stat().st_size + (place.stat().st_size if place.exists() else 0)


def _brought_back(file: Path, scratch: Path, noted: tuple[Noted, ...], cancel: CancelToken) -> str:
    """Copy a file to the scratch file; the SHA-256 of what was read.

    A backup stands alone: a write-ahead log beside one was put there by somebody else, and isn't read. Any other file that
    has one is a database as it was found, and its log belongs to it.
    """
    told = files.told_beside(file)
    is_backup = bool(proving.known(noted, file, told) or proving.claimed(told))
    if is_backup or not any(each.exists() for each in sqlite_files.companions(file)):
        return files.bring_back(file, scratch, cancel)
    sqlite_files.copy_whole(file, scratch)
    sqlite_files.leave_wal(scratch)
    return files.digest_of(scratch)


def _refuse_changed(file: Path, read: str, scratch: Path, noted: tuple[Noted, ...]) -> str:
    """Refuse a backup that was changed; that nothing proves it unchanged, where nothing does.

    Raises:
        UserError: its bytes are not those that were written, or its seal is not the key's.
    """
    told = files.told_beside(file)
    known = proving.known(noted, file, told)
    expected = known or proving.claimed(told)
    if expected and read not in expected:
        raise UserError(f"{file} was changed since it was made, or its disk spoils it; nothing was restored.", _ANOTHER)
    seal = proving.seal_of(scratch, told)
    if seal is proving.Seal.ALTERED:
        raise UserError(f"{file} was changed since it was made; nothing was restored. {proving.ALTERED}", _ANOTHER)
    proven = known or any(each.sha256 == read for each in noted)
    return "" if proven else proving.doubt(seal)


def _refuse_unsound(scratch: Path, file: Path) -> None:
    if not sqlite_files.is_whole(scratch):
        raise UserError(f"{file} is damaged.", "Use another backup.")
    database = Database(databases.database_url(scratch))
    try:
        revision = database.read(schema.revision)
        if not revision:
            raise UserError(f"There is nothing in {file} yet.", "Use another backup.")
        if schema.state(revision) == "ahead":
            raise UserError(f"{file} was made by a newer Rentbook.", "Install the newer Rentbook first.")
    finally:
        database.close()
