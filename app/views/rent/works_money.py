"""What the Accounts page offers about money: each is done on the tab of its area, with the account filled in."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.views.common.works import Work
from app.views.rent.groups import Group

MONEY: tuple[Work, ...] = (
    Work(
        "adjust_account",
        "New adjustment",
        "F4",
        "cash-plus",
        Group.MONEY,
        "AdjustController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
    Work(
        "recalculate_account",
        "A charge was wrong",
        "Ctrl+F4",
        "calculator-variant-outline",
        Group.MONEY,
        "RecalculateController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
    Work(
        "recharge_account",
        "Recharge a repair",
        "",
        "hammer-wrench",
        Group.MONEY,
        "RechargeController",
        frozenset({Permission.RAISE_RECHARGES}),
    ),
    Work(
        "costs_account",
        "Court costs",
        "",
        "gavel",
        Group.MONEY,
        "CourtCostsController",
        frozenset({Permission.RAISE_RECHARGES}),
    ),
    Work(
        "refund_account",
        "New refund",
        "Ctrl+Shift+F4",
        "cash-refund",
        Group.MONEY,
        "RefundController",
        frozenset({Permission.ASK_REFUNDS}),
    ),
    Work(
        "write_off_account",
        "Write off the debt",
        "Ctrl+Shift+W",
        "file-document-remove-outline",
        Group.MONEY,
        "WriteOffController",
        frozenset({Permission.PROPOSE_WRITE_OFFS}),
    ),
    Work(
        "fix_line",
        "Move, reverse or correct the line",
        "Shift+F4",
        "cash-sync",
        Group.MONEY,
        "FixLineController",
        frozenset({Permission.ADJUST_ACCOUNTS}),
    ),
    Work(
        "debit_account",
        "Set up a Direct Debit",
        "F3",
        "bank-transfer",
        Group.MONEY,
        "DebitController",
        frozenset({Permission.KEEP_DIRECT_DEBITS}),
    ),
    Work(
        "works_order",
        "Raise a works order",
        "Ctrl+Shift+K",
        "hammer-wrench",
        Group.MONEY,
        "WorksOrderController",
        frozenset({Permission.RAISE_ORDERS}),
    ),
)
