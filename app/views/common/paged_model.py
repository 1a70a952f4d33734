"""Long tables: the ids of all rows and a cache of the pages looked at, sorted and filtered by the database.

The model asks by signal and is answered by method, each with the generation of the question, so that an answer to a
question nobody asks any more is dropped.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.views.common.columns import Column, ColumnsModel, Index, R

PAGE = 100
PAGES_KEPT = 60
_PORTION = 900
"""Rows that an export reads at a time: what one IN may hold."""

Fetch = Callable[[Any, Sequence[int]], Sequence[R]]
"""A query for the rows with some ids, in their order; what isn't there any more is left out."""


class PagedModel(ColumnsModel[R]):
    """Rows by id, fetched a page at a time as they come into sight.

    Attributes:
        fetch: the query by which exports and copies read the rows; None while nobody has joined the table to one.

    Signals:
        page_wanted(generation, page, ids): fetch these rows; answer with `show_page`, in the order of the ids.
    """

    page_wanted = Signal(int, int, object)

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.generation = 0
        self.fetch: Fetch[R] | None = None
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, tuple[R | None, ...]] = OrderedDict()
        self._before: dict[int, tuple[R | None, ...]] = {}
        self._asked: set[int] = set()

    def ask_anew(self) -> int:
        """Begin another question: earlier answers still under way will be dropped. Returns its generation."""
        self.generation += 1
        return self.generation

    def show_ids(self, generation: int, ids: Iterable[int]) -> bool:
        """Show the rows with these ids; False if the answer came too late.

        Where they are the same as before, what is chosen and in sight stays, and the rows are fetched again.
        """
        if generation != self.generation:
            return False
        found = ids if isinstance(ids, array) else array("q", ids)
        if found and found == self._ids:
            self._fetch_again()
            return True
        self.beginResetModel()
        self._ids = found
        self._pages.clear()
        self._before.clear()
        self._asked.clear()
        self.endResetModel()
        return True

    def show_page(self, generation: int, page: int, rows: Sequence[R | None]) -> bool:
        """Fill a page; False if the answer came too late."""
        if generation != self.generation:
            return False
        self._asked.discard(page)
        self._before.pop(page, None)
        self._pages[page] = tuple(rows)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        return True

    def refresh(self) -> None:
        """Fetch the pages in sight again: their rows may have changed. The ids stay."""
        self.generation += 1
        self._fetch_again()

    def ids(self, places: Sequence[tuple[int, int]] | None = None) -> array[int]:
        """The ids at these places (first and last, inclusive), or all of them; a copy."""
        if places is None:
            return self._ids[:]
        found = array("q")
        for first, last in places:
            found.extend(self._ids[first : last + 1])
        return found

    def id_at(self, row: int) -> int | None:
        """The id of the row at this place, fetched or not."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def place_of(self, row_id: int) -> int | None:
        """Where a row is, from 0."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def row_at(self, row: int) -> R | None:
        """The row at this place, or None while its page is fetched."""
        page, place = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            rows = self._before.get(page, ())
        else:
            self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def held(self) -> Sequence[R]:
        """The rows of the pages looked at."""
        return [row for rows in self._pages.values() for row in rows if row is not None]

    def in_memory(self, places: Sequence[tuple[int, int]]) -> Sequence[R] | None:
        """The rows at these places, if their pages have been looked at lately."""
        found: list[R] = []
        for first, last in places:
            for page in range(first // PAGE, last // PAGE + 1):
                rows = self._pages.get(page)
                if rows is None:
                    return None
                start = page * PAGE
                found.extend(row for row in rows[max(first - start, 0) : last + 1 - start] if row is not None)
        return found

    def reader(self, places: Sequence[tuple[int, int]] | None = None) -> Callable[[Any], Iterator[R]]:
        """The rows of these places as the database has them when they are read, in the order shown now."""
        ids, fetch = self.ids(places), self.fetch
        if fetch is None:
            rows = list(self.held())
            return lambda _ctx: iter(rows)

        def read(ctx: Any) -> Iterator[R]:
            for start in range(0, len(ids), _PORTION):
                ctx.cancel.check()
                yield from fetch(ctx, ids[start : start + _PORTION].tolist())

        return read

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        """How many rows there are, fetched or not."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def _fetch_again(self) -> None:
        """Ask for the pages in sight again; what they showed stands until the answer is there."""
        self._asked.clear()
        self._before = dict(self._pages) or self._before
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def _want(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            first = page * PAGE
            self.page_wanted.emit(self.generation, page, list(self._ids[first : first + PAGE]))
