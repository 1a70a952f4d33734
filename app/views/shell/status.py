"""The status bar: which database, the running work with its cancel, the week and the day."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QStatusBar, QWidget

from app.views.common.growing import hold_width
from app.views.common.parts import button, label, row
from app.views.common.tasks import Job, Tasks
from app.views.common.theme import scaled


class WorkStrip(QWidget):
    """The newest labelled work under way: what it is, how far, and Cancel where it can be stopped."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._shown: dict[int, Job] = {}
        self.words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        hold_width(self.bar, 180)
        self.bar.setAccessibleName("Progress of the running work")
        self.cancel = button("Cancel", role="link", tip="Stop the running work; nothing is left half done")
        self.cancel.clicked.connect(self._cancel)
        layout = row(self.words, self.bar, self.cancel)
        self.setLayout(layout)
        self.setVisible(False)
        tasks.started.connect(self._add)
        tasks.progressed.connect(self._progress)
        tasks.finished.connect(self._remove)

    def _add(self, job: Job) -> None:
        self._shown[job.number] = job
        self._progress(job.number, 0, 0, "")

    def _progress(self, number: int, done: int, total: int, text: str) -> None:
        if not self._shown or number != max(self._shown):
            return
        job = self._shown[number]
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        count = f": {done:,} of {total:,}" if total > 1 else ""
        self.words.setText(f"{job.label}{count}" + (f"  {text}" if text and not count else ""))
        self.cancel.setVisible(job.cancellable)
        self.setVisible(True)

    def _remove(self, number: int) -> None:
        self._shown.pop(number, None)
        if self._shown:
            self._progress(max(self._shown), 0, 0, "")
        else:
            self.setVisible(False)

    def _cancel(self) -> None:
        if self._shown:
            job = self._shown[max(self._shown)]
            job.token.cancel()
            self.words.setText(f"{job.label}: stopping …")


class StatusLine(QStatusBar):
    """The line at the foot of the window."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.place = label("", "muted")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.officer = label("", "muted")
        self.work = WorkStrip(tasks)
        self.today = label("", "muted")
        self.keys = button("Keys", role="link", key="?", tip="The keys of this page")
        self.addWidget(self.place)
        right = QWidget()
        right.setLayout(row(self.work, self.officer, self.today, self.keys, spacing=16))
        self.addPermanentWidget(right)
        self.setContentsMargins(scaled(8), 0, scaled(8), 0)
