"""The program: the application, its theme, the window, and the pages of an open database."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.bootstrap import card_watch, doors, inbox, outbox
from app.bootstrap.controllers import Controller, Controllers
from app.bootstrap.desk_life import DeskLife
from app.bootstrap.garbage_watch import GarbageWatch
from app.bootstrap.offices import office_of
from app.bootstrap.reaching import place_of
from app.models.values import Subject
from app.services.core import database as databases
from app.services.core.clock import Clock, SystemClock
from app.services.core.errors import UserError
from app.services.servers.opening import Place, is_there, kept_place
from app.views.common import handed_out
from app.views.common.changes import ChangeBus
from app.views.common.office import Office
from app.views.common.remembered import Memory, remember_for
from app.views.common.table_desk import TableDesk
from app.views.common.tasks import Tasks
from app.views.common.theme import Theme
from app.views.shell import settings
from app.views.shell.areas import AREAS, Area, area_named, area_that_opens
from app.views.shell.copies import Copies
from app.views.shell.crash import CrashReporter
from app.views.shell.palette_item import Item
from app.views.shell.seeking import Seeker
from app.views.shell.signing import Signing
from app.views.shell.window import Tab, Window
from app.views.welcome.controller import Opened, Waiting, WelcomeController, follow_demonstration

if TYPE_CHECKING:
    from app.services.demonstration.dto import Size

_LATER_MS = 2_000


class Rentbook(QObject):
    """The program: a window, and the database that is open in it.

    Attributes:
        window: the window.
        office: the open desk as the pages use it; None on the welcome page.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        clock: Clock | None = None,
        demonstration: Size | None = None,
        copies: Copies | None = None,
        *,
        tours: bool = False,
    ) -> None:
        super().__init__(app)
        self._theme = theme
        self._demonstration = demonstration
        self._clock = clock or SystemClock()
        self.tasks = Tasks(self)
        self.bus = ChangeBus(self)
        self.crashes = CrashReporter(self)
        self.window = Window(theme, self.tasks, self.bus, self.crashes)
        self.office: Office | None = None
        self.welcome: WelcomeController | None = None
        self.controllers = Controllers(self._make)
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self._follow)
        self._garbage = GarbageWatch(self)
        QTimer.singleShot(_LATER_MS, self._garbage, self._garbage.begin)
        QTimer.singleShot(_LATER_MS, self._garbage, handed_out.sweep)
        self._copies = copies
        self._tours = tours
        if copies is not None:
            copies.called.connect(self.window.come_forward)
        self.life = DeskLife(self, self._clock)
        self.signing = Signing(self.window, self.tasks, self._clock, self.crashes.report)
        self.signing.opened.connect(self.show_database)
        self.signing.lock.leave_wanted.connect(self.window.sign_out_wanted)
        self._seeker: Seeker | None = None
        self._areas: tuple[Area, ...] = ()
        self._join_window()

    def _join_window(self) -> None:
        self.window.leave_wanted.connect(lambda: self.leave(self.show_welcome))
        self.window.payment_wanted.connect(lambda: doors.begin_payment(self))
        self.window.sign_out_wanted.connect(lambda: self.leave(self.sign_out))
        self.window.page_wanted.connect(lambda at: self.controllers[self._areas[at].name])

    def begin(self, place: Place | None) -> None:
        """Open the database that was named or was open last, else show the welcome page."""
        self.leave(partial(self._begin, place))

    def leave(self, then: Callable[[], object]) -> None:
        """Ask the work under way to stop, and go on when it has; the window waits for nothing."""
        if not self.tasks.busy:
            then()
            return
        self.window.banner.say("Stopping what is under way; nothing is left half done.", "")
        self.tasks.idle.connect(then, Qt.ConnectionType.SingleShotConnection)
        self.tasks.stop_all()

    def _begin(self, place: Place | None) -> None:
        remembered = settings.DATABASE.read()
        if place is None:
            known = [each for each in (remembered, str(databases.default_path())) if each and is_there(each)]
            place = known[0] if known else None
        if place is None:
            self.show_welcome()
            return
        opening = self._make_welcome()
        self.window.show_nothing("Opening the database")
        opening.open_file(place)

    def show_welcome(self) -> None:
        """Show the welcome page; the database that was open is let go of."""
        self.window.show_alone(self._make_welcome().page)

    def _make_welcome(self) -> WelcomeController:
        """What opens databases; the one that was open is let go of."""
        self.close_database()
        self._end_welcome()
        made = self.welcome = WelcomeController(self.tasks, self._clock, self.crashes.report, self._demonstration, self)
        made.opened.connect(self.show_database)
        made.sign_in_wanted.connect(self.show_sign_in)
        made.page_wanted.connect(lambda: self.window.show_alone(made.page))
        return made

    def _end_welcome(self) -> None:
        if self.welcome is not None:
            self.welcome.deleteLater()
            self.welcome = None

    def show_sign_in(self, waiting: Waiting, words: str = "") -> None:
        """Show the sign-in page of a database, and why it is shown; whoever sat at it has left."""
        self.close_database()
        self._end_welcome()
        page = self.signing.wait(waiting)
        page.leave_wanted.connect(self.window.leave_wanted)
        if words or waiting.words:
            (page.messages.warn if waiting.failed else page.messages.info)(words or waiting.words)

    def sign_out(self, words: str = "") -> None:
        """The officer leaves the desk, and another may sign in."""
        self.signing.sign_out(partial(self.show_sign_in, words=words))

    def show_database(self, opened: Opened) -> None:
        """Show the pages of a database that is open, unless another copy of the program shows it already."""
        self.close_database()
        desk = opened.desk
        place = str(desk.database.url.database)
        if self._copies is not None and desk.database.is_sqlite and not self._copies.take(place):
            desk.database.close()
            self._copies.call_first(place)
            if self.welcome is not None:
                self.window.show_alone(self.welcome.page)
            self.window.banner.say(
                f"{place_of(desk)} is open in another Rentbook window, which now stands in front.",
                "warning",
                "Open it &here as well",
                partial(self._show_pages, opened),
            )
            return
        self._show_pages(opened)

    def _show_pages(self, opened: Opened) -> None:
        self._end_welcome()
        desk = opened.desk
        place = f"{opened.name} ({place_of(desk)})" if opened.name else place_of(desk)
        self.office = office_of(self, opened, place)
        doors.keep_sheets(self.office.drafts, self.window, self._area_shown)
        remembered = self.office.memory
        remember_for(remembered)
        settings.restore_look(self._theme, remembered)
        self._seeker = Seeker(self.window, self.office, self._commands)
        self._areas = tuple(area for area in AREAS if area.shown_to(desk.officer.permissions))
        settings.DATABASE.write(kept_place(desk.database))
        remembered.restore_window(self.window)
        left = settings.tab_left(self._clock.today(), remembered)
        first = next((at for at, area in enumerate(self._areas) if area.name == left), 0)
        self.window.show_tabs([Tab(area.title, area.icon) for area in self._areas], desk.officer.name, place, first)
        self.life.begin(opened)
        self.signing.seat(opened)
        if opened.notes:
            self.window.messages.warn("\n".join(opened.notes))
        self._later.start()
        if opened.new:
            admin = self.controllers["admin"]
            admin.open("load")  # type: ignore[attr-defined]
            self.window.go_to(admin.page)

    def _commands(self) -> Iterator[Item]:
        """What the palette offers beside records: what can be done now, and on the pages that nobody opened yet."""
        from app.views.shell.unopened import unopened_commands

        yield from self.window.commands()
        if self.office is not None:
            unopened = [area for area in self._areas if area.name not in self.controllers]
            held = self.office.desk.officer.permissions
            yield from unopened_commands(unopened, held, self.show_only, self.window.page)

    def _area_shown(self) -> str:
        return self._areas[max(0, self.window.pages.currentIndex())].name

    def _follow(self) -> None:
        """When the first page is there: what can wait until then."""
        if self.office is not None:
            if self._tours:
                self.window.begin_tour()
            if self._copies is not None and self.office.desk.database.is_sqlite:
                self._copies.listen(str(self.office.desk.database.url.database))
            if self.office.drafts:
                self.office.drafts.begin()
            outbox.Outbox(self.office, self.office.reach or self).begin()
            inbox.Inbox(self.office, self.office.reach or self).begin()
            card_watch.CardWatch(self.office, self.office.reach or self).begin()
            self._garbage.begin()
            self.life.follow(self.office)
            follow_demonstration(self.office, self.controllers[self._area_shown()].page)

    def close_database(self) -> None:
        """Let go of the database that is open."""
        self._later.stop()
        self.life.end()
        self.signing.unseat()
        if self._copies is not None:
            self._copies.release()
        if self.office is not None:
            settings.keep_tab(self._area_shown(), self._clock.today(), self.office.memory)
        self.controllers.clear()
        remember_for(Memory())
        if self._seeker is not None:
            self._seeker.deleteLater()
            self._seeker = None
        if self.office is not None:
            for door in (self.office.drafts, self.office.presence, self.office.reach):
                if door is not None:
                    door.close()
                    door.deleteLater()
            self.office.desk.database.close()
            self.office = None
            self.window.name_day("")

    def _make(self, name: str) -> Controller:
        """Make the page of an area, and put it under its tab.

        Raises:
            UserError: the officer has no such tab.
        """
        assert self.office is not None
        area = area_named(name)
        if area not in self._areas:
            raise UserError(
                f"{self.office.desk.officer.name} has no tab {area.title}.", "An administrator gives roles."
            )
        made: Controller = getattr(importlib.import_module(f"app.views.{name}.controller"), area.controller)(
            self.office
        )
        self.window.put_page(self._areas.index(area), made.page)
        self.office.memory.follow_splitters(made.page, name)
        TableDesk(made.page, self.office)
        return made

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a record on the page of its kind, such as an account that a task is about."""
        area = area_that_opens(subject)
        if area is None or area not in self._areas:
            kind = subject.value.replace("_", " ")
            self.window.messages.info(f"You have no page that shows this {kind}.")
            return
        made = self.controllers[area.name]
        self.window.go_to(made.page)
        made.open_record(subject, record_id)  # type: ignore[attr-defined]
        if self._seeker is not None:
            self._seeker.opened(subject, record_id)

    def show_only(self, name: str, wanted: object = None) -> None:
        """Show the page of an area, listing only what is wanted of it if anything is, such as the bar of a chart."""
        area = next((each for each in self._areas if each.name == name), None)
        if area is None:
            self.window.messages.info("You have no page that shows this.")
            return
        made = self.controllers[name]
        self.window.go_to(made.page)
        if wanted is not None:
            made.show_only(wanted)  # type: ignore[attr-defined]
