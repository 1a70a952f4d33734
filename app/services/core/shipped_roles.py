"""What each role may do as shipped; an office may edit it."""

from __future__ import annotations

from typing import Final

from app.services.core.roles import Permission, Role

_DESK: Final = frozenset(
    {
        Permission.WRITE_NOTES,
        Permission.ATTACH_DOCUMENTS,
        Permission.KEEP_TASKS,
        Permission.KEEP_FILTERS,
        Permission.CHANGE_CONTACTS,
        Permission.KEEP_PEOPLE,
        Permission.KEEP_ARRANGEMENTS,
        Permission.LOG_POST,
        Permission.SEND_LETTERS,
        Permission.USE_APPROVALS,
        Permission.DELEGATE_APPROVALS,
        Permission.DECLARE_ACCOUNTS,
        Permission.TAKE_PAYMENTS,
        Permission.ORDER_PAY_CARDS,
        Permission.LOG_VISITS,
    }
)
"""What everybody who serves tenants does."""

_OFFICER: Final = _DESK | frozenset(
    {
        Permission.CHARGE_WEEK,
        Permission.POST_JOURNAL,
        Permission.REVERSE_JOURNAL,
        Permission.ISSUE_STATEMENTS,
        Permission.PLACE_HOLDS,
        Permission.KEEP_TENANCIES,
        Permission.CHANGE_CHARGES,
        Permission.KEEP_BENEFITS,
        Permission.KEEP_BANK_DETAILS,
        Permission.PREPARE_DEBIT_CONTROL,
        Permission.LOAD_LANDLORD,
        Permission.REQUEST_PERIOD_CHANGE,
        Permission.ADJUST_ACCOUNTS,
        Permission.RAISE_RECHARGES,
        Permission.ASK_REFUNDS,
        Permission.PROPOSE_WRITE_OFFS,
        Permission.KEEP_DIRECT_DEBITS,
        Permission.RUN_DIRECT_DEBITS,
        Permission.APPLY_BANK_REPORTS,
        Permission.KEEP_SUPPLIERS,
        Permission.RAISE_ORDERS,
        Permission.RECEIVE_GOODS,
        Permission.LOG_INVOICES,
        Permission.PAY_SUPPLIERS,
        Permission.RECONCILE_SPENDING,
        Permission.LOAD_RECEIPTS,
        Permission.CLEAR_SUSPENSE,
    }
)

_SENIOR: Final = _OFFICER | {
    Permission.SHARE_FILTERS,
    Permission.APPROVE_LETTERS,
    Permission.MERGE_PEOPLE,
    Permission.REVEAL_BANK_DETAILS,
    Permission.SIGN_DEBIT_CONTROL,
    Permission.SHARE_POST,
    Permission.APPROVE_ADJUSTMENTS,
    Permission.APPROVE_REFUNDS,
    Permission.APPROVE_WRITE_OFFS,
    Permission.PAY_REFUNDS,
    Permission.APPROVE_DIRECT_DEBITS,
    Permission.APPROVE_BUDGETS,
    Permission.APPROVE_ORDERS,
    Permission.APPROVE_INVOICES,
    Permission.APPROVE_SUPPLIER_PAYMENTS,
    Permission.SIGN_RECONCILIATION,
    Permission.PUBLISH_SPENDING,
    Permission.APPROVE_RECEIPTS,
    Permission.SIGN_BANKING,
    Permission.KEEP_RECEIPT_PROFILES,
    Permission.APPROVE_SUSPENSE,
}

ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.RENTS_OFFICER: _OFFICER,
    Role.SENIOR_OFFICER: _SENIOR,
    Role.TEAM_LEADER: _SENIOR
    | {
        Permission.AUTHORISE_PERIOD_CHANGE,
        Permission.APPROVE_OFFICER_CHANGES,
        Permission.REVIEW_ACCESS,
        Permission.MANAGE_TASK_TEMPLATES,
        Permission.VIEW_RESTRICTED,
        Permission.RESTRICT_RECORDS,
        Permission.MANAGE_DECLARED,
        Permission.VIEW_AUDIT,
        Permission.EDIT_TEMPLATES,
        Permission.KEEP_POST_RULES,
        Permission.KEEP_ADJUSTMENT_KINDS,
        Permission.KEEP_BUDGETS,
        Permission.KEEP_RECEPTION,
        Permission.RUN_JOBS,
    },
    Role.RECEPTION: _DESK | {Permission.ISSUE_STATEMENTS},
    Role.FINANCE: frozenset(
        {
            Permission.WRITE_NOTES,
            Permission.ATTACH_DOCUMENTS,
            Permission.KEEP_TASKS,
            Permission.KEEP_FILTERS,
            Permission.USE_APPROVALS,
            Permission.DELEGATE_APPROVALS,
            Permission.DECLARE_ACCOUNTS,
            Permission.REVEAL_BANK_DETAILS,
            Permission.APPROVE_REFUNDS,
            Permission.APPROVE_WRITE_OFFS,
            Permission.PAY_REFUNDS,
            Permission.APPROVE_DIRECT_DEBITS,
            Permission.KEEP_BUDGETS,
            Permission.APPROVE_BUDGETS,
            Permission.APPROVE_ORDERS,
            Permission.APPROVE_INVOICES,
            Permission.PAY_SUPPLIERS,
            Permission.APPROVE_SUPPLIER_PAYMENTS,
            Permission.RECONCILE_SPENDING,
            Permission.SIGN_RECONCILIATION,
            Permission.PUBLISH_SPENDING,
            Permission.SIGN_BANKING,
            Permission.LOAD_RECEIPTS,
            Permission.KEEP_RECEIPT_PROFILES,
            Permission.CLEAR_SUSPENSE,
            Permission.APPROVE_SUSPENSE,
            Permission.REQUEST_PERIOD_CHANGE,
            Permission.AUTHORISE_PERIOD_CHANGE,
            Permission.VIEW_AUDIT,
        }
    ),
    Role.AUDITOR: frozenset({Permission.VIEW_AUDIT, Permission.VIEW_RESTRICTED, Permission.KEEP_FILTERS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_OFFICERS,
            Permission.APPROVE_OFFICER_CHANGES,
            Permission.CLOSE_RENTBOOK,
            Permission.EXPORT_KEY,
            Permission.EXPORT_ALL,
            Permission.MAKE_BACKUPS,
            Permission.RESTORE_BACKUPS,
            Permission.DECLARE_ACCOUNTS,
            Permission.MANAGE_DECLARED,
            Permission.EDIT_POLICY,
            Permission.EDIT_CALENDARS,
            Permission.RUN_JOBS,
            Permission.KEEP_JOBS,
            Permission.EDIT_TEMPLATES,
            Permission.MANAGE_TASK_TEMPLATES,
            Permission.KEEP_TASKS,
            Permission.KEEP_FILTERS,
            Permission.USE_APPROVALS,
            Permission.SHARE_FILTERS,
            Permission.VIEW_AUDIT,
        }
    ),
    Role.SYSTEM: frozenset(
        {
            Permission.CHARGE_WEEK,
            Permission.ISSUE_STATEMENTS,
            Permission.SEND_LETTERS,
            Permission.KEEP_TASKS,
            Permission.LOG_POST,
            Permission.MAKE_BACKUPS,
            Permission.LOAD_RECEIPTS,
            Permission.TAKE_PAYMENTS,
            Permission.RUN_DIRECT_DEBITS,
            Permission.APPLY_BANK_REPORTS,
            Permission.RUN_JOBS,
        }
    ),
}
"""What each role may do as shipped; what an office has edited is in the table `role_permission`."""
