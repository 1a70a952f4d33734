"""What the sheet of a new let does: finds the property and the people, proposes, tells what will be done, starts."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.rent.dto import AccountHeader
from app.services.tenancies.starting import commands, queries
from app.services.tenancies.starting.dto import Proposal, Started
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.controller.found import Finder
from app.views.rent.starting.sheet import StartSheet


class StartController(QObject):
    """One new let, from the menu until it is started or left; `header` is not asked for."""

    def __init__(self, office: Office, page: QWidget, _header: AccountHeader | None = None) -> None:
        self._office = office
        finder = Finder(office)
        self.sheet = StartSheet(page, finder.properties, finder.people, office.desk.clock.today)
        finder.sheet = self.sheet
        finder.add_to(self.sheet.tenants)
        super().__init__(self.sheet)
        self._proposing: Task | None = None
        self._previewing = Previewing(office, self.sheet, queries.preview, self.sheet.command)
        self.sheet.proposal_wanted.connect(self._propose)
        self.sheet.confirmed.connect(self._start)
        self.sheet.open()

    def _propose(self) -> None:
        values = self.sheet.fields.values()
        place, day = values["property"], values["start_on"]
        if place is None or day is None:
            return
        self._proposing = self._office.ask(
            self,
            queries.proposal,
            place,
            day,
            self.sheet.tenure(),
            tuple(self.sheet.tenants.person_ids()),
            then=self._offer,
            refused=self.sheet.show_error,
            instead_of=self._proposing,
        )

    def _offer(self, found: Proposal) -> None:
        self.sheet.propose(found)
        self._previewing.ask()

    # Starting

    def _start(self) -> None:
        command = self.sheet.command()
        if command is None:
            return
        self.sheet.set_busy(busy=True)
        self._office.do(
            self,
            commands.start,
            command,
            then=self._started,
            refused=self.sheet.show_error,
            label="Starting the tenancy",
        )

    def _started(self, made: Started) -> None:
        self.sheet.close()
        words = f"The tenancy {made.tenancy_ref} is started; its payment reference is {made.reference}."
        if made.journal is not None:
            words += f" Journal {made.journal} holds the weeks that were charged already."
        if made.not_written:
            self._office.messages.warn(f"{words} The welcome letter was not written: {made.not_written}")
        else:
            self._office.messages.good(words)
        self._office.open_record(Subject.ACCOUNT, made.account_id)
