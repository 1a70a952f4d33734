"""What somebody with a database tool may write: the file itself refuses what another officer has to approve."""

import re

import pytest

from app.models.migrations.guards import views
from app.models.values import AccountKind, JournalKind
from app.services.approvals import kinds
from app.services.core.errors import UserError
from app.services.ledger import posting
from app.services.ledger.dto import JournalHeader, Line
from tests.conftest import TODAY
from tests.factories import lettings
from tests.services.ledger.by_hand import ASK, DECIDE, STEP, approval, control

pytestmark = pytest.mark.sqlite_file

NEEDED = "needs the approval of another officer"


REFUSED = (
    ("adjustment", "ADJ", -50_01),  # a penny above the limit
    ("adjustment", "ADJ", 50_01),
    ("receipts", "ADJ", -50_01),  # under another kind
    ("charge_correction", "RWA", -50_01),
    ("charge_run", "DBR", -50_01),  # a charge that gives
    ("adjustment", "DBR", -50_01),
    ("adjustment", "RCP", -50_01),  # a payment that is none
    ("reversal", "RCP", -50_01),  # of nothing
    ("receipts", "CTL", -50_01),
    ("receipts", "ROB", -50_01),
    ("adjustment", "REF", 1),  # refunds and write-offs, whatever the amount
    ("receipts", "RDR", 1),
    ("adjustment", "WOF", -1),
    ("adjustment", "WBK", -1),
    ("receipts", "RSU", -1),
    ("adjustment", "RIT", -50_01),
)
TAKEN = (
    ("adjustment", "ADJ", -50_00),
    ("adjustment", "ADJ", 50_00),
    ("receipts", "RCP", -900_00),
    ("charge_run", "DBR", 900_00),
    ("charge_run", "DWW", -900_00),
    ("charge_correction", "DBR", -900_00),
    ("adjustment", "WBK", 900_00),
    ("load", "ADJ", -900_00),
    ("opening", "ROB", -900_00),
)


def test_what_needs_another_officer_is_refused(client, desk, home):
    other = control(desk, "adjustments")
    for kind, code, pence in REFUSED:
        said = client.post(kind, [(home.account.id, code, pence), (other, "CTL", -pence)])
        assert NEEDED in said, (kind, code, pence)


def test_what_one_officer_posts_is_taken(client, desk, home):
    other = control(desk, "adjustments")
    for number, (kind, code, pence) in enumerate(TAKEN, 2):
        said = client.post(kind, [(home.account.id, code, pence), (other, "CTL", -pence)], number=number)
        assert said == "", (kind, code, pence)


def test_a_batch_has_a_limit_of_its_own(client, home):
    lines = [(home.account.id, "ADJ", -40_00)] * 2
    assert client.post("adjustment", lines) == ""
    assert NEEDED in client.post("adjustment", [*lines, (home.account.id, "ADJ", -1)], number=3)


def test_an_officer_without_limits_adjusts_nothing_alone(client, colleague, home):
    """And whoever names another officer posts within the limits of that one."""
    assert NEEDED in client.post("adjustment", [(home.account.id, "ADJ", -1)], by=colleague.officer.id)


def test_a_recharge_is_a_debit_like_any_other(client, desk, home):
    sub = desk.do(lettings.account, home.tenancy, AccountKind.RECHARGE).id
    assert NEEDED in client.post("adjustment", [(sub, "DRR", 50_01)])
    assert client.post("adjustment", [(sub, "DRR", 50_00)]) == ""


def test_a_balance_goes_on_only_within_its_tenancy(client, desk, home):
    former = desk.do(lettings.account, home.tenancy, AccountKind.FORMER_TENANT).id
    other = desk.do(lettings.letting).account.id
    lines = [(home.account.id, "RIT", -300_00), (former, "RIT", 300_00)]
    assert client.post("adjustment", lines) == ""
    assert NEEDED in client.post("adjustment", [(other, "RIT", -300_00), (former, "RIT", 300_00)], number=3)


def test_nothing_of_suspense_goes_by_hand(client, desk, home):
    suspense = control(desk, "suspense")
    lines = [(home.account.id, "RCP", -10_00), (suspense, "CTL", 10_00)]
    assert NEEDED in client.post("receipts", lines)


def test_a_reversal_is_the_opposite_and_no_more(client, desk, home):
    account, income = home.account.id, control(desk, "income:rent")
    assert "exact opposite" in client.post("reversal", [(account, "DBR", -300_01), (income, "CTL", 300_01)], reverses=1)
    assert "exact opposite" in client.post("reversal", [(account, "DBR", -300_00)], reverses=1)
    assert "exact opposite" in client.post("receipts", [(account, "DBR", -300_00), (income, "CTL", 300_00)], reverses=1)
    assert client.post("reversal", [(account, "DBR", -300_00), (income, "CTL", 300_00)], reverses=1) == ""


def test_the_login_is_the_databases_own_to_write(client, home):
    assert "writes the login" in client.post("receipts", [(home.account.id, "RCP", -1)], login="somebody")


