"""`rentbook check` finds what went past the guards of a file, and the guards that are gone."""

import sqlite3
from contextlib import closing

import pytest

from app.services.ledger import checks
from tests.services.ledger.by_hand import ASK, DECIDE, STEP

pytestmark = pytest.mark.sqlite_file


def faults(desk, name):
    return [fault.message for fault in desk.ask(checks.check) if fault.check == name]


def test_the_check_finds_what_went_in_while_the_guards_were_away(client, desk, colleague, home):
    assert faults(desk, "second officer") == faults(desk, "requests") == faults(desk, "guarding") == []
    with closing(sqlite3.connect(client.path)) as there:
        kept = there.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_approved'").fetchone()[0]
    assert client.run("DROP TRIGGER journal_approved") == ""
    assert client.post("adjustment", [(home.account.id, "ADJ", -900_00)]) == ""
    assert faults(desk, "guarding") == [
        "The trigger journal_approved is missing or asleep: the database doesn't refuse what it should."
    ]
    assert client.run(kept.replace("NEW.login <> ''", "1 = 0")) == ""
    assert faults(desk, "guarding") == ["The trigger journal_approved is not as it was made."]
    (found,) = faults(desk, "second officer")
    assert found.startswith("Journal 2 was not looked at when it was posted: £0.00 debited and £900.00 credited")


def test_the_check_finds_an_approval_that_no_other_officer_gave(client, desk, colleague):
    me = desk.officer.id
    assert (
        client.run((ASK, (me,)), (STEP, (me, "asked")), "DROP TRIGGER approval_request_decided", (DECIDE, (me,))) == ""
    )
    (found,) = faults(desk, "requests")
    assert found == "Request 90 (Mine) counts as approved, but no other officer approved what was asked for."


def test_the_check_finds_an_approval_that_was_never_carried_out(client, desk, colleague):
    me, other = desk.officer.id, colleague.officer.id
    assert client.run((ASK, (me,)), (STEP, (me, "asked")), (STEP, (other, "approved"))) == ""
    (found,) = faults(desk, "requests")
    assert found == "Request 90 (Mine) was approved but never carried out."
