"""What a login may do with each table of a shared server: every table is named once, and a test fails for one that isn't.

`account` and the others of `_KEPT` are never deleted from; what is only added to stands in `_ADDED`. What isn't named here
may not be written by anybody but the owner, so that a table that was forgotten is shut, not open.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Use(StrEnum):
    """What the program does with a table.

    LEDGER: posted to, never changed; by officers alone. BALANCES: what the ledger keeps beside it. ADDED: only added to.
    WRITTEN: added to and never changed, as the lines of what is counted, shared or noted. KEPT: added to and changed, never
    deleted from. WORKED: all three. OFFICE: changed by administrators, read by all.
    OWNER: written by the owner of the database alone.
    """

    LEDGER = "ledger"
    BALANCES = "balances"
    ADDED = "added"
    WRITTEN = "written"
    KEPT = "kept"
    WORKED = "worked"
    OFFICE = "office"
    OWNER = "owner"


_LEDGER: Final = "entry journal"
_BALANCES: Final = "snapshot"
_ADDED: Final = "approval_event audit_entry budget_entry record_view sign_in_event task_step"
_OFFICE: Final = """access_review access_review_line encryption_key office_closure officer officer_limit officer_role
policy_value rent_free_week rent_year role role_permission signing_certificate team"""
_OWNER: Final = "alembic_version journal_guard officer_login transaction_code"
_WORKED: Final = """absence account_search approval_detail arrangement_debt associate bank_cleared board_day card_difference charge
collection_share consent cost_centre debit_case_collection debit_control_line debit_control_move debit_notice
debit_position declared_account desk_session document document_link draft filter_default flag hold hold_case_person
hold_debt hold_stop invoice_line invoice_split job_run mandate_account note order_line order_split person_address
person_flag post_link post_message post_reference presence property_charge refund_check restricted_reader saved_filter
search_word subjective_code supplier_block suspense_item task_template tenant utility_reading void_period
write_off_debt write_off_finding write_off_part"""
_KEPT: Final = """account adjustment adjustment_kind adjustment_reason appointment approval_request arrangement bank_detail bank_line
bank_match bank_report bank_report_item bank_rule bank_statement banking batch_headings benefit_award benefit_claim
budget budget_move card_day card_dispute card_dispute_share card_payment card_refund charge_change charge_change_line
charge_run code_transfer coding_rule collection council_bank counter credential credit_attempt database_backup
database_restore debit_case debit_control debit_instruction debit_run debit_run_line debit_schedule delegation
delivery_point ending finance_file finance_file_item finance_line finance_profile finance_reconciliation garage_home
goods_receipt hold_case income_stream invoice_dispute job job_call known_payer landlord letter_batch letter_batch_item
letter_template letter_template_version life_event life_event_step load_batch maintenance mandate mandate_bank
modulus_table order_version order_version_line outgoing pay_card pay_card_answer pay_card_file payment_desk
payment_file period person person_merge post_category post_extension post_item post_left post_mailbox post_pause
post_rule post_sending post_valuable property publication purchase_category purchase_order quotation receipt
receipt_file receipt_file_line receipt_profile receipt_profile_edition recharge recharge_item refund refund_payment
rent_group rent_notice restricted_record schedule_part setting signpost statement_item statement_run supplier
supplier_bank supplier_cis_before supplier_contract supplier_invoice supplier_payment supplier_payment_line
supplier_run suspense_move task tenancy till till_count till_session utility_meter visit visit_incident visit_reason
visit_signpost works_order write_off write_off_reason write_off_schedule write_turn"""
_WRITTEN: Final = """adjustment_charge adjustment_line bank_match_part banking_line budget_move_line card_refund_share card_share
debit_run_journal debit_run_left_out goods_receipt_line invoice_accepted load_line mandate_step order_step
person_merge_row post_event posting_rule receipt_file_journal receipt_share supplier_run_left_out tenancy_event
till_count_line till_receipt write_back"""

USES: Final[Mapping[str, Use]] = {
    name: use
    for use, names in (
        (Use.LEDGER, _LEDGER),
        (Use.BALANCES, _BALANCES),
        (Use.ADDED, _ADDED),
        (Use.OFFICE, _OFFICE),
        (Use.OWNER, _OWNER),
        (Use.WORKED, _WORKED),
        (Use.WRITTEN, _WRITTEN),
        (Use.KEPT, _KEPT),
    )
    for name in names.split()
}
"""The use of each table, by its name."""

FIXED: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("kind",),
    "approval_request": ("kind", "subject", "subject_id", "asked_by"),
    "receipt": ("journal", "pence"),
}
"""Columns that nobody changes once the row is there, of tables that are changed otherwise."""
