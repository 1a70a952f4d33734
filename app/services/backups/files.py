"""Backups as files: written whole or not at all, read back, and known by what stands in the file beside them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.services.backups.rules import size
from app.services.core import open_files, sqlite_files
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken

SUFFIX: Final = ".json"
_PORTION: Final = 4 * 1024 * 1024
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_GONE: Final = frozenset(
    {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH}
    | {errno.ENETDOWN, errno.ENETUNREACH, errno.ETIMEDOUT, errno.ENOTCONN, errno.ECONNRESET}
)
_GONE_ON_WINDOWS: Final = frozenset({21, 53, 55, 59, 64, 67, 121, 1219, 1231, 1326})
_ROOM: Final = 1.1
_MOST_BESIDE: Final = 1_000_000
"""Bytes of what lies beside a backup that are read; what we write is a thousandth of it."""


def beside(file: Path) -> Path:
    """The file that lies beside a backup and tells what it is."""
    return file.with_name(file.name + SUFFIX)


def refuse_no_room(folder: Path, needed: int, what: str) -> None:
    """Refuse to begin where there is too little room.

    Raises:
        UserError: the disk has less room than is needed, or the folder isn't there.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise place_fault(error, folder) from error
    if free < needed * _ROOM:
        raise UserError(
            f"There are {size(free)} free on the disk of {folder}, and {what} needs {size(needed)}.",
            "Make room there, or choose another folder: Admin, Backups.",
        )


def write_out(source: Path, target: Path, cancel: CancelToken) -> str:
    """Copy a finished file to where it is kept; its SHA-256. It is whole when it appears under its name.

    Raises:
        UserError: there is one of that name, the place is full, is gone, or may not be written to.
        Cancelled: the officer stopped it.
    """
    if target.exists():
        raise UserError(f"There is a file at {target} already.", "Choose another name for the backup.")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in left_behind(target.parent, f".*{target.suffix}.*.unfinished"):
            with contextlib.suppress(OSError):
                left.unlink()
        made = _copied(source, unfinished, cancel)
        unfinished.replace(target)
    except OSError as error:
        raise place_fault(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return made


def bring_back(source: Path, scratch: Path, cancel: CancelToken) -> str:
    """Copy a backup to a scratch file; the SHA-256 of what was read.

    Raises:
        UserError: it isn't there, can't be read, or there is no room for it.
    """
    scratch.unlink(missing_ok=True)
    try:
        return _copied(source, scratch, cancel)
    except OSError as error:
        raise place_fault(error, source) from error


def digest_of(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        UserError: it can't be read, or is the database that is open here.
    """
    open_files.refuse(file)
    sha = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while portion := stream.read(_PORTION):
                sha.update(portion)
    except OSError as error:
        raise place_fault(error, file) from error
    return sha.hexdigest()


def write_beside(file: Path, told: Mapping[str, Any]) -> None:
    """Write what a backup is into the file beside it.

    Raises:
        UserError: it can't be written.
    """
    path = beside(file)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with _made_new(unfinished) as stream:
            stream.write((json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode())
        unfinished.replace(path)
    except OSError as error:
        raise place_fault(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def told_beside(file: Path) -> dict[str, Any]:
    """What the file beside a backup says of it; nothing where there is none that can be read."""
    try:
        with beside(file).open("rb") as stream:
            told = json.loads(stream.read(_MOST_BESIDE).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) and told.get("rentbook_backup") == 1 else {}


def is_copy(file: Path, database: Path) -> bool:
    """Whether a file is a database of Rentbook's by how it begins, and not the one that is open."""
    try:
        if file.samefile(database):
            return False
        sqlite_files.refuse_foreign(file)
    except (OSError, UserError):
        return False
    return True


def remove(file: Path) -> None:
    """Clear a backup away, with the file beside it; what is gone already is no fault.

    Raises:
        UserError: it may not be removed, or its place is gone.
    """
    for path in (file, beside(file)):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise place_fault(error, path) from error


def same_disk(one: Path, other: Path) -> bool:
    """Whether two places lie on the same disk, as far as the system says; the nearest folder that is there stands for each."""
    with contextlib.suppress(OSError):
        return nearest(one).stat().st_dev == nearest(other).stat().st_dev
    return False


def disk_warning(folder: Path, database: Path) -> str:
    """That backups lie on the database's own disk, as a sentence; nothing where they don't."""
    if not same_disk(folder, database):
        return ""
    return (
        "Backups lie on the same disk as the database: if that disk fails, both are gone. Choose a folder on another disk "
        "or on the council's network: Admin, Backups."
    )


def left_behind(folder: Path, names: str) -> list[Path]:
    """Files of this pattern, whose name ends with a process and a word, that a process left there which runs no more."""
    return [each for each in folder.glob(names) if not _runs(each.name.split(".")[-2])]


def place_fault(error: OSError, path: Path) -> UserError:
    """What the system said of a place, as a sentence with what to do."""
    if error.errno in _FULL:
        return UserError(
            f"The disk is full: {path} could not be written. Nothing half done is left there.",
            "Make room, or choose another folder: Admin, Backups.",
        )
    if isinstance(error, FileNotFoundError) and path.parent.is_dir():
        return UserError(f"{path} isn't there.", "It was moved or deleted, or its disk isn't connected.")
    if error.errno in _GONE or getattr(error, "winerror", None) in _GONE_ON_WINDOWS:
        return UserError(
            f"{path} can't be reached: {error.strerror}.",
            "Connect its disk or its network share, sign in to it if it asks, and do it again.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserError(
            f"{path} may not be written or read: {error.strerror}.",
            "Ask for write permission on the folder, or choose another: Admin, Backups.",
        )
    return UserError(f"{path} can't be used: {error.strerror or error}.", "Choose another folder: Admin, Backups.")


def _copied(source: Path, target: Path, cancel: CancelToken) -> str:
    sha = hashlib.sha256()
    with source.open("rb") as origin, _made_new(target) as copy:
        while portion := origin.read(_PORTION):
            cancel.check()
            sha.update(portion)
            copy.write(portion)
        copy.flush()
        os.fsync(copy.fileno())
    return sha.hexdigest()


def _made_new(path: Path) -> BinaryIO:
    """A new file that only this user reads, open to be written; a link that was laid there isn't followed."""
    path.unlink(missing_ok=True)
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(made, "wb")


def nearest(path: Path) -> Path:
    """The path, or the first folder above it that is there."""
    return next((each for each in (path, *path.parents) if each.exists()), path)


def _runs(process: str) -> bool:
    """Whether a process of this number runs; what isn't a number is left alone.

    Windows isn't asked, where asking would end the process: there a file that is in use can't be removed anyway.
    """
    if not process.isdigit() or int(process) == os.getpid():
        return not process.isdigit()
    if os.name == "nt":
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
