"""Reading the due-for-deletion list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Row, Select, func, select

from app.models.accounts import Account
from app.models.documents import DocumentLink
from app.models.post_log import PostCategory, PostItem
from app.models.values import Subject
from app.services.approvals.keeping import waiting_for
from app.services.core import access
from app.services.core.context import Context
from app.services.post_log import keeping as log
from app.services.post_log.dto import item_number
from app.services.post_log.retention import listing
from app.services.post_log.retention.dto import DueList, DueRow
from app.services.post_log.retention.requests import KIND, OFFICE

MOST: Final = 1_000
"""So many are listed at most."""


def due(ctx: Context) -> DueList:
    """What is due for deletion today, the oldest first."""
    today = ctx.clock.today()
    due_now = listing.is_due(ctx, today)
    shut = access.closed_accounts(ctx)
    rows = ctx.session.execute(_lines().where(due_now).order_by(PostItem.received_on, PostItem.id).limit(MOST))
    listed = tuple(_row(each, shut) for each in rows)
    count = ctx.session.scalar(select(func.count()).select_from(PostItem).where(due_now)) or 0
    return DueList(today, listed, count, waiting_for(ctx, Subject.LANDLORD, KIND).get(OFFICE))


def _lines() -> Select[PostItem, str, int, str | None, datetime, int]:
    documents = (
        select(func.count())
        .select_from(DocumentLink)
        .where(DocumentLink.subject == Subject.POST_ITEM.value, DocumentLink.subject_id == PostItem.id)
        .correlate(PostItem)
        .scalar_subquery()
    )
    return (
        select(
            PostItem,
            PostCategory.name,
            PostCategory.retention_months,
            Account.payment_reference,
            listing.DONE_AT.label("done_at"),
            documents.label("documents"),
        )
        .join(PostCategory, PostCategory.id == PostItem.category_id)
        .outerjoin(Account, Account.id == PostItem.account_id)
    )


def _row(found: Row[PostItem, str, int, str | None, datetime, int], shut: frozenset[int]) -> DueRow:
    item = found[0]
    closed = item.account_id in shut
    return DueRow(
        item_id=item.id,
        number=item_number(item.year, item.number),
        received_on=item.received_on,
        category=found.name,
        sender=access.RESTRICTED_NAME if closed else item.sender,
        subject_line="" if closed else item.subject_line,
        account_id=item.account_id,
        reference=found.payment_reference or "",
        done_on=log.office_day(found.done_at),
        months=found.retention_months,
        documents=found.documents,
    )
