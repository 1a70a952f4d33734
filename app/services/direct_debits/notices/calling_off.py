"""What becomes of a notice whose letter or e-mail is called off before it went: the payer wasn't told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.direct_debits.schedules import DebitNotice
from app.models.letters import Outgoing
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.notices import keeping
from app.services.letters import called_off


def register() -> None:
    """Plug it in."""
    called_off.register(_take_back)


def _take_back(ctx: Context, rows: Sequence[Outgoing], why: str) -> None:
    """The collections that it told of need notice again; `why` stands with the letter."""
    del why
    ids = [row.id for row in rows if row.subject == Subject.MANDATE]
    found = [
        notice
        for chunk in in_chunks(ids)
        for notice in ctx.session.scalars(
            select(DebitNotice).where(DebitNotice.outgoing_id.in_(chunk), DebitNotice.taken_back_on.is_(None))
        )
    ]
    if found:
        keeping.take_back(ctx, found)
