"""The reception log: who waits, who is seen, what came of it, and what is done for them."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QTimer

from app.models.values import Subject, VisitState
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.visits import commands, screen
from app.services.reception_payments.visits.dto import VisitFilter, VisitForm, VisitRow, VisitView
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.reception_payments.controller.for_them import ForThem
from app.views.reception_payments.controller.leaflets import print_leaflet
from app.views.reception_payments.controller.logging_visit import LogController
from app.views.reception_payments.controller.reporting import ReportController
from app.views.reception_payments.visit_sheets import EndSheet, SeeSheet
from app.views.reception_payments.visit_tables import VISITS

_CHOICES: Final = (
    ("Here now", VisitView.HERE),
    ("Today", VisitView.TODAY),
    ("Last seven days", VisitView.WEEK),
)
_MINUTE_MS: Final = 60_000


class VisitsController(RegisterDesk[VisitRow]):
    """Joins the section Reception log to the services; how long they wait goes on by itself."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[VisitRow] = RegisterPage(
            "Reception log",
            VISITS,
            stretch="who",
            choices=_CHOICES,
            placeholder="A name, an account or a reason",
            noun=("visit or call", "visits and calls"),
            empty="Nobody is here. Ctrl+N logs whoever comes or calls.",
            key=lambda row: row.visit_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page, Listing(screen.listed, VisitFilter, screen.counts))
        self._tick = QTimer(page, interval=_MINUTE_MS)
        self._tick.timeout.connect(self._look_again)
        self._tick.start()
        if Permission.LOG_VISITS in office.desk.officer.permissions:
            self._offer()
        ForThem(office, page)
        self.offer_account(primary=False)

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Take or end a visit that is still open, such as from its task."""
        self.office.ask(self, screen.form, record_id, then=self._end)

    def _offer(self) -> None:
        page = self.page
        page.offer("Ctrl+N", "Somebody comes", "account-plus-outline", self._log, primary=True)
        page.action("Ctrl+Shift+E", "See them", "account-arrow-right-outline", self._see, fits=_waits)
        page.action("F2", "What came of it", "clipboard-check-outline", self._ask_end, fits=_is_here)
        page.action("F7", "Didn't wait", "exit-run", self._left, fits=_waits)
        page.offer("Ctrl+I", "Incident", "alert-outline", self._report)

    def _look_again(self) -> None:
        if self.page.isVisible():
            self.refresh()

    def _log(self) -> None:
        LogController(self.office, self.page)

    def _report(self) -> None:
        row = self.page.table.row()
        about = (row.visit_id, f"visit {row.number}, {row.who}") if row is not None else None
        ReportController(self.office, self.page, about)

    def _see(self, row: VisitRow) -> None:
        def show(found: VisitForm) -> None:
            if not found.by_two:
                told = f"You see {found.row.who}. F2 says what came of it."
                self.office.do(self, commands.see, row.visit_id, then=lambda _done: self.office.messages.good(told))
                return
            sheet = SeeSheet(self.page, found)
            open_sheet(self.office, sheet, _seen, sheet.command, f"You see {found.row.who} together.")

        self.office.ask(self, screen.form, row.visit_id, then=show)

    def _ask_end(self, row: VisitRow) -> None:
        self.office.ask(self, screen.form, row.visit_id, then=self._end)

    def _end(self, found: VisitForm) -> None:
        row = found.row
        if not _is_here(row):
            self.office.messages.info(f"Visit {row.number} is over: {row.outcome or 'they did not wait'}.")
            return
        sheet = EndSheet(self.page, found, self.office.desk.clock.today)

        def told(_changes: Any) -> str:
            if signposts := sheet.printed:
                print_leaflet(self, self.office, self.page, signposts, large=sheet.large)
            return f"Visit {row.number} is done.{sheet.texted}"

        open_sheet(self.office, sheet, commands.finish, sheet.command, told)

    def _left(self, row: VisitRow) -> None:
        told = f"{row.who} didn't wait."
        self.office.do(self, commands.left, row.visit_id, then=lambda _done: self.office.messages.good(told))


def _waits(row: VisitRow) -> bool:
    return row.state is VisitState.WAITING


def _is_here(row: VisitRow) -> bool:
    return row.state in {VisitState.WAITING, VisitState.SEEN}


def _seen(ctx: Context, asked: tuple[int, int | None]) -> object:
    return commands.see(ctx, *asked)
