"""Writing files so that the one on the disk is always whole: beside its place first, then moved there."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.services.core.errors import UserError

_FULL: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})
_UNFINISHED: Final = ".rentbook-part"
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; when the block ends well it takes the place of `path`.

    If the block raises, `path` is as it was and nothing is left beside it.

    Raises:
        UserError: the disk is full, the folder is missing or may not be written, or the file is open elsewhere.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name[:40]}-{secrets.token_hex(4)}{_UNFINISHED}")
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one piece: after a failure the old file, or none, is there and never half a new one.

    Raises:
        UserError: as `whole_file`.
    """
    with whole_file(path) as temporary, temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def clear_unfinished(folder: Path) -> None:
    """Take away what a killed `whole_file` left in a folder and the folders in it."""
    for pattern in (f".*{_UNFINISHED}", f"*/.*{_UNFINISHED}"):
        for stray in folder.glob(pattern):
            stray.unlink(missing_ok=True)


def safe_name(text: str) -> str:
    """Text as a file name that Windows, macOS and Linux all take, at most 100 characters; never empty."""
    name = _UNSAFE.sub("-", text).strip(" .-")[:100].rstrip(" .")
    if not name:
        return "file"
    return f"{name}-" if name.split(".")[0].lower() in _RESERVED else name


def _explained(error: OSError, path: Path) -> UserError:
    if error.errno in _FULL:
        return UserError(
            f"There is no room left on the disk for {path.name}: nothing was written.",
            hint=f"Free some space, or choose another folder than {path.parent}, and try again.",
        )
    if isinstance(error, PermissionError):
        return UserError(
            f"{path.name} could not be written in {path.parent}.",
            hint="If it is open in another program, close it there; otherwise choose a folder that you may write to.",
        )
    return UserError(f"{path} could not be written: {error.strerror or error}.", hint="Choose another folder.")
