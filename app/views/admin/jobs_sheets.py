"""The sheets of scheduled jobs: when one runs, why it is switched off or on, and what jobs said."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.jobs.dto import Change, JobRow, RunRow
from app.services.jobs.rules import Pace, Schedule, read, written
from app.views.admin.jobs_table import RUNS
from app.views.admin.listed import SECOND
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_count import CountField
from app.views.common.fields_time import TimeField
from app.views.common.parts import filter_button, label, row
from app.views.common.theme import scaled

_LETTERS, _WIDE = 48, 92
_PACES = [
    ("Every few minutes", Pace.MINUTES),
    ("Every day", Pace.DAY),
    ("Every working day", Pace.WORKING_DAY),
    ("Each week", Pace.WEEK),
    ("Each month", Pace.MONTH),
]
_WEEKDAYS = [(name, at) for at, name in enumerate(calendar.day_name, 1)]
_DAYS = [(str(day) if day < 31 else "The last", day) for day in range(1, 32)]
READS = "The second officer reads it"
SELDOM = "A second officer agrees before it runs each week or month only, and reads it"
Show = Callable[[Sequence[RunRow]], object]


class JobSheet(Sheet):
    """When a job runs, and where it looks for files; a job that is off is switched on by it if that is wanted.

    Signals:
        filled(Change)
    """

    filled = Signal(object)

    def __init__(self, parent: QWidget, job: JobRow, *, switch_on: bool = False) -> None:
        title = f"Switch on: {job.title}" if switch_on else f"Change: {job.title}"
        asks = job.posts and (job.active or switch_on)
        super().__init__(parent, title, primary="Ask for it" if asks else "Save", note=SECOND if asks else job.does)
        self._job, self._on = job, switch_on or job.active
        schedule = read(job.schedule)
        self._fields = form = self.form()
        self.pace = ChoiceField([(words, pace.value) for words, pace in _PACES])
        self.minutes = CountField("minutes")
        self.weekday, self.day = ChoiceField(_WEEKDAYS), ChoiceField(_DAYS)
        self.at = TimeField(required=True)
        self.moves = TickField("On the next working day where the office is closed")
        for name, words, field in (
            ("schedule", "&When", self.pace),
            ("minutes", "&Minutes", self.minutes),
            ("weekday", "&Day", self.weekday),
            ("day", "Day of the mo&nth", self.day),
            ("at", "&Time", self.at),
            ("moves", "", self.moves),
        ):
            form.add(name, words, field)
        self.folder = LineField(400)
        if job.reads_folder:
            hint = r"The whole path, such as \\server\share\receipts; files arrive in the folder 'in' there"
            form.add("folder", "&Folder", self.folder, hint)
            self.folder.set_value(job.folder)
        self.reason = AreaField(200, height=56)
        reads = READS if asks else SELDOM if job.guards and job.active else ""
        if reads:
            form.add("reason", "&Reason", self.reason, reads)
        self._fill(schedule)
        self.pace.changed.connect(self._fit)
        self.confirmed.connect(self._give)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)
        self._fit()

    def schedule(self) -> Schedule:
        """What the fields say."""
        pace = Pace(self.pace.value())
        numbers = {
            Pace.MINUTES: self.minutes.value(),
            Pace.WEEK: self.weekday.value(),
            Pace.MONTH: self.day.value(),
        }
        number = int(numbers.get(pace) or 0)
        at = time() if pace is Pace.MINUTES else self.at.value() or time()
        return Schedule(pace, at, number, pace in {Pace.WEEK, Pace.MONTH} and bool(self.moves.value()))

    def _fill(self, schedule: Schedule) -> None:
        self.pace.set_value(schedule.pace.value)
        self.minutes.set_value(schedule.number if schedule.pace is Pace.MINUTES else 10)
        self.weekday.set_value(schedule.number if schedule.pace is Pace.WEEK else 1)
        self.day.set_value(schedule.number if schedule.pace is Pace.MONTH else 1)
        self.at.set_value(f"{schedule.at:%H:%M}" if schedule.pace is not Pace.MINUTES else "06:00")
        self.moves.set_value(schedule.moves)

    def _fit(self) -> None:
        """Show what the chosen pace needs."""
        pace = Pace(self.pace.value())
        shown = {
            "minutes": pace is Pace.MINUTES,
            "weekday": pace is Pace.WEEK,
            "day": pace is Pace.MONTH,
            "at": pace is not Pace.MINUTES,
            "moves": pace in {Pace.WEEK, Pace.MONTH},
        }
        for name, on in shown.items():
            self._fields.setRowVisible(self._row_of(name), on)

    def _row_of(self, name: str) -> int:
        return list(self._fields.labels).index(name)

    def _give(self) -> None:
        if not self._fields.check():
            return
        self.set_busy(busy=True)
        folder = str(self.folder.value() or "").strip()
        reason = str(self.reason.value() or "").strip()
        made = Change(self._job.name, self._job.version, written(self.schedule()), folder, self._on, reason)
        self.filled.emit(made)


class JobHistorySheet(Sheet):
    """What a job said each time, or all of them; the one that is chosen in full below.

    Args:
        ask: asks for the runs and hands them to a function; told whether only those that went wrong are wanted.
    """

    def __init__(self, parent: QWidget, name: str, ask: Callable[[bool, Show], object]) -> None:
        super().__init__(parent, f"What was said: {name}", close="Close", note="The latest first.")
        self.model: ListModel[RunRow] = ListModel(RUNS)
        self.table = DataTable("Runs", self.model, stretch="said", empty="Nothing was said yet.")
        self.wrong = filter_button("Went wrong only")
        self._count = label("Looking ...", "muted")
        self._said = label("", wrap=True, selectable=True)
        self._by = label("", "muted", wrap=True)
        self.body.addLayout(row(self.wrong, None, self._count))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._said)
        self.body.addWidget(self._by)
        self.table.chosen.connect(self._show)
        self.wrong.toggled.connect(lambda on: ask(on, self.show_runs))
        self.begin_at(self.table)
        self.resize(self.fontMetrics().horizontalAdvance("m") * _WIDE, scaled(560))
        ask(False, self.show_runs)

    def show_runs(self, found: Sequence[RunRow]) -> None:
        """Show these."""
        self.model.show_rows(tuple(found))
        self._count.setText(formats.count(len(found), "line"))
        if found:
            self.table.go_to(0)
        else:
            self._show(None)

    def _show(self, chosen: object) -> None:
        found = chosen if isinstance(chosen, RunRow) else None
        self._said.setText(found.said if found else "")
        self._by.setText(f"By {found.by}" if found and found.by else "")
