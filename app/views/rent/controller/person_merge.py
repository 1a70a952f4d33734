"""The sheet by which two records of one person are made one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.people.dto import AccountPeople, Match
from app.services.people.merging import commands, queries
from app.services.people.merging.dto import Merged
from app.services.people.queries import find_people, people_of
from app.services.rent.dto import AccountHeader
from app.views.common import formats
from app.views.common.effects import Previewing
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.people.merging import MergeSheet


class MergeController(QObject):
    """One merge, from the menu until it is done or left."""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None) -> None:
        super().__init__(page)
        assert header is not None
        self._office = office
        self._page = page
        self._reference = header.reference
        self._asked: Task | None = None
        self.sheet: MergeSheet | None = None
        office.ask(self, people_of, header.account_id, then=self._open)

    def _open(self, people: AccountPeople) -> None:
        if not people.people:
            self._office.messages.info("Nobody is named on this account.")
            self.deleteLater()
            return
        self.sheet = sheet = MergeSheet(self._page, people, self._find, self._reference)
        sheet.about = (Subject.PERSON, people.people[0].person_id)
        self.setParent(sheet)
        Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.kept.changed.connect(self._offer)
        sheet.confirmed.connect(self._save)
        sheet.open()
        self._offer()

    def _offer(self) -> None:
        """Look for records that are likely of whoever is kept."""
        if self.sheet is not None:
            kept = self.sheet.kept.value()
            self._asked = self._office.ask(
                self, queries.candidates, kept, then=self.sheet.offer, instead_of=self._asked
            )

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Match]) -> None:
            kept = self.sheet.kept.value() if self.sheet else None
            then([Picked(each.person_id, each.name, _facts(each)) for each in found if each.person_id != kept])

        self._office.ask(self, find_people, text, then=show)

    def _save(self) -> None:
        sheet = self.sheet
        command = sheet.command() if sheet else None
        if sheet is None:
            return
        if command is None:
            sheet.show_error(UserError("Choose the other record.", field="other"))
            return
        sheet.set_busy(busy=True)
        self._office.do(self, commands.merge_people, command, then=self._done, refused=sheet.show_error)

    def _done(self, done: Merged) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(done.told)


def _facts(match: Match) -> str:
    born = f"born {formats.day(match.date_of_birth)}" if match.date_of_birth else ""
    return ", ".join(part for part in (match.reference, born, match.address) if part)
