"""The records that an item is about, in words, and the items that are about a record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.models.post_log import PostItem, PostLink
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.post_log.register.dto import Linked


def linked(ctx: Context, item_id: int) -> tuple[Linked, ...]:
    """What an item is linked to from either side, as the finder shows it; what is gone or hidden is left out.

    What names the item by itself is a later message of its conversation, and an invoice that came with it.
    """
    own = select(PostLink.subject, PostLink.subject_id).where(PostLink.item_id == item_id)
    records = dict.fromkeys(
        ((row.subject, row.subject_id) for row in ctx.session.execute(own.order_by(*own.selected_columns))), True
    )
    later = select(PostLink.item_id).where(_about(Subject.POST_ITEM, item_id)).order_by(PostLink.item_id)
    invoices = select(SupplierInvoice.id).where(SupplierInvoice.post_item_id == item_id).order_by(SupplierInvoice.id)
    for subject, ids in ((Subject.POST_ITEM, later), (Subject.SUPPLIER_INVOICE, invoices)):
        for each in ctx.session.scalars(ids):
            records.setdefault((subject, each), False)
    shown = finding.recall(ctx, list(records)) if records else ()
    return tuple(
        Linked(each.subject, each.subject_id, each.title, each.detail, records[each.subject, each.subject_id])
        for each in shown
    )


def is_about(subject: Subject, subject_id: int) -> ColumnElement[bool]:
    """Whether an item is about a record: its own account, what it is linked to, or the invoice that came with it."""
    found: list[Any] = [PostItem.id.in_(select(PostLink.item_id).where(_about(subject, subject_id)))]
    if subject is Subject.ACCOUNT:
        found.append(PostItem.account_id == subject_id)
    if subject is Subject.SUPPLIER_INVOICE:
        came = select(SupplierInvoice.post_item_id).where(
            SupplierInvoice.id == subject_id, SupplierInvoice.post_item_id.is_not(None)
        )
        found.append(PostItem.id.in_(came))
    return or_(*found)


def _about(subject: Subject, subject_id: int) -> ColumnElement[bool]:
    return (PostLink.subject == subject) & (PostLink.subject_id == subject_id)
