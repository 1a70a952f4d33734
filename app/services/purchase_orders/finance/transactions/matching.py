"""The open transactions of a period are matched with the documents that are free, set-based."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, select, update

from app.models.purchase_orders.finance import FinanceLine, FinanceReconciliation
from app.models.values import FinanceLineState, ReconciliationState, Subject
from app.services.core import audit
from app.services.core.context import Context
from app.services.purchase_orders.finance.transactions import gathering, rules

_LINES: Final[Any] = FinanceLine.__table__


def match(ctx: Context, from_on: date, to_on: date) -> tuple[int, int]:
    """Match the open transactions of a period, set-based; how many agree and how many differ."""
    wide = (from_on - rules.NEAR, to_on + rules.NEAR)
    lines = gathering.theirs(ctx, *wide)
    signed = signed_periods(ctx, from_on, to_on)
    taken = {(each.subject, each.subject_id, each.budget_id) for each in lines if each.subject is not None}
    mine = [
        rules.OurFacts(
            (each.subject.value, each.subject_id, each.budget_id),
            tuple(rules.folded(name) for name in each.names if name),
            each.budget_id,
            each.on,
            each.amount.pence,
        )
        for each in gathering.ours(ctx, *wide)
        if each.key not in taken
    ]
    open_ones = [
        rules.TheirFacts(
            each.line_id,
            each.budget_id,
            each.posted_on,
            each.amount.pence,
            rules.names_in(each.reference, each.description),
        )
        for each in lines
        if each.state is FinanceLineState.OPEN
        and each.budget_id is not None
        and from_on <= each.posted_on <= to_on
        and not any(first <= each.posted_on <= last for first, last in signed)
    ]
    found = rules.pairs(mine, open_ones)
    _settle(ctx, found)
    exact = sum(each.exact for each in found)
    return exact, len(found) - exact


def signed_periods(ctx: Context, from_on: date, to_on: date) -> list[tuple[date, date]]:
    """The signed periods that have a day of these (both included), the earliest first."""
    rows = (
        select(FinanceReconciliation.from_on, FinanceReconciliation.to_on)
        .where(
            FinanceReconciliation.state == ReconciliationState.SIGNED,
            FinanceReconciliation.from_on <= to_on,
            FinanceReconciliation.to_on >= from_on,
        )
        .order_by(FinanceReconciliation.from_on)
    )
    return [(row.from_on, row.to_on) for row in ctx.session.execute(rows)]


def _settle(ctx: Context, found: Sequence[rules.Found]) -> None:
    if not found:
        return
    statement = (
        update(_LINES)
        .where(_LINES.c.id == bindparam("line_id"))
        .values(
            subject=bindparam("of_kind"),
            subject_id=bindparam("of_id"),
            state=bindparam("now"),
            version=_LINES.c.version + 1,
        )
    )
    rows = [
        {
            "line_id": each.line_id,
            "of_kind": Subject(each.key[0]),
            "of_id": each.key[1],
            "now": FinanceLineState.MATCHED if each.exact else FinanceLineState.DIFFERS,
        }
        for each in found
    ]
    ctx.session.execute(statement, rows)
    audit.record_bulk(ctx, "finance_line", "update", rows=len(rows), why="matched")
