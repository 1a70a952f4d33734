"""A layout tried on a file before it is kept: the first lines as they are read, and what doesn't fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.models.values import Money
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.reception_payments.files.dto_read import Sample, SampleLine, Typed
from app.services.reception_payments.files.layouts import Field, Form, Layout, Profile
from app.services.reception_payments.files.profiles import rules
from app.services.reception_payments.files.reading import records, whole
from app.services.reception_payments.files.reading.cells import DATES, fits

_SHOWN: Final = 20
_LOOKED_AT: Final = 500
_MONTH_FIRST: Final = "%m/%d/%Y"
_DAY_FIRST: Final = "%d/%m/%Y"


def sample(
    path: Path, layout: Layout, paid_on: date, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Sample:
    """Read a file by a layout that isn't kept yet; a file without days is read as if it were paid on `paid_on`.

    Raises:
        UserErrors, UserError: the layout lacks something, or the file can't be read.
    """
    if wrong := next(rules.faults(layout), None):
        raise wrong
    days = tuple(DATES[form] for form in _fitting(path, layout))
    file = whole.read(path, Profile("", "", 0, layout), Typed(paid_on), None, progress, cancel)
    if file.cards:
        places = ", ".join(f"{each:,}" for each in file.cards[:10])
        words = f"What looks like a card number is in line {places}: such a file waits in quarantine."
        return Sample(file.name, (), (), days, (words,))
    shown = tuple(
        SampleLine(
            line.place,
            line.given,
            line.reference,
            line.code,
            Money(line.pence),
            line.paid_on,
            line.payer,
            line.narrative,
            line.marker,
        )
        for line in file.lines[:_SHOWN]
    )
    read = (
        f"1 payment of {file.total} is" if len(file.lines) == 1 else f"{len(file.lines):,} payments of {file.total} are"
    )
    told = [f"{read} read.", *_asked(layout, days)]
    if file.declared.count is not None or file.declared.total is not None:
        total = "" if file.declared.total is None else f" of {file.declared.total}"
        count = "" if file.declared.count is None else f" {file.declared.count:,} payments"
        told.append(f"The trailer says{count}{total}.")
    return Sample(file.name, shown, file.mistakes, days, tuple(told))


def _fitting(path: Path, layout: Layout) -> Iterator[str]:
    """The ways to write a day that fit all the days that were looked at."""
    column = layout.column(Field.DATE)
    if column is None:
        return
    found = records.read(path, layout)
    texts = {str(each) for each in _cells(found, layout) if isinstance(each, str)}
    yield from (form for form in DATES if texts and all(fits(text, form) for text in texts))


def _cells(found: records.Records, layout: Layout) -> Sequence[Any]:
    column = layout.column(Field.DATE)
    assert column is not None
    at = column.place if layout.form is Form.FIXED else found.places[column] + 1
    rows = itertools.islice(found.lines, _LOOKED_AT)
    return [records.piece(row, at, column.length, layout.form) for _, row in rows]


def _asked(layout: Layout, days: Sequence[str]) -> Iterator[str]:
    """What an officer has to know, since the file itself can't say it."""
    if DATES[_DAY_FIRST] in days and DATES[_MONTH_FIRST] in days and layout.date_format in {_DAY_FIRST, _MONTH_FIRST}:
        yield (
            "Every day in it could be read with the day or with the month first: ask whoever sends it, or try a file "
            "with days after the 12th."
        )
