"""Rows about Direct Debit: a file of 30,000 collections."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from measuring import Figure, Row, in_turn, seconds

from app.models.values import BacsCode
from app.services.bacs.dto import Destination, Line, OwnAccount, Section, Submission
from app.services.bacs.standard18.reading import read
from app.services.bacs.standard18.writing import write

_MANY = 30_000
_OWN = OwnAccount("404040", "70872490", "ANYTOWN COUNCIL RENT")


def bacs(folder: Path) -> Figure:
    """Each round writes a file of 30,000 collections, checked and with its totals; the bare file is the same bytes."""
    submission = _submission()
    content = write(submission)
    if read(content).faults:
        raise AssertionError(read(content).faults[:3])
    ours = folder / "ours.txt"
    bare = folder / "bare.txt"
    return in_turn(
        lambda _number: seconds(lambda: ours.write_bytes(write(submission))),
        lambda _number: seconds(lambda: bare.write_bytes(content)),
    )


def _submission() -> Submission:
    lines = tuple(
        Line(Destination("089999", f"{number:08}"), BacsCode.REGULAR, 9_000 + number, f"RENT{number:08}", "MS A TENANT")
        for number in range(1, _MANY + 1)
    )
    return Submission("123456", "ANYTOWN COUNCIL", 42, date(2026, 11, 21), date(2026, 11, 24), (Section(_OWN, lines),))


ROWS = (Row("bacs", "30,000 collections written as a Bacs file", "s", None, bacs),)
