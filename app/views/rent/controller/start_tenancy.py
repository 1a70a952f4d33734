"""What the sheet of a new let does: finds the property and the people, proposes, tells what will be done, starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.people.dto import Match
from app.services.people.matching import likely
from app.services.rent.dto import AccountHeader
from app.services.rent.rules import full_name
from app.services.tenancies.starting import commands, queries
from app.services.tenancies.starting.dto import LetProperty, NewTenant, Proposal, Started
from app.views.common import formats
from app.views.common.effects import Previewing
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.starting.person import NewPersonSheet
from app.views.rent.starting.sheet import StartSheet


class StartController(QObject):
    """One new let, from the menu until it is started or left; `header` is not asked for."""

    def __init__(self, office: Office, page: QWidget, _header: AccountHeader | None = None) -> None:
        self._office = office
        self.sheet = StartSheet(page, self._find_properties, self._find_people, office.desk.clock.today)
        super().__init__(self.sheet)
        self._proposing: Task | None = None
        self._alike: Task | None = None
        self._previewing = Previewing(office, self.sheet, queries.preview, self.sheet.command)
        self.sheet.proposal_wanted.connect(self._propose)
        self.sheet.tenants.new_wanted.connect(self._add_person)
        self.sheet.confirmed.connect(self._start)
        self.sheet.open()

    def _find_properties(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[LetProperty]) -> None:
            then([Picked(each.property_id, each.address, f"{each.reference}  {each.standing}") for each in found])

        self._office.ask(self.sheet, queries.find_properties, text, then=show, refused=self.sheet.show_error)

    def _find_people(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Match]) -> None:
            then([Picked(each.person_id, each.name, _facts(each)) for each in found])

        self._office.ask(self.sheet, queries.find_people, text, then=show, refused=self.sheet.show_error)

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

    # People

    def _add_person(self, typed: str) -> None:
        sheet = NewPersonSheet(self.sheet, self._office.desk.clock.today, typed)

        def look(tenant: NewTenant) -> None:
            phone = tenant.mobile or tenant.phone
            self._alike = self._office.ask(
                sheet,
                likely,
                tenant.first_name,
                tenant.last_name,
                tenant.date_of_birth,
                phone,
                tenant.email,
                "",
                then=sheet.show_alike,
                refused=sheet.show_error,
                instead_of=self._alike,
            )

        sheet.alike_wanted.connect(look)
        sheet.chosen.connect(self._take_match)
        sheet.made.connect(self._take_new)
        sheet.open()

    def _take_match(self, match: Match) -> None:
        self._named(NewTenant(person_id=match.person_id), match.name, _facts(match))

    def _take_new(self, tenant: NewTenant) -> None:
        born = f"born {formats.day(tenant.date_of_birth)}" if tenant.date_of_birth else ""
        reached = tenant.mobile or tenant.phone or tenant.email
        detail = ", ".join(part for part in ("New", born, reached) if part)
        self._named(tenant, full_name(tenant.title, tenant.first_name, tenant.last_name), detail)

    def _named(self, tenant: NewTenant, words: str, detail: str) -> None:
        self.sheet.tenants.picker.set_value(None)
        self.sheet.tenants.add(tenant, words, detail)
        self.sheet.tenants.picker.setFocus()

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


def _facts(match: Match) -> str:
    born = f"born {formats.day(match.date_of_birth)}" if match.date_of_birth else ""
    return "  ".join(part for part in (match.reference, born, match.address) if part)
