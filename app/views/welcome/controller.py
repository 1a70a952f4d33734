"""What the welcome page does: makes or opens a database and sits the officer down at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.registered import announce
from app.services.core import database as databases
from app.services.core.calendars import RentYear
from app.services.core.clock import Clock
from app.services.core.clock_check import last_recorded
from app.services.core.errors import UserError
from app.services.core.landlord import landlord
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.core.progress import CancelToken, Progress
from app.services.core.rent_years import stated_years
from app.services.core.session import Desk
from app.services.core.sign_in import Desks, SignedIn, by_computer, system_user
from app.services.servers.opening import Place, address_of_place, amiss, is_server, open_place
from app.views.common.office import Office
from app.views.common.tasks import Task, Tasks
from app.views.welcome.page import WelcomePage

if TYPE_CHECKING:
    from app.services.demonstration.dto import Size, Summary

DEMONSTRATION = "demonstration.db"
_LONG_MS = 1_000
"""Whoever waits longer than this for a database is told what for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is open.

    Attributes:
        years: the rent years that the landlord states.
        name: the landlord's name; may be empty.
        new: it was made just now, and is empty.
        recorded: when anything was recorded in it last, in UTC.
        by_password, must_change, lock_minutes: how the officer signed in, as `sign_in.SignedIn` says.
        notes: sentences about the database that are said once it is open.
    """

    desk: Desk
    years: tuple[RentYear, ...] = ()
    name: str = ""
    new: bool = False
    recorded: datetime | None = None
    by_password: bool = False
    must_change: bool = False
    lock_minutes: int = 10
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A database whose sign-in page has to be shown first.

    Attributes:
        words: what is said there; nothing where nothing happened.
        failed: they say that something failed.
    """

    place: Place
    desks: Desks
    words: str = ""
    failed: bool = False


Opening = Callable[[Progress, CancelToken], Opened | Waiting]


