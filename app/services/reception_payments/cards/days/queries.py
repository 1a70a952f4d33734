"""The days of card payments that were read, and their differences, as officers read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select

from app.models.reception_payments.cards import CardDay, CardDifference
from app.models.values import CardGap, Money
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.reception_payments.cards.days import gathering, rules
from app.services.reception_payments.cards.dto.days import DayRow, DifferenceRow, TheirDay

MOST = 400
"""Days shown at most, the newest first."""


def days(ctx: Context) -> tuple[DayRow, ...]:
    """Every day that was read, the newest first."""
    rows = ctx.session.scalars(select(CardDay).order_by(CardDay.day.desc()).limit(MOST)).all()
    return _rows(ctx, rows)


def day(ctx: Context, wanted: date) -> DayRow | None:
    """A day as it was last read; None where nobody read it."""
    row = ctx.session.get(CardDay, wanted)
    return _rows(ctx, [row])[0] if row is not None else None


def differences(ctx: Context, wanted: date | None = None) -> tuple[DifferenceRow, ...]:
    """The differences of a day, or those of every day that nobody has explained."""
    rows = select(CardDifference).order_by(CardDifference.day.desc(), CardDifference.id)
    rows = rows.where(CardDifference.day == wanted) if wanted else rows.where(CardDifference.explained_at.is_(None))
    found = ctx.session.scalars(rows.limit(MOST)).all()
    names = officer_names(ctx.session, {row.explained_by for row in found})
    return tuple(_difference(row, names.get(row.explained_by or 0, "")) for row in found)


def differing(ctx: Context, their: TheirDay) -> tuple[int, ...]:
    """Our payments about which the provider is asked by itself before the day is held against ours."""
    return gathering.differing(ctx, their)


def _difference(row: CardDifference, who: str) -> DifferenceRow:
    ours = Money(row.our_pence) if row.our_pence is not None else None
    theirs = Money(row.their_pence) if row.their_pence is not None else None
    states = (row.our_state, row.their_state)
    return DifferenceRow(
        row.id,
        row.day,
        row.gap,
        row.refund,
        row.reference,
        row.provider_id,
        ours,
        theirs,
        rules.words(row.gap, refund=row.refund, ours=ours, theirs=theirs, states=states),
        f"{row.explained} ({who})" if row.explained else "",
        row.gap is CardGap.THEIRS_ONLY and row.explained_at is None,
        row.version,
    )


def _rows(ctx: Context, found: Sequence[CardDay]) -> tuple[DayRow, ...]:
    names = officer_names(ctx.session, {row.read_by for row in found})
    unexplained = func.sum(case((CardDifference.explained_at.is_(None), 1), else_=0))
    counts = {
        row.day: (row.differences, int(row.unexplained))
        for row in ctx.session.execute(
            select(CardDifference.day, func.count().label("differences"), unexplained.label("unexplained")).group_by(
                CardDifference.day
            )
        )
    }
    return tuple(
        DayRow(
            row.day,
            row.read_at,
            names.get(row.read_by, ""),
            row.their_count,
            Money(row.their_pence),
            row.our_count,
            Money(row.our_pence),
            row.their_refund_count,
            Money(row.their_refund_pence),
            row.our_refund_count,
            Money(row.our_refund_pence),
            Money(row.fee_pence),
            *counts.get(row.day, (0, 0)),
        )
        for row in found
    )
