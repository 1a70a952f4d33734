"""Drafts as a window has them: what is typed is kept within a second, off the GUI thread, several changes as one."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed
from app.views.common.tasks import Tasks

LOG = logging.getLogger(__name__)
_EACH_MS: Final = 1_000
_LAST_SECONDS: Final = 5.0
_LAST_MS: Final = 25_000
"""A database that is locked gives up sooner."""


class Store(Protocol):
    """Where drafts are kept (`services.workbench.drafts.desk.DeskDrafts`)."""

    def begin(self) -> None:
        """Make ready, and put back what was kept in files."""

    def keep(self, draft: Draft) -> None:
        """Keep a draft."""

    def find(self, key: DraftKey) -> Draft | None:
        """The draft of a form."""

    def mine(self) -> tuple[Draft, ...]:
        """Every draft of the officer."""

    def discard(self, key: DraftKey) -> None:
        """Throw a draft away."""


class Drafts(QObject):
    """The officer's drafts (`office.drafts`).

    It has a thread of its own, so that a slow database keeps no page waiting.

    Args:
        make: makes where they are kept.
        tell: says, once, that drafts can't be kept.

    Signals:
        changed: there is one more or one less.
    """

    changed = Signal()

    def __init__(
        self,
        make: Callable[[], Store],
        clock: Clock,
        tell: Callable[[UserError], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._clock = clock
        self._tell = tell
        self._tasks = Tasks(self, threads=1)
        self._waiting: dict[DraftKey, Draft] = {}
        self._kept: set[DraftKey] = set()
        self._under_way: dict[DraftKey, Draft] = {}
        self._said = False
        self._timer = QTimer(self, singleShot=True, interval=_EACH_MS)
        self._timer.timeout.connect(self._write)

    @cached_property
    def _store(self) -> Store:
        """Made on its thread when it is first needed, which is after the first page is there."""
        return self._make()

    def begin(self) -> None:
        """Soon after the database is open: throw away what is old, put back what was kept in files."""
        self._run(self, lambda store: store.begin(), lambda _done: self.changed.emit())

    def note(self, key: DraftKey, title: str, typed: Typed) -> None:
        """Something else is typed: keep it with the next second's drafts."""
        self._waiting[key] = Draft(key, title, self._clock.now(), typed)
        if not self._timer.isActive() and not self._under_way:
            self._timer.start()

    def discard(self, key: DraftKey) -> None:
        """The form was saved, or what was typed is not wanted."""
        self._waiting.pop(key, None)
        self._under_way.pop(key, None)
        self._kept.discard(key)
        self._run(self, lambda store: store.discard(key), lambda _done: self.changed.emit())

    def find(self, owner: QObject, key: DraftKey, then: Callable[[Draft | None], object]) -> None:
        """Look for the draft of a form and hand it on; None where there is none."""
        typed = (self._under_way | self._waiting).get(key)
        self._run(owner, lambda store: typed or store.find(key), then)

    def mine(self, owner: QObject, then: Callable[[tuple[Draft, ...]], object]) -> None:
        """Hand on every draft of the officer, the latest first."""
        self._run(owner, lambda store: store.mine(), then)

    @property
    def busy(self) -> bool:
        """Whether something typed is still to be kept, or a question to be answered."""
        return bool(self._waiting) or self._tasks.busy

    def close(self) -> None:
        """The window closes: keep what the last second brought."""
        self._timer.stop()
        self._tasks.drain(_LAST_MS)
        last = list((self._under_way | self._waiting).values())
        self._waiting.clear()
        if last:
            thread = threading.Thread(target=self._keep_last, args=(last,), name="last drafts", daemon=True)
            thread.start()
            thread.join(_LAST_SECONDS)

    def _write(self) -> None:
        """Keep what has changed; what changes meanwhile waits for the next second."""
        now, self._waiting = self._waiting, {}
        if not now:
            return

        drafts = list(now.values())

        def keep(store: Store) -> None:
            for draft in drafts:
                store.keep(draft)

        def kept(_done: object) -> None:
            new = now.keys() - self._kept
            self._kept |= new
            if new:
                self.changed.emit()

        self._under_way = now
        self._run(self, keep, kept).ended.connect(self._written)

    def _written(self) -> None:
        self._under_way = {}
        if self._waiting:
            self._timer.start()

    def _keep_last(self, last: list[Draft]) -> None:
        for draft in last:
            try:
                self._store.keep(draft)
            except Exception:
                LOG.exception("A draft was not kept as the window closed")

    def _run(self, owner: QObject, work: Callable[[Store], Any], then: Callable[[Any], object]) -> Any:
        task = self._tasks.run_task(lambda _progress, _cancel: work(self._store), parent=owner)
        task.succeeded.connect(then)
        task.failed.connect(self._failed)
        return task

    def _failed(self, error: Exception) -> None:
        """Say once that what is typed isn't kept; the form itself works on."""
        if not isinstance(error, UserError):
            LOG.info("Drafts can't be kept: %s", error)
            error = UserError("What you type can't be kept as a draft just now.", "Save before you leave the desk.")
        if not self._said:
            self._said = True
            self._tell(error)
