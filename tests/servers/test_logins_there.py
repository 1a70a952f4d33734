"""What an officer's own login may do on a SQL Server, with a plain client: the rights, and the guards behind them.

The plan, as the tests below have it: the database is made and the script of `rentbook db grants` run in it twice, for two
officers, an administrator and an auditor, each with a login of the server's own. Then each signs in as a query tool does.
"""

import contextlib
import re
import secrets

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.limits import OfficerLimit
from app.models.values import JournalKind, LimitKind, Subject
from app.services.core.connecting import connect
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.ledger import checks, commands, posting
from app.services.ledger.dto import JournalHeader, Line
from app.services.servers import grants
from tests.conftest import TODAY
from tests.factories import approving, lettings

NAMES = ("officer", "colleague", "manager", "check")
PREFIX = "rb_test_"


def run_script(database, script):
    """Run a script as sqlcmd does: batch by batch."""
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for batch in re.split(r"^GO$", script, flags=re.MULTILINE):
            if batch.strip():
                connection.exec_driver_sql(batch)


@pytest.fixture
def office(desk, colleague):
    """Two officers, an administrator and an auditor, each called as their login is, with a letting that owes 300.00."""
    desk.do(add, NewOfficer("check", "Test Auditor", frozenset({Role.AUDITOR})))

    def make(ctx):
        for name in NAMES:
            ctx.session.execute(
                text("UPDATE officer SET username = :new WHERE username = :old"), {"new": PREFIX + name, "old": name}
            )
        limit = {"line_pence": 50_00, "batch_pence": 80_00}
        ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=LimitKind.ADJUSTMENT_CREDIT, **limit))
        ctx.session.flush()
        account = lettings.letting(ctx).account.id
        header = JournalHeader(JournalKind.CHARGE_RUN, TODAY, "test", "owes")
        commands.post(ctx, header, [Line(account, "DBR", 300_00, TODAY)])
        return account

    return desk.do(make)


@pytest.fixture
def asked(colleague, office):
    """A request that two officers took the steps of, both by the owner's login, before logins were told apart."""
    about = ("adjustment_credit", Subject.ADJUSTMENT, 1, 100_00)
    return colleague.do(lambda ctx: approving.approved(ctx, *about).approval)


@pytest.fixture
def signed_in(desk, office):
    """Signs an officer in with a login of their own; the script was run twice."""
    password, opened = f"Aa1!{secrets.token_urlsafe(24)}", []
    owner = desk.database
    for name in NAMES:
        run_script(owner, f"CREATE LOGIN [{PREFIX}{name}] WITH PASSWORD = {grants.text(password)}, CHECK_POLICY = OFF")
    script = desk.ask(grants.script, grants.Logins())
    run_script(owner, script)
    run_script(owner, script)

    def sign_in(name):
        database = connect(owner.url.set(username=PREFIX + name, password=password))
        opened.append(database)
        return database

    yield sign_in
    for each in opened:
        each.close()
    with contextlib.suppress(DBAPIError):
        run_script(owner, "GO\n".join(f"DROP USER [{PREFIX}{name}]\n" for name in NAMES))
    for name in NAMES:
        run_script(owner, f"DROP LOGIN [{PREFIX}{name}]")


def refused(database, *statements):
    """What the server says to statements in one transaction; empty where it took them."""
    with database.engine.connect() as connection:
        try:
            for each in statements:
                connection.execute(text(each) if isinstance(each, str) else each)
            connection.commit()
        except DBAPIError as error:
            return str(error)
    return ""


