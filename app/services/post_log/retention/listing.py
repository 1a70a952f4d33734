"""Which items are due for deletion on a day, as a condition and as a digest by which a list is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.models.post_log import PostCategory, PostItem
from app.models.post_valuables import PostValuable
from app.models.values import PostState
from app.services.core.calendars import months_after
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.post_log.valuables.queries import KEPT_OPEN

DONE_AT: Final = func.coalesce(PostItem.closed_at, PostItem.logged_at)
"""When an item was done with; what was junk or a copy from the start, when it was logged."""
_DAY: Final = timedelta(days=1)
_VALUABLE_OPEN: Final = exists().where(PostValuable.item_id == PostItem.id, KEPT_OPEN)


def is_due(ctx: Context, on: date) -> ColumnElement[bool]:
    """The condition of an item whose content is due for deletion on a day.

    It was done with at least as many months before as its category is kept, nothing of value of it is still here, and its
    content wasn't deleted already.
    """
    categories = ctx.session.execute(select(PostCategory.id, PostCategory.retention_months)).all()
    by_category = [
        and_(PostItem.category_id == category_id, midnight(months_after(on, -months) + _DAY) > DONE_AT)
        for category_id, months in categories
    ]
    return and_(
        PostItem.state != PostState.OPEN,
        PostItem.content_deleted_at.is_(None),
        or_(*by_category),
        ~_VALUABLE_OPEN,
    )


def due_ids(ctx: Context, on: date, left_out: Collection[int] = ()) -> list[int]:
    """The items that are due for deletion on a day, in order, but for those that are left out."""
    found = ctx.session.scalars(select(PostItem.id).where(is_due(ctx, on)).order_by(PostItem.id))
    return [item_id for item_id in found if item_id not in left_out]


def digest(item_ids: Collection[int]) -> str:
    """A digest of a list: two lists with the same digest are the same."""
    return hashlib.sha256(",".join(str(each) for each in item_ids).encode()).hexdigest()
