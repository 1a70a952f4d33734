"""What an open item has still to keep, and whether its day has passed, as conditions."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, and_, case, or_

from app.models.post_log import PostItem
from app.models.values import PostState

IS_OPEN: Final = PostItem.state == PostState.OPEN
REPLY_DUE: Final = and_(PostItem.replied_on.is_(None), PostItem.reply_by.is_not(None))
ACKNOWLEDGEMENT_DUE: Final = and_(
    PostItem.replied_on.is_(None), PostItem.acknowledged_on.is_(None), PostItem.acknowledge_by.is_not(None)
)
DUE_ON: Final[ColumnElement[date | None]] = case(
    (PostItem.state != PostState.OPEN, None),
    (and_(ACKNOWLEDGEMENT_DUE, ~REPLY_DUE), PostItem.acknowledge_by),
    (and_(ACKNOWLEDGEMENT_DUE, PostItem.acknowledge_by <= PostItem.reply_by), PostItem.acknowledge_by),
    (REPLY_DUE, PostItem.reply_by),
    else_=None,
)
"""The next day of the service standard that an open item has to keep."""


def is_late(today: date) -> ColumnElement[bool]:
    """A day of the standard has passed: red; of open items. It is never unknown, so that it can be turned round."""
    return or_(and_(ACKNOWLEDGEMENT_DUE, PostItem.acknowledge_by < today), and_(REPLY_DUE, PostItem.reply_by < today))
