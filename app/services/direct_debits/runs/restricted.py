"""A folder that nobody but the user reads, for files with whole bank details."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077
_OWN: Final = "Bacs files"


def folder(chosen: Path) -> Path:
    """The folder that was chosen, made if it isn't there; or one of its own in it, where others may read that.

    On Windows a folder under the user's own is theirs alone; who else may read it is the office's to set.

    Raises:
        OSError: it can't be made.
    """
    chosen.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt" or not chosen.stat().st_mode & _OTHERS:
        return chosen
    own = chosen / _OWN
    own.mkdir(mode=0o700, exist_ok=True)
    own.chmod(0o700)
    return own
