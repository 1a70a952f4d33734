"""Appointments: listed, booked, cancelled; who comes goes into the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import AppointmentState
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.visits import commands, screen
from app.services.reception_payments.visits.dto import AREAS, AppointmentRow, AppointmentView, Choices, NewAppointment
from app.views.common import formats
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.reception_payments.controller.confirming import tell
from app.views.reception_payments.log_sheets import BookSheet, Told
from app.views.reception_payments.take import picked
from app.views.reception_payments.visit_tables import APPOINTMENTS

_CHOICES: Final = (
    ("Today", AppointmentView.TODAY),
    ("The next four weeks", AppointmentView.COMING),
    ("The last four weeks", AppointmentView.PAST),
)


class AppointmentsController(RegisterDesk[AppointmentRow]):
    """Joins the section Appointments to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[AppointmentRow] = RegisterPage(
            "Appointments",
            APPOINTMENTS,
            stretch="who",
            choices=_CHOICES,
            placeholder="A name, a reason or an officer",
            noun=("appointment", "appointments"),
            empty="No appointment is booked on these days. Ctrl+N books one.",
            key=lambda row: row.appointment_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page, Listing(screen.appointments, lambda view, _words: view))
        if Permission.LOG_VISITS in office.desk.officer.permissions:
            page.offer("Ctrl+N", "Book", "calendar-plus", lambda: BookController(office, page), primary=True)
            page.action("Ctrl+Shift+E", "They are here", "account-check-outline", self._came, fits=_booked)
            page.action("F7", "Didn't come", "account-off-outline", self._missed, fits=_booked)
            if Permission.SEND_LETTERS in office.desk.officer.permissions:
                page.action("Ctrl+M", "Write to them", "email-outline", self._tell, fits=_may_be_told)
            page.action("Ctrl+Del", "Cancel", "calendar-remove-outline", self._cancel, fits=_booked)
        self.offer_account(primary=False)

    def show(self, found: Sequence[AppointmentRow]) -> None:
        """Show those in which the words stand."""
        self.page.show_rows(self.page.found_among(found, lambda row: f"{row.who} {row.reason} {row.with_officer}"))

    def _came(self, row: AppointmentRow) -> None:
        told = f"{row.who} is in the log, and waits."
        self.office.do(self, commands.came, row.appointment_id, then=lambda _done: self.office.messages.good(told))

    def _tell(self, row: AppointmentRow) -> None:
        if row.account_id is not None:
            tell(self, self.office, self.page, Told(row.account_id, row.at, row.desk, row.reason))

    def _missed(self, row: AppointmentRow) -> None:
        self._over(row, missed=True, told=f"{row.who} didn't come.")

    def _cancel(self, row: AppointmentRow) -> None:
        self._over(row, missed=False, told=f"The appointment of {row.who} is cancelled.")

    def _over(self, row: AppointmentRow, *, missed: bool, told: str) -> None:
        def call_off(ctx: Context) -> Changes:
            return commands.call_off(ctx, row.appointment_id, missed=missed)

        self.office.do(self, call_off, then=lambda _done: self.office.messages.good(told))


class BookController(SheetWork):
    """The sheet of a new appointment."""

    asks = staticmethod(screen.choices)

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(office, page)
        self._finding: Task | None = None
        self.begin()

    def make(self, found: Choices) -> BookSheet:
        """The sheet."""
        writes = Permission.SEND_LETTERS in self.office.desk.officer.permissions
        return BookSheet(self.page, found, self._find, self.office.desk.clock.today, writes=writes)

    def save(self, new: NewAppointment) -> None:
        """Book it."""
        at = new.at.astimezone()
        self.told = f"The appointment is booked for {formats.weekday(at.date())} at {at:%H:%M}."
        self.do(_booked_one, new)

    def done(self, saved: Changes) -> None:
        """It is booked: whoever is to be told of it is written to."""
        told = self.sheet.told
        super().done(saved)
        if told is not None:
            tell(self.page, self.office, self.page, told)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Any]) -> None:
            then([picked(each) for each in found])

        self._finding = self.office.ask(self, callers.find, text, then=show, instead_of=self._finding)


def _may_be_told(row: AppointmentRow) -> bool:
    return _booked(row) and row.account_id is not None


def _booked(row: AppointmentRow) -> bool:
    return row.state is AppointmentState.BOOKED


def _booked_one(ctx: Context, new: NewAppointment) -> Changes:
    commands.book(ctx, new)
    return Changes(AREAS)
