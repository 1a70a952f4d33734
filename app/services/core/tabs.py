"""Who sees the tabs whose records are found by Ctrl+K too: permissions of which one is enough. Who may read the audit sees every tab."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from app.services.core.permissions import Permission

POST_LOG: Final = frozenset({Permission.LOG_POST, Permission.SHARE_POST, Permission.KEEP_POST_RULES})
ADJUSTMENTS: Final = frozenset(
    {
        Permission.ADJUST_ACCOUNTS,
        Permission.APPROVE_ADJUSTMENTS,
        Permission.KEEP_ADJUSTMENT_KINDS,
        Permission.RAISE_RECHARGES,
        Permission.ASK_REFUNDS,
        Permission.APPROVE_REFUNDS,
        Permission.PAY_REFUNDS,
        Permission.PROPOSE_WRITE_OFFS,
        Permission.APPROVE_WRITE_OFFS,
    }
)
DIRECT_DEBITS: Final = frozenset(
    {
        Permission.KEEP_DIRECT_DEBITS,
        Permission.RUN_DIRECT_DEBITS,
        Permission.APPROVE_DIRECT_DEBITS,
        Permission.APPLY_BANK_REPORTS,
    }
)
PURCHASE_ORDERS: Final = frozenset(
    {
        Permission.KEEP_SUPPLIERS,
        Permission.KEEP_BUDGETS,
        Permission.APPROVE_BUDGETS,
        Permission.RAISE_ORDERS,
        Permission.APPROVE_ORDERS,
        Permission.RECEIVE_GOODS,
        Permission.LOG_INVOICES,
        Permission.APPROVE_INVOICES,
        Permission.PAY_SUPPLIERS,
        Permission.APPROVE_SUPPLIER_PAYMENTS,
        Permission.RECONCILE_SPENDING,
        Permission.SIGN_RECONCILIATION,
        Permission.PUBLISH_SPENDING,
    }
)


def shown_to(needs: AbstractSet[Permission], held: AbstractSet[Permission]) -> bool:
    """Whether an officer who holds these sees what needs one of those; what needs none everybody sees."""
    return not needs or Permission.VIEW_AUDIT in held or bool(needs & held)
