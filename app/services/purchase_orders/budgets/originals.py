"""Original budgets given: written into the book once, on the first day of their year.

Until its year has begun, or while nothing is ordered, spent or moved in it yet, an original budget is one officer's to give: so
an office sets its budgets up. Once the year is in use it is new money, as a revision is, and a second officer approves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.models.values import BudgetKind, BudgetMoveKind, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import moves, rules
from app.services.purchase_orders.budgets.dto import NewMove, Saved
from app.services.purchase_orders.budgets.sql import BUDGET, ENTRY

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_WHY: Final = "Original budget that is given once its year is in use"


def give(ctx: Context, given: Mapping[int, int], year: int, why: str = _WHY) -> Saved | None:
    """Give budgets their original amounts, in pence; the change that waits for a second officer, where one has to approve it.

    Raises:
        UserError: a second officer has to approve it, and the office has one.
    """
    amounts = {budget_id: pence for budget_id, pence in sorted(given.items()) if pence}
    if not (amounts and in_use(ctx, year)):
        moves.give(ctx, amounts, year)
        return None
    lines = tuple((budget_id, Money(pence)) for budget_id, pence in amounts.items())
    key = f"original:{year}:{lines[0][0]}:{ctx.clock.now():%Y%m%d%H%M%S%f}"
    return moves.ask(ctx, NewMove(key, BudgetMoveKind.ORIGINAL, year, why, lines))


def in_use(ctx: Context, year: int) -> bool:
    """Whether a financial year has begun, and something was ordered, spent or moved on its budgets."""
    if ctx.clock.today() < rules.first_day(year):
        return False
    used = (
        select(ENTRY.c.id)
        .join(BUDGET, BUDGET.c.id == ENTRY.c.budget_id)
        .where(BUDGET.c.year == year, ENTRY.c.kind != BudgetKind.ORIGINAL)
    )
    return ctx.session.execute(used.limit(1)).first() is not None


def checked_year(year: int) -> int:
    """A financial year that there can be.

    Raises:
        UserError: it is none.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserError("A financial year is named by the year in which it begins, such as 2026.", field="year")
    return year
