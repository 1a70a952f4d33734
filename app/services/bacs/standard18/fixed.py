"""What always stands in a label, and what must be blank there (bacs.md 1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.services.bacs.standard18 import layout
from app.services.bacs.standard18.faults import Faults

_FIXED: Final[Mapping[str, tuple[tuple[layout.Layout, str, str], ...]]] = {
    "VOL1": ((layout.VOL1, "level", "level of the label"),),
    "HDR1": ((layout.HDR1, "section", "number of the section"), (layout.HDR1, "sequence", "sequence of the file")),
    "HDR2": ((layout.HDR2, "format", "format of records"), (layout.HDR2, "offset", "offset")),
    "UHL1": (
        (layout.UHL1, "receiver", "receiving party"),
        (layout.UHL1, "currency", "currency"),
        (layout.UHL1, "country", "country"),
    ),
}
"""The fields of each label that are the same in every file, and how they are named."""
_BLANK: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {
    "VOL1": ((12, 31), (38, 41), (48, 79)),
    "HDR1": ((13, 14), (36, 41), (54, 54)),
    "HDR2": ((16, 50), (53, 80)),
    "UHL1": ((17, 20), (41, 47)),
    "UTL1": ((45, 52),),
}
"""Areas that hold nothing, by first and last position; user areas and a bank's own mark may hold something."""
_ACCESS: Final = 11


def check(name: str, number: int, line: str, faults: Faults) -> None:
    """Note what of a label isn't as it is in every file. What is cut off a short one is told by its length."""
    for kind, field, what in _FIXED.get(name, ()):
        wanted, found = kind.fixed[field], kind.read(line)[field]
        if found.upper() != wanted and len(found) == len(wanted):
            faults.add(number, kind.first(field), f"The {what} is '{found}'; it is always '{wanted}'.")
    for first, last in _BLANK.get(name, ()):
        held = line[first - 1 : last]
        if held.strip():
            at = first + len(held) - len(held.lstrip())
            faults.add(number, at, f"'{held.strip()}' stands where {name} is blank ({_area(first, last)}).")
    if name == "VOL1" and line[_ACCESS - 1 : _ACCESS] not in {"", " ", "0"}:
        faults.add(number, _ACCESS, f"The mark of access is '{line[_ACCESS - 1]}'; it is blank or 0.")


def _area(first: int, last: int) -> str:
    return f"position {first}" if first == last else f"positions {first} to {last}"
