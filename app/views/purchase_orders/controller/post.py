"""The post that is linked to an order, as a part of its card."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.context import Context
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.queries import of_record
from app.views.common.office import Office
from app.views.common.post_desk import PostDesk, PostPart


class PostController(PostDesk):
    """Shows the post of the order that is open."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, PostPart("order"), _of_order)


def _of_order(ctx: Context, order_id: int) -> tuple[RegisterRow, ...]:
    return of_record(ctx, Subject.PURCHASE_ORDER, order_id)
