"""Payments to suppliers, joined to the services: listed, opened, asked for, and brought on step by step."""

from __future__ import annotations

from typing import Any

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders.payments import commands, jobs, queries, remitting
from app.services.purchase_orders.payments.dto import LateRow, Remitted, RunDetail, RunForm, RunPreview, RunRow
from app.views.common.bank_returns import read_returns
from app.views.common.office import Office
from app.views.common.runs_desk import RunsDesk, RunWork
from app.views.common.sheet_work import open_sheet
from app.views.purchase_orders.handed import PayInvoices
from app.views.purchase_orders.payment_card import Step
from app.views.purchase_orders.payment_layouts import LayoutSheet
from app.views.purchase_orders.payment_sheets import BackSheet, PaidSheet, SentSheet, WhySheet
from app.views.purchase_orders.payments import PaymentsPage

_WORK = RunWork(
    queries.runs,
    queries.detail,
    queries.look,
    "Looking at what is due",
    commands.ask,
    "Look at what the run pays first.",
    commands.save_file,
)


class PaymentsController(RunsDesk):
    """Joins the section Payments to the services."""

    page: PaymentsPage

    def __init__(self, office: Office) -> None:
        may = Permission.PAY_SUPPLIERS in office.desk.officer.permissions
        page = PaymentsPage(office.desk.clock.today, may_pay=may)
        super().__init__(office, page, _WORK)
        page.new_wanted.connect(self._begin)
        page.returns_wanted.connect(lambda: read_returns(office, page, commands.read_returns, self.refresh))
        page.layouts_wanted.connect(self._layouts)
        page.card.invoice_opened.connect(self._open_invoice)
        page.asking.invoice_opened.connect(self._open_invoice)
        today = office.desk.clock.today
        self.steps = {
            Step.DECIDE: self.decide,
            Step.SAVE: self.save,
            Step.SEND: lambda found: self.sheet(SentSheet(page, found.row), commands.mark_sent, found),
            Step.PAID: lambda found: self.sheet(PaidSheet(page, found.row, today), commands.mark_paid, found),
            Step.CANCEL: lambda found: self.sheet(WhySheet(page, found.row, Step.CANCEL), commands.cancel, found),
            Step.REFUSE: lambda found: self.sheet(WhySheet(page, found.row, Step.REFUSE), commands.refused, found),
            Step.REMIT: self._remit,
            Step.AGAIN: self._again,
            Step.BACK: self._came_back,
        }

    def named(self, row: RunRow) -> str:
        """A run as it is written."""
        return row.number

    def take(self, wanted: PayInvoices) -> None:
        """Begin a run of the invoices that another section hands over."""
        self._begin(" ".join(wanted.numbers))

    def _open_invoice(self, invoice_id: int) -> None:
        self.office.open_record(Subject.SUPPLIER_INVOICE, invoice_id)

    # A new run

    def _begin(self, numbers: str = "") -> None:
        def show(found: tuple[RunForm, tuple[LateRow, ...]]) -> None:
            form, late = found
            self.page.show_new(form, numbers)
            self.page.asking.show_late(late)

        self.office.ask(self, _form, then=show)

    def show_look(self, found: RunPreview) -> None:
        """Show what would be paid."""
        self.page.asking.show_preview(found)

    def refuse_look(self, error: UserError) -> None:
        """The reason stands beside its field, or over the page."""
        self.page.asking.say_nothing("")
        self.page.asking.show_error(error)

    # What is done with one

    def _came_back(self, found: RunDetail) -> None:
        payment = self.page.card.payments.chosen
        if payment is not None:
            sheet = BackSheet(self.page, found.row, payment, self.office.desk.clock.today)
            open_sheet(self.office, sheet, commands.came_back, sheet.command, "")

    def _remit(self, found: RunDetail) -> None:
        """Every remittance advice of the run that isn't made yet, with progress."""
        self.office.job(
            self,
            jobs.remit_all,
            found.row.run_id,
            then=self._remitted,
            label=f"Remittance advices of {found.row.number}",
        )

    def _again(self, _found: RunDetail) -> None:
        payment = self.page.card.payments.chosen
        if payment is not None and payment.payment_id is not None:
            self.office.do(self, remitting.again, payment.payment_id, then=self._remitted)

    def _remitted(self, done: Remitted) -> None:
        (self.office.messages.warn if done.failed else self.office.messages.good)(done.told)
        self.refresh()

    def _layouts(self) -> None:
        def show(found: Any) -> None:
            sheet = LayoutSheet(self.page, *found)
            open_sheet(self.office, sheet, commands.keep_layout, sheet.command, "The layout is kept.")

        self.office.ask(self, queries.layouts, then=show)


def _form(ctx: Context) -> tuple[RunForm, tuple[LateRow, ...]]:
    return queries.form(ctx), queries.late_open(ctx)
