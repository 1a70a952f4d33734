"""What takes two people beside the ledger: a file takes it from a database tool only while another's request is carried out."""

import re
import sqlite3
from contextlib import closing

import pytest

from app.models.migrations.guards import windows
from app.services.approvals import kinds
from tests.services.ledger.by_hand import ASK, STEP
from tests.services.ledger.test_new_rows import insert

pytestmark = pytest.mark.sqlite_file

CHANGES = {
    "purchase_order": ({"state": "waiting"}, ("state = 'open'", "state = 'closed'", "approved_by = 1")),
    "order_version": ({"state": "waiting"}, ("state = 'approved'", "approved_by = 1")),
    "supplier_invoice": (
        {"state": "waiting", "kind": "invoice"},
        ("state = 'approved'", "state = 'in_run'", "state = 'paid'", "approved_by = 1"),
    ),
    "budget_move": ({"state": "waiting"}, ("state = 'posted'",)),
    "code_transfer": ({"state": "waiting", "to_id": 2}, ("state = 'posted'",)),
    "supplier_contract": ({"state": "proposed"}, ("state = 'in_force'", "approved_by = 1")),
    "purchase_category": (
        {"no_order_needed": 0, "cis": 0, "works": 0},
        ("no_order_needed = 1", "cis = 1", "works = 1"),
    ),
    "period": ({"state": "open"}, ("state = 'closed'",)),
    "debit_control": ({}, ("checked_by = 1",)),
    "charge_change": ({"state": "rehearsed"}, ("state = 'applied'",)),
    "outgoing": ({"state": "waiting"}, ("state = 'queued'", "state = 'sent'", "approved_by = 1")),
    "letter_template_version": ({"state": "waiting"}, ("state = 'approved'", "approved_by = 1")),
    "post_item": ({}, ("content_deleted_at = '2026-11-21'",)),
    "job": ({"name": "backup", "schedule": "", "active": 1}, ("active = 0", "schedule = 'week 1 04:00'")),
    "setting": ({"key": "keys.new_allowed", "value": ""}, ("value = '1'",)),
    "bank_match_part": ({"match_id": 1, "place": 1, "part": "difference", "pence": 10_00}, ("pence = 1001",)),
    "adjustment_kind": (
        {"key": "x", "active": 0, "always_approved": 1, "needs_evidence": 1, "account_kinds": "rent"},
        ("active = 1", "always_approved = 0", "needs_evidence = 0", "account_kinds = 'garage'", "code = 'RCP'"),
    ),
    "write_off_reason": (
        {"key": "x", "active": 0, "most_pence": 5, "least_letters": 2, "needs_evidence": "A letter"},
        ("active = 1", "most_pence = 6", "most_pence = NULL", "least_letters = 1", "needs_evidence = ''"),
    ),
}
"""A row as it waits, and what a plain client tries with it."""
ALONE = {
    "job": "schedule = 'day 23:00'",
    "purchase_order": "title = 'x'",
    "supplier_invoice": "state = 'cancelled'",
    "outgoing": "state = 'cancelled'",
    "post_item": "text = 'x'",
    "bank_match_part": "pence = -1000",
    "adjustment_kind": "title = 'x'",
    "write_off_reason": "least_letters = 3",
}
"""What one officer does alone all the same."""
NEW = {"adjustment_kind", "write_off_reason"}
"""Of which a new row alone lets more through."""


def words(table):
    return f"{table} changes so only by a request of another officer"


def raw(client, statement):
    """A row that came about while the guards were away."""
    text, values = statement
    with closing(sqlite3.connect(client.path)) as there:
        guard = f"{statement[0].split()[2]}_asked_for_new"
        (kept,) = there.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()
        there.execute(f"DROP TRIGGER {guard}")
        there.execute(text, values)
        there.execute(kept)
        there.commit()


