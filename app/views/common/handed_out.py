"""Copies of documents that officers open in other programs, which must not stay on a computer that others use too.

They lie in a folder of the user's own that goes with the window. After a crash or a power cut the next start takes away what was
left: a folder whose window still runs is held by its lock.
"""

from __future__ import annotations

import secrets
import shutil
import weakref
from pathlib import Path

import platformdirs
from PySide6.QtCore import QLockFile


def root() -> Path:
    """Where the folders lie: in the user's own cache, which no other computer shares."""
    return Path(platformdirs.user_cache_dir("Rentbook", appauthor=False)) / "handed_out"


class HandedOut:
    """A folder for copies, made when it is first asked for; it goes with this object, at the latest with the program."""

    def __init__(self) -> None:
        self._name = secrets.token_hex(8)
        self._lock: QLockFile | None = None

    def folder(self) -> Path:
        """The folder, which nobody else may read."""
        found = root() / self._name
        if self._lock is None:
            root().mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = _lock(found)
            self._lock.tryLock(0)
            found.mkdir(mode=0o700)
            weakref.finalize(self, _clear, found, self._lock)
        return found


def sweep() -> None:
    """Take away what windows left that are no longer there."""
    if not root().is_dir():
        return
    for left in [each for each in root().iterdir() if each.is_dir()]:
        lock = _lock(left)
        if lock.tryLock(0):
            _clear(left, lock)


def _clear(folder: Path, lock: QLockFile) -> None:
    """Take the copies away; what another program still holds open goes with the next start."""
    shutil.rmtree(folder, ignore_errors=True)
    lock.unlock()


def _lock(folder: Path) -> QLockFile:
    """A lock that is free again when the process that held it is gone."""
    lock = QLockFile(f"{folder}.lock")
    lock.setStaleLockTime(0)
    return lock
