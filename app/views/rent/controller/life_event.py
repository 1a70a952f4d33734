"""What the sheet of a life event does: lists what hangs on the person, tells what will be done, and does it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Hangs, Noted, Whom
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.life_event import LifeEventSheet, noted_words


class LifeEventController(QObject):
    """One sheet, from the menu until the event is noted or the officer leaves."""

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None, known: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(page)
        self._known = known or {}
        assert header is not None
        self._office = office
        self._page = page
        self._header = header
        self._asked: Task | None = None
        self.sheet: LifeEventSheet | None = None
        office.ask(self, queries.whom, header.account_id, then=self._open)

    def _open(self, people: tuple[Whom, ...]) -> None:
        if not people:
            self._office.messages.info("Nobody holds this account now, so nothing can happen to them here.")
            self.deleteLater()
            return
        today = self._office.desk.clock.today
        self.sheet = sheet = LifeEventSheet(self._page, people, self._header.reference, today)
        sheet.about = (Subject.ACCOUNT, self._header.account_id)
        sheet.begin_with(self._known)
        self.setParent(sheet)
        self._preview = Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.happened_changed.connect(self._list)
        sheet.confirmed.connect(self._save)
        sheet.open()
        self._preview.ask()

    def _list(self) -> None:
        """Ask for all that hangs on them, unless what happened can't be read yet."""
        assert self.sheet is not None
        if (happened := self.sheet.happened()) is None:
            return
        self._asked = self._office.ask(
            self, queries.what_hangs, happened, then=self._show, refused=self._refuse, instead_of=self._asked
        )

    def _show(self, found: tuple[Hangs, ...]) -> None:
        assert self.sheet is not None
        self.sheet.hangs.show_hangs(found)

    def _refuse(self, error: UserError) -> None:
        assert self.sheet is not None
        self.sheet.hangs.say(str(error), wrong=True)

    def _save(self) -> None:
        sheet = self.sheet
        command = sheet.command() if sheet else None
        if sheet is None or command is None:
            return
        sheet.set_busy(busy=True)

        def done(noted: Noted) -> None:
            sheet.close()
            self._office.messages.good(noted_words(command.happened.kind, noted.open_steps))

        self._office.do(self, commands.note_life_event, command, then=done, refused=self._not_saved)

    def _not_saved(self, error: UserError) -> None:
        """What hangs on them may be what is wrong: it is listed anew, and what was decided stays."""
        assert self.sheet is not None
        self.sheet.show_error(error)
        self._list()
