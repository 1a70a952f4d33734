"""An open desk over the day: which day it is, whether the clock is right, who sits here, and when they have to leave."""

from __future__ import annotations

import platform
import uuid
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

import app
from app.services.core.clock import Clock
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.views.common import formats, handed_out
from app.views.shell.day import DayWatch

if TYPE_CHECKING:
    from app.bootstrap.program import Rentbook
    from app.models.values import DeskEnding
    from app.views.common.office import Office
    from app.views.shell.here import Here
    from app.views.welcome.controller import Opened

_BEAT: Final = Later("app.services.admin.sessions.beating", "tell")
_TOLD: Final = Later("app.services.admin.sessions.dto", "Told")
SECTION: Final = "who_is_here"


class DeskLife(QObject):
    """Looks at the clock and tells the others, while a database is open."""

    def __init__(self, program: Rentbook, clock: Clock) -> None:
        super().__init__(program)
        self._program = program
        self._clock = clock
        self.here: Here | None = None
        self._day = DayWatch(clock, self)
        self._day.set_back.connect(program.window.notice.stand)
        self._day.day_changed.connect(self.name_day)

    def begin(self, opened: Opened) -> None:
        """An officer sits down."""
        self.name_day()
        self._day.begin(opened.recorded)

    def follow(self, office: Office) -> None:
        """The first page is there: tell the others from now on."""
        from app.views.shell.here import Here

        if self.here is not None:
            return
        made = self.here = Here(partial(_tell, office, uuid.uuid4().hex), self._page, self)
        made.said.connect(partial(self._announce, Permission.CLOSE_RENTBOOK in office.desk.officer.permissions))
        made.clock_wrong.connect(self._warn)
        made.leave_wanted.connect(self._send_away)
        if office.reach is not None:
            made.lost.connect(office.reach.suspect)
        made.begin()

    def end(self) -> None:
        """They have left, and nothing of a tenant stays behind."""
        self._day.end()
        handed_out.officer_left()
        if self.here is not None:
            self.here.close()
            self.here.deleteLater()
            self.here = None

    def name_day(self) -> None:
        """Say at the foot of the window which day and rent week it is."""
        office = self._program.office
        if office is not None:
            today = self._clock.today()
            year = office.year_of(today)
            words = f"Week {year.week_number(today)} of {year.weeks}   {formats.weekday(today)}"
            self._program.window.name_day(words)

    def _page(self) -> str:
        shown = self._program.window.page()
        return shown.windowTitle() if shown is not None else ""

    def _announce(self, stays: bool, words: str) -> None:
        banner = self._program.window.announcement
        if not words:
            banner.clear()
        elif stays:
            banner.say(words, "warning", "Who is &here", partial(self._program.show_only, "admin", SECTION))
        else:
            banner.say(words)

    def _warn(self, words: str) -> None:
        self._program.window.notice.stand(f"{words} Put it right: what you record takes its date from it.")

    def _send_away(self, words: str) -> None:
        """Sign the officer out: what stands in forms and dialogs is kept as drafts by then, or as the desk closes."""
        for dialog in self._program.window.findChildren(QDialog):
            dialog.hide()
            dialog.deleteLater()
        self._program.leave(partial(self._program.sign_out, words))


def _tell(office: Office, window: str, page: str, ending: DeskEnding | None) -> Any:
    return _BEAT(office.desk, _TOLD(window, platform.node(), app.__version__, page, ending))
