"""SQLite files as files: where they may lie, whether they are ours, and whole copies of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import time
from pathlib import Path, PureWindowsPath
from typing import Final

from app.services.core import open_files
from app.services.core.clock import Clock
from app.services.core.errors import UserError

APPLICATION_ID: Final = 0x52454E54
"""Stands at byte 68 of every Rentbook file ('RENT')."""
_HEADER: Final = b"SQLite format 3\0"
_NETWORK: Final = frozenset(
    "nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs ncpfs afs ceph glusterfs lustre beegfs gpfs davfs"
    " fuse.sshfs fuse.davfs2 fuse.glusterfs fuse.rclone fuse.gvfsd-fuse fuse.s3fs".split()
)
_DRIVE_REMOTE: Final = 4
_COPY_PATIENCE: Final = 15.0
_PORTION: Final = 10_000
_LAST_WORDS: Final = 3.0
"""How many seconds a window that was closed just now may still need for what it says last."""


def refuse_bad_place(path: Path) -> None:
    """Refuse a path where a Rentbook file can't lie.

    Raises:
        UserError: a folder, or a place on a network share (SQLite's locks don't hold there, and the file breaks).
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder, not a file.", "Name a file in it, such as rentbook.db.")
    share = network_share(path)
    if share:
        raise UserError(
            f"{path} lies on a network share ({share}), where a SQLite file can be damaged when two people use it.",
            "Keep the file on this computer's own disk, or ask for a shared SQL Server.",
        )


def refuse_unfit(path: Path) -> None:
    """Refuse a path that can't be opened as a Rentbook file.

    Raises:
        UserError: missing, in a bad place, empty, not SQLite, not Rentbook's, or not to be written.
    """
    refuse_bad_place(path)
    refuse_foreign(path)
    for place in (path, path.parent):
        if not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise UserError(
                f"{place} may only be read, so Rentbook can't work in it.",
                "Ask for write permission on the file and its folder, or copy the file to your own folder.",
            )


