"""The only wiring: the application, its theme, the window, and the pages of an open database."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import app as rentbook
from app.services.core import database as databases
from app.services.core import logs
from app.services.core.calendars import rent_year
from app.services.core.clock import Clock, SystemClock
from app.services.core.landlord import LandlordDetails, landlord
from app.services.core.resources import resource
from app.services.core.session import Desk
from app.services.demonstration.dto import FULL, Size
from app.views.common import formats
from app.views.common.changes import ChangeBus
from app.views.common.office import Office
from app.views.common.tasks import Tasks
from app.views.common.theme import Theme
from app.views.shell import settings
from app.views.shell.crash import CrashReporter
from app.views.shell.window import Tab, Window
from app.views.welcome.controller import WelcomeController, follow_demonstration


def application() -> QApplication:
    """The one QApplication, named."""
    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else QApplication([])
    app.setApplicationName("Rentbook")
    app.setApplicationVersion(rentbook.__version__)
    app.setWindowIcon(QIcon(str(resource("icons", "rentbook.svg"))))
    return app


class Rentbook(QObject):
    """The program: a window, and the database that is open in it.

    Attributes:
        window: the window.
        office: the open desk as the pages use it; None on the welcome page.
    """

    def __init__(self, app: QApplication, theme: Theme, clock: Clock | None = None, demonstration: Size = FULL) -> None:
        super().__init__(app)
        self._demonstration = demonstration
        self._clock = clock or SystemClock()
        self.tasks = Tasks(self)
        self.bus = ChangeBus(self)
        self.crashes = CrashReporter(self)
        self.window = Window(theme, self.tasks, self.bus, self.crashes)
        self.office: Office | None = None
        self.welcome: WelcomeController | None = None
        self.controllers: dict[str, QObject] = {}
        self.window.leave_wanted.connect(self.show_welcome)
        self.window.find_wanted.connect(self._find)

    def begin(self, place: str | None) -> None:
        """Open the database that was named or was open last, else show the welcome page."""
        self.show_welcome()
        remembered = settings.DATABASE.read()
        if place is None:
            known = [each for each in (remembered, str(databases.default_path())) if each and Path(each).is_file()]
            place = known[0] if known else None
        if place is not None and self.welcome:
            self.welcome.open_file(place)

    def show_welcome(self) -> None:
        """Leave the database that is open and show the welcome page."""
        self.tasks.drain()
        self.close_database()
        self.welcome = WelcomeController(self.tasks, self._clock, self.crashes.report, self._demonstration)
        self.welcome.opened.connect(self.open_desk)
        self.window.show_alone(self.welcome.page)

    def open_desk(self, desk: Desk, how: str = "file") -> None:
        """Show the pages of a database."""
        self.close_database()
        self.welcome = None
        self.office = Office(desk, self.tasks, self.bus, self.window.messages, self.crashes.report)
        if desk.database.is_sqlite:
            settings.DATABASE.write(str(desk.database.url.database))
        tabs = [self._tab(name, make, icon) for name, make, icon in areas(self.office)]
        self.office.ask(self.controllers["rent"], landlord, then=self._name_landlord)
        today = self._clock.today()
        year = rent_year(today)
        when = f"Week {year.week_number(today)} of {year.weeks}   {formats.weekday(today)}"
        self.window.show_tabs(tabs, desk.officer.name, place_of(desk), when)
        follow_demonstration(self.office, self.controllers["rent"])
        if how == "own":
            self.window.go_to(tabs[-1].page)

    def _name_landlord(self, details: LandlordDetails) -> None:
        if details.name and self.office:
            self.window.name_place(f"{details.name} ({place_of(self.office.desk)})")

    def close_database(self) -> None:
        """Let go of the database that is open."""
        self.controllers.clear()
        if self.office is not None:
            self.office.desk.database.close()
            self.office = None

    def _tab(self, name: str, make: Callable[[], QObject], icon: str) -> Tab:
        controller = make()
        self.controllers[name] = controller
        return Tab(controller.page, icon)  # type: ignore[attr-defined]

    def _find(self, text: str) -> None:
        from app.views.rent.controller import AccountsController

        accounts = self.controllers.get("rent")
        if isinstance(accounts, AccountsController):
            self.window.go_to(accounts.page)
            accounts.look_for(text)


def areas(office: Office) -> list[tuple[str, Callable[[], QObject], str]]:
    """The tabs in their order: name, how its controller is made, icon."""
    from app.views.admin.controller import LandlordController
    from app.views.charges.controller import ChargesController
    from app.views.rent.controller import AccountsController
    from app.views.statements.controller import StatementsController

    return [
        ("rent", lambda: AccountsController(office), "account-group-outline"),
        ("charges", lambda: ChargesController(office), "calendar-week"),
        ("statements", lambda: StatementsController(office), "file-document-multiple-outline"),
        ("admin", lambda: LandlordController(office), "domain"),
    ]


def place_of(desk: Desk) -> str:
    """What the status bar calls the database."""
    url = desk.database.url
    return Path(url.database or "").name if desk.database.is_sqlite else f"{url.database} on {url.host}"


def run(place: str | None) -> int:
    """Open the window and stay until it is closed."""
    logs.start()
    app = application()
    theme = Theme(app)
    settings.restore_look(theme)
    program = Rentbook(app, theme)
    program.crashes.install()
    program.window.show()
    QTimer.singleShot(0, lambda: program.begin(place or os.environ.get("RENTBOOK_DB")))
    code = app.exec()
    program.tasks.drain()
    program.close_database()
    return code
