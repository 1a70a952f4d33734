"""The paper of a receipt: printed, or sent by e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.reception_payments.receipts import commands, queries
from app.services.reception_payments.receipts.dto.asked import (
    Done,
    EmailReceipt,
    Paper,
    PrintReceipt,
    Taken,
)
from app.services.reception_payments.receipts.dto.paper import ReceiptPaper
from app.services.reception_payments.receipts.dto.shown import ReceiptDetail
from app.views.common.office import Office
from app.views.common.printing import paper_of, print_pdf
from app.views.common.sheet_work import SheetWork
from app.views.reception_payments.taken import EmailSheet, TakenSheet


class PrintController(QObject):
    """Prints a receipt again: what is printed from the second time on says that it is a copy."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(page)
        print_one(self, office, page, ids[0])


class LargeController(QObject):
    """Prints a receipt in large print, for a payer of whom we don't know that they need it."""

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(page)
        print_one(self, office, page, ids[0], paper=ReceiptPaper.LARGE)


class EmailController(SheetWork):
    """The sheet that sends a receipt by e-mail."""

    asks = staticmethod(queries.detail)
    saves = staticmethod(commands.email_receipt)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: ReceiptDetail) -> EmailSheet:
        """The sheet."""
        return EmailSheet(self.page, found)


def print_one(
    owner: QObject, office: Office, over: QWidget, receipt_id: int, *, paper: ReceiptPaper | None = None
) -> None:
    """Draw a receipt on some paper, or on what the office prints it on, and ask for a printer."""

    def show(made: Paper) -> None:
        print_pdf(over, made.content, f"Receipt {made.number}", paper=paper_of(made.content))

    office.do(owner, _printed, receipt_id, paper, then=show)


def after_taking(office: Office, page: QWidget, taken: Taken, following: Callable[[], object]) -> TakenSheet:
    """Say what was taken, and see to its paper; `following` begins the next payment."""
    sheet = TakenSheet(page, taken)
    sheet.print_wanted.connect(partial(print_one, sheet, office, sheet, taken.receipt_id))

    def send(address: str) -> None:
        def sent(done: Done) -> None:
            sheet.messages.good(done.told)

        asked = EmailReceipt(taken.receipt_id, address)
        office.do(sheet, commands.email_receipt, asked, then=sent, refused=sheet.show_error)

    def go_on() -> None:
        sheet.close()
        following()

    sheet.email_wanted.connect(send)
    sheet.confirmed.connect(go_on)
    sheet.open()
    return sheet


def _printed(ctx: Context, receipt_id: int, paper: ReceiptPaper | None) -> Paper:
    """Without a paper on what the office prints receipts, large for whoever needs it."""
    return commands.print_receipt(ctx, PrintReceipt(receipt_id, paper or queries.paper_of(ctx, receipt_id)))
