"""A table of a million rows over a database, as a page has one: for the rows `memory` and `stall`."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from event_loop import settle, until

MANY = 1_000_000


class Million:
    """A table of a million rows, filled as pages fill theirs: ids by a worker in portions, rows a page at a time."""

    def __init__(self, app: Any, program: Any, folder: Path) -> None:
        from app.services.core.session import Database
        from app.views.common.columns import Column
        from app.views.common.data_table import DataTable
        from app.views.common.paged_table import PagedModel
        from app.views.common.theme import dress

        self._app, self._tasks = app, program.tasks
        self._database = Database(f"sqlite:///{folder / 'million.db'}")
        columns = [
            Column("id", "Number", lambda row: row[0], 100, sorts=True),
            Column("name", "Name", lambda row: row[1], 200, sorts=True),
            Column("balance", "Balance", lambda row: row[2], 100, sorts=True),
        ]
        self.model: PagedModel[Any] = PagedModel(columns)
        self.table = DataTable("A million rows", self.model)
        dress(self.table)
        self.table.resize(900, 700)
        self.model.page_wanted.connect(self._fetch)

    def show_empty(self) -> None:
        """Show it without a row."""
        self.table.show()

    def open_table(self) -> None:
        """Show it with its rows, as they were put in."""
        self.table.show()
        self.sort("id")

    def sort(self, column: str) -> None:
        """Sort it, and wait for the first rows."""
        from sqlalchemy import text

        from app.services.core.ids import read_ids

        generation = self.model.ask_anew()
        done: list[bool] = []

        def work(_progress: Any, cancel: Any) -> array[int]:
            statement = text(f"SELECT id FROM million ORDER BY {column}, id")  # noqa: S608
            return self._database.read(lambda session: read_ids(session, statement, cancel))

        def show(ids: array[int]) -> None:
            self.model.show_ids(generation, ids)
            done.append(True)

        task = self._tasks.run_task(work, parent=self.model)
        task.succeeded.connect(show)
        until(self._app, lambda: bool(done) and self._is_shown(0))

    def jump_to_end(self) -> None:
        """Go to the last row, and wait for it."""
        self.table.scrollToBottom()
        until(self._app, lambda: self._is_shown(MANY - 1))

    def choose_all(self) -> None:
        """Choose every row."""
        self.table.selectAll()
        settle(self._app, 0.2)

    def close(self) -> None:
        """Put it away."""
        self._tasks.drain()
        self.table.close()
        self._database.close()

    def _is_shown(self, at: int) -> bool:
        return self.model.row_at(at) is not None

    def _fetch(self, generation: int, page: int, ids: list[int]) -> None:
        from sqlalchemy import text

        def work(_progress: Any, _cancel: Any) -> list[Any]:
            marks = ",".join(str(number) for number in ids)
            statement = text(f"SELECT id, name, balance FROM million WHERE id IN ({marks})")  # noqa: S608
            found = self._database.read(lambda session: {row[0]: tuple(row) for row in session.execute(statement)})
            return [found.get(number) for number in ids]

        task = self._tasks.run_task(work, parent=self.model)
        task.succeeded.connect(lambda rows: self.model.show_page(generation, page, rows))
