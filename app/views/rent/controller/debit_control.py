"""What the register of debit controls does: works a week's sheet out, shows it, signs it as the first of two."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.tenancies.debit_control import commands, queries
from app.services.tenancies.debit_control.dto import Prepared, Sheet, WeekRow
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.debit_control.page import DebitControlPage
from app.views.rent.debit_control.sheet import SignSheet


class DebitControlController(QObject):
    """Joins the register to the services."""

    def __init__(self, office: Office) -> None:
        may_sign = Permission.PREPARE_DEBIT_CONTROL in office.desk.officer.permissions
        self.page = DebitControlPage(may_sign=may_sign)
        super().__init__(self.page)
        self._office = office
        self._week: date | None = None
        self._asked: Task | None = None
        self.page.week_wanted.connect(self.show_week)
        self.page.sign_wanted.connect(self._ask_to_sign)
        self.page.account_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))
        self.page.request_wanted.connect(lambda request_id: office.open_record(Subject.APPROVAL, request_id))
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List the weeks again, and work out the one that is shown."""
        self._office.ask(self, queries.weeks, then=self._show_weeks)

    def show_week(self, week: date) -> None:
        """Work a week's sheet out and show it."""
        self._week = week
        self._asked = self._office.ask(
            self,
            queries.sheet,
            week,
            then=self.page.show_sheet,
            refused=self._refused,
            busy=self.page.work.on("Working out the sheet …"),
            label="Working out the debit control",
            instead_of=self._asked,
        )

    def _show_weeks(self, weeks: tuple[WeekRow, ...]) -> None:
        self.page.show_weeks(weeks)
        due = self._week or (weeks[0].week_on if weeks else None)
        if due is None:
            self._office.ask(self, queries.next_week, then=self.show_week)
        else:
            self.show_week(due)

    def _ask_to_sign(self) -> None:
        shown = self.page.sheet
        if shown is None:
            return
        sheet = SignSheet(self.page, shown)
        sheet.confirmed.connect(lambda: self._sign(shown, sheet))
        sheet.open()

    def _sign(self, shown: Sheet, sheet: SignSheet) -> None:
        def signed(made: Prepared) -> None:
            sheet.close()
            week = formats.day(made.week_on)
            self._office.messages.good(
                f"You signed the debit control of {week}; request {made.request_id} waits for a second officer."
            )

        sheet.set_busy(busy=True)
        self._office.do(
            self,
            commands.prepare,
            shown.week_on,
            sheet.explanation(),
            then=signed,
            refused=sheet.show_error,
            label="Signing the debit control",
        )

    def _refused(self, error: UserError) -> None:
        self._office.messages.bad(error)
