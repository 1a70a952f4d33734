"""What a run's file will say, record by record, with the digits of every account at a bank masked but the last two.

It is written by what writes the file itself (`bacs.standard18`), so each field stands where the file will have it; the
serial number is taken when the run is approved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from app.models.values import BacsCode
from app.services.bacs import queries as bacs
from app.services.bacs import rules
from app.services.bacs.dto import Destination, Line, OwnAccounts, Section, Submission
from app.services.bacs.standard18 import layout, writing
from app.services.core.context import Context
from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.runs.dto import RunLine

MASK: Final = "•"
_LABELS_BEFORE: Final = 4
_SERIALS: Final = {"VOL1": (5, 10), "HDR1": (22, 27), "EOF1": (22, 27)}
_DIGITS: Final = ("sort_code", "account_number", "own_sort_code", "own_account_number")
_SHOWN: Final = 2
_LABELS: Final = {
    "VOL1": "Volume: serial number and Service User Number",
    "HDR1": "File: created and expires",
    "HDR2": "File: length of its records",
    "UHL1": "Processing day and kind of work",
    "EOF1": "End of the file, as HDR1",
    "EOF2": "End of the file, as HDR2",
    "UTL1": "Totals: debits, credits, records and instructions",
}


def records(ctx: Context, lines: Sequence[RunLine]) -> tuple[FileRecord, ...]:
    """The records of the file of these lines, in its order; none of no lines.

    Raises:
        UserError: who the council is to Bacs isn't set, or something can't be put in a file.
    """
    if not lines:
        return ()
    first = min(line.processing_on for line in lines)
    side, own = bacs.own_side(ctx, first), bacs.own_accounts(ctx, first)
    submission = Submission(
        sun=side.sun,
        user_name=side.user_name,
        serial=1,
        created_on=ctx.clock.today(),
        processing_on=first,
        sections=_sections(lines, own),
    )
    written = writing.write(submission).decode("ascii").splitlines()
    ahead = dict(enumerate(lines, start=_LABELS_BEFORE))
    return tuple(_record(at, text, ahead.get(at)) for at, text in enumerate(written))


def _sections(lines: Sequence[RunLine], own: OwnAccounts) -> tuple[Section, ...]:
    def key(line: RunLine) -> tuple[date, str]:
        return line.processing_on, line.own_scope

    return tuple(
        Section(own.of(scope), tuple(_line(each) for each in group), day) for (day, scope), group in groupby(lines, key)
    )


def _line(line: RunLine) -> Line:
    name = rules.bacs_text(line.name or line.payer)[: rules.NAME_LENGTH].rstrip() or line.reference
    return Line(
        Destination("0" * 6, f"{line.masked[-_SHOWN:]:0>8}"), line.code, line.amount.pence, line.reference, name
    )


def _record(at: int, text: str, line: RunLine | None) -> FileRecord:
    label = text[:4]
    if label in _LABELS:
        if label in _SERIALS:
            text = _masked(text, *_SERIALS[label])
        return FileRecord(at + 1, text, _LABELS[label], None)
    for name in _DIGITS:
        first, last = layout.DATA.places[name]
        text = _masked(text, first, last - (_SHOWN if "account" in name else 0))
    if line is not None:
        return FileRecord(at + 1, text, f"{line.reference}, {line.amount}", line.place)
    code = layout.DATA.read(text)["code"]
    words = "Contra: credits our account with the day's debits" if code == BacsCode.CREDIT else "Contra"
    return FileRecord(at + 1, text, words, None)


def _masked(text: str, first: int, last: int) -> str:
    return text[: first - 1] + MASK * (last - first + 1) + text[last:]
