"""Approved refunds sent for payment, their files saved, and what came back put on its account again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import RefundMethod, RefundState
from app.services.adjustments.payments import commands, queries, settling
from app.services.adjustments.payments.dto import (
    PaidFilter,
    PaidRow,
    PaymentFiles,
    PaymentForm,
    Returned,
    Sent,
    Shown,
)
from app.services.core.permissions import Permission
from app.views.adjustments.controller.gating import GateController
from app.views.adjustments.controller.refunding import AgainController
from app.views.adjustments.payments import PAID, Became, BecameSheet, SendSheet
from app.views.common.bank_returns import read_returns
from app.views.common.dialogs import ask_save
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import SheetWork

_OF_FILE: Mapping[Became, Callable[..., Any]] = {
    Became.FILE_SENT: settling.mark_sent,
    Became.FILE_CANCELLED: settling.cancel,
    Became.FILE_REFUSED: settling.refused,
}
_CHOICES = (("To pay", Shown.TO_PAY), ("Paid", Shown.PAID), ("Came back", Shown.RETURNED))


class SendController(SheetWork):
    """Refunds of the chosen row's way of paying are sent; then their files are saved."""

    sheet: SendSheet
    asks = staticmethod(queries.form)
    saves = staticmethod(commands.send)

    def __init__(self, office: Office, page: QWidget, desk: PaymentsController, row: PaidRow) -> None:
        super().__init__(office, page)
        self._desk, self._row = desk, row
        self.begin()

    def make(self, form: PaymentForm) -> SendSheet | str:
        """The sheet; it isn't made where finance hasn't authorised Bacs files."""
        if self._row.method is RefundMethod.BACS and form.bacs_on is None:
            return "Finance hasn't authorised this office to make Bacs files: Admin, Policy values, find bacs.credit_files."
        return SendSheet(self.page, self._row, form)

    def tell(self, saved: Sent) -> None:
        """Say what was left out, and ask where the files go."""
        say = self.office.messages.info if saved.left_out else self.office.messages.good
        say(saved.told)
        self._desk.save_files(saved.payment_id)


class BecameController(SheetWork):
    """What became of a refund that was paid, or of its Bacs file, is recorded."""

    sheet: BecameSheet

    def __init__(self, office: Office, page: QWidget, row: PaidRow) -> None:
        super().__init__(office, page)
        self._row = row
        self.begin()

    def make(self, _found: None) -> BecameSheet:
        """The sheet."""
        return BecameSheet(self.page, self._row, self.office.desk.clock.today())

    def save(self, command: Returned | str) -> None:
        """Record it."""
        if isinstance(command, Returned):
            self.do(commands.came_back, command)
        else:
            self.do(_OF_FILE[self.sheet.what], self._row.payment_id, command)


class PaymentsController(RegisterDesk[PaidRow]):
    """Joins the list of refunds that are paid to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[PaidRow] = RegisterPage(
            "Payments",
            PAID,
            stretch="became",
            choices=_CHOICES,
            placeholder="A payee, a reference or a number",
            noun=("refund", "refunds"),
            empty="No refund is here. Approved refunds stand under To pay until they are sent.",
            key=lambda row: row.refund_id,
            areas=frozenset({"adjustments", "approvals"}),
            help_topic="adjustments",
        )
        super().__init__(office, page, Listing(queries.listed, PaidFilter, queries.counts, queries.MOST))
        if Permission.ASK_REFUNDS in office.desk.officer.permissions:
            page.action("Ctrl+G", "Its refund", "gate", self._gate, fits=_is_to_pay)
            page.action("Ctrl+R", "Refund it again", "cash-refund", self._again, fits=_came_back)
        if Permission.PAY_REFUNDS not in office.desk.officer.permissions:
            return
        page.offer("Ctrl+L", "Bacs report", "file-import-outline", self._read)
        page.action("F7", "What became of it", "undo-variant", self._became, fits=_is_sent)
        page.action(
            "Ctrl+S", "Save files", "content-save-outline", self._save, fits=lambda row: row.payment_id is not None
        )
        page.action("Ctrl+Return", "Send", "send", self._send, fits=_may_go, primary=True)

    def save_files(self, payment_id: int) -> None:
        """Ask where the file of a payment goes, and write it with its PDF beside it."""
        self.office.do(self, commands.open_files, payment_id, then=self._ask_where)

    def _ask_where(self, files: PaymentFiles) -> None:
        def save(chosen: str) -> None:
            path = Path(chosen)
            request = path.with_name(f"{path.stem}.request.pdf")

            def write() -> None:
                write_file(path, files.content)
                write_file(request, files.request)

            told = f"Saved as {path.name} and {request.name}."
            self.office.elsewhere(self, write, then=lambda _done: self.office.messages.good(told))

        suffix = files.name.rpartition(".")[2]
        kinds = f"The file of the payment (*.{suffix})"
        ask_save(self.page, "Save the payment", files.name, kinds).fileSelected.connect(save)

    def _gate(self, row: PaidRow) -> None:
        GateController(self.office, self.page, (row.refund_id,))

    def _again(self, row: PaidRow) -> None:
        AgainController(self.office, self.page, (row.refund_id,))

    def _send(self, row: PaidRow) -> None:
        SendController(self.office, self.page, self, row)

    def _save(self, row: PaidRow) -> None:
        if row.payment_id is not None:
            self.save_files(row.payment_id)

    def _became(self, row: PaidRow) -> None:
        BecameController(self.office, self.page, row)

    def _read(self) -> None:
        read_returns(self.office, self.page, commands.read_returns, self.refresh)


def _is_to_pay(row: PaidRow) -> bool:
    return row.state is RefundState.APPROVED


def _may_go(row: PaidRow) -> bool:
    return _is_to_pay(row) and not row.why_not and row.method is not RefundMethod.CARD


def _came_back(row: PaidRow) -> bool:
    return row.state is RefundState.RETURNED


def _is_sent(row: PaidRow) -> bool:
    return row.state is RefundState.SENT
