"""Tables as PDF: every column fits the width, the headings stand on each page, and each page says which it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.exports.dto import Column, Kind, Table, Value, pence_of
from app.services.exports.files import write_whole
from app.services.exports.fonts import REGULAR, SEMIBOLD, wrap
from app.services.exports.pen import MM, PAGE_WIDTH, Pen, rgb
from app.services.exports.statement.paging import Span, spans

_BRAND, _STRONG, _TEXT, _MUTED = rgb("#1F5673"), rgb("#1B2631"), rgb("#26323D"), rgb("#5A6875")
_RULE: Final = rgb("#D8DEE4")
_MARGIN: Final = 14 * MM
_PAD: Final = 3.0
_LARGEST, _SMALLEST = 8.5, 5.5
_LETTER: Final = 0.55
"""The width of a usual letter, in parts of the type size."""
MOST_ROWS: Final = 100_000
"""Some two thousand pages: nobody prints more."""
_ROWS_PER_REPORT: Final = 2_000
_TITLE, _TITLE_LINE = 14.0, 17.0
_STAMP, _STAMP_LINE = 8.5, 11.0
_PANEL_LINES, _PANEL_LINE = 5, 12.0
_PANEL_TOP, _PANEL_WIDTH, _PANEL_HEIGHT = 13 * MM, 72 * MM, _PANEL_LINES * _PANEL_LINE + 6
_PANEL_TINT: Final = rgb("#F1F5F8")
_RIGHT_KINDS: Final = frozenset({Kind.POUNDS, Kind.INT})


@dataclass(frozen=True, slots=True)
class _Grid:
    """How the columns lie: the type size, and the left edge and width of each."""

    columns: tuple[Column, ...]
    size: float
    edges: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def leading(self) -> float:
        """From one line of text to the next."""
        return self.size * 1.3


def panel_place(width: float, height: float) -> tuple[float, float, float, float]:
    """Where the panel for signing is on a page of this size: left, bottom, right, top, from the lower left in points."""
    top = height - _PANEL_TOP
    right = width - _MARGIN
    return right - _PANEL_WIDTH, top - _PANEL_HEIGHT, right, top


def pdf_bytes(
    table: Table,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    total: int = 0,
    panel: Sequence[str] = (),
) -> bytes:
    """The table as a PDF on A4, upright where the columns fit and otherwise on its side, in type down to 5.5 point.

    Args:
        table: what to draw.
        progress: told every few thousand rows, of `total`.
        cancel: looked at as often.
        total: how many rows there will be, for the progress.
        panel: up to five lines at the top right of the first page, the first of them strong: who signed, or room to.

    Raises:
        UserError: there are more rows than anybody prints.
        Cancelled: `cancel` was used.
    """
    token = cancel or CancelToken()
    needed = sum(column.characters for column in table.columns) * _LETTER * _LARGEST
    pen = Pen(table.title, "Rentbook", "Table", landscape=needed > PAGE_WIDTH - 2 * _MARGIN)
    grid = _grid(table.columns, pen.width - 2 * _MARGIN, needed)
    rows, totals = _laid_out(table, grid, progress, token, total)
    titles, stamps = _head_lines(pen, table, panel)
    top, later_top = _table_top(titles, stamps, panel), 20 * MM
    heights = [max(map(len, row)) * grid.leading + 4 for row in rows]
    bottom = pen.height - 16 * MM - grid.leading * 2
    pages = spans(heights, [0.0], bottom - top, bottom - later_top)
    for number, page in enumerate(pages, 1):
        token.check()
        if number == 1:
            _head(pen, titles, stamps, panel)
        y = _body(pen, grid, rows[page.first : page.last], top if number == 1 else later_top)
        if number == len(pages) and totals:
            _cells(pen, grid, totals, y + 2, SEMIBOLD)
        _foot(pen, table, number, pages)
        pen.end_page()
    return pen.finish()


def write_pdf(
    path: Path, table: Table, progress: Progress = no_progress, cancel: CancelToken | None = None, total: int = 0
) -> None:
    """Write the table to a PDF file (see `pdf_bytes`).

    Raises:
        UserError: the file could not be written, and none is left half written; or there are too many rows.
        Cancelled: `cancel` was used.
    """
    write_whole(path, pdf_bytes(table, progress, cancel, total))


def _grid(columns: tuple[Column, ...], room: float, needed: float) -> _Grid:
    size = min(_LARGEST, max(_SMALLEST, _LARGEST * room / needed))
    share = room / sum(column.characters for column in columns)
    widths = tuple(column.characters * share for column in columns)
    edges = tuple(_MARGIN + sum(widths[:at]) for at in range(len(columns)))
    return _Grid(columns, size, edges, widths)


def _laid_out(
    table: Table, grid: _Grid, progress: Progress, cancel: CancelToken, total: int
) -> tuple[list[list[list[str]]], list[list[str]]]:
    """Every row as the lines of each of its cells, and the row of totals (empty where no column is totalled)."""
    sums = [0] * len(table.columns)
    rows = []
    for row in table.rows:
        cells = []
        for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            cells.append(wrap(_shown(column, value), REGULAR, grid.size, grid.widths[at] - 2 * _PAD))
            if column.total and value is not None:
                sums[at] += pence_of(value) or 0
        rows.append(cells)
        if not len(rows) % _ROWS_PER_REPORT:
            cancel.check()
            progress(len(rows), max(total, len(rows)), table.title)
            if len(rows) >= MOST_ROWS:
                raise UserError(
                    f"A PDF of more than {MOST_ROWS:,} rows would have thousands of pages.",
                    "Filter the table, or export it as a workbook or CSV.",
                )
    if not rows or not any(column.total for column in table.columns):
        return rows, []
    totals = [[_shown(column, sums[at])] if column.total else [""] for at, column in enumerate(table.columns)]
    if not table.columns[0].total:
        totals[0] = ["Total"]
    return rows, totals


def _shown(column: Column, value: Value) -> str:
    if value is None:
        return ""
    if column.kind is Kind.POUNDS:
        amount = Money(pence_of(value) or 0)
        if column.signed:
            return str(amount).replace("£", "")
        return amount.dr_cr().removeprefix("£") if column.balance else amount.plain()
    if isinstance(value, datetime):
        local = value.astimezone()
        return f"{local.day} {local:%b %Y %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if column.kind is Kind.INT and isinstance(value, int):
        return f"{value:,}"
    return str(value)


def _head_lines(pen: Pen, table: Table, panel: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the title and those of the stamps, none of which reaches into the panel."""
    room = pen.width - 2 * _MARGIN - (_PANEL_WIDTH + 2 * _PAD if panel else 0)
    stamps = [line for stamp in table.stamps for line in wrap(stamp, REGULAR, _STAMP, room)]
    return wrap(table.title, SEMIBOLD, _TITLE, room), stamps


