"""The section Invoices joined to the services: the register, the card, the match, and what is handed over by other tabs."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import InvoiceKind, InvoiceState, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.register import dto as post
from app.services.post_log.register.queries import of_record
from app.services.purchase_orders.coding.dto import SharesWanted
from app.services.purchase_orders.invoices import queries
from app.services.purchase_orders.invoices.dto import (
    Act,
    InvoiceDetail,
    InvoiceFilter,
    InvoiceRow,
    InvoiceSort,
    Logged,
    MatchLine,
)
from app.services.workbench.presence import Record
from app.views.common.begin_work import BeginFromPost
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.post_desk import PostDesk
from app.views.common.questions import Questions
from app.views.purchase_orders.controller.invoice_doing import InvoiceDoing
from app.views.purchase_orders.controller.invoice_logging import Begins, LogWork
from app.views.purchase_orders.controller.invoice_papers import Papers
from app.views.purchase_orders.controller.moving import MoveWork
from app.views.purchase_orders.handed import MOST_ALONE, InvoicesWanted, PayInvoices
from app.views.purchase_orders.invoices import InvoicesPage
from app.views.purchase_orders.match_sheet import MatchSheet


class MatchDesk(QObject):
    """The match of one invoice, from when it opens until it is left: shown anew after each thing that is done in it."""

    def __init__(self, office: Office, page: InvoicesPage, found: InvoiceDetail) -> None:
        self.sheet = sheet = MatchSheet(page, found)
        super().__init__(sheet)
        self._office = office
        self._doing = InvoiceDoing(office, sheet, self._done)
        self._papers = Papers(office, sheet.paper, sheet.show_error)
        self._paper = ""
        sheet.act_wanted.connect(self._begin)
        sheet.code_wanted.connect(self._codes)
        sheet.order_wanted.connect(self._see_order)
        sheet.confirmed.connect(lambda: self._doing.begin(Act.ASK, sheet.found))
        self._show_paper(found)
        sheet.open()

    def _begin(self, act: Act, fault: Any) -> None:
        if act is Act.DECIDE:
            self.sheet.close()
        self._doing.begin(act, self.sheet.found, fault)

    def _codes(self, line: MatchLine) -> None:
        """Another code at once while it may be changed; once it is spent, by a transfer."""
        if Act.CHANGE in self.sheet.found.acts:
            self._doing.other_codes(self.sheet.found, line)
        else:
            MoveWork(self._office, self.sheet, SharesWanted(self.sheet.found.row.invoice_id, line.line_id))

    def _done(self, saved: Logged) -> None:
        """Show it as it is now, with the credit note that was logged for it; once approval is asked for, the match is left."""
        if saved.request_id is not None:
            self.sheet.close()
            return
        self.sheet.messages.clear()
        shown = self.sheet.found.row.invoice_id
        self._office.ask(self, queries.detail, shown, then=self._show, refused=self.sheet.show_error)

    def _show(self, found: InvoiceDetail) -> None:
        self.sheet.show_invoice(found)
        self._show_paper(found)

    def _show_paper(self, found: InvoiceDetail) -> None:
        shown = found.row
        if shown.document_sha256 is not None and shown.document_sha256 != self._paper:
            self._paper = shown.document_sha256
            about = (Subject.SUPPLIER_INVOICE, shown.invoice_id, shown.document_sha256)
            self._papers.show_kept(f"{shown.supplier_number} of {shown.supplier}", *about)

    def _see_order(self, order_id: int) -> None:
        self.sheet.close()
        self._office.open_record(Subject.PURCHASE_ORDER, order_id)


class InvoicesController(QObject):
    """Joins the section Invoices to the services."""

    def __init__(self, office: Office) -> None:
        may = office.desk.officer.permissions
        self.page = page = InvoicesPage(logs=Permission.LOG_INVOICES in may, pays=Permission.PAY_SUPPLIERS in may)
        super().__init__(page)
        self.office = office
        self.shown_id: int | None = None
        self._ask = Questions(office, self).ask
        self._post = PostDesk(office, page.card.post, _post)
        self._post.counted.connect(lambda count: page.card.parts.count_part(page.card.post_at, count))
        self._doing = InvoiceDoing(office, page, self._done)
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        self.rows = PagedDriver(office, page.list, source, stay_on=lambda: self.shown_id)
        self.rows.shown.connect(self._found)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.list.moved.connect(self._choose)
        page.match_wanted.connect(self.open_match)
        page.act_wanted.connect(self._doing.begin)
        page.log_wanted.connect(lambda: self._log(Begins()))
        page.bill_wanted.connect(lambda: self._log(Begins(InvoiceKind.UTILITY)))
        page.retention_wanted.connect(self._doing.retain)
        page.pay_wanted.connect(lambda ids: self._ask("pay", queries.rows, ids, then=self._pay))
        page.order_wanted.connect(partial(office.open_record, Subject.PURCHASE_ORDER))
        page.post_wanted.connect(partial(office.open_record, Subject.POST_ITEM))

    def refresh(self) -> None:
        """List again, count the views, and show the chosen one again."""
        self.rows.ask(keep=True)
        self._ask("counts", queries.view_counts, then=self.page.show_counts)
        if self.shown_id is not None:
            self._show(self.shown_id)

    def take(self, wanted: BeginFromPost | InvoicesWanted) -> None:
        """Log an invoice that the post hands over, or list a view that another page names."""
        if isinstance(wanted, BeginFromPost):
            if Permission.LOG_INVOICES in self.office.desk.officer.permissions:
                self._log(Begins(item_id=wanted.item_id))
            return
        self.page.list.bar.ask(InvoiceFilter(text=wanted.words, view=wanted.view))

    def open_record(self, _subject: Subject, invoice_id: int) -> None:
        """Show an invoice."""
        self.page.list.mark(invoice_id)
        self._choose(invoice_id)

    def open_match(self, invoice_id: int) -> None:
        """Order, receipts and invoice side by side."""
        self._ask("match", queries.detail, invoice_id, then=lambda found: MatchDesk(self.office, self.page, found))

    def _log(self, begins: Begins) -> None:
        LogWork(self.office, self.page, begins, self._logged)

    def _pay(self, rows: Sequence[InvoiceRow]) -> None:
        """Hand the approved ones over to Payments, which looks at a run of them alone."""
        ready = [row.number for row in rows if row.state is InvoiceState.APPROVED]
        if not ready:
            self.office.messages.info("None of them is approved and unpaid: there is nothing to pay now.")
        elif len(ready) > MOST_ALONE:
            self.office.messages.info(f"At most {MOST_ALONE} are paid by their numbers: make a run of all that is due.")
        else:
            self.office.show_only("purchase_orders", PayInvoices(tuple(ready)))
            if len(ready) < len(rows):
                others = "The others aren't approved, or are in a run or paid."
                self.office.messages.info(f"{len(ready):,} of {len(rows):,} can be paid. {others}")

    def _logged(self, saved: Logged) -> None:
        """What was logged is matched next."""
        self.open_record(Subject.SUPPLIER_INVOICE, saved.invoice_id)
        self.open_match(saved.invoice_id)

    def _done(self, saved: Logged) -> None:
        self._choose(saved.invoice_id)

    def _choose(self, invoice_id: int | None) -> None:
        self.shown_id = invoice_id
        if invoice_id is None:
            self._clear()
        else:
            self._show(invoice_id)

    def _show(self, invoice_id: int) -> None:
        def show(found: InvoiceDetail) -> None:
            if self.shown_id == found.row.invoice_id:
                self.page.show_invoice(found)
                self._post.show(invoice_id, found)
                if self.office.presence is not None:
                    record = Record(Subject.SUPPLIER_INVOICE, invoice_id)
                    self.office.presence.watch(self, record, self.page.card.presence.show_others)

        self._ask("detail", queries.detail, invoice_id, then=show, refused=lambda _error: self._clear())

    def _clear(self) -> None:
        self.shown_id = None
        if self.office.presence is not None:
            self.office.presence.leave(self)
            self.page.card.presence.show_others(())
        self._post.clear()
        self.page.show_nothing()

    def _found(self) -> None:
        if not self.page.list.model.rowCount():
            self._clear()


def _ids(ctx: Context, wanted: InvoiceFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, InvoiceSort(sort), descending=descending)


def _post(ctx: Context, invoice_id: int) -> tuple[post.RegisterRow, ...]:
    return of_record(ctx, Subject.SUPPLIER_INVOICE, invoice_id)


def _row_id(row: InvoiceRow) -> int:
    return row.invoice_id