class WelcomeController(QObject):
    """Opens databases off the GUI thread. A start that opens the one of yesterday goes by without the page.

    Signals:
        opened(Opened): the officer sits at a database.
        sign_in_wanted(Waiting): it has to be said first who sits there.
        page_wanted: opening takes long or failed: show the page, which tells of it.
    """

    opened = Signal(object)
    sign_in_wanted = Signal(object)
    page_wanted = Signal()

    def __init__(
        self, tasks: Tasks, clock: Clock, crashed: Callable[[BaseException], object], size: Size | None, owner: QObject
    ) -> None:
        super().__init__(owner)
        self._tasks = tasks
        self._clock = clock
        self._crashed = crashed
        self._size = size
        self._work: Task | None = None
        self._words = ""
        self._wanted: Place | None = None
        self._page: WelcomePage | None = None
        self._long = QTimer(self, singleShot=True, interval=_LONG_MS)
        self._long.timeout.connect(self._tell_begun)

    @property
    def page(self) -> WelcomePage:
        """The page, made when it is first wanted."""
        if self._page is None:
            page = self._page = WelcomePage()
            page.demonstration_wanted.connect(self.open_demonstration)
            page.own_wanted.connect(self.start_own)
            page.shared_wanted.connect(self._ask_server)
            page.file_wanted.connect(self._ask_file)
            page.stop_wanted.connect(self._stop)
        return self._page

    def open_file(self, place: Place) -> None:
        """Open a database by its path or address; where a server is amiss, its form shows what."""
        self._wanted = place if is_server(place) else None
        self.run(lambda progress, cancel: self._arrive(place, progress, cancel), "Opening the database")

    def start_own(self) -> None:
        """Make an empty database where this user's data is kept, or open the one that is there."""

        def work(progress: Progress, cancel: CancelToken) -> Opened | Waiting:
            path = databases.default_path()
            new = not path.exists()
            if new:
                databases.create(path, *system_user(), self._clock).close()
            return self._arrive(str(path), progress, cancel, new=new)

        self.run(work, "Making your database")

    def open_demonstration(self) -> None:
        """Make the demonstration landlord beside the user's own data, or open the one that is there."""

        def work(progress: Progress, cancel: CancelToken) -> Opened | Waiting:
            path = databases.default_path().with_name(DEMONSTRATION)
            if not path.exists():
                databases.create(path, *system_user(), self._clock).close()
            found = self._sit_down(str(path), progress, cancel)
            if isinstance(found, Waiting):
                return found
            try:
                self._begin_demonstration(found.desk, progress, cancel)
                desk = Desk.sit_down(found.desk.database, found.desk.officer.username, self._clock)
            except BaseException:
                found.desk.database.close()
                raise
            return look(replace(found, desk=desk))

        self.run(work, "Making the demonstration landlord")

    def _begin_demonstration(self, desk: Desk, progress: Progress, cancel: CancelToken) -> None:
        """Make the current rent year, or go on with one that was stopped; the earlier years follow once it is open."""
        from app.services.demonstration import jobs, queries
        from app.services.demonstration.dto import FULL

        announce()
        if not desk.ask(queries.begun) or not desk.ask(queries.summary).years:
            jobs.begin(desk, self._size or FULL, progress, cancel)

    def _arrive(self, place: Place, progress: Progress, cancel: CancelToken, *, new: bool = False) -> Opened | Waiting:
        found = self._sit_down(place, progress, cancel)
        return found if isinstance(found, Waiting) else look(found, new=new)

    def _sit_down(self, place: Place, progress: Progress, cancel: CancelToken) -> SignedIn | Waiting:
        opened = open_place(place, self._clock, progress, cancel)
        try:
            found = by_computer(opened, self._clock)
        except BaseException:
            opened.close()
            raise
        if isinstance(found, SignedIn):
            return found
        opened.close()
        return Waiting(place, found)

    def run(self, work: Opening, words: str) -> None:
        """Do what comes before a database is opened, and go on with what it says."""
        task = self._tasks.run_task(work, parent=self, cancellable=True)
        self._work, self._words = task, words
        if self._page is None:
            self._long.start()
        else:
            self._page.messages.clear()
            self._page.show_work(words)
        task.progressed.connect(self._tell_progress)
        task.succeeded.connect(self._arrived)
        task.failed.connect(self._failed)
        task.ended.connect(self._ended)

    def _tell_begun(self) -> None:
        self.page_wanted.emit()
        self.page.show_work(self._words)

    def _tell_progress(self, done: int, total: int, text: str) -> None:
        if self._page is not None:
            self._page.show_work(f"{self._words}: {text}" if text else self._words, done, total)

    def _arrived(self, found: Opened | Waiting) -> None:
        self._long.stop()
        (self.opened if isinstance(found, Opened) else self.sign_in_wanted).emit(found)

    def _failed(self, error: Exception) -> None:
        if self._page is None:
            self.page_wanted.emit()
        if isinstance(error, UserError):
            self.page.messages.bad(error)
            if self._wanted is not None:
                self._ask_server(self._wanted, error)
        else:
            self._crashed(error)

    def _ended(self) -> None:
        self._long.stop()
        if self._page is not None:
            self._page.end_work()

    def _stop(self) -> None:
        if self._work:
            self._work.cancel()

    def _ask_server(self, place: Place | None = None, error: UserError | None = None) -> None:
        from app.views.welcome.connecting import ServerDesk
        from app.views.welcome.dialogs import ServerSheet

        sheet = ServerSheet(self.page)
        address = address_of_place(place) if place is not None else None
        if address is not None:
            sheet.fill(address)
        desk = ServerDesk(sheet, self._tasks, self._clock, self._arrive, self._crashed)
        desk.arrived.connect(self._came_from_server)
        sheet.open()
        if error is not None:
            sheet.show_error(error)

    def _came_from_server(self, found: Opened | Waiting, about_password: str) -> None:
        if about_password and isinstance(found, Opened):
            found = replace(found, notes=(*found.notes, about_password))
        self._arrived(found)

    def _ask_file(self) -> None:
        from app.views.common.dialogs import ask_open

        dialog = ask_open(self.page, "Open a database", "Rentbook databases (*.db);;All files (*)")
        dialog.fileSelected.connect(lambda path: self.open_file(str(Path(path))))


def look(signed: SignedIn, *, new: bool = False) -> Opened:
    """What the window needs to know of a database before it shows its pages; off the GUI thread."""
    announce()
    desk = signed.desk
    years = desk.ask(lambda ctx: stated_years(ctx.session))
    name, recorded = desk.ask(landlord).name, desk.ask(last_recorded)
    notes = amiss(desk.database) if Permission.MANAGE_OFFICERS in desk.officer.permissions else ()
    return Opened(desk, years, name, new, recorded, signed.by_password, signed.must_change, signed.lock_minutes, notes)


def follow_demonstration(office: Office, owner: QObject) -> None:
    """If the database is a demonstration landlord whose earlier years are missing, make them in the background."""
    begun, summary = (Later("app.services.demonstration.queries", name) for name in ("begun", "summary"))
    years_before = Later("app.services.demonstration.jobs", "follow")

    def follow(found: Summary) -> None:
        if found.years and not found.complete and Permission.LOAD_LANDLORD in office.desk.officer.permissions:
            words = "Earlier years of the demonstration"
            office.job(owner, years_before, then=lambda _summary: None, label=words, changes=frozenset({"ledger"}))

    def look(found: object) -> None:
        if found is not None:
            office.ask(owner, summary, then=follow)

    office.ask(owner, begun, then=look)
