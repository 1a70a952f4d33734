"""Work off the GUI thread: one helper, with success, failure, progress and cancel.

The task that a page holds belongs to the page: when the page goes, its task goes with it and nothing is delivered.
A worker holds nothing of Qt's that could go while it runs, nor is it ever the last to hold anything: objects of Qt may be
destroyed by the GUI thread alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, Progress

LOG = logging.getLogger(__name__)
Work = Callable[[Progress, CancelToken], Any]
_REPORT_STEPS = 200


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

    def progress(self, done: int, total: int, text: str) -> None:
        """The work has come so far."""
        self.progressed.emit(done, total, text)

    def succeed(self, result: object) -> None:
        """The work is done."""
        self.succeeded.emit(result)

    def stop(self) -> None:
        """The work was stopped."""
        self.cancelled.emit()

    def fail(self, error: Exception) -> None:
        """The work failed: it waits, if it failed in such a way, else that is all."""
        if isinstance(error, self._postpones) and not self._token.cancelled:
            self.waiting = True
            self.postponed.emit(error)
        else:
            self.failed.emit(error)

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


class _Courier(QObject):
    """Carries what workers say to the GUI thread. There is one, and it stays: no worker can outlive it."""

    said = Signal(object, str, tuple)

    def __init__(self) -> None:
        super().__init__()
        self.said.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object, str, tuple)
    def _deliver(self, run: _Run, what: str, words: tuple[Any, ...]) -> None:
        run.hear(what, words)


@cache
def _courier() -> _Courier:
    return _Courier()


class _Run:
    """One doing of a task: what the worker needs of it, and what becomes of what the worker says."""

    def __init__(self, job: Job, task: Task, tasks: Tasks) -> None:
        self.job = job
        self.work = task.work
        self._task = task
        self._tasks = tasks
        self._last = -1

    def hear(self, what: str, words: tuple[Any, ...]) -> None:
        """Pass on what the worker said, to whoever is still there."""
        if isValid(self._task):
            getattr(self._task, what)(*words)
        self._tasks.hear(self.job, what, words)
        if what == "finish":
            del self.work, self._task, self._tasks  # the worker may be the last to let go of this

    def report(self, done: int, total: int, text: str = "") -> None:
        """Pass progress on, at most some hundreds of times whatever the number of steps."""
        step = done * _REPORT_STEPS // total if total else done
        if step != self._last or done >= total:
            self._last = step
            _courier().said.emit(self, "progress", (done, total, text))


def _work_off(run: _Run) -> None:
    """Do the work and say how it went, on a thread of the pool."""
    say = partial(_courier().said.emit, run)
    try:
        run.job.token.check()
        say("succeed", (run.work(run.report, run.job.token),))
    except Cancelled:
        say("stop", ())
    except Exception as error:  # noqa: BLE001  whatever happened is carried to the GUI thread
        say("fail", (error,))
    say("finish", ())


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
        self._under_way: dict[int, _Run] = {}
        self._last = 0
        _courier()

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
        if task.cancellable:
            task.destroyed.connect(task.token.cancel)
        self._last += 1
        job = Job(self._last, task.label, task.cancellable, task.token)
        if job.label:
            self.started.emit(job)
        self._under_way[job.number] = run = _Run(job, task, self)
        self._pool.start(partial(_work_off, run))

    @property
    def busy(self) -> bool:
        """Whether any work is under way or its answer undelivered."""
        return bool(self._under_way)

    def stop_all(self) -> None:
        """Ask everything to stop, without waiting; `idle` follows when it has."""
        for run in self._under_way.values():
            run.job.token.cancel()

    def drain(self, milliseconds: int = 30_000) -> bool:
        """Ask everything to stop and wait for it; False if something is still running after that time."""
        self.stop_all()
        self._pool.clear()
        done = self._pool.waitForDone(milliseconds)
        if not done:
            LOG.error("Work was still running when the window closed: %d tasks", len(self._under_way))
        return done

    def hear(self, job: Job, what: str, words: tuple[Any, ...]) -> None:
        """Follow what a worker says of its job, for the status bar and for whoever waits until all is done."""
        if what == "finish":
            del self._under_way[job.number]
        if not isValid(self):
            return  # the program went first: there is nobody left to tell
        if job.label and what == "progress":
            self.progressed.emit(job.number, *words)
        if job.label and what == "finish":
            self.finished.emit(job.number)
        if what == "finish" and not self._under_way:
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
