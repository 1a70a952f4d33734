"""The post that is linked to a line, as a part of its card."""

from __future__ import annotations

from functools import partial

from app.models.values import Subject
from app.services.adjustments.register.dto import RegisterDetail
from app.services.core.context import Context
from app.services.post_log.register import dto, queries
from app.views.common.office import Office
from app.views.common.post_desk import PostDesk, PostPart


class PostController(PostDesk):
    """Shows the post of the adjustment, recharge, refund or write-off that is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, PostPart("line"), partial(_of_line, Subject.ADJUSTMENT))

    def show(self, record_id: int, record: RegisterDetail) -> None:
        """Show that of this line, whichever of the four it is."""
        self._asks = partial(_of_line, record.row.what.subject)
        super().show(record_id, record)


def _of_line(subject: Subject, ctx: Context, record_id: int) -> tuple[dto.RegisterRow, ...]:
    return queries.of_record(ctx, subject, record_id)
