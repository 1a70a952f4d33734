"""What the sheets about a person have in common: they ask who is on the account, tell what saving does, and save."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.people.dto import AccountPeople
from app.services.people.queries import people_of
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.people.sheets import PersonSheet


class PersonWork(AccountWork):
    """Something is kept of a person, from the menu or the list.

    Args:
        person_id: whose it is; None: the first's of the account.
        row: what is changed; None: something is added.
        ends: it is to be ended today.

    Attributes:
        kind: the sheet that it is kept by.
    """

    asks = staticmethod(people_of)
    kind: type[PersonSheet]

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
        super().__init__(office, page, header)
        self._person_id = person_id
        self._row = row
        self._ends = ends

    def make(self, people: AccountPeople) -> PersonSheet | str:
        """The sheet, where there is somebody to keep it of."""
        if not people.people:
            return "Nobody is named on this account."
        today = self.office.desk.clock.today
        sheet = self.kind(self.page, people, today, self._person_id, self._row, ends=self._ends)
        sheet.about = (Subject.PERSON, sheet.person_id)
        return sheet