def _table_top(titles: Sequence[str], stamps: Sequence[str], panel: Sequence[str]) -> float:
    """Where the first row of the first page begins: under the lines of the head, and under the panel."""
    under_head = 34 * MM + _STAMP_LINE * len(stamps) + _TITLE_LINE * (len(titles) - 1)
    under_panel = _PANEL_TOP + _PANEL_HEIGHT + 10 * MM
    return max(under_head, under_panel) if panel else under_head


def _head(pen: Pen, titles: Sequence[str], stamps: Sequence[str], panel: Sequence[str]) -> None:
    pen.fill(_BRAND)
    pen.font(SEMIBOLD, _TITLE)
    for at, line in enumerate(titles):
        pen.text(_MARGIN, 20 * MM + at * _TITLE_LINE, line)
    under = 26 * MM + (len(titles) - 1) * _TITLE_LINE
    pen.fill(_MUTED)
    pen.font(REGULAR, _STAMP)
    for at, line in enumerate(stamps):
        pen.text(_MARGIN, under + at * _STAMP_LINE, line)
    if panel:
        _panel(pen, panel)


def _panel(pen: Pen, lines: Sequence[str]) -> None:
    left, _, right, _ = panel_place(pen.width, pen.height)
    pen.box(left, _PANEL_TOP, right - left, _PANEL_HEIGHT, _PANEL_TINT)
    pen.box(left, _PANEL_TOP, 2, _PANEL_HEIGHT, _BRAND)
    for at, line in enumerate(lines[:_PANEL_LINES]):
        name = REGULAR if at else SEMIBOLD
        pen.fill(_TEXT if at else _BRAND)
        pen.font(name, 8.5)
        shown = wrap(line, name, 8.5, right - left - 4 * _PAD)[0]
        pen.text(left + 3 * _PAD, _PANEL_TOP + _PAD + (at + 0.8) * _PANEL_LINE, shown)


def _body(pen: Pen, grid: _Grid, rows: Sequence[Sequence[Sequence[str]]], top: float) -> float:
    pen.fill(_MUTED)
    _cells(pen, grid, [[column.title] for column in grid.columns], top - grid.leading - 6, SEMIBOLD)
    pen.rule(_MARGIN, top - 3, pen.width - _MARGIN, 0.8, _BRAND)
    y = top
    for row in rows:
        pen.fill(_TEXT)
        _cells(pen, grid, row, y, REGULAR)
        y += max(map(len, row)) * grid.leading + 4
        pen.rule(_MARGIN, y - 1, pen.width - _MARGIN, 0.3, _RULE)
    pen.fill(_STRONG)
    return y


def _cells(pen: Pen, grid: _Grid, cells: Sequence[Sequence[str]], top: float, name: str) -> None:
    pen.font(name, grid.size)
    for at, lines in enumerate(cells):
        for row, line in enumerate(lines):
            y = top + grid.size + row * grid.leading
            if grid.columns[at].kind in _RIGHT_KINDS:
                pen.right(grid.edges[at] + grid.widths[at] - _PAD, y, line)
            else:
                pen.text(grid.edges[at] + _PAD, y, line)


def _foot(pen: Pen, table: Table, number: int, pages: Sequence[Span]) -> None:
    pen.fill(_MUTED)
    pen.font(REGULAR, 8)
    pen.text(_MARGIN, pen.height - 10 * MM, wrap(table.title, REGULAR, 8, pen.width - 2 * _MARGIN - 25 * MM)[0])
    pen.right(pen.width - _MARGIN, pen.height - 10 * MM, f"Page {number} of {len(pages)}")
