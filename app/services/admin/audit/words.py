"""The audit in plain words: kinds of record, fields, values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from app.models.values import Money

KINDS: Final[Mapping[str, str]] = {
    "absence": "Absence",
    "access_review": "Access review",
    "access_review_line": "Line of an access review",
    "account": "Account",
    "adjustment": "Adjustment",
    "adjustment_charge": "Charge put right by an adjustment",
    "adjustment_kind": "Kind of adjustment",
    "adjustment_line": "Line of an adjustment",
    "adjustment_reason": "Reason of adjustments",
    "approval_detail": "Detail of a request",
    "approval_event": "Step of a request",
    "approval_request": "Request for approval",
    "arrangement": "Arrangement",
    "arrangement_debt": "Debt in an arrangement",
    "associate": "Somebody who belongs to a person",
    "bank_detail": "Bank details",
    "bank_report": "Report of the bank",
    "bank_report_item": "Item of a report of the bank",
    "batch_headings": "How headings of a file were read",
    "benefit_award": "Award of a benefit",
    "benefit_claim": "Benefit claim",
    "budget": "Budget",
    "budget_entry": "Entry of the budget book",
    "budget_move": "Change of budgets",
    "budget_move_line": "Line of a change of budgets",
    "charge": "Charge",
    "charge_change": "Bulk change of charges",
    "charge_change_line": "Line of a bulk change",
    "charge_run": "Weekly charge",
    "code_transfer": "Transfer between codes",
    "coding_rule": "Coding rule",
    "collection": "Collection",
    "collection_share": "Account's share of a collection",
    "consent": "Consent or objection",
    "cost_centre": "Cost centre",
    "credit_attempt": "Attempt to return a credit",
    "debit_case": "Direct Debit case",
    "debit_case_collection": "Collection in a Direct Debit case",
    "debit_control": "Debit control",
    "debit_control_line": "Line of a debit control",
    "debit_control_move": "Movement of a debit control",
    "debit_instruction": "Instruction to the bank",
    "debit_notice": "Advance notice",
    "debit_position": "Position of the debit",
    "debit_run": "Direct Debit run",
    "debit_run_journal": "Day's posting of a Direct Debit run",
    "debit_run_left_out": "What a Direct Debit run left out",
    "debit_run_line": "Line of a Direct Debit run",
    "debit_schedule": "Direct Debit schedule",
    "declared_account": "Declared account",
    "delegation": "Delegation",
    "delivery_point": "Delivery point",
    "document": "Document",
    "document_link": "Document on a record",
    "draft": "Draft",
    "encryption_key": "Key of the database",
    "ending": "Ending of a tenancy",
    "filter_default": "Filter that a page opens with",
    "finance_file": "File of the finance system",
    "finance_file_item": "Record in a file of the finance system",
    "finance_line": "Transaction of the finance system",
    "finance_profile": "Layout of a file of the finance system",
    "finance_reconciliation": "Reconciliation with the finance system",
    "flag": "Flag",
    "garage_home": "Home that a garage goes with",
    "goods_receipt": "Goods receipt",
    "goods_receipt_line": "Line of a goods receipt",
    "hold": "Hold",
    "hold_case": "Breathing space or insolvency case",
    "hold_case_person": "Person of a case",
    "hold_debt": "Debt in a case",
    "hold_stop": "What a hold stops",
    "invoice_accepted": "Difference that was accepted",
    "invoice_dispute": "Dispute of an invoice",
    "invoice_line": "Line of an invoice",
    "invoice_split": "Code of a line of an invoice",
    "landlord": "Landlord's details",
    "letter_batch": "Batch of letters",
    "letter_batch_item": "Letter in a batch",
    "letter_template": "Letter template",
    "letter_template_version": "Wording of a letter",
    "life_event": "Life event",
    "life_event_step": "Step of a life event",
    "load_batch": "Load",
    "mandate": "Mandate",
    "mandate_account": "Account that a mandate pays",
    "mandate_bank": "Bank account of a mandate",
    "mandate_step": "Step of a mandate",
    "modulus_table": "Table of the modulus check",
    "note": "Note",
    "office_closure": "Office closure",
    "officer": "Officer",
    "officer_limit": "Money limit",
    "officer_role": "Role of an officer",
    "order_line": "Line of an order",
    "order_split": "Code of a line of an order",
    "order_step": "Step of an order",
    "order_version": "Version of an order",
    "order_version_line": "Line of a version of an order",
    "outgoing": "Outgoing item",
    "payment_file": "Bacs file",
    "period": "Period",
    "period_action": "Closing of a period",
    "person": "Person",
    "person_address": "Address of a person",
    "person_flag": "Flag on a person",
    "person_merge": "Merged records",
    "person_merge_row": "Row that a merge moved",
    "policy_value": "Policy value",
    "post_category": "Category of post",
    "post_event": "Step of a post item",
    "post_extension": "Longer time to answer",
    "post_item": "Post item",
    "post_left": "E-mail that waits in its mailbox",
    "post_link": "What a post item is about",
    "post_mailbox": "Mailbox of the post",
    "post_message": "E-mail message",
    "post_pause": "Pause of a time to answer",
    "post_reference": "Thread of an e-mail message",
    "post_rule": "Routing rule of the post",
    "post_sending": "E-mail from a mailbox of the post",
    "post_valuable": "Valuable in the post",
    "posting_rule": "Posting rule",
    "presence": "Open record",
    "property": "Property",
    "property_charge": "Charge of a property",
    "publication": "Publication of spending",
    "purchase_category": "Category of purchases",
    "purchase_order": "Order",
    "quotation": "Quotation",
    "recharge": "Recharge",
    "recharge_item": "Line of the recharge price list",
    "refund": "Refund",
    "refund_check": "Check of a refund",
    "refund_payment": "Payment of refunds",
    "rent_free_week": "Rent-free week",
    "rent_group": "Rent group",
    "rent_notice": "Notice of a change",
    "rent_year": "Rent year",
    "restricted_reader": "Reader of a restricted record",
    "restricted_record": "Restricted record",
    "role": "Role",
    "role_permission": "Permission of a role",
    "saved_filter": "Saved filter",
    "schedule_part": "Part of a Direct Debit schedule",
    "setting": "Setting",
    "signing_certificate": "Signing certificate",
    "statement_item": "Statement",
    "statement_run": "Statement run",
    "subjective_code": "Subjective code",
    "supplier": "Supplier",
    "supplier_bank": "Bank details of a supplier",
    "supplier_block": "Block of a supplier",
    "supplier_contract": "Contract with a supplier",
    "supplier_invoice": "Invoice of a supplier",
    "supplier_payment": "Payment to a supplier",
    "supplier_payment_line": "What a payment pays",
    "supplier_run": "Payment run",
    "task": "Task",
    "task_step": "Step of a task",
    "task_template": "Recurring task",
    "team": "Team",
    "tenancy": "Tenancy",
    "tenancy_event": "Line of a tenancy's history",
    "tenant": "Tenant of a tenancy",
    "transaction_code": "Transaction code",
    "utility_meter": "Meter",
    "utility_reading": "Reading of a meter",
    "void_period": "Void",
    "works_order": "Works of an order",
    "write_back": "Written-off debt put back",
    "write_off": "Write-off",
    "write_off_debt": "Debt in a write-off",
    "write_off_finding": "Finding of a write-off",
    "write_off_part": "Part of a debt in a write-off",
    "write_off_reason": "Reason of write-offs",
    "write_off_schedule": "Schedule of write-offs",
}
"""Every kind of record that the audit knows, by its table."""

_LABELS: Final[Mapping[str, str]] = {
    "acknowledge_by": "Acknowledge by",
    "address_1": "Address, first line",
    "address_2": "Address, second line",
    "allows_negative": "May be negative",
    "apportion": "How a part week is charged",
    "closed_at": "Closed",
    "cover_id": "Cover",
    "do_not_contact": "Don't contact",
    "dob": "Date of birth",
    "document_sha256": "Document",
    "duplicate_of": "Copy of",
    "fingerprint": "Keyed hash of the numbers",
    "first_week_on": "First Monday",
    "format_need": "Format of letters",
    "free_week": "Charged in a rent-free week",
    "from_id": "Given by",
    "from_on": "From",
    "guessed": "Not checked",
    "hb_eligible": "Covered by Housing Benefit",
    "held": "Held",
    "high": "High priority",
    "html": "In HTML",
    "home_id": "Home that it goes with",
    "if_closed": "When the office is closed",
    "item_id": "Post item",
    "last_two": "Account number ends in",
    "leader_id": "Leader",
    "load_id": "Came in with",
    "near": "Near the home",
    "number": "Number",
    "officer_id": "Officer",
    "opened_by": "Opened by",
    "outgoing_id": "Letter or message",
    "owner_id": "Owner",
    "paid_in": "Paid in",
    "receipt": "Receipt number",
    "ref": "Reference",
    "reply_by": "Reply by",
    "retention_months": "Months it is kept",
    "sender_address": "Answer goes to",
    "sha256": "Contents",
    "serial": "Serial number",
    "subject": "About",
    "to_id": "Given to",
    "to_officer_id": "To officer",
    "to_on": "To",
    "to_team_id": "To team",
    "uprn": "UPRN",
    "vat": "VAT",
    "week_on": "Week",
    "with_id": "Goes with the ending",
    "verdict": "Modulus check",
    "witness_id": "Second officer",
}
HIDDEN: Final = frozenset(
    {
        "id",
        "version",
        "ref_key",
        "reference_key",
        "name_key",
        "address_key",
        "request_key",
        "idempotency_key",
        "digest",
        "payload",
        "place",
        "restricted_id",
        "dealt",
        "entry_key",
        "key",
    }
)
"""Columns that say nothing to an officer."""

DID: Final = {"insert": "added", "update": "changed", "delete": "removed", "export": "exported", "reveal": "revealed"}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
_LONGEST: Final = 300


def kind_of(table: str) -> str:
    """A kind of record in plain words."""
    return KINDS.get(table) or _spoken(table)


def label_of(column: str) -> str:
    """A field in plain words: `payment_reference` is `Payment reference`, `amount_pence` is `Amount`."""
    if column in _LABELS:
        return _LABELS[column]
    return _spoken(re.sub(r"_(pence|id|on|at)$", "", column))


def value_in_words(column: str, value: object, *, word: bool) -> str:
    """A value of the audit as an officer reads it; `word` says that it is one of a fixed list."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and column.endswith("_pence"):
        return str(Money(value))
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    text = str(value)
    if _DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        local = datetime.fromisoformat(text).astimezone()
        return f"{day_in_words(local.date())} {local:%H:%M}"
    if column.endswith("sha256"):
        return f"file {text[:8]}"
    if word:
        return _spoken(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}... ({len(text):,} characters)"


def day_in_words(value: date) -> str:
    """A day as it is written: `5 Apr 2027`."""
    return f"{value.day} {value:%b %Y}"


def bulk_in_words(table: str, facts: Mapping[str, object]) -> str:
    """A set-based change explained: `1,200 rows of Charge came in with load 3`."""
    rows = facts.get("rows")
    count = f"{rows:,} records" if isinstance(rows, int) else "Records"
    if "load" in facts:
        return f"{count} came in with load {facts['load']}; the file is kept with it"
    if "part_of" in facts:
        return f"{count} were made with the {facts['part_of']}"
    if "run_id" in facts:
        return f"{count} were made by statement run {facts['run_id']}"
    told = ", ".join(f"{label_of(key).lower()} {value}" for key, value in facts.items() if key != "rows")
    return f"{count}: {told}" if told else f"{count} of the kind {kind_of(table).lower()}"


def _spoken(text: str) -> str:
    shown = text.replace("_", " ").strip()
    return shown[:1].upper() + shown[1:]
