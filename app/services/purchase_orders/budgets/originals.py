"""Original budgets given: written into the book once, on the first day of their year."""

from __future__ import annotations

from datetime import date

from app.models.values import BudgetKind, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import keeping, rules

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def give(ctx: Context, given: dict[int, int], year: int) -> None:
    """Write original budgets into the book: of the first day of their year."""
    on: date = rules.first_day(year)
    keeping.post(
        ctx,
        (
            keeping.entry(ctx, budget_id, BudgetKind.ORIGINAL, pence, on, (Subject.BUDGET, budget_id))
            | {"words": f"Original budget of {rules.spelt_year(year)}"}
            for budget_id, pence in given.items()
        ),
    )


def checked_year(year: int) -> int:
    """A financial year that there can be.

    Raises:
        UserError: it is none.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UserError("A financial year is named by the year in which it begins, such as 2026.", field="year")
    return year