@pytest.mark.parametrize("table", [each.table for each in windows.WINDOWS if each.table != "budget_entry"])
def test_nothing_counts_as_approved_by_hand(client, table):
    row, changes = CHANGES[table]
    added = insert(client, table, **row)
    if table in NEW:
        assert client.run(added) == words(table)
        raw(client, added)
    else:
        assert client.run(added) == ""
    with closing(sqlite3.connect(client.path)) as there:
        (last,) = there.execute(f"SELECT MAX(rowid) FROM {table}").fetchone()
    for change in changes:
        assert client.run(f"UPDATE {table} SET {change} WHERE rowid = {last}") == words(table), change
    if table in ALONE:
        assert client.run(f"UPDATE {table} SET {ALONE[table]} WHERE rowid = {last}") == ""


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("supplier_invoice", {"state": "approved", "kind": "invoice"}),
        ("supplier_invoice", {"state": "paid", "kind": "invoice"}),
        ("budget_move", {"state": "posted"}),
        ("budget_entry", {"kind": "revised", "subject_id": 1}),
        ("code_transfer", {"state": "posted", "to_id": 2}),
        ("supplier_contract", {"state": "in_force"}),
        ("purchase_category", {"no_order_needed": 1}),
        ("period", {"state": "closed"}),
        ("debit_control", {"checked_by": 1}),
        ("charge_change", {"state": "applied"}),
        ("setting", {"key": "exit_export.opened_allowed", "value": "1"}),
        ("bank_match_part", {"match_id": 1, "place": 1, "part": "difference", "pence": -10_01}),
    ],
)
def test_no_row_begins_so(client, table, row):
    assert client.run(insert(client, table, **row)) == words(table)


def test_an_approved_invoice_and_a_contract_keep_their_amounts(client):
    for table, row, changes in (
        (
            "supplier_invoice",
            {"state": "approved", "kind": "invoice", "net_pence": 5},
            ("net_pence = 6", "vat_pence = 6", "supplier_id = 2"),
        ),
        ("supplier_contract", {"state": "in_force", "value_pence": 5}, ("value_pence = 6", "ends_on = '2030-01-01'")),
    ):
        raw(client, insert(client, table, id=70, **row))
        for change in changes:
            assert client.run(f"UPDATE {table} SET {change} WHERE id = 70") == words(table), change


def test_while_it_is_carried_out_it_is_taken_of_that_row_alone(client, desk, colleague):
    me, other = desk.officer.id, colleague.officer.id
    assert (
        client.run(
            insert(client, "period", id=70, state="open", starts_on="2030-01-01", ends_on="2030-01-31", name="x")
        )
        == ""
    )
    ask = ASK.replace("'adjustment_credit', 'adjustment', 1,", "'period_change', 'period', 70,")
    assert client.run((ask, (me,)), (STEP, (me, "asked")), (STEP, (other, "approved"))) == ""
    assert client.run("UPDATE period SET state = 'closed' WHERE id <> 70") == words("period")
    assert client.run("UPDATE period SET state = 'closed' WHERE id = 70") == ""
    assert client.run(("UPDATE approval_request SET state = 'approved', decided_by = ? WHERE id = 90", (other,))) == ""
    assert client.run("UPDATE period SET state = 'open' WHERE id = 70") == words("period")


def test_codes_stay_what_they_are(client):
    stays = "a transaction code stays what it is"
    for statement in (
        "UPDATE transaction_code SET kind = 'receipt' WHERE code = 'ADJ'",
        "UPDATE transaction_code SET allows_negative = 1 WHERE code = 'DBR'",
        "DELETE FROM transaction_code WHERE code = 'ADJ'",
        "INSERT OR REPLACE INTO transaction_code SELECT * FROM transaction_code WHERE code = 'ADJ'",
        "UPDATE OR REPLACE transaction_code SET code = 'RCP' WHERE code = 'ADJ'",
    ):
        assert client.run(statement) == stays, statement
    assert client.run("UPDATE transaction_code SET name = 'Adjusted' WHERE code = 'ADJ'") == ""


@pytest.mark.parametrize("table", ["refund", "card_refund", "debit_run", "supplier_run", "write_off_schedule"])
def test_what_waits_is_not_deleted_either(client, table):
    assert client.run(insert(client, table, id=70, state="waiting")) == ""
    assert client.run(f"DELETE FROM {table} WHERE id = 70") == f"{table} is never deleted"


def test_the_kinds_of_request_are_those_of_the_program():
    """One that was renamed would be refused for good."""
    named = {kind for each in windows.WINDOWS for kind in each.kinds}
    assert named <= {kind.key for kind in kinds.kinds()}


def test_both_engines_are_told_the_same():
    """The condition stands in both texts word for word, but for how a number is read from a text."""
    for each in windows.WINDOWS:
        server = " ".join(windows.on_server(each).split())
        for text in windows.on_file(each):
            condition = re.search(r"WHERE \((.*)\)\s+AND NOT EXISTS", text, re.DOTALL)[1]
            assert " ".join(condition.split()) in server.replace("TRY_CAST", "CAST"), each.table
