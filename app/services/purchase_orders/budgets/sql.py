"""Small SQL pieces that the modules of budgets share."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, case, true

from app.models.purchase_orders.budgets import Budget, BudgetEntry, CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import OrderLine, OrderSplit, PurchaseOrder
from app.models.values import BudgetKind

BUDGET: Final[Any] = Budget.__table__
ENTRY: Final[Any] = BudgetEntry.__table__
CENTRE: Final[Any] = CostCentre.__table__
CODE: Final[Any] = SubjectiveCode.__table__
ORDER: Final[Any] = PurchaseOrder.__table__
LINE: Final[Any] = OrderLine.__table__
SPLIT: Final[Any] = OrderSplit.__table__

SUMS: Final = {
    BudgetKind.ORIGINAL: BUDGET.c.original_pence,
    BudgetKind.REVISED: BUDGET.c.revised_pence,
    BudgetKind.COMMITMENT: BUDGET.c.commitment_pence,
    BudgetKind.ACCRUAL: BUDGET.c.accrual_pence,
    BudgetKind.ACTUAL: BUDGET.c.actual_pence,
}
"""The column of a budget that keeps the sum of each kind of entry."""
GIVEN: Final[ColumnElement[int]] = BUDGET.c.original_pence + BUDGET.c.revised_pence
"""The revised budget."""
LEFT: Final[ColumnElement[int]] = GIVEN - BUDGET.c.commitment_pence - BUDGET.c.accrual_pence - BUDGET.c.actual_pence
COST: Final[ColumnElement[int]] = LINE.c.net_pence + case((LINE.c.vat_recovered == true(), 0), else_=LINE.c.vat_pence)
"""What the codes of a line of an order bear."""
