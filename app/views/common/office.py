"""What a controller works with: the desk, and the ways to ask it off the GUI thread and tell the officer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.calendars import RentYear, rent_year
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.reach import OutOfReach
from app.services.core.session import Desk
from app.views.common.changes import ChangeBus
from app.views.common.document_doors import DocumentDoors
from app.views.common.drafts import Drafts
from app.views.common.letter_doors import LetterDoors
from app.views.common.message_bar import MessageBar
from app.views.common.presence import Presence
from app.views.common.reach import Reach
from app.views.common.remembered import Memory
from app.views.common.table_doors import TableDoors
from app.views.common.task_doors import TaskDoors
from app.views.common.tasks import Task, Tasks, drop, is_running

__all__ = ["Office", "drop", "is_running"]

Then = Callable[[Any], object]
YearOf = Callable[[date], RentYear]
Refused = Callable[[UserError], object]
OpenRecord = Callable[[Subject, int], object]
ShowOnly = Callable[[str, object], object]
Busy = Callable[[bool], object]
PutBack = Callable[[Path, str], object]


def nothing_opens(subject: Subject, record_id: int) -> None:
    """Open no record: the office has no window around it."""


def nothing_shows(area: str, wanted: object) -> None:
    """Show no other page: the office has no window around it."""


@dataclass(frozen=True, slots=True)
class Office:
    """An officer's desk as the window has it.

    Attributes:
        crashed: what is called with an exception that nobody expected.
        year_of: the landlord's rent year of a day.
        memory: what is remembered on this computer for the officer at this database.
        documents: the services behind a documents panel.
        open_record: shows a record, by its kind and id, on the page of its kind.
        show_only: shows the page of an area, listing only what is wanted (None: the page as it is).
        reach: whether the database answers; a question asked while it is out of reach waits until it is back.
        drafts: forms in progress; `record_form` keeps and offers them.
        presence: who else has a record open.
        diary: the services behind tasks and notes.
        tables: the services behind every table: exports, print previews, saved filters.
        letters: the services behind writing a letter.
        put_back: puts a backup (its file, and why) in the place of the database, which is let go of first.
    """

    desk: Desk
    tasks: Tasks
    bus: ChangeBus
    messages: MessageBar
    crashed: Callable[[BaseException], object]
    year_of: YearOf = rent_year
    memory: Memory = field(default_factory=Memory)
    open_record: OpenRecord = nothing_opens
    show_only: ShowOnly = nothing_shows
    reach: Reach | None = None
    documents: DocumentDoors | None = None
    drafts: Drafts | None = None
    presence: Presence | None = None
    tables: TableDoors | None = None
    letters: LetterDoors | None = None
    diary: TaskDoors | None = None
    put_back: PutBack | None = None

    def ask(
        self,
        owner: QObject,
        query: Callable[..., Any],
        *args: Any,
        then: Then,
        label: str = "",
        refused: Refused | None = None,
        busy: Busy | None = None,
        instead_of: Task | None = None,
        **named: Any,
    ) -> Task:
        """Run a query and hand its answer to `then`; what it replaces is abandoned.

        `refused` takes a UserError instead of the message bar; `busy` is told True now and False when it is over, however
        it ended, so that a page whose work was stopped or failed can go on; `instead_of` is an earlier question that
        nobody asks any more.
        """
        drop(instead_of)

        def work(progress: Progress, cancel: CancelToken) -> Any:
            return self.desk.watch(query, progress, cancel, *args, **named)

        postpones = OutOfReach if self.reach else ()
        task = self.tasks.run_task(work, parent=owner, label=label, cancellable=True, postpones=postpones)
        return self._join(task, then, refused, busy)

    def do(
        self,
        owner: QObject,
        command: Callable[..., Any],
        *args: Any,
        then: Then,
        label: str = "",
        refused: Refused | None = None,
        busy: Busy | None = None,
        changes: frozenset[str] = frozenset(),
        cancellable: bool = False,
        **named: Any,
    ) -> Task:
        """Run a command in one transaction, tell the pages what changed, and hand its result to `then`."""

        def work(progress: Progress, cancel: CancelToken) -> Any:
            return self.desk.run(command, progress, cancel, *args, **named)

        return self._start(owner, work, self._telling(then, changes), label, refused, busy, cancellable=cancellable)

    def job(
        self,
        owner: QObject,
        job: Callable[..., Any],
        *args: Any,
        then: Then,
        label: str,
        refused: Refused | None = None,
        busy: Busy | None = None,
        changes: frozenset[str] = frozenset(),
        **named: Any,
    ) -> Task:
        """Run a job, `job(desk, ..., progress=, cancel=)`: long work of several transactions that can be cancelled."""

        def work(progress: Progress, cancel: CancelToken) -> Any:
            return job(self.desk, *args, progress=progress, cancel=cancel, **named)

        return self._start(owner, work, self._telling(then, changes), label, refused, busy, cancellable=True)

    def elsewhere(
        self,
        owner: QObject,
        work: Callable[[], Any],
        *,
        then: Then,
        label: str = "",
        refused: Refused | None = None,
        busy: Busy | None = None,
    ) -> Task:
        """Run something slow that needs no database, such as writing a file."""
        return self._start(owner, lambda _progress, _cancel: work(), then, label, refused, busy, cancellable=False)

    def _telling(self, then: Then, areas: frozenset[str]) -> Then:
        def tell(result: Any) -> None:
            found = result if isinstance(result, Changes) else getattr(result, "changes", None)
            if isinstance(found, Changes):
                self.bus.publish(found)
            elif areas:
                self.bus.publish(Changes(areas))
            then(result)

        return tell

    def _start(
        self,
        owner: QObject,
        work: Callable[[Progress, CancelToken], Any],
        then: Then,
        label: str,
        refused: Refused | None,
        busy: Busy | None,
        *,
        cancellable: bool,
    ) -> Task:
        task = self.tasks.run_task(work, parent=owner, label=label, cancellable=cancellable)
        return self._join(task, then, refused, busy)

    def _join(self, task: Task, then: Then, refused: Refused | None, busy: Busy | None) -> Task:
        task.succeeded.connect(then)
        if self.reach:
            self.reach.watch(task)

        def failed(error: Exception) -> None:
            if isinstance(error, OutOfReach) and self.reach:
                self.reach.suspect()
            if isinstance(error, UserError):
                (refused or self.messages.bad)(error)
            else:
                self.crashed(error)

        task.failed.connect(failed)
        if busy:
            busy(True)
            task.ended.connect(lambda: busy(False))
        return task
