"""Reading what an officer chooses, and writing what they save: whole or not at all, with a sentence when it can't be."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.services.core import open_files
from app.services.core.errors import UserError


def write_file(path: Path, content: bytes) -> None:
    """Write a file under its name only when it is whole.

    Raises:
        UserError: the folder may not be written, or the disk is full.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise UserError(
            f"{path.name} could not be saved: {error.strerror or error}.", "Choose another folder, or close the file."
        ) from error


def read_file(path: Path) -> bytes:
    """Read a file that an officer chose.

    Raises:
        UserError: it can't be read, or is the database that is open here.
    """
    open_files.refuse(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} could not be read: {error.strerror or error}.", "Choose it again.") from error
