"""Work off the GUI thread: one helper, with success, failure, progress and cancel.

The task that a page holds belongs to the page: when the page goes, its task goes with it and nothing is delivered.
The worker only borrows the signals of a courier, which lives until the work has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, Progress

LOG = logging.getLogger(__name__)
Work = Callable[[Progress, CancelToken], Any]
_REPORT_STEPS = 200


class _Courier(QObject):
    """Carries what the worker says to the GUI thread."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, token: CancelToken) -> None:
        super().__init__()
        self._token = token

    @Slot()
    def stop(self) -> None:
        """Whoever wanted the work has gone."""
        self._token.cancel()


class Task(QObject):
    """One piece of work under way.

    Signals:
        progressed(done, total, text): total 0 means it isn't known.
        succeeded(result), failed(exception), cancelled: one of the three.
        ended: after any of them.
        postponed(exception): it failed in a way that it waits for: `Tasks.again` does it again, and nothing else is said.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    postponed = Signal(object)

    def __init__(
        self,
        parent: QObject,
        work: Work,
        label: str,
        *,
        cancellable: bool,
        postpones: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> None:
        super().__init__(parent)
        self.work = work
        self.label = label
        self.cancellable = cancellable
        self.running = True
        self.waiting = False
        self._postpones = postpones
        self._token = CancelToken()

    @property
    def token(self) -> CancelToken:
        """What the work looks at between steps."""
        return self._token

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows when it has, unless it was past stopping."""
        self._token.cancel()

    def abandon(self) -> None:
        """Forget the work: it is asked to stop and nothing more is delivered, a late answer least of all."""
        self._token.cancel()
        self.running = False
        self.blockSignals(True)
        self.deleteLater()

    @Slot(object)
    def take_failure(self, error: Exception) -> None:
        """The work failed: it waits, if it failed in such a way, else that is all."""
        if isinstance(error, self._postpones) and not self._token.cancelled:
            self.waiting = True
            self.postponed.emit(error)
        else:
            self.failed.emit(error)

    @Slot()
    def finish(self) -> None:
        """The work has ended, unless it waits to be done again."""
        if self.waiting:
            return
        self.running = False
        self.ended.emit()
        self.deleteLater()


@dataclass(frozen=True, slots=True)
class Job:
    """Work under way as the status bar shows it; it outlives whoever wanted the work."""

    number: int
    label: str
    cancellable: bool
    token: CancelToken


class _Runner(QRunnable):
    """Runs the work on a pool thread."""

    def __init__(self, work: Work, courier: _Courier, token: CancelToken) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work = work
        self._courier = courier
        self._token = token
        self._last = -1

    def run(self) -> None:
        """Do the work and say how it went."""
        try:
            self._token.check()
            result = self._work(self._report, self._token)
        except Cancelled:
            self._courier.cancelled.emit()
        except Exception as error:  # noqa: BLE001  whatever happened is carried to the GUI thread
            self._courier.failed.emit(error)
        else:
            self._courier.succeeded.emit(result)
        self._courier.ended.emit()

    def _report(self, done: int, total: int, text: str = "") -> None:
        """Pass progress on, at most some hundreds of times whatever the number of steps."""
        step = done * _REPORT_STEPS // total if total else done
        if step != self._last or done >= total:
            self._last = step
            self._courier.progressed.emit(done, total, text)


class Tasks(QObject):
    """The pool on which all work runs.

    Signals:
        started(Job), progressed(number, done, total, text), finished(number): for the status bar, of labelled work only.
        idle: nothing is under way any more.
    """

    started = Signal(object)
    progressed = Signal(int, int, int, str)
    finished = Signal(int)
    idle = Signal()

    def __init__(self, parent: QObject | None = None, threads: int = 4) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._under_way: dict[int, tuple[_Courier, _Runner, Job]] = {}
        self._last = 0

    def run_task(
        self,
        work: Work,
        *,
        parent: QObject,
        label: str = "",
        cancellable: bool = False,
        postpones: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> Task:
        """Run `work(progress, cancel)` off the GUI thread.

        Args:
            work: what is to be done; it calls no widget.
            parent: who wants the answer; the task dies with it.
            label: what the status bar says meanwhile; nothing for what is done at once.
            cancellable: whether the officer may stop it; it is then also stopped when the parent goes.
            postpones: failures after which it waits until `again`.
        """
        task = Task(parent, work, label, cancellable=cancellable, postpones=postpones)
        self._launch(task)
        return task

    def again(self, task: Task) -> None:
        """Do a postponed task again, from its start."""
        task.waiting = False
        self._launch(task)

    def _launch(self, task: Task) -> None:
        token = task.token
        courier = _Courier(token)
        courier.progressed.connect(task.progressed)
        courier.succeeded.connect(task.succeeded)
        courier.failed.connect(task.take_failure)
        courier.cancelled.connect(task.cancelled)
        courier.ended.connect(task.finish)
        if task.cancellable:
            task.destroyed.connect(courier.stop)
        self._last += 1
        job = Job(self._last, task.label, task.cancellable, token)
        courier.ended.connect(lambda: self._forget(job.number))
        if task.label:
            courier.progressed.connect(partial(self.progressed.emit, job.number))
            self.started.emit(job)
        runner = _Runner(task.work, courier, token)
        self._under_way[job.number] = (courier, runner, job)
        self._pool.start(runner)

    @property
    def busy(self) -> bool:
        """Whether any work is under way or its answer undelivered."""
        return bool(self._under_way)

    def stop_all(self) -> None:
        """Ask everything to stop, without waiting; `idle` follows when it has."""
        for _, _, job in self._under_way.values():
            job.token.cancel()

    def drain(self, milliseconds: int = 30_000) -> bool:
        """Ask everything to stop and wait for it; False if something is still running after that time."""
        self.stop_all()
        self._pool.clear()
        done = self._pool.waitForDone(milliseconds)
        if not done:
            LOG.error("Work was still running when the window closed: %d tasks", len(self._under_way))
        return done

    def _forget(self, number: int) -> None:
        courier, _, job = self._under_way.pop(number)
        courier.deleteLater()
        if not isValid(self):
            return  # the program went first: there is nobody left to tell
        if job.label:
            self.finished.emit(number)
        if not self._under_way:
            self.idle.emit()


def drop(task: Task | None) -> None:
    """Abandon a question if it is still being asked."""
    if task is not None and is_running(task):
        task.abandon()


def is_running(task: Task | None) -> bool:
    """Whether a task is under way; a task that has gone with its parent is not."""
    if task is None:
        return False
    try:
        return task.running
    except RuntimeError:
        return False
