"""What the window rows run in processes of their own, offscreen: `python windows.py NAME FOLDER`, the answer as JSON."""

from __future__ import annotations

import json
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANY = 1_000_000
_PAGE = 100
_PATIENCE = 60.0


def bare_start(folder: Path) -> dict[str, float]:
    """The reference of a start: a window, SQLAlchemy, one query of fifty rows."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
    from sqlalchemy import create_engine, text

    app = QApplication([])
    window = QMainWindow()
    table = QTableWidget(50, 2)
    window.setCentralWidget(table)
    window.show()
    with create_engine(f"sqlite:///{folder / 'start.db'}").connect() as connection:
        rows = connection.execute(text("SELECT name, balance_pence FROM account ORDER BY name LIMIT 50")).all()
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.setItem(at, column, QTableWidgetItem(str(value)))
    app.processEvents()
    return {}


def start(folder: Path) -> dict[str, float]:
    """Accounts shows rows and takes typing."""
    app, program = _program()
    program.begin(str(folder / "start.db"))
    finder = _finder(app, program)
    finder.text.setFocus()
    _type(app, finder.text, "f")
    if finder.text.text() != "f":
        raise AssertionError("the window doesn't take typing")
    app.processEvents()
    return {}


def leave(folder: Path) -> dict[str, float]:
    """The officer leaves at Accounts: the next start of the day opens there."""
    app, program = _program()
    program.begin(str(folder / "start.db"))
    _finder(app, program)
    program.tasks.drain()
    program.close_database()
    return {}


def tabs(folder: Path) -> dict[str, float]:
    """The slowest of switches between tabs whose data is there, painted, in milliseconds (95th percentile)."""
    from PySide6.QtWidgets import QWidget

    from app.views.shell.areas import AREAS

    app, program = _program()
    program.begin(str(folder / "start.db"))
    _finder(app, program)
    pages: list[QWidget] = [program.controllers[area.name].page for area in AREAS]
    taken: list[float] = []
    for turn in range(8):
        for page in pages:
            begun = time.perf_counter()
            program.window.go_to(page)
            page.repaint()
            if turn > 1:
                taken.append((time.perf_counter() - begun) * 1000)
            _settle(app, 0.05 if turn > 1 else 1.0)
    program.tasks.drain()
    return {"ms": sorted(taken)[len(taken) * 95 // 100]}


def memory(folder: Path) -> dict[str, float]:
    """What a table of a million rows adds to the empty window, in MB."""
    app, program = _program()
    program.show_welcome()
    _settle(app, 0.5)
    before = _resident()
    table = _Million(app, program, folder)
    table.open_table()
    _settle(app, 0.5)
    added = _resident() - before
    table.close()
    return {"mb": added}


def stall(folder: Path) -> dict[str, float]:
    """The longest that the event loop stood still while a million rows were opened, sorted and jumped through, in ms."""
    app, program = _program()
    program.show_welcome()
    table = _Million(app, program, folder)
    table.show_empty()
    _settle(app, 0.5)
    with _watched(app) as gaps:
        table.open_table()
        table.sort("name")
        table.jump_to_end()
        table.choose_all()
        table.sort("balance")
    table.close()
    return {"ms": max(gaps) * 1000}


class _Million:
    """A table of a million rows, filled as pages fill theirs: ids by a worker in portions, rows a page at a time."""

    def __init__(self, app: Any, program: Any, folder: Path) -> None:
        from app.services.core.session import Database
        from app.views.common.columns import Column
        from app.views.common.data_table import DataTable
        from app.views.common.paged_table import PagedModel

        self._app, self._tasks = app, program.tasks
        self._database = Database(f"sqlite:///{folder / 'million.db'}")
        columns = [
            Column("id", "Number", lambda row: row[0], 100, sorts=True),
            Column("name", "Name", lambda row: row[1], 200, sorts=True),
            Column("balance", "Balance", lambda row: row[2], 100, sorts=True),
        ]
        self.model: PagedModel[Any] = PagedModel(columns)
        self.table = DataTable("A million rows", self.model)
        self.table.resize(900, 700)
        self.model.page_wanted.connect(self._fetch)

    def show_empty(self) -> None:
        self.table.show()

    def open_table(self) -> None:
        self.table.show()
        self.sort("id")

    def sort(self, column: str) -> None:
        from sqlalchemy import text

        generation = self.model.ask_anew()
        done: list[bool] = []

        def work(_progress: Any, cancel: Any) -> array[int]:
            ids = array("q")

            def read(session: Any) -> None:
                statement = text(f"SELECT id FROM million ORDER BY {column}, id")  # noqa: S608
                for part in session.scalars(statement.execution_options(yield_per=5_000)).partitions():
                    cancel.check()
                    ids.extend(part)

            self._database.read(read)
            return ids

        def show(ids: array[int]) -> None:
            self.model.show_ids(generation, ids)
            done.append(True)

        task = self._tasks.run_task(work, parent=self.model)
        task.succeeded.connect(show)
        _until(self._app, lambda: bool(done) and self._is_shown(0))

    def jump_to_end(self) -> None:
        self.table.scrollToBottom()
        _until(self._app, lambda: self._is_shown(MANY - 1))

    def choose_all(self) -> None:
        self.table.selectAll()
        _settle(self._app, 0.2)

    def close(self) -> None:
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


def _program() -> tuple[Any, Any]:
    """The program as `python -m app` starts it."""
    from app.__main__ import prepare

    prepare()
    from app import bootstrap
    from app.services.core.clock import SystemClock
    from app.views.common.theme import Theme

    application = bootstrap.application()
    program = bootstrap.Rentbook(application, Theme(application), SystemClock())
    program.window.show()
    return application, program


def _finder(app: Any, program: Any) -> Any:
    _until(app, lambda: program.office is not None)
    accounts = program.controllers["rent"].page
    program.window.go_to(accounts)
    finder = accounts.finder
    _until(app, lambda: finder.model.rowCount() > 0 and finder.model.row_at(0) is not None)
    return finder


def _type(app: Any, field: Any, letter: str) -> None:
    """A key, without the part of Qt for tests: no program loads it."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        app.sendEvent(field, QKeyEvent(kind, Qt.Key(ord(letter.upper())), Qt.KeyboardModifier.NoModifier, letter))


def _until(app: Any, fulfilled: Callable[[], bool]) -> None:
    """Wait as a program does, asleep until something happens, so that the workers have the interpreter to themselves."""
    until = time.monotonic() + _PATIENCE
    with _woken(app):
        while not fulfilled():
            _wait(app)
            if time.monotonic() > until:
                raise AssertionError("the window never came to it")


def _settle(app: Any, seconds: float) -> None:
    until = time.monotonic() + seconds
    with _woken(app):
        while time.monotonic() < until:
            _wait(app)


def _wait(app: Any) -> None:
    from PySide6.QtCore import QEventLoop

    app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def _woken(app: Any) -> Iterator[None]:
    """Something happens every few milliseconds."""
    from PySide6.QtCore import QTimer

    timer = QTimer(app)
    timer.start(4)
    try:
        yield
    finally:
        timer.stop()


@contextmanager
def _watched(app: Any) -> Iterator[list[float]]:
    """The gaps between two turns of the event loop."""
    from PySide6.QtCore import QTimer

    gaps: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer(app)
    timer.timeout.connect(tick)
    timer.start(1)
    try:
        yield gaps
    finally:
        timer.stop()


def _resident() -> float:
    """The memory of this process that is in use, in MB."""
    if sys.platform.startswith("linux"):
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    name, folder = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(globals()[name](folder)), flush=True)
    import os

    os._exit(0)
