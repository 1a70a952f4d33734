"""Table by table: what stops an officer who opens a query tool on the server from doing what another one has to approve.

A table is held by rights (nobody but the owner changes what is posted; the office's own tables are administrators'), by
triggers, or by nothing, because one officer may do in Rentbook whatever they could do to its rows. A new table, and a new kind
of request, has to be placed here.
"""

import re

import pytest

from app.models.migrations.guards import server
from app.models.tables import metadata
from app.registered import register
from app.services.approvals import kinds
from app.services.servers.grant_tables import USES, Use

BY_RIGHTS = {Use.LEDGER, Use.ADDED, Use.WRITTEN, Use.OWNER}
"""Added to, or not even that: nothing that is there is changed."""
PROVEN = "snapshot account_search search_word counter charge_run"
"""Kept beside what is posted: `rentbook check` works it out again, or it is only looked things up in."""
LINES = """adjustment approval_detail arrangement_debt bank_match charge_change_line debit_case_collection debit_control_line
debit_control_move debit_position debit_run_line invoice_line invoice_split letter_batch letter_batch_item order_line order_split
order_version_line payment_file quotation recharge recharge_item refund_check refund_payment supplier_payment
supplier_payment_line suspense_item suspense_move write_off write_off_debt write_off_finding write_off_part"""
"""Parts of what another officer approves: who approves sees them, what is carried out is compared with what was asked for,
and the money goes by a journal, a run or a file that is held itself."""
CHARGED = "charge property_charge rent_notice void_period tenancy"
"""What homes are charged, and when: one officer's, up to whatever it comes to; the weekly control and the checks find it."""
OWN = """absence adjustment_reason appointment arrangement associate bank_cleared bank_line bank_report bank_report_item bank_rule
bank_statement banking batch_headings benefit_award benefit_claim budget card_day card_difference card_dispute
card_dispute_share card_payment coding_rule collection collection_share consent cost_centre council_bank credential
credit_attempt database_backup database_restore debit_case debit_instruction debit_notice debit_schedule declared_account
delivery_point desk_session document document_link draft ending filter_default finance_file
finance_file_item finance_line finance_profile flag garage_home goods_receipt hold hold_case hold_case_person hold_debt hold_stop
income_stream invoice_dispute job_call job_run known_payer letter_template life_event life_event_step maintenance mandate
mandate_account mandate_bank modulus_table note pay_card pay_card_answer pay_card_file payment_desk person person_address
person_flag person_merge post_category post_extension post_left post_link post_mailbox post_message post_pause
post_reference post_rule post_sending post_valuable presence property publication receipt_file receipt_file_line
receipt_profile receipt_profile_edition rent_group restricted_reader restricted_record saved_filter schedule_part
signpost statement_item statement_run subjective_code supplier supplier_block supplier_cis_before task task_template
tenant till till_count utility_meter utility_reading visit visit_incident visit_reason visit_signpost works_order write_turn"""
"""One officer's work in Rentbook too, with its audit; what of it leads to money is held where the money goes."""
OFFICE = "access_review office_closure rent_free_week rent_year signing_certificate team"
"""One administrator's, and nobody else's."""
NOT_HELD = {
    "charge_credit": "a charge put down for weeks gone by: what a tenancy's days put right comes to any amount, by one officer",
    "charge_debit": "the same the other way",
}
"""Kinds of request whose rows no trigger tells from those of one officer."""
FREE = {name for names in (PROVEN, LINES, CHARGED, OWN, OFFICE) for name in names.split()}


@pytest.fixture(scope="module")
def guarded():
    """The triggers of each table, together as one text."""
    found = {}
    for text in (*server.triggers(), *server.added()):
        made = re.match(r"CREATE TRIGGER \w+ ON \[?(\w+)\]?", text)
        found[made[1]] = found.get(made[1], "") + text
    return found


def test_every_table_is_held_or_one_officers(guarded):
    held = {name for name, use in USES.items() if use in BY_RIGHTS} | guarded.keys()
    assert set(metadata.tables) - held - FREE == set(), "Say what stops a plain client at these tables."
    assert (FREE & guarded.keys(), FREE - set(metadata.tables)) == (set(), set())


def test_the_offices_own_are_no_officers():
    assert {name for name, use in USES.items() if use is Use.OFFICE} >= set(OFFICE.split())


def test_every_kind_of_request_is_asked_for_by_a_trigger(guarded):
    register()
    named = set(re.findall(r"'(\w+)'", " ".join(guarded.values())))
    assert {kind.key for kind in kinds.kinds()} - named == NOT_HELD.keys()


def test_whoever_signs_does_so_by_their_own_login(guarded):
    signed = {name for name, table in metadata.tables.items() if "signed_by" in table.c}
    for name in signed:
        assert f"{name}_own_hand ON {name} AFTER INSERT, UPDATE" in guarded[name]
    assert "delegation_own_hand" in guarded["delegation"]
