"""The part of the account's card that shows its people, joined to the services."""

from __future__ import annotations

from typing import Final

from app.services.core.permissions import Permission
from app.services.people.dto import AccountPeople
from app.services.people.queries import people_of
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
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


class PeopleController(PartDesk):
    """Shows the people of whichever account is open, and opens the sheet of what is chosen."""

    def __init__(self, office: Office) -> None:
        self._shown = PeoplePart(may_change=Permission.KEEP_PEOPLE in office.desk.officer.permissions)
        super().__init__(office, self._shown, people_of)
        self._shown.open_wanted.connect(self._open)
        self._shown.end_wanted.connect(lambda line: self._work(line, ends=True))
        self._shown.add_wanted.connect(self._add)

    def fill(self, found: AccountPeople | None) -> None:
        """Show the people."""
        self._shown.show_people(found)

    def count(self, found: AccountPeople) -> int:
        """How many people there are."""
        return len(found.people)

    def _open(self, line: Line) -> None:
        if self.record is None:
            return
        if line.kind is Kind.CONTACT:
            ContactController(self.office, self._shown.window(), self.record, line.person_id)
        else:
            self._work(line)

    def _work(self, line: Line, *, ends: bool = False) -> None:
        if self.record is not None:
            _WORKS[line.kind](
                self.office, self._shown.window(), self.record, person_id=line.person_id, row=line.item, ends=ends
            )

    def _add(self, kind: Kind, person_id: int | None) -> None:
        if self.record is not None:
            _WORKS[kind](self.office, self._shown.window(), self.record, person_id=person_id)
