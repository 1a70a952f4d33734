"""A long table whole: filter bar, rows, totals and what can be done; described as data, fed by a `PagedDriver`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.services.workbench.listing import Totals
from app.views.common.boxes import VBox
from app.views.common.columns import Column, R
from app.views.common.data_table import DataTable
from app.views.common.facets import Facet, in_words
from app.views.common.filter_bar import FilterBar
from app.views.common.paged_model import PAGE, PAGES_KEPT, PagedModel
from app.views.common.parts import label
from app.views.common.pause import Pause
from app.views.common.places import Places
from app.views.common.steering import Steering
from app.views.common.table_foot import TableFoot
from app.views.common.theme import scaled

__all__ = ["PAGE", "PAGES_KEPT", "PagedModel", "PagedTable", "TableSpec"]

_CHOOSING_MS = 120


@dataclass(frozen=True, slots=True)
class TableSpec(Generic[R]):
    """A long table as data.

    Attributes:
        key: where its saved filters belong, such as `rent.accounts`.
        name: what it is called for screen readers and in exports.
        noun: what a row is, singular and plural.
        columns: those that sort have keys that the query knows.
        everything: the filter that leaves nothing out, an instance of the filter's class.
        facets: what it can be filtered by.
        find: the words in the field.
        sort: the column and whether downwards, to begin with.
        stretch: the column that takes the room left over.
        nothing: what to say when nothing fits the filter; `none` when there is nothing at all.
        money: whether the rows have an amount to be summed.
        balance: the sums are owed or in credit, and say so; else they are plain amounts.
    """

    key: str
    name: str
    noun: tuple[str, str]
    columns: tuple[Column[R], ...]
    everything: Any
    facets: tuple[Facet, ...]
    find: str
    sort: tuple[str, bool]
    stretch: str
    nothing: str
    none: str
    money: bool = True
    balance: bool = True


class PagedTable(QWidget):
    """Filter bar, table, totals.

    Signals:
        wanted: the filter or the order changed: ask anew (see `request`).
        moved(id): the officer is on this row.
        opened(id): Enter or a double click on it.
        choice_settled: the chosen rows have not changed for a moment.
    """

    wanted = Signal()
    moved = Signal(object)
    opened = Signal(object)
    choice_settled = Signal()

    def __init__(self, spec: TableSpec[Any]) -> None:
        super().__init__()
        self.spec = spec
        self.sort = spec.sort
        self._counted: tuple[Any, int] | None = None
        self.bar = FilterBar(spec.everything, spec.facets, spec.find)
        self.model: PagedModel[Any] = PagedModel(spec.columns)
        self.table = DataTable(spec.name, self.model, stretch=spec.stretch)
        self.table.shown = self.in_words
        self.table.show_order(*spec.sort)
        self.foot = TableFoot(self.table, spec.noun, balance=spec.balance)
        self.empty = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words = QWidget()
        around = VBox(words)
        around.setContentsMargins(*([scaled(14)] * 4))
        around.addWidget(self.empty)
        body = VBox(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(scaled(6))
        self._stack = QStackedLayout()
        body.addWidget(self.bar)
        body.addLayout(self._stack, 1)
        self._stack.addWidget(self.table)  # a stack without a parent would show it as a window
        self._stack.addWidget(words)
        body.addWidget(self.foot)
        self._settling = Pause(self, self.choice_settled, _CHOOSING_MS)
        self._join()

    @property
    def filter(self) -> Any:
        """The filter that is asked for."""
        return self.bar.wanted

    def in_words(self) -> tuple[str, ...]:
        """The filter in words, a line each."""
        return in_words(self.bar.facets, self.bar.wanted)

    def show_ids(self, generation: int, ids: Any, *, stay_on: int | None = None, move: bool = True) -> bool:
        """Show what was found; False if it came too late.

        The officer stays on the row with the id `stay_on` if it is among the found, else goes to the first (`move`).
        """
        if not self.model.show_ids(generation, ids):
            return False
        found = self.model.rowCount()
        everything = self.filter == self.spec.everything
        self._stack.setCurrentIndex(0 if found else 1)
        self.empty.setText(self.spec.none if everything else self.spec.nothing)
        self.foot.setVisible(bool(found) or not everything)
        if self._counted != (self.filter, found):
            self._counted = (self.filter, found)
            self.foot.show_count(found, money=self.spec.money)
        place = self.model.place_of(stay_on) if stay_on is not None else None
        if place is not None and place == self.table.currentIndex().row():
            self.table.scrollTo(self.table.currentIndex())
        elif place is not None:
            self.blockSignals(True)
            self.table.go_to(place)
            self.blockSignals(False)
        elif found and move:
            self.table.go_to(0)
        return True

    def show_totals(self, totals: Totals) -> None:
        """What the rows come to."""
        self.foot.show_totals(totals, money=self.spec.money)

    def show_chosen(self, count: int, totals: Totals | None) -> None:
        """What the chosen rows come to."""
        self.foot.show_chosen(count, totals, money=self.spec.money)

    def mark(self, row_id: int) -> None:
        """Mark a row, or none if it isn't there."""
        place = self.model.place_of(row_id)
        if place is None:
            self.table.clearSelection()
        elif place != self.table.currentIndex().row():
            self.table.go_to(place)

    def chosen_places(self) -> Places:
        """The chosen rows."""
        return self.table.places()

    def _join(self) -> None:
        Steering(self.bar.text, self.table, self._open)
        self.bar.changed.connect(self.wanted)
        self.table.sort_wanted.connect(self._sort)
        self.table.clicked.connect(lambda index: self._move(index.row()))
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._move(now.row()))
        self.table.opened.connect(lambda _row: self._open())
        self.table.typed.connect(self._type)
        self.table.choice_changed.connect(self._choose)

    def _sort(self, key: str, descending: bool) -> None:
        self.sort = (key, descending)
        self.wanted.emit()

    def _move(self, place: int) -> None:
        found = self.model.id_at(place)
        if found is not None:
            self.moved.emit(found)

    def _open(self) -> None:
        found = self.model.id_at(self.table.currentIndex().row())
        if found is not None:
            self.opened.emit(found)

    def _type(self, text: str) -> None:
        """A letter typed in the table goes into the field."""
        if text.isprintable() and self.bar.text.isVisible():
            self.bar.text.setFocus()
            self.bar.text.setText(text)

    def _choose(self) -> None:
        self.show_chosen(self.table.chosen_count(), None)
        self._settling.start()


Told = Callable[[], object]
