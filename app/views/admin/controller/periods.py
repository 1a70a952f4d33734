"""Closing and reopening accounting periods."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import PeriodState
from app.services.admin.periods import commands, queries
from app.services.ledger.dto import PeriodRow
from app.views.admin.dialogs import ReopenSheet
from app.views.admin.periods import PeriodsPage
from app.views.common.office import Office

_ADMIN = frozenset({"admin", "ledger", "approvals", "documents"})


class PeriodsController(QObject):
    """Joins the section of periods to the services."""

    def __init__(self, office: Office) -> None:
        self.page = PeriodsPage()
        super().__init__(self.page)
        self._office = office
        self.page.change_wanted.connect(self._change_period)
        self.page.authorise_wanted.connect(self._authorise)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def _refresh(self) -> None:
        self._office.ask(self, queries.list_periods, then=self.page.show_periods)

    def _change_period(self, period: PeriodRow, state: PeriodState) -> None:
        if state is PeriodState.CLOSED:
            self._request(period, state, "")
            return
        sheet = ReopenSheet(self.page, period.name)

        def ask(reason: str) -> None:
            self._office.do(
                self,
                commands.request_change,
                period.name,
                state,
                reason,
                then=lambda _row: sheet.close(),
                refused=sheet.show_error,
                changes=_ADMIN,
            )

        sheet.reason_given.connect(ask)
        sheet.open()

    def _request(self, period: PeriodRow, state: PeriodState, reason: str) -> None:
        def asked(_row: PeriodRow) -> None:
            self._office.messages.good(f"{period.name} waits for a second officer to close it.")

        self._office.do(self, commands.request_change, period.name, state, reason, then=asked, changes=_ADMIN)

    def _authorise(self, period: PeriodRow) -> None:
        def done(row: PeriodRow) -> None:
            self._office.messages.good(f"{row.name} is {row.state}.")

        self._office.do(self, commands.authorise_change, period.name, then=done, changes=_ADMIN)
