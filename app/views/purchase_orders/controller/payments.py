"""Payments to suppliers, joined to the services: listed, opened, asked for, and brought on step by step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders.payments import commands, jobs, queries, remitting
from app.services.purchase_orders.payments.dto import (
    LateRow,
    PutBack,
    Remitted,
    RunAsked,
    RunDetail,
    RunForm,
    RunQuestion,
    RunRow,
    SavedFile,
)
from app.views.common.dialogs import ask_folder, ask_open
from app.views.common.files import read_file
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task
from app.views.purchase_orders.handed import PayInvoices
from app.views.purchase_orders.payment_card import Step
from app.views.purchase_orders.payment_layouts import LayoutSheet
from app.views.purchase_orders.payment_sheets import BackSheet, PaidSheet, SentSheet, WhySheet
from app.views.purchase_orders.payments import CHOICES, PaymentsPage

_PAUSE_MS: Final = 250
_TOLD: Final = 5
_REPORTS: Final = "Reports of Bacs (*.xml);;All files (*)"


class _StepWork(SheetWork):
    """A sheet whose command takes the run and what is typed."""

    def __init__(self, office: Office, sheet: Any, saves: Callable[..., Any], run_id: int) -> None:
        super().__init__(office, sheet)
        self._made, self._saves, self._run_id = sheet, saves, run_id

    def make(self, _found: None) -> Any:
        """The sheet."""
        return self._made

    def save(self, typed: Any) -> None:
        """Do it."""
        self.do(self._saves, self._run_id, typed)


class PaymentsController(QObject):
    """Joins the section Payments to the services."""

    def __init__(self, office: Office) -> None:
        may = Permission.PAY_SUPPLIERS in office.desk.officer.permissions
        page = PaymentsPage(office.desk.clock.today, may_pay=may)
        super().__init__(page)
        self.office, self.page = office, page
        self._listed: Task | None = None
        self._looked: Task | None = None
        self._opened: Task | None = None
        self._wanted: int | None = None
        self._question: tuple[RunQuestion, str, str] | None = None
        self.pause = Pause(self, self._look, _PAUSE_MS)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self.refresh)
        page.opened.connect(lambda _row: page.card.parts.tabs.setFocus())
        page.run_chosen.connect(self._choose)
        page.step_wanted.connect(lambda step, found: self._steps[step](found))
        page.new_wanted.connect(self._begin)
        page.returns_wanted.connect(self._read_returns)
        page.layouts_wanted.connect(self._layouts)
        page.card.invoice_opened.connect(self._open_invoice)
        page.asking.invoice_opened.connect(self._open_invoice)
        page.asking.looked_for.connect(self._look_for)
        page.asking.asked.connect(self._ask)
        today = office.desk.clock.today
        self._steps: dict[Step, Callable[[RunDetail], object]] = {
            Step.DECIDE: self._decide,
            Step.SAVE: self._save,
            Step.SEND: lambda found: self._sheet(SentSheet(page, found.row), commands.mark_sent, found),
            Step.PAID: lambda found: self._sheet(PaidSheet(page, found.row, today), commands.mark_paid, found),
            Step.CANCEL: lambda found: self._sheet(WhySheet(page, found.row, Step.CANCEL), commands.cancel, found),
            Step.REFUSE: lambda found: self._sheet(WhySheet(page, found.row, Step.REFUSE), commands.refused, found),
            Step.REMIT: self._remit,
            Step.AGAIN: self._again,
            Step.BACK: self._came_back,
        }

    # The list

    def refresh(self) -> None:
        """List again; what a new run would pay is looked for again too."""
        self._listed = self.office.ask(self, queries.runs, self.page.choice, then=self._show, instead_of=self._listed)
        if self.page.asks and self._question is not None:
            self.pause.start()

    def _show(self, found: tuple[RunRow, ...]) -> None:
        self.page.show_found(found)
        if self._wanted is not None and self.page.go_to(self._wanted):
            self._wanted = None

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a run that another page names."""
        self.page.show_list()
        if not self.page.go_to(record_id):
            self._wanted = record_id
            self.page.choose(CHOICES[-1][1])
            self.refresh()

    def take(self, wanted: PayInvoices) -> None:
        """Begin a run of the invoices that another section hands over."""
        self._begin(" ".join(wanted.numbers))

    def _choose(self, row: RunRow | None) -> None:
        if row is None:
            self.page.card.clear()
            return
        self._opened = self.office.ask(
            self,
            queries.detail,
            row.run_id,
            then=self.page.show_run,
            refused=lambda _error: self.page.card.clear(),
            instead_of=self._opened,
        )

    def _open_invoice(self, invoice_id: int) -> None:
        self.office.open_record(Subject.SUPPLIER_INVOICE, invoice_id)

    # A new run

    def _begin(self, numbers: str = "") -> None:
        def show(found: tuple[RunForm, tuple[LateRow, ...]]) -> None:
            form, late = found
            self.page.show_new(form, numbers)
            self.page.asking.show_late(late)

        self.office.ask(self, _form, then=show)

    def _look_for(self, question: RunQuestion, numbers: str, profile: str) -> None:
        self._question = (question, numbers, profile)
        self.pause.start()

    def _look(self) -> None:
        """Ask what the run would pay; where it is refused the reason stands in its place."""
        asking = self.page.asking

        def refused(error: UserError) -> None:
            asking.say_nothing("")
            asking.show_error(error)

        self._looked = self.office.ask(
            self,
            queries.look,
            *(self._question or ()),
            then=asking.show_preview,
            refused=refused,
            instead_of=self._looked,
            label="Looking at what is due",
        )

    def _ask(self) -> None:
        asking = self.page.asking
        command = asking.command()
        if command is None:
            asking.messages.bad("Look at what the run pays first.")
            return
        asking.confirm_action.setEnabled(False)

        def refused(error: UserError) -> None:
            asking.confirm_action.setEnabled(True)
            asking.show_error(error)

        self.office.do(self, commands.ask, command, then=self._asked_for, refused=refused, label="Asking for the run")

    def _asked_for(self, asked: RunAsked) -> None:
        self.page.asking.confirm_action.setEnabled(True)
        self.office.messages.good(asked.told)
        self.page.show_list()
        self._wanted = asked.run_id
        self.page.choose(CHOICES[0][1])
        self.refresh()

    # What is done with one

    def _decide(self, found: RunDetail) -> None:
        if found.row.request_id is not None:
            self.office.open_record(Subject.APPROVAL, found.row.request_id)

    def _save(self, found: RunDetail) -> None:
        """Ask for the folder, and write the file there."""

        def save(folder: str) -> None:
            self.office.do(self, commands.save_file, found.row.run_id, folder, then=self._saved)

        ask_folder(self.page, f"A folder for the file of {found.row.number}").fileSelected.connect(save)

    def _saved(self, saved: SavedFile) -> None:
        self.page.tell_saved(saved.run_id)
        self.office.messages.good(saved.told)

    def _sheet(self, sheet: Any, saves: Callable[..., Any], found: RunDetail) -> None:
        _StepWork(self.office, sheet, saves, found.row.run_id).begin()

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

    def _read_returns(self) -> None:
        """A report of returned credits (ARUCS) is read, and what it names is to be paid again."""

        def read(path: str) -> None:
            self.office.elsewhere(self, lambda: read_file(Path(path)), then=apply)

        def apply(content: bytes) -> None:
            self.office.do(self, commands.read_returns, content, then=self._put_back)

        ask_open(self.page, "The report of returned credits (ARUCS)", _REPORTS).fileSelected.connect(read)

    def _put_back(self, done: PutBack) -> None:
        more = f" {'; '.join(done.unknown[:_TOLD])}" if done.unknown else ""
        (self.office.messages.info if done.unknown else self.office.messages.good)(f"{done.told}{more}")

    def _layouts(self) -> None:
        def show(found: Any) -> None:
            sheet = LayoutSheet(self.page, *found)
            open_sheet(self.office, sheet, commands.keep_layout, sheet.command, "The layout is kept.")

        self.office.ask(self, queries.layouts, then=show)


def _form(ctx: Context) -> tuple[RunForm, tuple[LateRow, ...]]:
    return queries.form(ctx), queries.late_open(ctx)
