"""Files that nobody but the user may read: keys, drafts while the database is gone, and what has whole bank details."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, readable by the user only; its folder is made if it isn't there.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def own_folder(chosen: Path, name: str) -> Path:
    """The folder that was chosen, made if it isn't there; or one of this name in it, where others may read that.

    On Windows a folder under the user's own is theirs alone; who else may read it is the office's to set.

    Raises:
        OSError: it can't be made.
    """
    chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt" or not chosen.stat().st_mode & _OTHERS:
        return chosen
    own = chosen / name
    own.mkdir(mode=0o700, exist_ok=True)
    own.chmod(0o700)
    return own