def test_what_another_officer_approved_is_posted_by_another_than_asked_up_to_its_amount(client, desk, colleague, home):
    mine, asked = home.account.id, approval(desk, colleague)
    line = [(mine, "ADJ", -60_00)]
    assert NEEDED in client.post("adjustment", line, approval=asked)  # posted by whoever asked
    third = colleague.officer.id
    assert NEEDED in client.post("adjustment", [(mine, "ADJ", -100_01)], approval=asked, by=third)
    assert client.post("adjustment", line, approval=asked, by=third) == ""
    assert NEEDED in client.post("adjustment", line, approval=asked, by=third, number=3)  # 120.00 of 100.00
    assert NEEDED in client.post(
        "adjustment", [(mine, "REF", 1)], approval=asked, by=third, number=3
    )  # of another kind


def test_an_approval_that_is_none_authorises_nothing(client, desk, colleague, home):
    asked, line = approval(desk, colleague), [(home.account.id, "RCP", -1)]
    assert NEEDED in client.post("receipts", line, approval=asked + 1)
    assert NEEDED in client.post("receipts", line, authorised_by=colleague.officer.id)
    assert NEEDED in client.post("receipts", line, approval=asked, authorised_by=desk.officer.id)
    assert client.post("receipts", line, approval=asked, authorised_by=colleague.officer.id) == ""


def test_nobody_approves_what_they_asked_for(client, desk, colleague):
    me, other = desk.officer.id, colleague.officer.id
    assert client.run((ASK, (me,)), (STEP, (me, "asked"))) == ""
    assert "another officer approves" in client.run((STEP, (me, "approved")))
    assert "another officer approves" in client.run((DECIDE, (me,)))
    assert "another officer approves" in client.run((DECIDE, (other,)))  # without the step of theirs
    assert "another officer approves" in client.run((STEP, (other, "asked again")))
    assert "is not changed" in client.run(("UPDATE approval_request SET asked_by = ? WHERE id = 90", (other,)))
    assert "is not changed" in client.run("DELETE FROM approval_request WHERE id = 90")
    assert client.run((STEP, (other, "approved")), (DECIDE, (other,))) == ""


def test_a_decided_request_stays_as_it_is(client, desk, colleague):
    asked = approval(desk, colleague)
    for column in ("payload", "digest", "total_pence", "state", "decided_by", "summary", "reason"):
        said = client.run((f"UPDATE approval_request SET {column} = 9 WHERE id = ?", (asked,)))
        assert "is not changed" in said, column


def test_what_was_approved_says_what_it_said(client, desk, colleague):
    """Between the step and the end nothing of it changes; nor is it approved twice, or made as approved."""
    me, other = desk.officer.id, colleague.officer.id
    assert client.run((ASK, (me,)), (STEP, (me, "asked")), (STEP, (other, "approved"))) == ""
    assert "is not changed" in client.run("UPDATE approval_request SET total_pence = 900000 WHERE id = 90")
    assert "another officer approves" in client.run((STEP, (other, "approved")))
    made = ASK.replace("(90,", "(91,").replace("'waiting'", "'approved'")
    assert "another officer approves" in client.run((made, (me,)))


def test_what_the_database_wrote_itself_is_not_changed(client, desk, colleague, home):
    assert client.post("adjustment", [(home.account.id, "ADJ", -1)]) == ""
    approval(desk, colleague)
    for statement in (
        "UPDATE journal_guard SET needed = 0",
        "DELETE FROM journal_guard",
        "REPLACE INTO journal_guard SELECT journal, family, 0, 0, 0 FROM journal_guard",
        "UPDATE approval_event SET officer_id = 1",
    ):
        assert "append only" in client.run(statement), statement


def test_a_landlord_with_journals_does_not_become_a_made_up_one(client):
    made = "INSERT INTO landlord (id, name, office, address, phone, email, website, how_to_pay, reference_scheme, demonstration, version) "
    assert "made-up" in client.run(f"{made} VALUES (9, '', '', '', '', '', '', '', '', 1, 1)")
    assert client.run(f"{made} VALUES (9, '', '', '', '', '', '', '', '', 0, 1)") == ""
    assert "made-up" in client.run("UPDATE landlord SET demonstration = 1 WHERE id = 9")


def test_no_account_slips_out_of_what_is_looked_at(client, desk, home):
    refused = "stays one"
    assert refused in client.run(("UPDATE account SET kind = 'control' WHERE id = ?", (home.account.id,)))
    suspense = control(desk, "suspense")
    assert refused in client.run(("UPDATE account SET control_key = 'other' WHERE id = ?", (suspense,)))
    assert refused in client.run(("UPDATE account SET kind = 'rent' WHERE id = ?", (suspense,)))
    assert client.run(("UPDATE account SET balance_pence = balance_pence WHERE id = ?", (suspense,))) == ""


def test_the_program_says_it_in_words(desk, colleague, home):
    header = JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", "too much")
    with pytest.raises(UserError, match="only once another officer has approved it"):
        desk.do(posting.append, header, [Line(home.account.id, "ADJ", -50_01, TODAY)])


def test_the_kinds_of_request_that_let_a_journal_in_are_those_of_the_program():
    """A kind that was renamed, or that posts and isn't named, would be refused for good."""
    named = set(
        re.findall(r"'(\w+)'", " ".join(re.findall(r"s\.kind (?:IN \([^)]*\)|= '\w+')", views.unapproved("1"))))
    )
    assert named <= {kind.key for kind in kinds.kinds()}
    assert {"refund", "write_back", "receipt_void", "suspense_back", "recharge_credit"} < named
