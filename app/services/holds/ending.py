"""Holds that end by themselves: their last day has passed, so they stop nothing; what is left is to tell somebody."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from sqlalchemy import Row, select

from app.models.accounts import Account
from app.models.holds import Hold, HoldCase
from app.models.officers import Officer
from app.models.values import CaseEnd, Stop, Subject
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.diary.keeping import written
from app.services.holds import keeping, reviews, rules
from app.services.holds.dto import KINDS, EndedHold, HoldsEnded

TASK: Final = "hold_ended"
"""The kind of the task to look at an account whose hold has ended."""


def note_ended(ctx: Context) -> HoldsEnded:
    """Mark as noted every hold and case whose last day has passed, with one task for each account."""
    today = ctx.clock.today()
    rows = ctx.session.execute(
        select(Hold, Account.payment_reference, HoldCase.reference)
        .join(Account, Account.id == Hold.account_id)
        .outerjoin(HoldCase, HoldCase.id == Hold.case_id)
        .where(Hold.to_on < today, Hold.closed_on.is_(None))
        .order_by(Hold.account_id, Hold.to_on, Hold.id)
    ).all()
    stops = keeping.stops_of(ctx, [row[0].id for row in rows])
    active = set(ctx.session.scalars(select(Officer.id).where(Officer.active)))
    ended = []
    for account_id, group in groupby(rows, key=lambda row: row[0].account_id):
        members = list(group)
        here = [_ended(row, stops[row[0].id]) for row in members]
        placed_by = members[-1][0].placed_by
        _task(ctx, account_id, here, placed_by if placed_by in active else None)
        ended += here
    for row in rows:
        row[0].closed_on = today
        if row[0].review_on is not None:
            reviews.finish(ctx, row[0], "The hold has ended")
    _close_cases(ctx)
    ctx.session.flush()
    accounts = frozenset(each.account_id for each in ended)
    return HoldsEnded(tuple(sorted(ended, key=lambda each: each.ended_on)), keeping.changed(accounts))


def _close_cases(ctx: Context) -> None:
    """Cases whose last day has passed have run their time."""
    today = ctx.clock.today()
    for case in ctx.session.scalars(select(HoldCase).where(HoldCase.end_on < today, HoldCase.ended_on.is_(None))).all():
        case.ended_on, case.end_reason, case.review_on = today, CaseEnd.RAN_OUT, None


def _ended(row: Row[Hold, str | None, str | None], stops: tuple[Stop, ...]) -> EndedHold:
    hold, reference, case = row
    assert hold.to_on is not None
    return EndedHold(hold.id, hold.account_id, reference or "", hold.kind, stops, hold.to_on, case or "")


def _task(ctx: Context, account_id: int, ended: list[EndedHold], officer_id: int | None) -> None:
    told = [
        f"{KINDS[each.kind]}{f' {each.case}' if each.case else ''} ended on {written(each.ended_on)}:"
        f" {rules.listed(each.stops).lower()} stopped no more."
        for each in ended
    ]
    days = ctx.policy.number("holds.ended_review_days", ctx.clock.today())
    new = NewTask(
        title=f"Look at account {ended[-1].reference}: a hold on it has ended",
        due_on=diary.due_in(ctx, days),
        details="\n".join(told),
        subject=Subject.ACCOUNT,
        subject_id=account_id,
        kind=TASK,
        officer_id=officer_id,
    )
    diary.add_task(ctx, new)
