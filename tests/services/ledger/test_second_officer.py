"""What somebody with a database tool may write: the file itself refuses what another officer has to approve."""

import sqlite3
from contextlib import closing

import pytest

from app.models.limits import OfficerLimit
from app.models.values import AccountKind, JournalKind, LimitKind
from app.services.core.errors import UserError
from app.services.ledger import checks, commands, posting
from app.services.ledger.dto import JournalHeader, Line
from tests.conftest import TODAY
from tests.factories import approving, lettings
from tests.prepared import prepared

pytestmark = pytest.mark.sqlite_file

ADJUST = (("adjustment", "ADJ", -50_01),)
NEEDED = "needs the approval of another officer"


@prepared
def home(desk, colleague):
    """A letting that owes 300.00, in an office of three; `desk` may adjust up to 50.00, and 80.00 together."""

    def make(ctx):
        made = lettings.letting(ctx)
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            row = ctx.session.get(OfficerLimit, (ctx.officer.id, kind))
            row.line_pence, row.batch_pence = 50_00, 80_00
        ctx.session.flush()
        header = JournalHeader(JournalKind.CHARGE_RUN, TODAY, "test", "owes")
        commands.post(ctx, header, [Line(made.account.id, "DBR", 300_00, TODAY)])
        return made

    return desk.do(make)


class Client:
    """A plain client at the file, as sqlite3 opens it: no pragma of ours."""

    def __init__(self, path, officer):
        self.path, self.officer = path, officer

    def run(self, *statements):
        """Run statements in one transaction; a refusal of the file is the message."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as there:
            there.execute("BEGIN IMMEDIATE")
            try:
                for statement in statements:
                    there.execute(*statement) if isinstance(statement, tuple) else there.execute(statement)
            except sqlite3.IntegrityError as error:
                there.execute("ROLLBACK")
                return str(error)
            there.execute("COMMIT")
        return ""

    def post(self, kind, lines, *, approval=None, authorised_by=None, reverses=None, login="", number=2, by=None):
        """A journal with its lines of (account, code, pence); what the file says, empty where it took it."""
        rows = [
            ("INSERT INTO entry VALUES (?, ?, ?, ?, ?, '2026-11-21', NULL, '')", (number, at, *line))
            for at, line in enumerate(lines, 1)
        ]
        columns = (number, kind, by or self.officer, authorised_by, f"key {number}", reverses, approval, login)
        head = """INSERT INTO journal (number, kind, accounting_on, recorded_at, posted_by, authorised_by, source,
            narrative, idempotency_key, declared_count, declared_pence, actual_count, actual_pence, reverses, digest,
            approval, login) VALUES (?, ?, '2026-11-21', '2026-11-21 12:00:00', ?, ?, '', '', ?, 1, 1, 1, 1, ?, 'x', ?, ?)"""
        return self.run(*rows, (head, columns))


@pytest.fixture
def client(desk, home):
    return Client(desk.database.url.database, desk.officer.id)


def control(desk, key):
    def find(ctx):
        return (
            ctx.session.connection()
            .exec_driver_sql("SELECT account_id FROM posting_rule WHERE control = ? AND fund = 'hra'", (key,))
            .scalar()
        )

    return desk.ask(find)


@pytest.mark.parametrize(
    ("kind", "code", "pence"),
    [
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
    ],
)
def test_what_needs_another_officer_is_refused(client, desk, home, kind, code, pence):
    account = home.account.id
    assert NEEDED in client.post(kind, [(account, code, pence), (control(desk, "adjustments"), "CTL", -pence)])


@pytest.mark.parametrize(
    ("kind", "code", "pence"),
    [
        ("adjustment", "ADJ", -50_00),
        ("adjustment", "ADJ", 50_00),
        ("receipts", "RCP", -900_00),
        ("charge_run", "DBR", 900_00),
        ("charge_run", "DWW", -900_00),
        ("charge_correction", "DBR", -900_00),
        ("adjustment", "WBK", 900_00),
        ("load", "ADJ", -900_00),
        ("opening", "ROB", -900_00),
    ],
)
def test_what_one_officer_posts_is_taken(client, desk, home, kind, code, pence):
    account = home.account.id
    assert client.post(kind, [(account, code, pence), (control(desk, "adjustments"), "CTL", -pence)]) == ""


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


def approval(desk, colleague, kind="adjustment_credit", pence=100_00):
    """A request of the desk's officer that the colleague approved; its number."""
    from app.models.values import Subject

    return colleague.do(lambda ctx: approving.approved(ctx, kind, Subject.ADJUSTMENT, 1, pence).approval)


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


ASK = """INSERT INTO approval_request (id, kind, subject, subject_id, summary, reason, payload, digest, total_pence, count,
    chain, state, asked_by, asked_at, expires_on, decision, version)
    VALUES (90, 'adjustment_credit', 'adjustment', 1, 'Mine', 'Mine', '{}', 'd', 100000, 1, '', 'waiting', ?,
    '2026-11-21', '2026-12-21', '', 1)"""
STEP = "INSERT INTO approval_event (request_id, at, officer_id, action, reason, digest) VALUES (90, '2026-11-21', ?, ?, '', 'd')"
DECIDE = "UPDATE approval_request SET state = 'approved', decided_by = ? WHERE id = 90"


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


@pytest.mark.parametrize("column", ["payload", "digest", "total_pence", "state", "decided_by", "summary", "reason"])
def test_a_decided_request_stays_as_it_is(client, desk, colleague, column):
    asked = approval(desk, colleague)
    assert "is not changed" in client.run((f"UPDATE approval_request SET {column} = 9 WHERE id = ?", (asked,)))


def test_what_was_approved_says_what_it_said(client, desk, colleague):
    """Between the step and the end nothing of it changes; nor is it approved twice, or made as approved."""
    me, other = desk.officer.id, colleague.officer.id
    assert client.run((ASK, (me,)), (STEP, (me, "asked")), (STEP, (other, "approved"))) == ""
    assert "is not changed" in client.run("UPDATE approval_request SET total_pence = 900000 WHERE id = 90")
    assert "another officer approves" in client.run((STEP, (other, "approved")))
    made = ASK.replace("(90,", "(91,").replace("'waiting'", "'approved'")
    assert "another officer approves" in client.run((made, (me,)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_guard SET needed = 0",
        "DELETE FROM journal_guard",
        "REPLACE INTO journal_guard SELECT journal, family, 0, 0, 0 FROM journal_guard",
        "UPDATE approval_event SET officer_id = 1",
    ],
)
def test_what_the_database_wrote_itself_is_not_changed(client, desk, colleague, home, statement):
    assert client.post("adjustment", [(home.account.id, "ADJ", -1)]) == ""
    approval(desk, colleague)
    assert "append only" in client.run(statement)


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
