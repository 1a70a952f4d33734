"""Receiving joined to the services: what is awaited, what came, what went back, what was wrong, and what isn't invoiced."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders.receipts import commands, queries
from app.services.purchase_orders.receipts.dto import (
    AwaitedFilter,
    AwaitedRow,
    AwaitedSort,
    NewReceipt,
    ReceiptForm,
    ReceiptRow,
    Received,
)
from app.views.common.dialogs import Sheet
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.questions import Questions
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.purchase_orders.controller.invoice_papers import Papers
from app.views.purchase_orders.handed import ReceiveOrder
from app.views.purchase_orders.invoice_paper import PaperCard
from app.views.purchase_orders.receiving import ReceivingPage
from app.views.purchase_orders.receiving_accruals import AccrualsSheet
from app.views.purchase_orders.receiving_sheets import CorrectSheet, QuantitiesSheet, ReceiveSheet, ReturnSheet


class QuantitiesWork(SheetWork):
    """A sheet of quantities; where a colleague recorded something meanwhile it says what, and keeps what is typed."""

    def __init__(
        self,
        office: Office,
        page: ReceivingPage,
        make: Callable[[], QuantitiesSheet],
        saves: Callable[..., Received],
        done: Callable[[Received], object],
    ) -> None:
        super().__init__(office, page)
        self._make, self._saves, self._then = make, saves, done
        self.begin()

    def make(self, _found: None) -> QuantitiesSheet:
        """The sheet."""
        return self._make()

    def opened(self) -> None:
        """A delivery note that is dropped is read."""
        if isinstance(self.sheet, ReceiveSheet):
            Papers(self.office, self.sheet.paper, self.refuse)

    def save(self, command: object) -> None:
        """Record it."""
        self.do(self._saves, command)

    def refuse(self, error: UserError) -> None:
        """Say why not; what a colleague recorded is shown line by line."""
        super().refuse(error)
        if isinstance(error, ChangedMeanwhile):
            self.ask(queries.form, self.sheet.shown.order_id, then=self.sheet.rebase)

    def tell(self, saved: Received) -> None:
        """Say what is recorded, with what is to be looked at."""
        self._then(saved)


class ReceivingController(QObject):
    """Joins the section Receiving to the services."""

    def __init__(self, office: Office) -> None:
        self.page = page = ReceivingPage(receives=Permission.RECEIVE_GOODS in office.desk.officer.permissions)
        super().__init__(page)
        self.office = office
        self._line_id: int | None = None
        self._order_id: int | None = None
        self._ask = Questions(office, self).ask
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        self.rows = PagedDriver(office, page.list, source, stay_on=lambda: self._line_id)
        self.rows.shown.connect(self._found)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.list.moved.connect(self._choose)
        page.all_wanted.connect(self._receive_all)
        page.part_wanted.connect(self._receive_part)
        page.return_wanted.connect(self._send_back)
        page.correct_wanted.connect(self._correct)
        page.accruals_wanted.connect(self._accruals)
        page.note_wanted.connect(self._show_note)
        page.order_wanted.connect(partial(office.open_record, Subject.PURCHASE_ORDER))

    def refresh(self) -> None:
        """List again, and show the order again."""
        self.rows.ask(keep=True)
        if self._order_id is not None:
            self.show_order(self._order_id)

    def take(self, wanted: ReceiveOrder) -> None:
        """Show an order that another section hands over: listed alone."""
        self._line_id = None
        self.page.list.bar.ask(AwaitedFilter(text=wanted.number))
        self.show_order(wanted.order_id)

    def open_record(self, _subject: Subject, receipt_id: int) -> None:
        """Show a receipt with its order."""

        def show(found: ReceiptRow) -> None:
            self.show_order(found.order_id, receipt_id)

        self._ask("receipt", queries.detail, receipt_id, then=show)

    def show_order(self, order_id: int, receipt_id: int | None = None) -> None:
        """Show what came of an order."""
        self._order_id = order_id

        def show(found: tuple[ReceiptForm, tuple[ReceiptRow, ...]]) -> None:
            if found[0].order_id == self._order_id:
                self.page.show_order(*found)
                if receipt_id is not None:
                    self.page.go_to(receipt_id)

        self._ask("order", _order, order_id, then=show, refused=lambda _error: self._clear())

    def _choose(self, line_id: int | None) -> None:
        self._line_id = line_id
        if line_id is None:
            return

        def show(found: tuple[AwaitedRow, ...]) -> None:
            if found and found[0].line_id == self._line_id and found[0].order_id != self._order_id:
                self.show_order(found[0].order_id)

        self._ask("line", queries.rows, (line_id,), then=show)

    def _found(self) -> None:
        if not self.page.list.model.rowCount() and self._order_id is None:
            self._clear()

    def _clear(self) -> None:
        self._order_id = None
        self.page.show_nothing()

    def _receive_all(self, form: ReceiptForm) -> None:
        """One key: all that is left of the order came today."""
        new = NewReceipt(f"receipt:{uuid4()}", form.order_id, form.version, self.office.desk.clock.today())

        def refused(error: UserError) -> None:
            self.office.messages.bad(error)
            self.show_order(form.order_id)

        self.office.do(self, commands.receive, new, then=self._tell, refused=refused)

    def _receive_part(self, form: ReceiptForm) -> None:
        self._work(lambda: ReceiveSheet(self.page, form, self.office.desk.clock.today), commands.receive)

    def _send_back(self, form: ReceiptForm) -> None:
        self._work(lambda: ReturnSheet(self.page, form, self.office.desk.clock.today), commands.give_back)

    def _correct(self, form: ReceiptForm, receipt: ReceiptRow) -> None:
        self._work(lambda: CorrectSheet(self.page, form, receipt), commands.correct)

    def _work(self, make: Callable[[], QuantitiesSheet], saves: Callable[..., Received]) -> None:
        QuantitiesWork(self.office, self.page, make, saves, self._tell)

    def _tell(self, saved: Received) -> None:
        said = " ".join((saved.told, *saved.warnings))
        (self.office.messages.info if saved.warnings else self.office.messages.good)(said)
        if self._order_id is not None:
            self.show_order(self._order_id)

    def _accruals(self) -> None:
        sheet = AccrualsSheet(self.page, self.office.desk.clock.today)
        asked: list[Task] = []

        def ask(on: object) -> None:
            before = asked.pop() if asked else None
            asked.append(
                self.office.ask(
                    sheet, queries.accruals, on, then=sheet.show_accruals, refused=sheet.show_error, instead_of=before
                )
            )

        def see(order_id: int) -> None:
            sheet.close()
            self.office.open_record(Subject.PURCHASE_ORDER, order_id)

        sheet.day_wanted.connect(ask)
        sheet.order_wanted.connect(see)
        ask(self.office.desk.clock.today())
        sheet.open()

    def _show_note(self, receipt: ReceiptRow) -> None:
        if receipt.document_sha256 is None:
            return
        sheet = Sheet(self.page, f"Delivery note of {receipt.number}", close="Close")
        card = PaperCard(takes=False, empty="")
        sheet.body.addWidget(card, 1)
        sheet.resize(self.page.width() * 2 // 3, self.page.height())
        about = (Subject.GOODS_RECEIPT, receipt.receipt_id, receipt.document_sha256)
        Papers(self.office, card, sheet.show_error).show_kept(receipt.delivery_note or receipt.number, *about)
        sheet.open()


def _order(ctx: Context, order_id: int) -> tuple[ReceiptForm, tuple[ReceiptRow, ...]]:
    return queries.form(ctx, order_id), queries.of_order(ctx, order_id)


def _ids(ctx: Context, wanted: AwaitedFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, AwaitedSort(sort), descending=descending)


def _row_id(row: AwaitedRow) -> int:
    return row.line_id
