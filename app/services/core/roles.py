"""The roles of the office, and each thing that a command may need."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A job in the rents team, as shipped; an office may edit what each may do and add roles of its own."""

    RENTS_OFFICER = "rents_officer"
    SENIOR_OFFICER = "senior_officer"
    TEAM_LEADER = "team_leader"
    RECEPTION = "reception"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Permission(StrEnum):
    """One thing that a command may need."""

    LOAD_LANDLORD = "load_landlord"
    CHARGE_WEEK = "charge_week"
    POST_JOURNAL = "post_journal"
    REVERSE_JOURNAL = "reverse_journal"
    ISSUE_STATEMENTS = "issue_statements"
    WRITE_NOTES = "write_notes"
    ATTACH_DOCUMENTS = "attach_documents"
    KEEP_TASKS = "keep_tasks"
    MANAGE_TASK_TEMPLATES = "manage_task_templates"
    KEEP_FILTERS = "keep_filters"
    SHARE_FILTERS = "share_filters"
    PLACE_HOLDS = "place_holds"
    KEEP_TENANCIES = "keep_tenancies"
    CHANGE_CONTACTS = "change_contacts"
    KEEP_PEOPLE = "keep_people"
    MERGE_PEOPLE = "merge_people"
    CHANGE_CHARGES = "change_charges"
    KEEP_BENEFITS = "keep_benefits"
    KEEP_ARRANGEMENTS = "keep_arrangements"
    KEEP_BANK_DETAILS = "keep_bank_details"
    REVEAL_BANK_DETAILS = "reveal_bank_details"
    PREPARE_DEBIT_CONTROL = "prepare_debit_control"
    SIGN_DEBIT_CONTROL = "sign_debit_control"
    LOG_POST = "log_post"
    SHARE_POST = "share_post"
    KEEP_POST_RULES = "keep_post_rules"
    ADJUST_ACCOUNTS = "adjust_accounts"
    APPROVE_ADJUSTMENTS = "approve_adjustments"
    KEEP_ADJUSTMENT_KINDS = "keep_adjustment_kinds"
    RAISE_RECHARGES = "raise_recharges"
    ASK_REFUNDS = "ask_refunds"
    APPROVE_REFUNDS = "approve_refunds"
    PAY_REFUNDS = "pay_refunds"
    PROPOSE_WRITE_OFFS = "propose_write_offs"
    APPROVE_WRITE_OFFS = "approve_write_offs"
    KEEP_DIRECT_DEBITS = "keep_direct_debits"
    RUN_DIRECT_DEBITS = "run_direct_debits"
    APPROVE_DIRECT_DEBITS = "approve_direct_debits"
    APPLY_BANK_REPORTS = "apply_bank_reports"
    KEEP_SUPPLIERS = "keep_suppliers"
    KEEP_BUDGETS = "keep_budgets"
    APPROVE_BUDGETS = "approve_budgets"
    RAISE_ORDERS = "raise_orders"
    APPROVE_ORDERS = "approve_orders"
    RECEIVE_GOODS = "receive_goods"
    LOG_INVOICES = "log_invoices"
    APPROVE_INVOICES = "approve_invoices"
    PAY_SUPPLIERS = "pay_suppliers"
    APPROVE_SUPPLIER_PAYMENTS = "approve_supplier_payments"
    RECONCILE_SPENDING = "reconcile_spending"
    SIGN_RECONCILIATION = "sign_reconciliation"
    PUBLISH_SPENDING = "publish_spending"
    TAKE_PAYMENTS = "take_payments"
    APPROVE_RECEIPTS = "approve_receipts"
    SIGN_BANKING = "sign_banking"
    LOAD_RECEIPTS = "load_receipts"
    KEEP_RECEIPT_PROFILES = "keep_receipt_profiles"
    CLEAR_SUSPENSE = "clear_suspense"
    APPROVE_SUSPENSE = "approve_suspense"
    ORDER_PAY_CARDS = "order_pay_cards"
    LOG_VISITS = "log_visits"
    KEEP_RECEPTION = "keep_reception"
    SEND_LETTERS = "send_letters"
    APPROVE_LETTERS = "approve_letters"
    EDIT_TEMPLATES = "edit_templates"
    REQUEST_PERIOD_CHANGE = "request_period_change"
    AUTHORISE_PERIOD_CHANGE = "authorise_period_change"
    MANAGE_OFFICERS = "manage_officers"
    APPROVE_OFFICER_CHANGES = "approve_officer_changes"
    REVIEW_ACCESS = "review_access"
    CLOSE_RENTBOOK = "close_rentbook"
    EXPORT_KEY = "export_key"
    EXPORT_ALL = "export_all"
    MAKE_BACKUPS = "make_backups"
    RESTORE_BACKUPS = "restore_backups"
    USE_APPROVALS = "use_approvals"
    DELEGATE_APPROVALS = "delegate_approvals"
    VIEW_RESTRICTED = "view_restricted"
    RESTRICT_RECORDS = "restrict_records"
    DECLARE_ACCOUNTS = "declare_accounts"
    MANAGE_DECLARED = "manage_declared"
    VIEW_AUDIT = "view_audit"
    EDIT_POLICY = "edit_policy"
    EDIT_CALENDARS = "edit_calendars"
    RUN_JOBS = "run_jobs"
    KEEP_JOBS = "keep_jobs"


