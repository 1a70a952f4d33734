"""The records of a charge that was recalculated: they become what was posted, and go back when that is reversed.

Were only the ledger put right, whatever next compares it with the records, such as an ending, would undo it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, insert, select

from app.models.adjustments import Adjustment, AdjustmentCharge, AdjustmentLine
from app.models.values import Money
from app.services.adjustments.recalculating import rules
from app.services.adjustments.recalculating.dto import Rate, Recalculation
from app.services.adjustments.recalculating.reading import worked
from app.services.charges import differences
from app.services.charges.dto import Span
from app.services.charges.elements import keeping as elements
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import dated, merged
from app.services.charges.facts import elements_of
from app.services.core.context import Context
from app.services.core.errors import UserError


def note(ctx: Context, adjustment_id: int, wanted: Recalculation) -> None:
    """Note what a draft will record, for when it is posted."""
    _insert(ctx, adjustment_id, wanted, rules.spans(wanted.rates, wanted.to_on), replaced=False)


def refuse_stale(ctx: Context, row: Adjustment) -> None:
    """Refuse to post a recalculation whose weeks were charged or put right since it was worked out.

    Raises:
        UserError: what it comes to now isn't what its lines say, or it wasn't worked out at all.
    """
    wanted = _wanted(ctx, row)
    own = AdjustmentLine.adjustment_id == row.id
    if wanted is None:
        if ctx.session.scalar(select(func.min(AdjustmentLine.id)).where(own, AdjustmentLine.kind == rules.KIND)):
            raise UserError(
                f"Nothing says what the charges of adjustment {row.number} should have been.",
                "Enter it where a charge that was wrong is worked out (Ctrl+F4 on the account).",
            )
        return
    now = {(each.code, each.week): each.difference.pence for each in worked(ctx, wanted).weeks if each.difference}
    lines = ctx.session.execute(select(AdjustmentLine.code, AdjustmentLine.rent_week, AdjustmentLine.pence).where(own))
    if now != {(line.code, line.rent_week): line.pence for line in lines}:
        raise UserError(
            f"The weeks of adjustment {row.number} were charged or put right since it was worked out.",
            "Withdraw it and work it out again, so that nothing is put right twice.",
        )


def write(ctx: Context, row: Adjustment) -> None:
    """Record what was posted, and keep what it replaces."""
    wanted = _wanted(ctx, row)
    if wanted is None:
        return
    standing = _standing(ctx, wanted)
    _insert(ctx, row.id, wanted, rules.inside(standing, wanted.from_on, wanted.to_on), replaced=True)
    _write(ctx, wanted, rules.spans(wanted.rates, wanted.to_on), standing)


def refuse_changed(ctx: Context, row: Adjustment) -> None:
    """Refuse to reverse a recalculation whose days were recorded otherwise since.

    Raises:
        UserError: the charge was changed again.
    """
    wanted = _wanted(ctx, row)
    if wanted is None:
        return
    recorded = rules.inside(_standing(ctx, wanted), wanted.from_on, wanted.to_on)
    if merged(recorded) != merged(rules.spans(wanted.rates, wanted.to_on)):
        raise UserError(
            f"The charge that adjustment {row.number} put right was changed again since.",
            "Work out what it should be now, instead of reversing.",
        )


def put_back(ctx: Context, row: Adjustment) -> None:
    """Record again what stood before a recalculation that was reversed."""
    wanted = _wanted(ctx, row)
    if wanted is None:
        return
    _write(ctx, wanted, _kept(ctx, row.id, replaced=True), _standing(ctx, wanted))


def _write(ctx: Context, wanted: Recalculation, by: Sequence[Dated], standing: Sequence[Dated]) -> None:
    after = rules.replaced(standing, wanted.from_on, wanted.to_on, by)
    elements.write(ctx, wanted.account_id, wanted.code, after)
    differences.follow(ctx, {wanted.account_id})


def _standing(ctx: Context, wanted: Recalculation) -> tuple[Dated, ...]:
    return dated(elements_of(ctx, [wanted.account_id]).get(wanted.account_id, ()), wanted.code)


def _wanted(ctx: Context, row: Adjustment) -> Recalculation | None:
    """What was asked for; None of an adjustment that isn't a recalculation."""
    first = ctx.session.scalars(_noted(row.id, replaced=False).limit(1)).first()
    if first is None:
        return None
    rates = _kept(ctx, row.id, replaced=False)
    last = rates[-1].span.last
    assert last is not None
    return Recalculation(
        first.account_id, first.code, tuple(Rate(each.span.first, each.weekly) for each in rates), last
    )


def _kept(ctx: Context, adjustment_id: int, *, replaced: bool) -> tuple[Dated, ...]:
    rows = ctx.session.scalars(_noted(adjustment_id, replaced=replaced))
    return tuple(Dated(Money(row.pence), Span(row.from_on, row.to_on)) for row in rows)


def _noted(adjustment_id: int, *, replaced: bool) -> Select[AdjustmentCharge]:
    of_it = (AdjustmentCharge.adjustment_id == adjustment_id, AdjustmentCharge.replaced == replaced)
    return select(AdjustmentCharge).where(*of_it).order_by(AdjustmentCharge.from_on)


def _insert(ctx: Context, adjustment_id: int, wanted: Recalculation, spans: Sequence[Dated], *, replaced: bool) -> None:
    rows = [
        {
            "adjustment_id": adjustment_id,
            "replaced": replaced,
            "from_on": each.span.first,
            "to_on": each.span.last,
            "account_id": wanted.account_id,
            "code": wanted.code,
            "pence": each.weekly.pence,
        }
        for each in spans
    ]
    if rows:
        ctx.session.execute(insert(AdjustmentCharge), rows)
