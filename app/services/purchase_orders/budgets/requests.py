"""A change of budgets as a kind of request: the second officer's approval posts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select

from app.models.purchase_orders.budgets import BudgetMove
from app.models.values import ApprovalState, BudgetMoveState, LimitKind, Money
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.records import missing
from app.services.purchase_orders.budgets import moves, rules
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE, GIVEN, LEFT

_MOST_SHOWN: Final = 60


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            moves.KIND,
            "Change of budgets",
            Permission.APPROVE_BUDGETS,
            _apply,
            _details,
            LimitKind.ORDER,
            ended=_ended,
            took=_took,
        )
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    moves.post(ctx, _waiting(ctx, payload))
    return moves.CHANGES


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """Each code with its budget before and after; those that it would leave overspent say so. The largest come first."""
    row = _row(ctx, payload)
    lines = moves.LINES
    rows = (
        select(lines.c.pence, CENTRE.c.code, CODE.c.code.label("subjective"), CODE.c.name, LEFT.label("left"))
        .join(BUDGET, BUDGET.c.id == lines.c.budget_id)
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .where(lines.c.move_id == row.id)
        .order_by(func.abs(lines.c.pence).desc(), CENTRE.c.code, CODE.c.code)
    )
    found = ctx.session.execute(rows.add_columns(GIVEN.label("given"))).all()
    details = [Detail("Reason", "", row.reason), Detail("Financial year", "", rules.spelt_year(row.year))]
    for line in found[:_MOST_SHOWN]:
        label = f"{rules.spelt_code(line.code, line.subjective)} {line.name}"
        after = line.left + line.pence
        over = f", {Money(-after)} overspent" if after < 0 else f", {Money(after)} left"
        details.append(Detail(label, str(Money(line.given)), f"{Money(line.given + line.pence)}{over}"))
    if len(found) > _MOST_SHOWN:
        rest = sum(abs(line.pence) for line in found[_MOST_SHOWN:])
        details.append(Detail(f"{len(found) - _MOST_SHOWN:,} more codes", "", f"{Money(rest)} given and taken"))
    return tuple(details)


def _took(move_ids: Sequence[int]) -> tuple[Took, ...]:
    return (select(BudgetMove.id, BudgetMove.made_by).where(BudgetMove.id.in_(move_ids)),)


def _ended(ctx: Context, payload: Payload, state: ApprovalState, _reason: str) -> None:
    row = _waiting(ctx, payload)
    refused = state is ApprovalState.REFUSED
    row.state = BudgetMoveState.REFUSED if refused else BudgetMoveState.WITHDRAWN
    ctx.session.flush()


def _waiting(ctx: Context, payload: Payload) -> BudgetMove:
    row = _row(ctx, payload)
    if row.state is not BudgetMoveState.WAITING:
        raise UserError(f"{moves.spelt(row.number)} doesn't wait any more.", "Look at the list again.")
    return row


def _row(ctx: Context, payload: Payload) -> BudgetMove:
    row = ctx.session.get(BudgetMove, payload["move_id"])
    if row is None:
        raise missing("change of budgets")
    return row