DESCRIPTIONS: Final = {
    Permission.LOAD_LANDLORD: "load a landlord's spreadsheet",
    Permission.CHARGE_WEEK: "post the weekly charge",
    Permission.POST_JOURNAL: "post to the ledger",
    Permission.REVERSE_JOURNAL: "reverse a journal",
    Permission.ISSUE_STATEMENTS: "issue statements",
    Permission.WRITE_NOTES: "write notes",
    Permission.ATTACH_DOCUMENTS: "attach documents",
    Permission.KEEP_TASKS: "give, take and finish tasks",
    Permission.MANAGE_TASK_TEMPLATES: "change the office's recurring tasks",
    Permission.KEEP_FILTERS: "save filters of their own",
    Permission.SHARE_FILTERS: "share a saved filter with the office",
    Permission.PLACE_HOLDS: "place or release holds",
    Permission.KEEP_TENANCIES: "start, change or end tenancies",
    Permission.CHANGE_CONTACTS: "change how people are contacted",
    Permission.KEEP_PEOPLE: "keep people's records",
    Permission.MERGE_PEOPLE: "merge the records of a person or part them",
    Permission.CHANGE_CHARGES: "change what is charged",
    Permission.KEEP_BENEFITS: "keep claims to benefits",
    Permission.KEEP_ARRANGEMENTS: "make or end repayment arrangements",
    Permission.KEEP_BANK_DETAILS: "keep bank details of people who are paid",
    Permission.REVEAL_BANK_DETAILS: "see bank details in full",
    Permission.PREPARE_DEBIT_CONTROL: "prepare Monday's debit control",
    Permission.SIGN_DEBIT_CONTROL: "sign Monday's debit control",
    Permission.LOG_POST: "log post and deal with it",
    Permission.SHARE_POST: "give a colleague's post to somebody else, or change its time to answer",
    Permission.KEEP_POST_RULES: "change the rules, categories and mailboxes of the post",
    Permission.ADJUST_ACCOUNTS: "adjust accounts",
    Permission.APPROVE_ADJUSTMENTS: "approve adjustments and recharges",
    Permission.KEEP_ADJUSTMENT_KINDS: "change the kinds of adjustment, their reasons and the price list",
    Permission.RAISE_RECHARGES: "raise recharges and court costs",
    Permission.ASK_REFUNDS: "ask for refunds",
    Permission.APPROVE_REFUNDS: "approve refunds",
    Permission.PAY_REFUNDS: "send approved refunds for payment",
    Permission.PROPOSE_WRITE_OFFS: "build write-off cases and put them forward",
    Permission.APPROVE_WRITE_OFFS: "approve write-offs",
    Permission.KEEP_DIRECT_DEBITS: "set up, change and cancel Direct Debits",
    Permission.RUN_DIRECT_DEBITS: "prepare, send and post Direct Debit runs",
    Permission.APPROVE_DIRECT_DEBITS: "approve Direct Debit runs",
    Permission.APPLY_BANK_REPORTS: "carry out what the bank's reports say of Direct Debits",
    Permission.KEEP_SUPPLIERS: "keep suppliers, their contracts and their bank details",
    Permission.KEEP_BUDGETS: "set up codes and budgets and move money between them",
    Permission.APPROVE_BUDGETS: "approve changes of budgets, of codes and of suppliers' bank details",
    Permission.RAISE_ORDERS: "raise requisitions and orders",
    Permission.APPROVE_ORDERS: "approve orders",
    Permission.RECEIVE_GOODS: "record what was received",
    Permission.LOG_INVOICES: "log suppliers' invoices, match and dispute them",
    Permission.APPROVE_INVOICES: "approve suppliers' invoices",
    Permission.PAY_SUPPLIERS: "prepare and send payments to suppliers",
    Permission.APPROVE_SUPPLIER_PAYMENTS: "approve payments to suppliers",
    Permission.RECONCILE_SPENDING: "hold the books against the finance system and put codes right",
    Permission.SIGN_RECONCILIATION: "sign a reconciliation with the finance system",
    Permission.PUBLISH_SPENDING: "publish spending",
    Permission.TAKE_PAYMENTS: "take payments and work a till",
    Permission.APPROVE_RECEIPTS: "approve that a receipt is void or a card payment is given back",
    Permission.SIGN_BANKING: "sign cash-ups, bankings and the daily board",
    Permission.LOAD_RECEIPTS: "load files of receipts, benefit runs and bank statements",
    Permission.KEEP_RECEIPT_PROFILES: "change how files of receipts are read",
    Permission.CLEAR_SUSPENSE: "find where money in suspense belongs",
    Permission.APPROVE_SUSPENSE: "approve where money in suspense goes",
    Permission.ORDER_PAY_CARDS: "order, replace and cancel pay point cards",
    Permission.LOG_VISITS: "log visitors and callers",
    Permission.KEEP_RECEPTION: "set up desks, tills, card providers, bank accounts and other income",
    Permission.SEND_LETTERS: "write and send letters",
    Permission.APPROVE_LETTERS: "approve letters for printing",
    Permission.EDIT_TEMPLATES: "change letter templates",
    Permission.REQUEST_PERIOD_CHANGE: "ask for a period to be closed or reopened",
    Permission.AUTHORISE_PERIOD_CHANGE: "authorise a period to be closed or reopened",
    Permission.MANAGE_OFFICERS: "add officers or change their roles and limits",
    Permission.APPROVE_OFFICER_CHANGES: "approve a change of roles, limits or policy",
    Permission.REVIEW_ACCESS: "review who has access",
    Permission.CLOSE_RENTBOOK: "close Rentbook for maintenance and ask desks to sign out",
    Permission.EXPORT_KEY: "take the encryption key out for another desk",
    Permission.EXPORT_ALL: "export everything in open formats",
    Permission.MAKE_BACKUPS: "make and check backups",
    Permission.RESTORE_BACKUPS: "put a backup in the database's place",
    Permission.USE_APPROVALS: "answer requests for approval or take back their own",
    Permission.DELEGATE_APPROVALS: "delegate approvals to a colleague",
    Permission.VIEW_RESTRICTED: "open restricted records",
    Permission.RESTRICT_RECORDS: "restrict a record or release it",
    Permission.DECLARE_ACCOUNTS: "declare their own or a relative's account",
    Permission.MANAGE_DECLARED: "declare accounts for a colleague, or end a declaration",
    Permission.VIEW_AUDIT: "read the audit",
    Permission.EDIT_POLICY: "change policy values",
    Permission.EDIT_CALENDARS: "change rent calendars and office closures",
    Permission.RUN_JOBS: "run scheduled jobs",
    Permission.KEEP_JOBS: "change scheduled jobs",
}

