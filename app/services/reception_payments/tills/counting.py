"""A count kept beside what should have been there."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from app.models.officers import Officer
from app.models.reception_payments.tills import TillCount, TillCountLine, TillSession
from app.models.values import Money, TillCountKind, TillState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.reception_payments.tills import rules
from app.services.reception_payments.tills.dto import AREAS, Count, Counted, Explain

MOST_WHY = 400


def checked(ctx: Context, count: Count) -> int:
    """What a count comes to, in pence.

    Raises:
        UserError: it can't be right, or the reason is too long or holds a card number.
    """
    fault = rules.fault_in_count(count.quantities)
    if fault:
        raise UserError(fault, "Count again.", "quantities")
    if len(count.why.strip()) > MOST_WHY:
        raise UserError(f"The reason is longer than {MOST_WHY} characters.", "Shorten it.", "why")
    refuse_card_number(ctx, count.why, "reason", "why")
    return rules.total(count.quantities)


def keep(
    ctx: Context,
    session: TillSession,
    kind: TillCountKind,
    count: Count,
    expected_pence: int,
    to: Officer | None = None,
) -> Counted:
    """Keep a count; what it should have been is told by what is given back, not before; of a change of hands only whether it is."""
    pence = checked(ctx, count)
    row = TillCount(
        session_id=session.id,
        kind=kind,
        counted_by=ctx.officer.id,
        counted_at=ctx.clock.now(),
        pence=pence,
        expected_pence=expected_pence,
        to_officer_id=to.id if to else None,
        why=count.why.strip(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    lines = [
        {"count_id": row.id, "denomination_pence": denomination, "quantity": quantity}
        for denomination, quantity in sorted(count.quantities.items(), reverse=True)
        if quantity
    ]
    if lines:
        ctx.session.execute(insert(TillCountLine), lines)
    told = None if kind is TillCountKind.HANDOVER else Money(expected_pence)
    return Counted(session.id, session.number, Money(pence), pence == expected_pence, told, Changes(AREAS), row.id)


def explain(ctx: Context, new: Explain, kinds: frozenset[TillCountKind]) -> Changes:
    """Write beside the officer's own count how its difference came about; a cash-up's session says it too.

    Raises:
        UserError: nothing is said, it is too long or holds a card number, or it isn't the officer's count any more.
    """
    row = record(ctx, TillCount, new.count_id, "count")
    session = ctx.session.get_one(TillSession, row.session_id)
    newest = select(func.max(TillCount.id)).where(TillCount.session_id == session.id)
    if row.kind not in kinds or row.counted_by != ctx.officer.id:
        raise UserError("This count isn't yours.", "Whoever counted says how the difference came about.")
    if session.state is TillState.CLOSED or ctx.session.scalar(newest) != row.id:
        raise UserError("The till was counted again or signed since.", "Look at it again.")
    if not new.why.strip():
        raise UserError("Say how the difference came about.", "If nobody knows, say so.", "why")
    checked(ctx, Count({}, new.why))
    row.why = new.why.strip()
    if row.kind is TillCountKind.CASH_UP:
        session.why = row.why
    ctx.session.flush()
    return Changes(AREAS)
