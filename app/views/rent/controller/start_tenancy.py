"""What the sheet of a new let does: finds the property and the people, proposes, tells what will be done, starts."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.rent.dto import AccountHeader
from app.services.tenancies.starting import commands, queries
from app.services.tenancies.starting.dto import Proposal, Started
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.rent.controller.found import Finder
from app.views.rent.starting.sheet import StartSheet


class StartController(SheetWork):
    """One new let, from the menu until it is started or left; `header` is not asked for."""

    saves = staticmethod(commands.start)
    previews = staticmethod(queries.preview)
    at_once = False

    def __init__(self, office: Office, page: QWidget, _header: AccountHeader | None = None) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, _found: None) -> StartSheet:
        """The sheet, which finds properties and people by what is typed."""
        finder = Finder(self.office)
        sheet = finder.sheet = StartSheet(self.page, finder.properties, finder.people, self.office.desk.clock.today)
        finder.add_to(sheet.tenants)
        sheet.proposal_wanted.connect(self._propose)
        return sheet

    def _propose(self) -> None:
        values = self.sheet.fields.values()
        place, day = values["property"], values["start_on"]
        if place is not None and day is not None:
            people = tuple(self.sheet.tenants.person_ids())
            self.ask(queries.proposal, place, day, self.sheet.tenure(), people, then=self._offer)

    def _offer(self, found: Proposal) -> None:
        self.sheet.propose(found)
        if self.preview is not None:
            self.preview.ask()

    def save(self, command: Any) -> None:
        """Start the tenancy."""
        self.do(commands.start, command, label="Starting the tenancy")

    def tell(self, saved: Started) -> None:
        """What was made, and the letter if it wasn't; then the new account."""
        words = f"The tenancy {saved.tenancy_ref} is started; its payment reference is {saved.reference}."
        if saved.journal is not None:
            words += f" Journal {saved.journal} holds the weeks that were charged already."
        if saved.not_written:
            self.office.messages.warn(f"{words} The welcome letter was not written: {saved.not_written}")
        else:
            self.office.messages.good(words)
        self.office.open_record(Subject.ACCOUNT, saved.account_id)
