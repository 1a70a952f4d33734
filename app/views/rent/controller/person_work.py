"""What the sheets about a person have in common: they ask who is on the account, tell what saving does, and save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.people.dto import AccountPeople, PersonSaved
from app.services.people.queries import people_of
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.rent.people.sheets import PersonSheet


class PersonWork(QObject):
    """One sheet about a person, from the menu or the list until it is saved or left.

    Args:
        person_id: whose it is; None: the first's of the account.
        row: what is changed; None: something is added.
        ends: it is to be ended today.
    """

    form: type[PersonSheet]
    preview: Callable[..., Any]
    save: Callable[..., Any]
    missing: tuple[str, str]
    """What is said where the command can't be told yet, and beside which field."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        header: AccountHeader | None,
        *,
        person_id: int | None = None,
        row: Any = None,
        ends: bool = False,
    ) -> None:
        super().__init__(page)
        self.office = office
        self.page = page
        self.person_id = person_id
        self.row = row
        self.ends = ends
        self.sheet: PersonSheet | None = None
        assert header is not None
        office.ask(self, people_of, header.account_id, then=self._open)

    def _open(self, people: AccountPeople) -> None:
        if not people.people:
            self.office.messages.info("Nobody is named on this account.")
            self.deleteLater()
            return
        today = self.office.desk.clock.today
        self.sheet = sheet = self.form(self.page, people, today, self.person_id, self.row, ends=self.ends)
        sheet.about = (Subject.PERSON, sheet.person_id)
        self.setParent(sheet)
        preview = Previewing(self.office, sheet, type(self).preview, self._command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _command(self) -> Any:
        typed: Any = self.sheet
        return typed.command() if typed is not None else None

    def _save(self) -> None:
        sheet, command = self.sheet, self._command()
        if sheet is None:
            return
        if command is None:
            words, field = self.missing
            sheet.show_error(UserError(words, field=field))
            return
        sheet.set_busy(busy=True)
        self.office.do(self, type(self).save, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: PersonSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self.office.messages.good(saved.told)
