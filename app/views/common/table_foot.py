"""The row under a table: how many there are, their sums, what is chosen, and the buttons to export and print."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.workbench.listing import Totals
from app.views.common import formats
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import button, label, row
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY, desk_of
from app.views.common.theme import scaled


class TableTools(QWidget):
    """Export and Print, small, for the head or the foot of a table."""

    def __init__(self, table: DataTable) -> None:
        super().__init__()
        self._table = table
        export = button("Export", role="link", tip=f"Export what the table shows ({EXPORT_KEY})")
        preview = button("Print", role="link", tip=f"See it as it will be printed, and print it ({PREVIEW_KEY})")
        export.setAccessibleName(f"Export {table.accessibleName()}")
        preview.setAccessibleName(f"Print {table.accessibleName()}")
        export.clicked.connect(self._export)
        preview.clicked.connect(self._preview)
        self.setLayout(row(export, preview, spacing=8))

    def _export(self) -> None:
        if (desk := desk_of(self)) is not None:
            desk.export(self._table)

    def _preview(self) -> None:
        if (desk := desk_of(self)) is not None:
            desk.preview(self._table)


class TableFoot(QWidget):
    """What the rows of a table come to: all of them, and the chosen ones where more than one is.

    Args:
        table: the table above it.
        noun: what a row is, in the singular and the plural.
    """

    def __init__(self, table: DataTable, noun: tuple[str, str]) -> None:
        super().__init__()
        self._noun = noun
        self.all = label("", "muted")
        self.chosen = label("", "strong")
        self.chosen.setVisible(False)
        words = FlowLayout(across=14, down=2)
        words.addWidget(self.chosen)
        words.addWidget(self.all)
        body = row(words, TableTools(table))
        body.setStretch(0, 1)
        body.setContentsMargins(scaled(12), scaled(2), scaled(8), scaled(2))
        self.setLayout(body)

    def show_totals(self, totals: Totals, *, money: bool = True) -> None:
        """What the whole table comes to."""
        self.all.setText(_in_words(totals, self._noun, money=money))

    def show_chosen(self, count: int, totals: Totals | None, *, money: bool = True) -> None:
        """What is chosen: the count at once, the sum when it is there."""
        self.chosen.setVisible(count > 1)
        if count > 1:
            shown = Totals(count) if totals is None else totals
            self.chosen.setText(f"Chosen: {_in_words(shown, self._noun, money=money and totals is not None)}")


def _in_words(totals: Totals, noun: tuple[str, str], *, money: bool) -> str:
    parts = [formats.count(totals.count, *noun)]
    if money and totals.count:
        sums = [amount for amount in (totals.debit, -totals.credit) if amount]
        parts += [amount.dr_cr() for amount in sums]
        if len(sums) > 1:
            parts.append(f"net {totals.net.dr_cr()}")
    return "   ".join(parts)
