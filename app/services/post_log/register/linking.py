"""The records that an item is about, in words."""

from __future__ import annotations

from sqlalchemy import select

from app.models.post_log import PostLink
from app.services.core import finding
from app.services.core.context import Context
from app.services.post_log.register.dto import Linked


def linked(ctx: Context, item_id: int) -> tuple[Linked, ...]:
    """What an item was linked to, as the finder shows it; what is gone or hidden is left out."""
    found = ctx.session.execute(
        select(PostLink.subject, PostLink.subject_id)
        .where(PostLink.item_id == item_id)
        .order_by(PostLink.subject, PostLink.subject_id)
    )
    records = [(row.subject, row.subject_id) for row in found]
    shown = finding.recall(ctx, records) if records else ()
    return tuple(Linked(each.subject.value, each.subject_id, each.title) for each in shown)
