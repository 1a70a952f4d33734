"""Files of published spending, read and totalled. No database is needed, and nothing is kept of a file."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.imports import delimited
from app.services.imports.reading import open_source
from app.services.imports.workbook import Workbook
from app.services.purchase_orders.spending.dto import (
    Columns,
    DayOrder,
    FileRead,
    MixedDates,
    Profile,
    Rejected,
    Spending,
    UnknownHeadings,
)
from app.services.purchase_orders.spending.headings import HEADER_LINES, by_profile, recognise
from app.services.purchase_orders.spending.values import month_of, pence_of

NOT_NAMED: Final = "Not named"
"""What a line without a supplier is totalled under."""
_SHOWN: Final = 5
_UNREAD: Final = "?"
Row = tuple[int, Sequence[str]]


@dataclass(slots=True)
class _Totals:
    """What has been added up of one file, by the very text of its cells: it is folded once, at the end."""

    lines: int = 0
    suppliers: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    codes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    months: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    rejected: list[Rejected] = field(default_factory=list)


def read(paths: Sequence[Path], profiles: Iterable[Profile] = (), dates: DayOrder | None = None) -> Spending:
    """Every payment of some files, csv or xlsx, totalled by supplier, code and month.

    Args:
        paths: the files; the same one twice counts twice.
        profiles: how files whose headings aren't known name their columns; the first that fits is taken.
        dates: how dates of three numbers are written, where it was said.

    Raises:
        UnknownHeadings: a file's headings aren't known.
        MixedDates: a file's dates are written both ways, and it wasn't said how to read them.
        UserError: a file can't be read.
    """
    known = tuple(profiles)
    found = [_file(path, known, dates) for path in paths]
    suppliers = _folded(totals.suppliers for _, totals in found)
    codes = _folded(totals.codes for _, totals in found)
    months: defaultdict[str, int] = defaultdict(int)
    for _, totals in found:
        for month, pence in totals.months.items():
            months[month] += pence
    return Spending(
        files=tuple(each for each, _ in found),
        lines=sum(each.lines for each, _ in found),
        total=Money(sum(each.total.pence for each, _ in found)),
        by_supplier=_largest_first(suppliers),
        by_code=_largest_first(codes),
        by_month={month: Money(months[month]) for month in sorted(months)},
        rejected=tuple(line for _, totals in found for line in totals.rejected),
    )


def _file(path: Path, profiles: Sequence[Profile], dates: DayOrder | None) -> tuple[FileRead, _Totals]:
    """Every sheet with headings, added up; what dates are like is asked of all of them together."""
    found = _headed(path, profiles)
    if not found:
        raise UnknownHeadings(path.name, _first_rows(path))
    profile = found[0].profile
    order = dates or (profile.dates if profile else None)
    if order is None:
        totals = _Totals()
        odd = _added(path, found, DayOrder.DAY_FIRST, totals, strict=False)
        order = DayOrder.DAY_FIRST if odd is None else _settled(path, found, odd)
    else:
        odd, totals = (0, ""), _Totals()
    if odd is not None:
        totals = _Totals()
        _added(path, found, order, totals, strict=True)
    total = Money(sum(totals.months.values()))
    name = profile.name if profile else ""
    return FileRead(path.name, found[0].columns.headings, name, order, totals.lines, total), totals


@dataclass(frozen=True, slots=True)
class _Headed:
    """A sheet with headings: which of the file's it is, counted from 0, and what its columns are."""

    place: int
    columns: Columns
    profile: Profile | None


def _headed(path: Path, profiles: Sequence[Profile]) -> list[_Headed]:
    """The sheets of a file that have headings."""
    found = []
    for place, rows in enumerate(sheets := _sheets(path)):
        columns, profile = _columns(list(itertools.islice(rows, HEADER_LINES)), profiles)
        if columns is not None:
            found.append(_Headed(place, columns, profile))
    sheets.close()
    return found


def _added(
    path: Path, found: Sequence[_Headed], order: DayOrder, totals: _Totals, *, strict: bool
) -> tuple[int, str] | None:
    """Add up those sheets; as `_add_up` of each."""
    for columns, rows in _payments(path, found):
        odd = _add_up(path.name, columns, rows, order, totals, strict=strict)
        if odd is not None:
            return odd
    return None


def _payments(path: Path, found: Sequence[_Headed]) -> Iterator[tuple[Columns, Iterator[Row]]]:
    """The lines below the headings of those sheets."""
    columns = {each.place: each.columns for each in found}
    for place, rows in enumerate(_sheets(path)):
        if place in columns:
            first = columns[place].row
            yield columns[place], itertools.dropwhile(lambda row, first=first: row[0] <= first, rows)  # type: ignore[misc]


def _columns(head: Sequence[Row], profiles: Sequence[Profile]) -> tuple[Columns | None, Profile | None]:
    """What the first row of headings says: by a profile that was named, else as it is known, else by one that was kept."""
    for named in (True, None, False):
        for number, row in head:
            if named is None:
                if found := recognise(row, number):
                    return found, None
                continue
            for profile in profiles:
                if profile.named is named and (found := by_profile(row, number, profile)):
                    return found, profile
    return None, None


