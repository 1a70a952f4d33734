"""The part of the account's card that shows its people, joined to the services."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.core.permissions import Permission
from app.services.people.dto import AccountPeople
from app.services.people.queries import people_of
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.controller.contacts import ContactController
from app.views.rent.controller.person_address import AddressController
from app.views.rent.controller.person_associate import AssociateController
from app.views.rent.controller.person_consent import ConsentController
from app.views.rent.controller.person_flag import FlagController
from app.views.rent.controller.person_work import PersonWork
from app.views.rent.people.lines import Kind, Line
from app.views.rent.people.part import PeoplePart

_WORKS: Final[dict[Kind, type[PersonWork]]] = {
    Kind.ADDRESS: AddressController,
    Kind.ASSOCIATE: AssociateController,
    Kind.FLAG: FlagController,
    Kind.CONSENT: ConsentController,
}


class PeopleController(QObject):
    """Shows the people of whichever account is open, and opens the sheet of what is chosen.

    Signals:
        counted(int): how many people there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = PeoplePart(may_change=Permission.KEEP_PEOPLE in office.desk.officer.permissions)
        super().__init__(self._part)
        self._office = office
        self._header: AccountHeader | None = None
        self._asked: Task | None = None
        self._part.open_wanted.connect(self._open)
        self._part.end_wanted.connect(lambda line: self._work(line, ends=True))
        self._part.add_wanted.connect(self._add)

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, header: AccountHeader) -> None:
        """Show the people of this account."""
        self._header = header
        self._asked = self._office.ask(
            self, people_of, header.account_id, then=self._show, refused=self._leave_out, instead_of=self._asked
        )

    def clear(self) -> None:
        """No account is open."""
        self._header = None
        self._part.show_people(None)

    def _show(self, people: AccountPeople) -> None:
        if self._header is not None and self._header.account_id == people.account_id:
            self._part.show_people(people)
            self.counted.emit(len(people.people))

    def _leave_out(self, _refused: object) -> None:
        """The header says why it may not be opened."""
        self.clear()

    def _open(self, line: Line) -> None:
        if self._header is None:
            return
        if line.kind is Kind.CONTACT:
            ContactController(self._office, self._part.window(), self._header, line.person_id)
        else:
            self._work(line)

    def _work(self, line: Line, *, ends: bool = False) -> None:
        if self._header is not None:
            _WORKS[line.kind](
                self._office,
                self._part.window(),
                self._header,
                person_id=line.person_id,
                row=line.item,
                ends=ends,
            )

    def _add(self, kind: Kind, person_id: int | None) -> None:
        if self._header is not None:
            _WORKS[kind](self._office, self._part.window(), self._header, person_id=person_id)