def refuse_foreign(path: Path) -> None:
    """Refuse a file that isn't one of Rentbook's, such as a backup on a disk or a share that may only be read.

    Raises:
        UserError: missing, not to be read, empty, not SQLite, or not Rentbook's.
    """
    if not path.exists():
        raise UserError(f"There is no database at {path}.", "Check the name, or make one: rentbook db create.")
    may_read = os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids)
    if not may_read:
        raise UserError(f"{path} may not be read.", "Ask for read and write permission on the file and its folder.")
    if open_files.is_open(path):
        return  # It was looked at when it was opened; reading it now would let go of its locks.
    with path.open("rb") as file:
        header = file.read(100)
    if header[:16] != _HEADER:
        raise UserError(f"{path} is not a database.", "Choose the file that Rentbook made, or restore a backup.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError(f"{path} is a database of some other program, not Rentbook's.", "Choose another file.")


def network_share(path: Path) -> str:
    """What kind of network share a path lies on, or nothing if it is a local disk."""
    if is_network_path(path):
        return "a network path"
    if sys.platform == "win32":
        return _mapped_drive(path)
    with contextlib.suppress(OSError):
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
        return share_among_mounts(str(path.resolve()), mounts)
    return ""


def is_network_path(path: Path) -> bool:
    """Whether a path is written as one of a Windows share, which no computer keeps a file under locally."""
    return str(path).startswith("\\\\")


def share_among_mounts(path: str, mounts: str) -> str:
    """The network file system that holds an absolute path, from the text of /proc/mounts; nothing if it is local."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").rstrip("/")
        if (path == point or path.startswith(point + "/")) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind if kind in _NETWORK else ""


def _mapped_drive(path: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        drive = PureWindowsPath(path.absolute()).anchor
        if ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE:
            return f"the mapped drive {drive}"
    return ""


def copy_whole(source: Path, target: Path, called: Path | None = None) -> None:
    """Copy a database as one consistent whole while others may be using it, over whatever `target` holds.

    Args:
        source: the database to copy.
        target: the file to write.
        called: what an error calls the target, where that is not the name it will have in the end.

    Raises:
        UserError: another program keeps either of them locked, the disk is full, or the source is damaged.
    """
    started = time.monotonic()

    def patience(_status: int, remaining: int, total: int) -> None:
        if remaining and time.monotonic() - started > _COPY_PATIENCE and remaining == total:
            raise UserError(f"{source} is in use by another program.", "Close it, or wait a moment, and do it again.")

    try:
        with (
            contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as origin,
            contextlib.closing(sqlite3.connect(target, timeout=5)) as copy,
        ):
            origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
            copy.execute("BEGIN IMMEDIATE")
            copy.execute("ROLLBACK")
            origin.backup(copy, pages=_PORTION, progress=patience)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise _copy_failed(source, called or target, error) from error


def copy_to_new(source: Path, target: Path) -> None:
    """Copy to a new file, which is whole when it appears under its name, and readable by those who may read the other.

    Raises:
        UserError: as `copy_whole`, or the target can't lie there.
    """
    refuse_bad_place(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_whole(source, unfinished, called=target)
        leave_wal(unfinished)
        shutil.copymode(source, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise UserError(f"{target} can't be written: {error.strerror}.", "Choose another place.") from error
    finally:
        remove(unfinished)


def take_place(path: Path, fresh: Path, kept: Path | None) -> None:
    """Put a finished database that nobody has open in the place of another, if one is there, and keep that under another name.

    What is there is copied, and written over in one transaction of SQLite's, so that whoever cuts the power finds the one or the
    other. Where it is too damaged to be copied it is kept itself.

    Raises:
        UserError: what is there is open elsewhere, or there is no room for its copy.
    """
    leave_wal(fresh)
    if kept is not None and is_whole(path):
        refuse_in_use(path)
        copy_to_new(path, kept)
        copy_whole(fresh, path)
        return
    if kept is not None:
        for old, new in zip((path, *companions(path)), (kept, *companions(kept)), strict=True):
            if old.exists():
                old.rename(new)
    fresh.rename(path)


def beside(path: Path, what: str, clock: Clock) -> Path:
    """A free name beside a file for a copy of it, with what it is and the time in UTC."""
    stem = f"{path.stem}-{what}-{clock.now():%Y%m%d-%H%M%S}"
    tries = [path.with_name(f"{stem}{'' if n == 0 else f'-{n}'}{path.suffix}") for n in range(100)]
    return next(name for name in tries if not name.exists())


def is_whole(path: Path) -> bool:
    """Whether SQLite finds the file sound."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def refuse_in_use(path: Path) -> None:
    """Refuse a sound database that anybody else has open, whose window would go on with what isn't there any more.

    SQLite ends its write-ahead log only for whoever is alone with the file; the next who opens it begins another.

    Raises:
        UserError: another window, a scheduled job or another program has it open.
    """
    until = time.monotonic() + _LAST_WORDS
    with contextlib.closing(sqlite3.connect(path, timeout=1)) as database:
        while True:
            try:
                database.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.OperationalError as error:
                if time.monotonic() < until:
                    time.sleep(0.1)
                    continue
                raise UserError(
                    f"{path} is open in another window, or a scheduled job is at work in it; nothing was changed.",
                    "Close every other Rentbook on this computer, wait until no job runs, and do it again.",
                ) from error
            return


def remove(path: Path) -> None:
    """Remove a database file with its companions and the rollback journal of a copy that failed, if they are there."""
    for name in (path, *companions(path), path.with_name(path.name + "-journal")):
        name.unlink(missing_ok=True)


def companions(path: Path) -> tuple[Path, Path]:
    """The write-ahead log and shared-memory file that SQLite keeps beside a file in use."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def leave_wal(path: Path) -> None:
    """Make a file that nobody has open stand alone, so that reading it leaves no companions; opening it undoes this."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = DELETE")


def _copy_failed(source: Path, target: Path, error: sqlite3.Error) -> UserError:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return UserError("The database is locked by another program.", "Close it, or wait a moment, and do it again.")
    if "full" in text or "disk i/o" in text:
        return UserError(f"The disk is full: {target} could not be written.", "Make room, or choose another disk.")
    if "malformed" in text or "not a database" in text:
        return UserError(f"{source} is damaged.", "Use a backup made before it was damaged: rentbook db restore FILE.")
    return UserError(f"{source} could not be copied to {target}: {error}.", "Check both places and do it again.")
