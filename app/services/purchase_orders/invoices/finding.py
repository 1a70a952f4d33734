"""What the log sheet is filled with: the order that is meant, and what an item of the post says of its invoice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from app.models.documents import Document, DocumentLink
from app.models.post_log import PostItem
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder, WorksOrder
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceState, Money, OrderKind, OrderState, PostChannel, Subject, SupplierState
from app.services.core import access
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.core.records import record
from app.services.purchase_orders.invoices import keeping, writing
from app.services.purchase_orders.invoices.dto import FromPost, OrderChoice
from app.services.purchase_orders.invoices.rules.whole import quoted_numbers
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.suppliers.rules import name_key

MOST: Final = 12
_PDF: Final = "application/pdf"
_PICTURE: Final = "image/"
"""Comes after the PDFs, in the order of its letters."""
_ANYBODYS: Final = frozenset(
    {"gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.co.uk", "yahoo.com"}
    | {"yahoo.co.uk", "icloud.com", "btinternet.com", "aol.com", "sky.com", "virginmedia.com", "talktalk.net"}
)
"""Domains that say nothing of who writes."""
_ADDRESS: Final = re.compile(r"[^\s<>@,;]+@([^\s<>@,;]+)")
_THEIRS: Final = re.compile(
    r"\binv(?:oice)?\b\W{0,3}(?:(?:no|number|nr)\b\W{0,3})?([A-Z0-9][A-Z0-9/-]*\d[A-Z0-9/-]*)", re.IGNORECASE
)


def orders_by(ctx: Context, text: str, supplier_id: int | None = None) -> tuple[OrderChoice, ...]:
    """The orders that a text as typed may mean, the supplier's own first: by number in any spelling, else by words."""
    typed = text.strip()
    if not typed and supplier_id is None:
        return ()
    where: list[ColumnElement[bool]] = [
        PurchaseOrder.number.is_not(None),
        PurchaseOrder.kind.not_in((OrderKind.TEMPLATE, OrderKind.AGREEMENT)),
    ]
    numbers = writing.numbers_in(ctx, typed) if typed else ()
    if numbers:
        where.append(PurchaseOrder.number.in_(numbers[:MOST]))
    else:
        where += [has_word(word, PurchaseOrder.title, Supplier.name) for word in typed.split()]
        where.append(PurchaseOrder.state == OrderState.OPEN)
        if supplier_id is not None:
            where.append(PurchaseOrder.supplier_id == supplier_id)
    return _choices(ctx, where, supplier_id)


def from_post(ctx: Context, item_id: int) -> FromPost:
    """What the log sheet begins with from an item of the post: it reached the council on the day that the post log says.

    Raises:
        UserError: there is no such item, or it is of a restricted record that the officer may not open.
    """
    access.open_subject(ctx, Subject.POST_ITEM, item_id)
    item = record(ctx, PostItem, item_id, "item of the post")
    supplier = _supplier_of(ctx, item)
    said = "\n".join((item.subject_line, item.reference, item.text[:4_000]))
    order = _order_in(ctx, said, supplier)
    if supplier is None and order is not None and order.supplier_id is not None:
        supplier = ctx.session.get(Supplier, order.supplier_id)
    theirs = _THEIRS.search(said)
    return FromPost(
        item.id,
        f"{item.year}/{item.number:04}",
        item.channel,
        item.received_on,
        item.sender or item.sender_address,
        item.subject_line,
        supplier.id if supplier else None,
        supplier.name if supplier else "",
        item.reference.strip() or (theirs[1] if theirs else ""),
        order,
        _papers(ctx, item),
        _logged(ctx, item.id),
    )


