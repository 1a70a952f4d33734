"""The status bar: which database, the running work with its cancel, the week and the day."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QStatusBar, QWidget

from app.views.common.parts import button, label, row
from app.views.common.tasks import Task, Tasks
from app.views.common.theme import scaled


class WorkStrip(QWidget):
    """The newest labelled work under way: what it is, how far, and Cancel where it can be stopped."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._shown: list[Task] = []
        self.words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(scaled(180))
        self.bar.setAccessibleName("Progress of the running work")
        self.cancel = button("Cancel", role="link", tip="Stop the running work; nothing is left half done")
        self.cancel.clicked.connect(self._cancel)
        layout = row(self.words, self.bar, self.cancel)
        self.setLayout(layout)
        self.setVisible(False)
        tasks.started.connect(self._add)

    def _add(self, task: Task) -> None:
        if not task.label:
            return
        self._shown.append(task)
        task.progressed.connect(lambda done, total, text: self._progress(task, done, total, text))
        task.destroyed.connect(lambda _gone: self._remove(task))
        task.ended.connect(lambda: self._remove(task))
        self._progress(task, 0, 0, "")

    def _progress(self, task: Task, done: int, total: int, text: str) -> None:
        if not self._shown or self._shown[-1] is not task:
            return
        self.bar.setRange(0, 1000 if total else 0)
        self.bar.setValue(round(1000 * done / total) if total else 0)
        count = f": {done:,} of {total:,}" if total > 1 else ""
        self.words.setText(f"{task.label}{count}" + (f"  {text}" if text and not count else ""))
        self.cancel.setVisible(task.cancellable)
        self.setVisible(True)

    def _remove(self, task: QObject) -> None:
        if task in self._shown:
            self._shown = [each for each in self._shown if each is not task]
        if self._shown:
            self._progress(self._shown[-1], 0, 0, "")
        else:
            self.setVisible(False)

    def _cancel(self) -> None:
        if self._shown:
            self._shown[-1].cancel()
            self.words.setText(f"{self._shown[-1].label}: stopping …")


class StatusLine(QStatusBar):
    """The line at the foot of the window."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.place = label("", "muted")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.work = WorkStrip(tasks)
        self.today = label("", "muted")
        self.keys = button("Keys", role="link", key="?", tip="The keys of this page")
        self.addWidget(self.place)
        for part in (self.work, self.today, self.keys):
            self.addPermanentWidget(part)
        self.setContentsMargins(scaled(8), 0, scaled(8), 0)