def journal(account, officer, *, kind="adjustment", code="ADJ", pence=-50_01, number=2, login=None):
    """The statements of a journal by hand."""
    lines = f"INSERT INTO entry VALUES ({number}, 1, {account}, '{code}', {pence}, '2026-11-21', NULL, '')"
    names = "number, kind, accounting_on, recorded_at, posted_by, source, narrative, idempotency_key, declared_count, "
    names += "declared_pence, actual_count, actual_pence, digest" + ("" if login is None else ", login")
    said = f"{number}, '{kind}', '2026-11-21', '2026-11-21', {officer}, '', '', 'by hand {number}', 1, 1, 1, 1, 'x'"
    said += "" if login is None else f", '{login}'"
    return lines, f"INSERT INTO journal ({names}) VALUES ({said})"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET source = 'x'",
        "DELETE FROM entry",
        "UPDATE audit_entry SET after = ''",
        "DELETE FROM approval_event",
        "UPDATE journal_guard SET needed = 0",
        "INSERT INTO officer_login VALUES ('x', 1, SYSUTCDATETIME())",
        "UPDATE officer_limit SET line_pence = 1",
        "INSERT INTO officer_role VALUES (1, 'administrator')",
        "INSERT INTO policy_value ([key], scope, effective_from, value) VALUES ('suspense.alone_up_to', '', '2026-01-01', '9')",
        "UPDATE transaction_code SET kind = 'receipt'",
        "UPDATE account SET kind = 'control'",
        "UPDATE posting_rule SET control = 'x'",
        "DELETE FROM receipt_share",
        "UPDATE period SET state = 'closed'",
        "INSERT INTO setting ([key], value, version) VALUES ('exit_export.opened_allowed', '1', 1)",
        (
            "INSERT INTO delegation (from_id, to_id, kinds, from_on, to_on, reason, version) SELECT f.id, t.id, '', '2026-11-21', "
            "'2026-11-22', '', 1 FROM officer f, officer t WHERE f.username = 'rb_test_colleague' AND t.username = 'rb_test_officer'"
        ),
        "DISABLE TRIGGER journal_approved ON journal",
        "DROP TRIGGER journal_approved",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "ALTER ROLE rentbook_administrator ADD MEMBER [rb_test_officer]",
        "ALTER AUTHORIZATION ON OBJECT::journal TO rb_test_officer",
        "EXECUTE AS USER = 'dbo'",
        "CREATE VIEW mine AS SELECT 1 AS one",
    ],
)
def test_an_officer_with_a_query_tool_is_refused(signed_in, statement):
    assert refused(signed_in("officer"), statement)


def test_a_journal_needs_another_login(signed_in, desk, office, colleague):
    officer = signed_in("officer")
    me, other = desk.officer.id, colleague.officer.id
    assert "needs the approval of another officer" in refused(officer, *journal(office, me))
    assert "this login is not of that officer" in refused(officer, *journal(office, other, pence=-1))
    assert "writes the login" in refused(officer, *journal(office, me, pence=-1, login="rb_test_colleague"))
    assert "rentbook_loader" in refused(officer, *journal(office, me, kind="load", pence=-1))
    assert refused(officer, *journal(office, me, pence=-50_00)) == ""
    with desk.database.engine.connect() as owner:
        assert owner.scalar(text("SELECT login FROM journal WHERE number = 2")) == "rb_test_officer"


def test_nobody_approves_for_another_by_their_own_login(asked, signed_in, colleague):
    """The request is the officer's own; the step `approved` in the name of the colleague is refused by the login."""
    step = f"""INSERT INTO approval_event (request_id, at, officer_id, action, reason, digest)
        VALUES ({{}}, '2026-11-21', {colleague.officer.id}, 'approved', '', 'asked')"""
    assert "this login is not of that officer" in refused(signed_in("officer"), step.format(asked))


def test_one_login_is_one_person_whatever_the_rows_say(asked, signed_in, colleague, office):
    """Approved by the owner's one login for both officers, it counts for nothing once logins are told apart."""
    lines, head = journal(office, colleague.officer.id)
    head = head.replace("digest)", "digest, approval)").replace("'x')", f"'x', {asked})")
    assert "needs the approval of another officer" in refused(signed_in("colleague"), lines, head)


def test_an_administrators_login_posts_nothing(signed_in, office):
    assert "permission" in refused(signed_in("manager"), *journal(office, 2, pence=-1)).lower()


def test_an_auditors_login_reads(signed_in, office):
    auditor = signed_in("check")
    assert refused(auditor, "SELECT COUNT(*) FROM entry") == ""
    assert "permission" in refused(auditor, *journal(office, 4, pence=-1)).lower()
    assert "permission" in refused(auditor, "UPDATE account SET balance_pence = 0").lower()


def test_the_program_works_with_an_officers_own_login(signed_in, desk, office):
    """A journal within the limits, a refusal in words, and the check."""
    officer = Desk.sit_down(signed_in("officer"), PREFIX + "officer", desk.clock)
    small = JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", "small")
    officer.do(posting.append, small, [Line(office, "ADJ", -1_00, TODAY)])
    large = JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", "large")
    with pytest.raises(UserError, match="another officer has approved it"):
        officer.do(posting.append, large, [Line(office, "ADJ", -50_01, TODAY)])
    assert officer.ask(checks.check) == ()
