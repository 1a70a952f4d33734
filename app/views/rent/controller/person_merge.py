"""The sheet by which two records of one person are made one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.people.dto import AccountPeople, Match
from app.services.people.merging import commands, queries
from app.services.people.queries import find_people, people_of
from app.services.rent.dto import AccountHeader
from app.views.common import formats
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.people.merging import MergeSheet


class MergeController(AccountWork):
    """Two records of one person are merged."""

    asks = staticmethod(people_of)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.merge_people)
    at_once = False
    missing = UserError("Choose the other record.", field="other")

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(office, page, header)
        self._reference = header.reference if header is not None else ""
        self._asked: Task | None = None

    def make(self, people: AccountPeople) -> MergeSheet | str:
        """The sheet, where there is somebody to merge."""
        if not people.people:
            return "Nobody is named on this account."
        sheet = MergeSheet(self.page, people, self._find, self._reference)
        sheet.about = (Subject.PERSON, people.people[0].person_id)
        sheet.kept.changed.connect(self.opened)
        return sheet

    def opened(self) -> None:
        """Look for records that are likely of whoever is kept."""
        kept = self.sheet.kept.value()
        self._asked = self.office.ask(self, queries.candidates, kept, then=self.sheet.offer, instead_of=self._asked)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Match]) -> None:
            kept = self.sheet.kept.value()
            then([Picked(each.person_id, each.name, _facts(each)) for each in found if each.person_id != kept])

        self.office.ask(self, find_people, text, then=show)


def _facts(match: Match) -> str:
    born = f"born {formats.day(match.date_of_birth)}" if match.date_of_birth else ""
    return ", ".join(part for part in (match.reference, born, match.address) if part)