def _choices(ctx: Context, where: Sequence[ColumnElement[bool]], supplier_id: int | None) -> tuple[OrderChoice, ...]:
    shut = access.restricted_accounts(ctx)
    read = (
        select(PurchaseOrder, Supplier.name, WorksOrder.account_id)
        .outerjoin(Supplier, Supplier.id == PurchaseOrder.supplier_id)
        .outerjoin(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
        .where(*where)
        .order_by(PurchaseOrder.number.desc())
        .limit(MOST)
    )
    found = ctx.session.execute(read).all()
    left = _left(ctx, [order.id for order, *_ in found])
    begins = orders.prefix(ctx)
    made = [
        OrderChoice(
            order.id,
            orders.written(begins, order.number, order.requisition),
            access.RESTRICTED_NAME if account_id in shut else order.title,
            order.supplier_id,
            name or "",
            order.state.value,
            order.category_id,
            *left.get(order.id, (Money(0), Money(0))),
        )
        for order, name, account_id in found
    ]
    return tuple(sorted(made, key=lambda each: each.supplier_id != supplier_id))


def _left(ctx: Context, order_ids: Sequence[int]) -> dict[int, tuple[Money, Money]]:
    """What is left to invoice of orders, before VAT and VAT, at their prices."""
    left = OrderLine.quantity - OrderLine.cancelled - OrderLine.invoiced
    rows = (
        select(
            OrderLine.order_id,
            func.sum(OrderLine.net_pence * left / OrderLine.quantity),
            func.sum(OrderLine.vat_pence * left / OrderLine.quantity),
        )
        .where(OrderLine.order_id.in_(order_ids[:MOST]))
        .group_by(OrderLine.order_id)
    )
    return {each[0]: (Money(max(0, int(each[1]))), Money(max(0, int(each[2])))) for each in ctx.session.execute(rows)}


def _supplier_of(ctx: Context, item: PostItem) -> Supplier | None:
    """By the sender's e-mail address, else its domain where that is one supplier's, else its name."""
    live = select(Supplier).where(Supplier.state == SupplierState.ACTIVE)
    address = _ADDRESS.search(item.sender_address) or _ADDRESS.search(item.sender)
    if address is not None:
        whole, domain = address[0].lower(), address[1].lower()
        mine = or_(func.lower(Supplier.email) == whole, func.lower(Supplier.remittance_email) == whole)
        found = ctx.session.scalars(live.where(mine)).all()
        if not found and domain not in _ANYBODYS:
            ends = f"%@{domain.replace('%', '').replace('_', '')}"
            near = or_(Supplier.email.ilike(ends), Supplier.remittance_email.ilike(ends))
            found = ctx.session.scalars(live.where(near).order_by(Supplier.id)).all()
        if len(found) == 1:
            return found[0]
    key = name_key(item.sender)
    named = ctx.session.scalars(live.where(Supplier.name_key == key)).all() if key else []
    return named[0] if len(named) == 1 else None


def _order_in(ctx: Context, said: str, supplier: Supplier | None) -> OrderChoice | None:
    numbers = quoted_numbers(said, orders.prefix(ctx))
    if not numbers:
        return None
    found = _choices(ctx, [PurchaseOrder.number.in_(numbers[:MOST])], supplier.id if supplier else None)
    ours = [each for each in found if supplier is None or each.supplier_id == supplier.id]
    return ours[0] if ours else None


def _papers(ctx: Context, item: PostItem) -> tuple[tuple[str, str], ...]:
    """The PDFs of an item, then its scans; pictures in an e-mail are mostly the sender's badge."""
    kept: ColumnElement[bool] = Document.media_type == _PDF
    if item.channel is not PostChannel.EMAIL:
        kept = or_(kept, Document.media_type.startswith(_PICTURE))
    rows = (
        select(DocumentLink.sha256, DocumentLink.file_name)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .where(
            DocumentLink.subject == Subject.POST_ITEM.value,
            DocumentLink.subject_id == item.id,
            DocumentLink.unlinked_at.is_(None),
            kept,
        )
        .order_by(Document.media_type, DocumentLink.id)
    )
    return tuple((row.sha256, row.file_name) for row in ctx.session.execute(rows))


def _logged(ctx: Context, item_id: int) -> tuple[int, str] | None:
    row = ctx.session.scalars(
        select(SupplierInvoice)
        .where(SupplierInvoice.post_item_id == item_id, SupplierInvoice.state != InvoiceState.CANCELLED)
        .order_by(SupplierInvoice.id)
    ).first()
    return (row.id, keeping.number(row)) if row is not None else None