POSTING: Final = frozenset(
    {
        Permission.LOAD_LANDLORD,
        Permission.CHARGE_WEEK,
        Permission.POST_JOURNAL,
        Permission.REVERSE_JOURNAL,
        Permission.KEEP_TENANCIES,
        Permission.CHANGE_CHARGES,
        Permission.ADJUST_ACCOUNTS,
        Permission.APPROVE_ADJUSTMENTS,
        Permission.RAISE_RECHARGES,
        Permission.ASK_REFUNDS,
        Permission.APPROVE_REFUNDS,
        Permission.PAY_REFUNDS,
        Permission.PROPOSE_WRITE_OFFS,
        Permission.APPROVE_WRITE_OFFS,
        Permission.RUN_DIRECT_DEBITS,
        Permission.APPROVE_DIRECT_DEBITS,
        Permission.APPLY_BANK_REPORTS,
        Permission.KEEP_BUDGETS,
        Permission.APPROVE_BUDGETS,
        Permission.RAISE_ORDERS,
        Permission.APPROVE_ORDERS,
        Permission.RECEIVE_GOODS,
        Permission.LOG_INVOICES,
        Permission.APPROVE_INVOICES,
        Permission.PAY_SUPPLIERS,
        Permission.APPROVE_SUPPLIER_PAYMENTS,
        Permission.TAKE_PAYMENTS,
        Permission.APPROVE_RECEIPTS,
        Permission.SIGN_BANKING,
        Permission.LOAD_RECEIPTS,
        Permission.CLEAR_SUSPENSE,
        Permission.APPROVE_SUSPENSE,
    }
)
"""What puts figures on accounts; never an administrator's once there is somebody else."""
