"""The post that is linked to a mandate, as a part of its card."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.context import Context
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.queries import of_record
from app.views.common.office import Office
from app.views.common.post_desk import PostDesk, PostPart


class PostController(PostDesk):
    """Shows the post of the mandate that is open."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, PostPart("mandate"), _of_mandate)


def _of_mandate(ctx: Context, mandate_id: int) -> tuple[RegisterRow, ...]:
    return of_record(ctx, Subject.MANDATE, mandate_id)
