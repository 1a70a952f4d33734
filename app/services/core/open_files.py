"""The database files that this process has open, which nothing else may read here.

Whoever closes a file on Linux or macOS lets go of every lock that their process has on it (POSIX advisory locks), also of those
by which SQLite keeps other desks from overwriting what it is about to save. A file that an officer chooses is looked at here
before it is read.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Engine, event

from app.services.core.errors import UserError

_BESIDE: Final = ("-wal", "-shm", "-journal")
_Identity = tuple[int, int]
_open: Counter[_Identity] = Counter()
_lock: Final = Lock()


def follow(engine: Engine, path: Path) -> None:
    """Note the file of an engine while a connection of it is open."""
    own: dict[int, _Identity] = {}

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        found = _identity(path)
        if found is not None:
            with _lock:
                own[id(connection)] = found
                _open[found] += 1

    @event.listens_for(engine, "close")
    def closed(connection: Any, _record: object) -> None:
        with _lock:
            found = own.pop(id(connection), None)
            if found is not None:
                _open[found] -= 1
                if not _open[found]:
                    del _open[found]


def is_open(path: Path) -> bool:
    """Whether a file is a database that this process has open, by whatever name, or lies beside one as a part of it."""
    end = next((each for each in _BESIDE if path.name.endswith(each)), "")
    found = _identity(path.with_name(path.name.removesuffix(end)))
    with _lock:
        return found in _open


def refuse(path: Path) -> None:
    """Refuse to read a file that an officer chose.

    Raises:
        UserError: it is the database that is open here (field `path`).
    """
    if is_open(path):
        raise UserError(
            f"{path.name} is the database that is open here, not a file to read.",
            "Choose another file. For a copy of the database make a backup: Admin, Backups.",
            "path",
        )


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
