"""What an officer's work leaves outside the window, which must not stay on a computer that others use too.

Copies of documents for other programs, and what libraries write on the way to a file, lie in folders of the user's own, which go
when the officer leaves, at the latest with the program. After a crash or a power cut the next start takes away what was left: a
folder whose window still runs is held by its lock.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Final

import platformdirs
from PySide6.QtCore import QLockFile
from PySide6.QtGui import QClipboard, QGuiApplication

_HELD: Final = weakref.WeakSet["HandedOut"]()
"""What holds copies for as long as an officer sits here."""
_ALONE: Final = "offscreen"
"""Where no other program has a clipboard, and Qt doesn't say whose it is."""


def root() -> Path:
    """Where the folders lie: in the user's own cache, which no other computer shares."""
    return Path(platformdirs.user_cache_dir("Rentbook", appauthor=False)) / "handed_out"


class HandedOut:
    """A folder for copies, made when it is first asked for.

    It goes when the officer leaves, or with this object, at the latest with the program.

    Args:
        stays: it holds what is no officer's, and stays when one leaves.
    """

    def __init__(self, *, stays: bool = False) -> None:
        self._clear: weakref.finalize[..., HandedOut] | None = None
        self._folder = Path()
        if not stays:
            _HELD.add(self)

    def folder(self) -> Path:
        """The folder, which nobody else may read."""
        if self._clear is None:
            root().mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder = root() / secrets.token_hex(8)
            lock = _lock(self._folder)
            lock.tryLock(0)
            self._folder.mkdir(mode=0o700)
            self._clear = weakref.finalize(self, _clear, self._folder, lock)
        return self._folder

    def clear(self) -> None:
        """Take the folder away; the next copy makes another."""
        if self._clear is not None:
            self._clear()
            self._clear = None


def officer_left() -> None:
    """Take away the copies, and from the clipboard what was copied here; what came from another program stays there."""
    for held in list(_HELD):
        held.clear()
    sweep()
    clipboard = QGuiApplication.clipboard()
    alone = QGuiApplication.platformName() == _ALONE
    if alone or clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def keep_temporary_files() -> HandedOut:
    """From now on libraries write their temporary files, such as the rows of a workbook, where nothing stays; it goes with what is returned."""
    made = HandedOut(stays=True)
    tempfile.tempdir = str(made.folder())
    return made


def sweep() -> None:
    """Take away what windows left that are no longer there, and what another program had open when its officer left."""
    if not root().is_dir():
        return
    for left in [each for each in root().iterdir() if each.is_dir()]:
        lock = _lock(left)
        if lock.tryLock(0):
            _clear(left, lock)


def _clear(folder: Path, lock: QLockFile) -> None:
    """Take the copies away; what another program still holds open goes with the next officer, or the next start."""
    shutil.rmtree(folder, ignore_errors=True)
    lock.unlock()


def _lock(folder: Path) -> QLockFile:
    """A lock that is free again when the process that held it is gone."""
    lock = QLockFile(f"{folder}.lock")
    lock.setStaleLockTime(0)
    return lock
