"""The weight table that is used where none is loaded: the one inside the package `ukmodulus`.

The package says that it follows Pay.UK's specification 3.10; its table bears no date. It is claimed to be from before 2016 and
no more, which makes it old by any policy: a number that it finds invalid is warned of, never refused.
"""

from __future__ import annotations

import functools
import importlib.util
from datetime import date
from pathlib import Path
from typing import Final

from app.services.bacs.modulus.table import Table, read_table

NAME: Final = "specification 3.10, before 2016"
VALID_FROM: Final = date(2016, 1, 1)
"""It is older than this day."""
_PACKAGE: Final = "ukmodulus"


@functools.cache
def shipped_table() -> Table | None:
    """The shipped table, read once; None in an installation that was made without it."""
    weights = _content("valacdos.txt")
    return read_table(weights, shipped_substitutions()) if weights else None


@functools.cache
def shipped_substitutions() -> bytes:
    """Its sort codes that stand for others, which no newer table is known to change (bacs.md 3.1)."""
    return _content("scsubtab.txt")


def _content(name: str) -> bytes:
    """A file of the package, which is found and not imported; nothing where it isn't there."""
    found = importlib.util.find_spec(_PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder) / name
        if file.is_file():
            return file.read_bytes()
    return b""
