"""The lines of an order as they are entered: a grid by keyboard alone; a row without a description splits the line above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtWidgets import QAbstractItemDelegate, QApplication

from app.models.values import Money, PurchaseVat
from app.services.purchase_orders.amounts import write_percent, write_price, write_quantity
from app.services.purchase_orders.orders.dto import CodeLeft, LineRow, NewLine, NewSplit
from app.views.common import formats
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import LineField
from app.views.purchase_orders.fields_quantity import PriceField, QuantityField
from app.views.purchase_orders.line_fields import (
    LABOUR,
    NOT_BACK,
    SHORT_VAT,
    CodePicker,
    Codes,
    MarksField,
    ShareField,
    VatField,
)

ABOUT: Final = (
    "Enter goes on. VAT and code left empty are as the line before. To split a line, give its code a share (40% or 200.00)"
    " and put the next code in a row of its own, without a description."
)
_DESCRIPTION, _UNIT = 200, 20
_NEEDED: Final = {
    "description": "Say what is ordered.",
    "quantity": "How much? Such as 3 or 1.5.",
    "price": "What does one cost before VAT? Such as 12.50.",
}


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines that rows mean.

    Attributes:
        lines: those that are whole.
        rows: for each of them, its first row among the filled ones.
        wrong: what is missing, by filled row and column.
    """

    lines: tuple[NewLine, ...]
    rows: tuple[int, ...]
    wrong: Mapping[tuple[int, str], str]


class LineGrid(EntryGrid):
    """The lines of an order; a field of a form whose value is a tuple of `NewLine`."""

    def __init__(self, codes: Sequence[CodeLeft]) -> None:
        self.codes = Codes(codes)
        self._known: list[tuple[int, str]] = []
        columns = (
            EntryColumn("description", "What is ordered", lambda: LineField(_DESCRIPTION), 176),
            EntryColumn("quantity", "Quantity", QuantityField, 78, right=True),
            EntryColumn("price", "Price", PriceField, 78, right=True),
            EntryColumn("code", "Code", lambda: CodePicker(self.codes.find), 140),
            EntryColumn("vat", "VAT", VatField, 80),
            EntryColumn("share", "Share", ShareField, 64, right=True),
            EntryColumn("unit", "Unit", lambda: LineField(_UNIT), 56),
            EntryColumn("marks", "Special", MarksField, 70),
        )
        super().__init__("Lines of the order", columns, one="row")

    def value(self) -> Any:
        """The lines that are whole."""
        return self.read().lines

    def read(self) -> ReadLines:
        """What the rows mean."""
        found = _read(super().value())
        ids = _ids(self._known, [line.description for line in found.lines])
        named = (replace(line, line_id=key) for line, key in zip(found.lines, ids, strict=True))
        return replace(found, lines=tuple(named))

    def problem(self) -> str:
        """What is wrong in the first cell; what is typed in a cell counts though it wasn't left."""
        self.settle()
        if said := super().problem():
            return said
        wrong = self.read().wrong
        if not wrong:
            return ""
        self.show_errors(wrong)
        first = min(at for at, _ in wrong)
        return f"{formats.count(len(wrong), 'cell')} to fill in, the first in row {first + 1}."

    def settle(self) -> None:
        """Take what is typed in the cell that is open."""
        editor = QApplication.focusWidget()
        if editor is not None and editor is not self.table and self.table.viewport().isAncestorOf(editor):
            self.table.commitData(editor)
            self.table.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def show_lines(self, lines: Sequence[LineRow]) -> None:
        """Show the lines of an order, each with its codes; what was cancelled isn't there."""
        rows: list[dict[str, Any]] = []
        self._known = []
        for line in lines:
            if line.cancelled >= line.quantity:
                continue
            self._known.append((line.line_id, line.description))
            rows += self._rows_of(line)
        self.set_value(rows)

    def show_faults(self, faults: Mapping[tuple[int, str], str]) -> None:
        """Mark what a service refused, by the number of the line and the field."""
        rows = self.read().rows
        names = {"codes": "code", "splits": "code", "vat_recovered": "marks", "labour": "marks"}
        last = len(rows) - 1
        self.show_errors(
            {(rows[min(place - 1, last)], names.get(key, key)): words for (place, key), words in faults.items() if rows}
        )

    def _rows_of(self, line: LineRow) -> list[dict[str, Any]]:
        marks = [words for words, so in ((LABOUR, line.labour), (NOT_BACK, not line.vat_recovered)) if so]
        first = {
            "description": line.description,
            "quantity": write_quantity(line.quantity - line.cancelled),
            "price": write_price(line.price),
            "vat": SHORT_VAT[line.vat_kind],
            "unit": line.unit,
            "marks": ", ".join(marks),
        }
        rows = []
        for at, each in enumerate(line.codes):
            choice = self.codes.choice(each.budget_id)
            code = [str(choice.id), choice.words, choice.detail] if choice else each.code
            share = write_percent(each.percent) if each.percent is not None else each.amount.plain()
            rows.append({**({} if at else first), "code": code, "share": share if len(line.codes) > 1 else ""})
        return rows or [first]


