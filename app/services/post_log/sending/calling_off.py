"""What becomes of an item when the e-mail that answered it, or passed it on, is called off before it went."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.post_sending import PostSending
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.letters import called_off
from app.services.letters.dto import OutgoingState
from app.services.letters.sending import Provider
from app.services.post_log.sending import keeping


def register() -> None:
    """Plug it in."""
    called_off.register(_open_again)


def _open_again(ctx: Context, rows: Sequence[Outgoing], why: str) -> None:
    """The items are open again, and to be answered; of those whose e-mail had failed that is so already."""
    waits = {row.id: row for row in rows if row.provider == Provider.MAILBOX and row.state != OutgoingState.FAILED}
    for chunk in in_chunks(sorted(waits)):
        found = select(PostSending).where(PostSending.outgoing_id.in_(chunk)).order_by(PostSending.outgoing_id)
        for sending in ctx.session.scalars(found).all():
            item = ctx.session.get_one(PostItem, sending.item_id)
            keeping.note_failed(ctx, item, sending, waits[sending.outgoing_id], f"cancelled. {why}".strip())