def _add_up(
    name: str, columns: Columns, rows: Iterable[Row], order: DayOrder, totals: _Totals, *, strict: bool
) -> tuple[int, str] | None:
    """Add every line up; without `strict` the first date that can only have the month first ends it, and is returned."""
    at, (who, *others), what, code = columns.date, columns.supplier, columns.amount, columns.code
    wide = max(at, who, what, *others, -1 if code is None else code)
    months: dict[str, str | None] = {}
    suppliers, codes, by_month = totals.suppliers, totals.codes, totals.months
    lines = 0
    for number, row in rows:
        if len(row) <= wide:
            row = [*row, *[""] * (wide + 1 - len(row))]  # noqa: PLW2901  a short line has blanks
        day, supplier, amount = row[at], row[who], row[what]
        month = months.get(day, _UNREAD)
        if month == _UNREAD:
            month = months[day] = _month(day, order)
            if month is None and not strict and _month(day, DayOrder.MONTH_FIRST):
                return number, day.strip()
        if supplier == "" or supplier.isspace():
            supplier = next((row[place] for place in others if row[place].strip()), "")
        try:
            whole, part = amount[:-3], amount[-2:]
            if amount[-3:-2] == "." and whole.isdecimal() and part.isdecimal() and amount.isascii():
                pence = int(whole) * 100 + int(part)
            else:
                pence = pence_of(amount)
            month = month or month_of(day, order)
        except ValueError as fault:
            reason = _why_left_out(row, day, supplier, amount, columns, str(fault))
            if reason:
                totals.rejected.append(Rejected(name, number, reason))
            continue
        lines += 1
        suppliers[supplier] += pence
        by_month[month] += pence
        if code is not None:
            codes[row[code]] += pence
    totals.lines += lines
    return None


def _why_left_out(row: Sequence[str], day: str, supplier: str, amount: str, columns: Columns, fault: str) -> str:
    """Why a line isn't counted; empty for a blank line and for headings that stand again."""
    if not any(cell.strip() for cell in row) or row[columns.amount].strip() in columns.headings.values():
        return ""
    if not day.strip() and (not supplier.strip() or "total" in supplier.casefold()):
        return f"It has no date and {'no supplier' if not supplier.strip() else 'says total'}: a total, not a payment."
    return fault if amount.strip() or day.strip() else "It has neither a date nor an amount."


def _month(day: str, order: DayOrder) -> str | None:
    try:
        return month_of(day, order)
    except ValueError:
        return None


def _settled(path: Path, found: Sequence[_Headed], month_first: tuple[int, str]) -> DayOrder:
    """The order of a file with a date that can only have the month first: of all its dates, unless others can't.

    Raises:
        MixedDates: some can only have the day first.
    """
    for columns, rows in _payments(path, found):
        for number, row in rows:
            day = row[columns.date].strip() if len(row) > columns.date else ""
            if _month(day, DayOrder.DAY_FIRST) and not _month(day, DayOrder.MONTH_FIRST):
                raise MixedDates(path.name, (number, day), month_first)
    return DayOrder.MONTH_FIRST


def _first_rows(path: Path) -> list[tuple[str, ...]]:
    sheets = _sheets(path)
    rows = next(sheets, iter(()))
    filled = (tuple(cell.strip() for cell in row) for _, row in rows if sum(bool(cell.strip()) for cell in row) > 1)
    return list(itertools.islice(filled, _SHOWN))


def _sheets(path: Path) -> Generator[Iterator[Row], None, None]:
    """The sheets of a file as lines of text, each with its number as Excel counts."""
    if path.is_dir():
        raise UserError(f"{path.name} is a folder.", "Name the files in it.", "path")
    with open_source(path) as source:
        if isinstance(source, Workbook):
            for sheet in source.sheets:
                yield ((number, [_text(cell) for cell in row]) for number, row in source.rows(sheet))
        else:
            yield _lines(path)


def _lines(path: Path) -> Iterator[Row]:
    """A csv file's lines as they are: this is where a long file's time goes."""
    with path.open(encoding=delimited.encoding_of(path), newline="") as stream:
        first, delimiter = delimited.delimiter_of(stream)
        try:
            yield from enumerate(csv.reader(stream, delimiter=delimiter), first + 1)
        except csv.Error as error:
            raise UserError(
                f"{path.name} can't be read to its end: {error}.",
                "Look for a quotation mark that isn't closed, in a text editor.",
            ) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    return repr(cell) if isinstance(cell, float) else str(cell)


def _folded(totals: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """One total for each name, whatever its case and spaces; it is shown as it was written first."""
    shown: dict[str, str] = {}
    found: defaultdict[str, int] = defaultdict(int)
    for each in totals:
        for text, pence in each.items():
            name = " ".join(text.split())
            key = name.casefold()
            shown.setdefault(key, name or NOT_NAMED)
            found[key] += pence
    return {shown[key]: pence for key, pence in found.items()}


def _largest_first(found: Mapping[str, int]) -> dict[str, Money]:
    return {name: Money(pence) for name, pence in sorted(found.items(), key=lambda item: (-item[1], item[0]))}