def _read(rows: Sequence[Mapping[str, Any]]) -> ReadLines:
    """The lines of rows: VAT and code go on from the line before; a row with only a code or a share splits it."""
    lines: list[NewLine] = []
    starts: list[int] = []
    wrong: dict[tuple[int, str], str] = {}
    whole = False
    for at, row in enumerate(rows):
        if lines and _splits(row):
            if whole:
                lines[-1] = replace(lines[-1], splits=(*lines[-1].splits, _split(row, lines[-1])))
            continue
        missing = {(at, key): words for key, words in _NEEDED.items() if row[key] in (None, "")}
        wrong |= missing
        whole = not missing
        if whole:
            lines.append(_line(row, lines[-1] if lines else None))
            starts.append(at)
    return ReadLines(tuple(lines), tuple(starts), wrong)


def _splits(row: Mapping[str, Any]) -> bool:
    """Whether a row is another code of the line above it."""
    return not row["description"] and row["quantity"] is None and row["price"] is None and row["code"] is not None


def _line(row: Mapping[str, Any], before: NewLine | None) -> NewLine:
    marks = row["marks"] or frozenset()
    code = row["code"] if row["code"] is not None else before.splits[0].budget_id if before and before.splits else None
    return NewLine(
        description=row["description"],
        quantity=row["quantity"],
        price=row["price"],
        splits=() if code is None else (_share(code, row["share"]),),
        unit=row["unit"],
        vat=row["vat"] or (before.vat if before else PurchaseVat.STANDARD),
        vat_recovered=NOT_BACK not in marks,
        labour=LABOUR in marks,
    )


def _split(row: Mapping[str, Any], line: NewLine) -> NewSplit:
    """Another code; without a share it takes what the percentages before it leave."""
    share = row["share"]
    if share is None and all(each.percent is not None for each in line.splits):
        share = 10_000 - sum(each.percent or 0 for each in line.splits)
    return _share(row["code"], share)


def _share(budget_id: int, share: int | Money | None) -> NewSplit:
    if isinstance(share, Money):
        return NewSplit(budget_id, amount=share)
    return NewSplit(budget_id, percent=share)


def _ids(known: Sequence[tuple[int, str]], words: Sequence[str]) -> list[int | None]:
    """Which line that was shown each row is: one of its words, else the one at its place that no row has words of."""
    left = list(known)
    found: list[int | None] = []
    for each in words:
        same = next((line for line in left if line[1] == each), None)
        found.append(same[0] if same else None)
        if same:
            left.remove(same)
    for at, key in enumerate(found):
        if key is None and at < len(known) and known[at] in left:
            found[at] = known[at][0]
            left.remove(known[at])
    return found
