"""The sheet that logs an invoice joined to the services: alone, from the post, as a credit note, or to change one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, InvoiceKind, PurchaseVat, Subject
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission
from app.services.post_log.answering.commands import answers, links
from app.services.post_log.answering.dto import NewLink
from app.services.purchase_orders.amounts import vat_rate
from app.services.purchase_orders.invoices import commands, queries
from app.services.purchase_orders.invoices.dto import (
    ChangedInvoice,
    FromPost,
    InvoiceDetail,
    Logged,
    NewInvoice,
    OrderChoice,
)
from app.services.purchase_orders.invoices.meters import queries as meters
from app.services.purchase_orders.orders import queries as orders
from app.services.purchase_orders.orders.dto import LineRow
from app.services.purchase_orders.registers import queries as registers
from app.services.purchase_orders.suppliers import queries as suppliers
from app.views.common.fields_pickers import Picked
from app.views.common.forms import in_words
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.purchase_orders.controller.invoice_finding import (
    invoice_finder,
    invoice_picked,
    meter_finder,
    supplier_finder,
    supplier_picked,
)
from app.views.purchase_orders.controller.invoice_papers import Papers
from app.views.purchase_orders.invoice_entry import Choices, values_of
from app.views.purchase_orders.invoice_log import LogSheet
from app.views.purchase_orders.invoice_sheets import as_new, credit_of

_PAUSE_MS = 300
_TITLES = {
    InvoiceKind.INVOICE: "Log an invoice",
    InvoiceKind.CREDIT_NOTE: "Log a credit note",
    InvoiceKind.UTILITY: "Log a utility bill",
}


@dataclass(frozen=True, slots=True)
class Begins:
    """What the sheet begins with; at most one of these.

    Attributes:
        item_id: an item of the post.
        change_id: an invoice that is to be changed.
        credit_id: an invoice that a credit note takes back.
    """

    kind: InvoiceKind = InvoiceKind.INVOICE
    item_id: int | None = None
    change_id: int | None = None
    credit_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found of that: the categories, the invoice or the item of the post, its supplier and its order."""

    categories: tuple[tuple[str, int], ...]
    detail: InvoiceDetail | None = None
    post: FromPost | None = None
    supplier: Picked | None = None
    order: OrderChoice | None = None
    lines: tuple[LineRow, ...] = ()


def _begin(ctx: Context, begins: Begins) -> _Found:
    """What the sheet begins with."""
    found = _Found(tuple((each.name, each.category_id) for each in registers.categories(ctx) if each.active))
    supplier_id, order_id = None, None
    if begins.item_id is not None:
        post = queries.from_post(ctx, begins.item_id)
        found = replace(found, post=post, order=post.order)
        supplier_id, order_id = post.supplier_id, post.order.order_id if post.order else None
    elif (invoice_id := begins.change_id or begins.credit_id) is not None:
        detail = queries.detail(ctx, invoice_id)
        supplier_id, order_id = detail.row.supplier_id, detail.row.order_id
        order, _lines = _order(ctx, detail.row.order_number, None) if order_id is not None else (None, ())
        found = replace(found, detail=detail, order=order)
    if supplier_id is not None:
        found = replace(found, supplier=supplier_picked(suppliers.choice(ctx, supplier_id)))
    if order_id is not None:
        found = replace(found, lines=orders.detail(ctx, order_id).lines)
    return found


def _order(ctx: Context, text: str, supplier_id: int | None) -> tuple[OrderChoice | None, tuple[LineRow, ...]]:
    """The order that a text names, if it names one alone, with its lines."""
    found: Sequence[OrderChoice] = queries.orders_by(ctx, text, supplier_id) if text.strip() else ()
    if len(found) != 1:
        return None, ()
    return found[0], orders.detail(ctx, found[0].order_id).lines


def _rates(ctx: Context, on: date) -> Mapping[PurchaseVat, Decimal]:
    return {kind: vat_rate(ctx, kind, on) for kind in PurchaseVat}


