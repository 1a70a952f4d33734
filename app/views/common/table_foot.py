"""The row under a table: how many there are, their sums, what is chosen, and the buttons to export and print."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import ZERO, Money
from app.services.workbench.listing import Holds, Totals
from app.views.common import formats
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Elided, button, column, label, row
from app.views.common.places import count_of
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY, TableDesk, desk_of
from app.views.common.theme import scaled

_PARTS = 3
"""A count, what is owed and what is in credit."""


class TableTools(QWidget):
    """Export and Print, small, for the head or the foot of a table.

    Args:
        scope: the table, or a widget of several of which one is seen at a time.
        name: what the scope is called for screen readers.
    """

    def __init__(self, scope: QWidget, name: str) -> None:
        super().__init__()
        self._scope = scope
        export = button("Export", role="link", tip=f"Export what the table shows ({EXPORT_KEY})")
        preview = button("Print", role="link", tip=f"See it as it will be printed, and print it ({PREVIEW_KEY})")
        export.setAccessibleName(f"Export {name}")
        preview.setAccessibleName(f"Print {name}")
        export.clicked.connect(lambda: self._use(TableDesk.export))
        preview.clicked.connect(lambda: self._use(TableDesk.preview))
        self.setLayout(row(export, preview, spacing=8))

    def follow(self) -> None:
        """Be there only where there is a table."""
        self.setVisible(self._table() is not None)

    def _table(self) -> DataTable | None:
        if isinstance(self._scope, DataTable):
            return self._scope
        tables = self._scope.findChildren(DataTable)
        return next((each for each in tables if each.isVisibleTo(self._scope)), None)

    def _use(self, what: Callable[[TableDesk, DataTable], None]) -> None:
        desk, table = desk_of(self), self._table()
        if desk is not None and table is not None:
            what(desk, table)


class TableFoot(QWidget):
    """What the rows of a table come to: all of them, and the chosen ones where more than one is.

    Args:
        table: the table above it.
        noun: what a row is, in the singular and the plural.
        balance: the sums are owed or in credit, and say so; else they are plain amounts, of which a credit says so.
    """

    def __init__(self, table: DataTable, noun: tuple[str, str], *, balance: bool = True) -> None:
        super().__init__()
        self._noun = noun
        self._balance = balance
        self.all = [label("", "muted") for _ in range(_PARTS)]
        self.chosen = [label("", "strong") for _ in range(_PARTS)]
        lines = [FlowLayout(across=14, down=2), FlowLayout(across=14, down=2)]
        for line, shown in zip(lines, (self.chosen, self.all), strict=True):
            for part in shown:
                part.setVisible(False)
                line.addWidget(part)
        words = QWidget()
        column(words, None, *lines, None, spacing=0)
        body = row(words, TableTools(table, table.accessibleName()))
        body.setStretch(0, 1)
        body.setContentsMargins(scaled(14), scaled(2), scaled(10), scaled(2))
        self.setLayout(body)

    def show_totals(self, totals: Totals, *, money: bool = True) -> None:
        """What the whole table comes to."""
        _say(self.all, _in_words(totals, self._noun, money=money, balance=self._balance))
        self.setToolTip(f"Net {totals.net.dr_cr()}" if money and totals.debit and totals.credit else "")

    def show_count(self, count: int, *, money: bool = True) -> None:
        """How many rows there are by now; what they come to is still being worked out."""
        _say(self.all, [formats.count(count, *self._noun), *(["…"] if money and count else [])])
        self.setToolTip("")

    def show_chosen(self, count: int, totals: Totals | None, *, money: bool = True) -> None:
        """What is chosen: the count at once, the sum when it is there."""
        shown = Totals(count) if totals is None else totals
        parts = _in_words(shown, self._noun, money=money and totals is not None, balance=self._balance)
        _say(self.chosen, [f"Chosen: {parts[0]}", *parts[1:]] if count > 1 else [])

    def in_words(self) -> str:
        """What it says."""
        return "   ".join(part.text() for part in (*self.chosen, *self.all) if not part.isHidden())


class ListFoot(QWidget):
    """The same under a short table whose rows are all in memory: a sum for each column that is totalled.

    Args:
        table: the table above it, of a `ListModel`.
        noun: what a row with an amount is, in the singular and the plural; any row, where no column is totalled.
        tools: whether Export and Print stand beside it; a card with tabs has them at its head.
    """

    def __init__(self, table: DataTable, noun: tuple[str, str], *, tools: bool = False) -> None:
        super().__init__()
        self._table = table
        self._noun = noun
        self._words = Elided("muted")
        body = row(self._words, *([TableTools(table, table.accessibleName())] if tools else []))
        body.setStretch(0, 1)
        body.setContentsMargins(scaled(14), scaled(3), scaled(12), scaled(3))
        self.setLayout(body)
        table.columns.modelReset.connect(self._show)
        table.choice_changed.connect(self._show)

    def in_words(self) -> str:
        """What it says."""
        return self._words.accessibleName()

    def _show(self) -> None:
        chosen = self._table.places()
        some = count_of(chosen) > 1
        rows = (self._table.columns.in_memory(chosen) if some else None) or self._table.columns.held()
        summed = [each for each in self._table.columns.columns if each.total and each.holds is Holds.POUNDS]
        amounts = [[each.value(line) for each in summed] for line in rows]
        counted = [values for values in amounts if not summed or any(value is not None for value in values)]
        parts = [f"{'Chosen: ' if some else ''}{formats.count(len(counted), *self._noun)}"]
        for at, each in enumerate(summed):
            total = Money(sum(values[at].pence for values in counted if values[at] is not None))
            parts.append(f"{each.title} {total.dr_cr() if each.balance else total}")
        self._words.say("   ".join(parts) if counted else "")


def _say(labels: list[QLabel], parts: list[str]) -> None:
    for shown, words in zip_longest(labels, parts):
        shown.setText(words or "")
        shown.setVisible(bool(words))


def _in_words(totals: Totals, noun: tuple[str, str], *, money: bool, balance: bool) -> list[str]:
    parts = [formats.count(totals.count, *noun)]
    if money and totals.count:
        sums = [amount for amount in (totals.debit, -totals.credit) if amount]
        parts += [amount.dr_cr() if balance or amount < ZERO else str(amount) for amount in sums]
    if totals.unsaid:
        parts.append(f"without {totals.unsaid:,} in your open till")
    return parts
