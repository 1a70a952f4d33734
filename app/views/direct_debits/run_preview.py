"""What a run would take: what is left out first, what goes beside its record in the file, the file, totals, what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QWidget

from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.runs.dto import LeftOutRow, OverdueRow, RunLine, RunPreview
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, row
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.direct_debits.run_tables import FILE, LEFT_OUT, LINES, OVERDUE, TOTALS, Total, totals_of


class RunPreviewParts(TabbedCard):
    """The parts.

    Signals:
        mandate_opened(int): Enter on a line.
    """

    mandate_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("What the run takes")
        self._by_place: Mapping[int, FileRecord] = {}
        self._left_out: ListModel[LeftOutRow] = ListModel(LEFT_OUT)
        self._lines: ListModel[RunLine] = ListModel(LINES)
        self._file: ListModel[FileRecord] = ListModel(FILE, in_turn=True)
        self._overdue: ListModel[OverdueRow] = ListModel(OVERDUE)
        self._totals: ListModel[Total] = ListModel(TOTALS, in_turn=True)
        self._models: tuple[ListModel[Any], ...] = (
            self._left_out,
            self._lines,
            self._file,
            self._totals,
            self._overdue,
        )
        left_out = DataTable("Left out of the run", self._left_out, stretch="todo", empty="Nothing is left out.")
        lines = DataTable("What goes", self._lines, stretch="payer", empty="Nothing would go on that day.")
        file = DataTable("Records of the file", self._file, stretch="text", empty="There is no file.")
        totals = DataTable("Totals of the new run", self._totals, stretch="name", empty="There is nothing yet.")
        overdue = DataTable("Overdue collections", self._overdue, stretch="payer", empty="No collection was missed.")
        self._tables = (left_out, lines, None, None, overdue)
        self._todo, self._record = _words("What is wrong with the chosen line"), _words("Its record in the file")
        for each in (file, self._record):
            each.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.add_part("Left out", _over(left_out, self._todo))
        self.add_part("What goes", _over(lines, self._record))
        for title, table in (("The file", file), ("Totals", totals), ("Overdue", overdue)):
            self.add_part(title, table)
        for opens in (left_out, lines, overdue):
            opens.opened.connect(lambda found: self.mandate_opened.emit(found.mandate_id))
        lines.chosen.connect(self._show_record)
        left_out.chosen.connect(lambda found: self._todo.setText(f"{found.words} {found.todo}" if found else ""))
        self._begins = (left_out, lines)

    def show_preview(self, found: RunPreview, records: Sequence[FileRecord]) -> None:
        """Show what the run would take, and the records of its file."""
        self._by_place = {each.place: each for each in records if each.place is not None}
        totals = totals_of(found.by_code, found.by_day, found.by_own, found.reasons)
        self._show((found.left_out, found.lines, records, totals, found.overdue))
        for table in self._begins:
            if table.model().rowCount():
                table.go_to(0)

    def clear(self) -> None:
        """There is nothing to show."""
        self._by_place = {}
        self._show(((),) * len(self._models))
        self._record.setText("")
        self._todo.setText("")

    @property
    def mandate_id(self) -> int | None:
        """The mandate of the line that the officer is on."""
        table = self._tables[self.tabs.currentIndex()]
        chosen = table.row() if table is not None else None
        return chosen.mandate_id if chosen is not None else None

    def _show(self, rows: Sequence[Sequence[Any]]) -> None:
        for at, (model, shown) in enumerate(zip(self._models, rows, strict=True)):
            model.show_rows(shown)
            self.count_part(at, 0 if model is self._totals else len(shown))

    def _show_record(self, line: RunLine | None) -> None:
        record = self._by_place.get(line.place) if line is not None else None
        self._record.setText(f"Record {record.number}:  {record.text}" if record else "")


def _over(table: DataTable, under: QWidget) -> QWidget:
    """A table with words of the chosen line under it."""
    made = QWidget()
    made.setObjectName("canvas")
    words = row(under)
    words.setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(2))
    column(made, table, words, spacing=4).setStretch(0, 1)
    return made


def _words(name: str) -> QLabel:
    """Words of the chosen line, for screen readers under this name."""
    made = label("", wrap=True, selectable=True)
    made.setAccessibleName(name)
    return made
