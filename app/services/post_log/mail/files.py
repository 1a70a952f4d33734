"""Which files are messages: those that an officer dropped or named, and all that lie in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.services.core.errors import UserError
from app.services.post_log.mail.dto import Found, Left, Original, Why
from app.services.post_log.mail.reading import ENDINGS, too_large_by_size

_SAVE: str = "Save the e-mail as .eml or .msg and bring in that file."


def find(paths: Sequence[Path]) -> Found:
    """The messages among some files and in some folders, in the order of their names; of a folder other files are passed over."""
    files: dict[Path, None] = {}
    left: list[Left] = []
    for path in paths:
        if path.is_dir():
            inside = list(_inside(path))
            files.update(dict.fromkeys(inside))
            if not inside:
                left.append(Left(str(path), Why.UNREADABLE, "There is no .eml or .msg file in this folder.", _SAVE))
        elif path.suffix.lower() not in ENDINGS:
            left.append(Left(str(path), Why.UNREADABLE, "It is not an .eml or .msg file.", _SAVE))
        else:
            files[path] = None
    return Found(tuple(files), tuple(left))


def original(path: Path, largest_bytes: int) -> Original | Left:
    """A file as it is; one too large to be kept isn't read at all."""
    try:
        large = too_large_by_size(str(path), path.stat().st_size, largest_bytes)
        return large or Original(str(path), path.read_bytes())
    except OSError as error:
        return Left(
            str(path), Why.UNREADABLE, f"The file can't be read: {error.strerror}.", "Look whether it is there."
        )


def unreadable(place: str, error: UserError) -> Left:
    """What is said of a message that could not be read."""
    return Left(place, Why.UNREADABLE, error.message, error.hint or "")


def _inside(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix.lower() in ENDINGS:
                yield Path(here, name)