class LogWork(SheetWork):
    """The sheet, from when it opens until the invoice is logged; then what `after` does, such as opening the match."""

    asks = staticmethod(_begin)

    def __init__(self, office: Office, page: QWidget, begins: Begins, after: Callable[[Logged], object]) -> None:
        super().__init__(office, page)
        self._begins, self._after = begins, after
        self._found = _Found(())
        self._wanted: NewInvoice | None = None
        self._finds: dict[str, Task] = {}
        self._pause = Pause(self, self._ask_suspects, _PAUSE_MS)
        self.begin(begins)

    def make(self, found: _Found) -> LogSheet:
        """The sheet."""
        self._found = found
        office, page = self.office, self.page
        finders = (supplier_finder(office, self), invoice_finder(office, self), meter_finder(office, self))
        choices = Choices(office.desk.clock.today, *finders, found.categories)
        title, save, kind = _TITLES[self._begins.kind], "Log it", self._begins.kind
        if self._begins.change_id is not None and found.detail is not None:
            title, save, kind = f"Change {found.detail.row.number}", "Save", found.detail.row.kind
        sheet = LogSheet(page, choices, title, kind=kind, save=save)
        if found.post is not None:
            sheet.about = (Subject.POST_ITEM, found.post.item_id)
        elif found.detail is not None:
            sheet.about = (Subject.SUPPLIER_INVOICE, found.detail.row.invoice_id)
        return sheet

    def opened(self) -> None:
        """Fill it with what is known, and answer what it asks."""
        sheet: LogSheet = self.sheet
        papers = Papers(self.office, sheet.paper, self.refuse)
        sheet.order_typed.connect(self._find_order)
        sheet.rates_wanted.connect(self._find_rates)
        sheet.suspects_wanted.connect(self._note_suspects)
        found = self._found
        if found.post is not None:
            self._fill_post(sheet, papers, found.post)
        elif found.detail is not None:
            self._fill_detail(sheet, papers, found.detail)

    def save(self, command: NewInvoice) -> None:
        """Log it, or save what is changed; the lines of a bill are those of its meters, where none are typed."""
        if command.readings and not command.lines:
            self.ask(meters.bill_lines, command, then=lambda lines: self._keep(replace(command, lines=lines)))
        else:
            self._keep(command)

    def _keep(self, command: NewInvoice) -> None:
        if self._begins.change_id is None or self._found.detail is None:
            self.do(commands.log, command)
        else:
            shown = self._found.detail.row
            self.do(commands.change, ChangedInvoice(shown.invoice_id, shown.version, command))

    @property
    def _deals_with_post(self) -> bool:
        return Permission.LOG_POST in self.office.desk.officer.permissions

    def done(self, saved: Logged) -> None:
        """It is logged: the item of the post that it came with is linked to it, and closed where that is ticked."""
        item_id, closes = self._begins.item_id, bool(self.sheet.fields.values()["close_post"])
        super().done(saved)
        if item_id is None or not self._deals_with_post:
            return
        office = self.office

        def linked(_changes: object) -> None:
            if closes:
                office.do(self.page, answers.close, (item_id,), f"Logged as {saved.number}", then=lambda _changes: None)

        office.do(self.page, links.link, item_id, NewLink(Subject.SUPPLIER_INVOICE, saved.invoice_id), then=linked)

    def refuse(self, error: UserError) -> None:
        """Say why not; what a colleague changed meanwhile is named, and what is typed stays."""
        super().refuse(error)
        if isinstance(error, ChangedMeanwhile) and self._begins.change_id is not None:
            self.ask(queries.detail, self._begins.change_id, then=self._rebase)

    def _rebase(self, now: InvoiceDetail) -> None:
        """Saving again keeps what stands in the sheet, over what the colleague saved."""
        before = self._found.detail
        self._found = replace(self._found, detail=now)
        if before is None:
            return
        sheet: LogSheet = self.sheet
        was, theirs = values_of(as_new(before)), values_of(as_new(now))
        said = [f"{sheet.fields.title(key)}: {in_words(theirs[key])}" for key in theirs if theirs[key] != was[key]]
        if as_new(before).lines != as_new(now).lines:
            said.append("the lines")
        what = "; ".join(said) or "its matching"
        sheet.messages.info(
            f"A colleague changed it meanwhile ({what}). What you typed is kept: save again to save yours."
        )

    def tell(self, saved: Logged) -> None:
        """Say what was done, and go on."""
        said = " ".join((saved.told, *saved.warnings))
        (self.office.messages.info if saved.warnings else self.office.messages.good)(said)
        self._after(saved)

    def _fill_post(self, sheet: LogSheet, papers: Papers, post: FromPost) -> None:
        paper = post.papers[0] if post.papers else None
        known = NewInvoice(
            "",
            post.supplier_id or 0,
            post.supplier_number,
            post.received_on,
            post.received_on,
            ZERO,
            ZERO,
            order_quoted=post.order.number if post.order else "",
            post_item_id=post.item_id,
            document_sha256=paper[0] if paper else None,
        )
        sheet.fill(known, self._found.supplier, post.order)
        sheet.show_order(post.order, self._found.lines)
        sheet.fields.fill({"invoice_on": None, "close_post": self._deals_with_post and post.logged is None})
        sheet.fields.setRowVisible(sheet.post_row, self._deals_with_post)
        if paper is not None:
            papers.show_kept(paper[1], Subject.POST_ITEM, post.item_id, paper[0])
        if post.logged is not None:
            sheet.messages.info(f"{post.logged[1]} was logged from this item already: log another that came with it.")
        elif post.supplier_id is None:
            sheet.messages.info(f"{post.sender} isn't known as a supplier: choose the supplier.")

    def _fill_detail(self, sheet: LogSheet, papers: Papers, found: InvoiceDetail) -> None:
        credit = self._begins.credit_id is not None
        new = credit_of(found, self.office.desk.clock.today()) if credit else as_new(found)
        sheet.show_order(self._found.order, self._found.lines)
        sheet.fill(new, self._found.supplier, self._found.order)
        sheet.show_order(self._found.order, self._found.lines)
        sheet.fields.field("kind").setEnabled(self._begins.change_id is None)
        if credit:
            sheet.fields.fill({"credits": invoice_picked(found.row), "invoice_on": None})
        elif found.row.document_sha256 is not None:
            papers.show_kept(
                found.row.number, Subject.SUPPLIER_INVOICE, found.row.invoice_id, found.row.document_sha256
            )

    def _find_order(self, text: str, supplier_id: int | None) -> None:
        def show(found: tuple[OrderChoice | None, tuple[LineRow, ...]]) -> None:
            self.sheet.show_order(*found)

        self._find("order", _order, text, supplier_id, then=show)

    def _find_rates(self, on: date) -> None:
        self._find("rates", _rates, on, then=lambda found: self.sheet.show_rates(on, found))

    def _note_suspects(self, new: NewInvoice) -> None:
        """Which may be the same is asked a moment after the last key; an invoice isn't a copy of itself."""
        self._wanted = new if self._begins.change_id is None else None
        self._pause.start()

    def _ask_suspects(self) -> None:
        if self._wanted is not None:
            self._find("suspects", queries.suspects, replace(self._wanted, file=None), then=self.sheet.show_suspects)

    def _find(self, what: str, query: Callable[..., Any], *args: Any, then: Callable[[Any], object]) -> None:
        before = self._finds.get(what)
        self._finds[what] = self.office.ask(
            self, query, *args, then=then, refused=lambda _error: None, instead_of=before
        )
