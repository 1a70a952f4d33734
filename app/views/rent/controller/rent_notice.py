"""What the sheet of a rent notice does: tells what it will say, and makes it."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.notices.keeping import Given
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.charging import RentNoticeSheet

_AREAS = frozenset({"letters", "charges", "diary"})


class RentNoticeController(QObject):
    """One notice, from the menu until it is made or the officer leaves."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        assert header is not None
        self.sheet = RentNoticeSheet(page, header.account_id, f"Account {header.reference}, {header.name}")
        super().__init__(self.sheet)
        self._office = office
        self.sheet.about = (Subject.ACCOUNT, header.account_id)
        self.sheet.confirmed.connect(self._make)
        previewing = Previewing(office, self.sheet, queries.preview_notice, self.sheet.command)
        self.sheet.open()
        previewing.ask()

    def _make(self) -> None:
        self.sheet.set_busy(busy=True)
        self._office.do(
            self,
            commands.give_rent_notice,
            self.sheet.command(),
            then=self._made,
            refused=self.sheet.show_error,
            changes=_AREAS,
        )

    def _made(self, given: Given) -> None:
        self.sheet.close()
        if given.letter_id is not None:
            self._office.messages.good("The rent notice is in Letters, to be printed.")
        else:
            self._office.messages.warn(f"The letter could not be made, so a task asks for the notice. {given.why_not}")
