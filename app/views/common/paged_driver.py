"""Feeds a `PagedTable`: asks for ids, pages and sums off the GUI thread, and drops what nobody waits for any more."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.services.core.errors import UserError
from app.services.workbench.filters.dto import SavedFilter
from app.services.workbench.filters.text import from_text
from app.services.workbench.listing import Totals
from app.views.common.office import Office, drop
from app.views.common.paged_table import PagedTable
from app.views.common.pause import Pause
from app.views.common.places import Places, count_of, others
from app.views.common.saved_filters import SavedFilters, lost_words
from app.views.common.tasks import Task

_TOTALS_MS = 150
_PORTION = 900
_NOTHING_LOST: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The queries behind a long table, each with its context first.

    Attributes:
        ids: `(ctx, wanted, sort, *, descending)`: the ids of the rows that fit, in order, as an `array`.
        rows: `(ctx, ids)`: the rows with some ids; what isn't there any more is left out.
        row_id: the id of a row.
        totals: `(ctx, wanted)`: what the rows that fit come to, in SQL.
        totals_of: `(ctx, ids)`: what at most 900 rows come to.
    """

    ids: Callable[..., array[int]]
    rows: Callable[..., Sequence[Any]]
    row_id: Callable[[Any], int]
    totals: Callable[..., Totals]
    totals_of: Callable[..., Totals]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question found: the ids, and where the table was opened, the saved filters and the one it opens with."""

    ids: array[int]
    wanted: Any
    saved: tuple[SavedFilter, ...] | None = None
    opened_with: SavedFilter | None = None
    lost: tuple[str, ...] = ()


class PagedDriver(QObject):
    """Joins one table to its queries.

    Args:
        office: where they are asked.
        table: the table.
        source: the queries.
        stay_on: the id of the row that the officer stays on when the list changes, or None.

    Signals:
        shown: what was asked for last is there.
    """

    shown = Signal()

    def __init__(
        self, office: Office, table: PagedTable, source: Source, stay_on: Callable[[], int | None] = lambda: None
    ) -> None:
        super().__init__(table)
        self._office = office
        self._table = table
        self._source = source
        self._stay_on = stay_on
        self._asked: dict[str, Task] = {}
        self._totals = Totals()
        self._unsummed = False
        self.saved = SavedFilters(office, table) if office.tables is not None else None
        table.model.fetch = source.rows
        table.model.page_wanted.connect(self._fetch)
        table.wanted.connect(self.ask)
        table.choice_settled.connect(self._sum_chosen)
        self._summing = Pause(self, self._sum, _TOTALS_MS)

    def ask(self, *, keep: bool = False) -> None:
        """Look anew. `keep`: the officer stays where they are even if that row isn't among the found."""
        generation = self._table.model.ask_anew()
        first = self.saved is not None and not self.saved.loaded

        def show(found: _Found) -> None:
            if generation != self._table.model.generation:
                return
            if found.saved is not None and self.saved is not None:
                self.saved.show(found.saved)
                self._open_with(found)
            stay = self._stay_on()
            if self._table.show_ids(generation, found.ids, stay_on=stay, move=not (keep and stay is not None)):
                self._totals = Totals()
                self._unsummed = bool(found.ids)
                if not self._unsummed:
                    self._summing.start()
                self.shown.emit()

        self._ask("ids", self._question(first=first), then=show)

    def _question(self, *, first: bool) -> Callable[[Any], _Found]:
        """What is asked on the worker: the first time with the saved filters, since one of them may be the default."""
        table, source, wanted = self._table, self._source, self._table.filter
        (sort, descending), spec, doors = table.sort, table.spec, self._office.tables

        def ask(ctx: Any) -> _Found:
            if not first or doors is None:
                return _Found(source.ids(ctx, wanted, sort, descending=descending), wanted)
            saved = tuple(doors.filters(ctx, spec.key))
            chosen = next((each for each in saved if each.default), None) if wanted == spec.everything else None
            use, lost = wanted, _NOTHING_LOST
            if chosen is not None:
                read = _read(type(spec.everything), chosen)
                use, lost = (read.wanted, read.lost) if read else (wanted, ("",))
            return _Found(source.ids(ctx, use, sort, descending=descending), use, saved, chosen, lost)

        return ask

    def _open_with(self, found: _Found) -> None:
        if found.opened_with is not None and self.saved is not None:
            self._table.bar.show_filter(found.wanted)
            self.saved.use(found.opened_with)
            if found.lost:
                self._office.messages.info(lost_words(found.opened_with.name, found.lost))

    def _fetch(self, generation: int, number: int, ids: list[int]) -> None:
        def show(rows: Sequence[Any]) -> None:
            by_id = {self._source.row_id(row): row for row in rows}
            self._table.model.show_page(generation, number, [by_id.get(row_id) for row_id in ids])
            if self._unsummed:  # rows first: their sum takes the database longer
                self._unsummed = False
                self._summing.start()

        self._office.ask(self, self._source.rows, ids, then=show)

    def _sum(self) -> None:
        def show(totals: Totals) -> None:
            self._totals = totals
            self._table.show_totals(totals)

        self._ask("totals", self._source.totals, self._table.filter, then=show)

    def _sum_chosen(self) -> None:
        """The sum of the chosen rows; where most are chosen, the sum of all less the few that aren't."""
        places, count = self._table.chosen_places(), self._table.model.rowCount()
        chosen = count_of(places)
        drop(self._asked.pop("chosen", None))
        if chosen < 2:
            return
        most = chosen > count - chosen and self._totals.count == count
        ids = self._table.model.ids(others(places, count) if most else places)
        totals, source = self._totals, self._source

        def work(ctx: Any) -> Totals:
            found = Totals()
            for start in range(0, len(ids), _PORTION):
                ctx.cancel.check()
                found += source.totals_of(ctx, ids[start : start + _PORTION].tolist())
            return totals - found if most else found

        self._ask("chosen", work, then=lambda found: self._show_chosen(places, found))

    def _show_chosen(self, places: Places, found: Totals) -> None:
        if self._table.chosen_places() == places:
            self._table.show_chosen(count_of(places), found)

    def _ask(self, what: str, query: Any, *args: Any, then: Any) -> None:
        self._asked[what] = self._office.ask(self, query, *args, then=then, instead_of=self._asked.get(what))


def _read(kind: type[Any], chosen: SavedFilter) -> Any:
    try:
        return from_text(kind, chosen.text)
    except UserError:
        return None
