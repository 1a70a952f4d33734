"""Signing in and out, the lock and the password, joined to the services; off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.core import database as databases
from app.services.core import sign_in
from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.core.sign_in import Desks, SignedIn
from app.services.core.tries import sign_in_rules
from app.services.servers.opening import Place
from app.views.common.tasks import Tasks
from app.views.shell.lock import Lock
from app.views.shell.window import Window
from app.views.welcome.controller import Opened, Waiting, look

if TYPE_CHECKING:
    from app.views.shell.sign_in import SignInPage

_LOOK_MS: Final = 10_000


class Signing(QObject):
    """Who sits at this desk.

    Signals:
        opened(Opened): an officer signed in.
    """

    opened = Signal(object)

    def __init__(self, window: Window, tasks: Tasks, clock: Clock, crashed: Callable[[BaseException], object]) -> None:
        super().__init__(window)
        self._window, self._tasks, self._clock, self._crashed = window, tasks, clock, crashed
        self._place: Place = ""
        self._desk: Desk | None = None
        self.page: SignInPage | None = None
        self.lock = Lock(window)
        window.lock_wanted.connect(self.lock.lock)
        window.top.menu.password_wanted.connect(self.change_password)
        self.lock.password_given.connect(self._unlock)

    def wait(self, waiting: Waiting) -> SignInPage:
        """Show the sign-in page of a database."""
        from app.views.shell.sign_in import SignInPage

        self._place = waiting.place
        page = self.page = SignInPage()
        page.given.connect(self._by_password)
        page.computer_wanted.connect(self._by_computer)
        self._window.show_alone(page)
        self._window.status.place.setText("Nobody is signed in")
        self._window.status.officer.clear()
        self._show(page, waiting.desks)
        return page

    def _show(self, page: SignInPage, desks: Desks) -> None:
        """Show who may sign in; while Rentbook is closed it is looked now and then whether it is open again."""
        page.show_desks(desks)
        if desks.closed:
            self._look_later(page)

    def _look_later(self, page: SignInPage) -> None:
        QTimer.singleShot(_LOOK_MS, page, lambda: self._look(page))

    def _look(self, page: SignInPage) -> None:
        """See whether Rentbook is open again; whoever is typing a password isn't disturbed, and a failure passes."""

        def work() -> Desks:
            database = databases.open_database(self._place, self._clock)
            try:
                return database.read(lambda session: sign_in.desks(session, self._clock))
            finally:
                database.close()

        def done(found: Desks) -> None:
            if found.closed or page.password.text():
                self._look_later(page)
            else:
                page.show_desks(found)

        def refused(error: UserError) -> None:
            page.messages.bad(error)
            self._look_later(page)

        self._run(work, done, refused, page)

    def seat(self, opened: Opened) -> None:
        """An officer sits down: the lock begins, and a password that must be changed is asked for."""
        self._desk, self.page = opened.desk, None
        self.lock.begin(opened.desk.officer.name, asks=opened.by_password, minutes=opened.lock_minutes)
        self._window.top.menu.offer_sign_in(offered=True)
        if opened.must_change:
            self._ask_password(first=not opened.by_password, must=True)

    def unseat(self) -> None:
        """The database is let go of."""
        self._desk = None
        self.lock.end()
        self._window.top.menu.offer_sign_in(offered=False)

    def sign_out(self, then: Callable[[Waiting], object]) -> None:
        """Write into the log that the officer left, and go on with the sign-in page of the same database."""
        desk = self._desk
        if desk is None:
            return
        place = desk.database.place

        def work() -> Waiting:
            sign_in.sign_out(desk)
            return Waiting(place, desk.database.read(lambda session: sign_in.desks(session, self._clock)))

        self._run(work, then, self._window.messages.bad)

    def change_password(self) -> None:
        """The sheet for another password."""
        self._ask_password(first=False, must=False)

    def _ask_password(self, *, first: bool, must: bool) -> None:
        desk = self._desk
        if desk is None:
            return

        def facts() -> tuple[int, bool]:
            least = desk.database.read(lambda session: sign_in_rules(session, desk.clock.today())).password_length
            return least, not sign_in.has_password(desk)

        def show(found: tuple[int, bool]) -> None:
            if self._desk is desk:
                self._show_sheet(desk, least=found[0], first=first or found[1], must=must)

        self._run(facts, show, self._window.messages.bad)

    def _show_sheet(self, desk: Desk, *, least: int, first: bool, must: bool) -> None:
        from app.views.shell.sign_in import PasswordSheet

        sheet = PasswordSheet(self._window, first=first, least=least, must=must)

        def keep(old: str, new: str) -> None:
            def done(_nothing: object) -> None:
                sheet.accept()
                self._window.messages.good("Your new password is kept.")

            self._run(lambda: sign_in.change_password(desk, old, new), done, sheet.show_error)

        sheet.chosen.connect(keep)
        if must:
            sheet.rejected.connect(self._window.sign_out_wanted)
        sheet.open()

    def _by_password(self, username: str, password: str) -> None:
        self._sign_in(lambda database: sign_in.by_password(database, username, password, self._clock))

    def _by_computer(self) -> None:
        self._sign_in(lambda database: sign_in.by_computer(database, self._clock))

    def _sign_in(self, way: Callable[[Database], SignedIn | Desks]) -> None:
        page = self.page
        if page is None:
            return

        def work() -> Opened | Desks:
            database = databases.open_database(self._place, self._clock)
            try:
                found = way(database)
                if isinstance(found, SignedIn):
                    return look(found)
            except BaseException:
                database.close()
                raise
            database.close()
            return found

        def done(found: Opened | Desks) -> None:
            page.set_busy(busy=False)
            if isinstance(found, Opened):
                self.opened.emit(found)
            else:
                self._show(page, found)

        page.set_busy(busy=True)
        self._run(work, done, page.show_error)

    def _unlock(self, password: str) -> None:
        desk = self._desk
        if desk is not None:
            self._run(
                lambda: sign_in.unlock_desk(desk, password),
                lambda _nothing: self.lock.unlock(),
                self.lock.screen.show_error,
            )

    def _run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        refused: Callable[[UserError], object],
        owner: QObject | None = None,
    ) -> None:
        task = self._tasks.run_task(lambda _progress, _cancel: work(), parent=owner or self)
        task.succeeded.connect(then)
        task.failed.connect(lambda error: refused(error) if isinstance(error, UserError) else self._crashed(error))
