"""A visit or call that is over, put into the log by whatever was done for it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.reception_payments.visits import Visit, VisitReason
from app.models.values import VisitState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.ledger import numbering
from app.services.reception_payments.visits.dto import NewContact

COUNTER: Final = "visit"
_MOST_WORDS: Final = 400


def note_contact(ctx: Context, new: NewContact) -> int:
    """Log a visit or call that is over; returns its id. The permission is asked for by whoever did what they came for.

    Raises:
        UserError: the words hold a card number.
        NoResultFound: there is no such reason.
    """
    refuse_card_number(ctx, new.words, "note", "words")
    now = ctx.clock.now()
    reason = select(VisitReason.id).where(VisitReason.key == new.reason)
    visit = Visit(
        number=numbering.take(ctx, COUNTER),
        kind=new.kind,
        state=VisitState.DONE,
        reason_id=ctx.session.execute(reason).scalar_one(),
        desk_id=new.desk_id,
        arrived_at=now,
        logged_by=ctx.officer.id,
        person_id=new.person_id,
        account_id=new.account_id,
        told=new.told,
        seen_at=now,
        seen_by=ctx.officer.id,
        ended_at=now,
        outcome=new.words[:_MOST_WORDS],
    )
    ctx.session.add(visit)
    ctx.session.flush()
    return visit.id
