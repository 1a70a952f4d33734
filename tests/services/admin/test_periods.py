"""A period is closed by an approval, with its reconciliation beside it; what was asked by the older way is kept."""

import io
from datetime import date

import pytest
from alembic import command
from pypdf import PdfReader
from sqlalchemy import text

from app.models.periods import Period
from app.models.values import JournalKind, PeriodState, Subject
from app.services.admin.periods import commands, queries, requests
from app.services.approvals import commands as approvals
from app.services.approvals import queries as requested
from app.services.approvals.dto import View
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.errors import UserError
from app.services.core.session import Database, Desk
from app.services.documents.queries import listed, opened
from app.services.ledger import periods
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.reconciling import period_totals
from tests.factories import approving, lettings
from tests.prepared import prepared


@pytest.fixture(autouse=True)
def _kind():
    requests.register()


@prepared
def september(desk):
    """September: 100.00 charged and 30.00 received; October: 100.00 charged."""

    def make(ctx):
        account = lettings.letting(ctx).account.id
        for on, code, pence in (
            (date(2026, 9, 7), "DBR", 10_000),
            (date(2026, 9, 14), "RDD", -3_000),
            (date(2026, 10, 5), "DBR", 10_000),
        ):
            kind = JournalKind.CHARGE_RUN if pence > 0 else JournalKind.RECEIPTS
            post(ctx, JournalHeader(kind, on, "test", str(on)), [Line(account, code, pence, on)])

    desk.do(make)


@prepared
def asked(desk, colleague, september):
    desk.do(commands.request_change, "2026-09", PeriodState.CLOSED)
    return desk.ask(queries.one_period, "2026-09")


def test_the_figures_of_a_period_by_hand(desk, september):
    totals = desk.ask(lambda ctx: period_totals(ctx, periods.by_name(ctx.session, "2026-09")))
    assert [
        (each.kind.value, each.before, each.charges, each.receipts, each.others, each.contra, each.after)
        for each in totals
    ] == [
        ("rent", 0, 10_000, -3_000, 0, 0, 7_000),
        ("control", 0, 0, 0, 0, -7_000, -7_000),
    ]
    later = desk.ask(lambda ctx: period_totals(ctx, periods.by_name(ctx.session, "2026-10")))
    assert [(each.before, each.after, each.agrees) for each in later] == [
        (7_000, 17_000, True),
        (-7_000, -17_000, True),
    ]


def test_the_request_has_the_reconciliation_beside_it(colleague, asked):
    found = colleague.ask(requested.request, asked.request_id)
    assert (found.row.summary, found.row.reason, found.row.may_decide) == ("Close 2026-27 P06", "Month end", True)
    (paper,) = found.evidence
    assert paper.title == "Reconciliation of 2026-27 P06"
    words = PdfReader(io.BytesIO(colleague.ask(opened, paper.link_id).content)).pages[0].extract_text()
    for expected in ("100.00", "30.00 CR", "70.00", "agree"):
        assert expected in words
    assert len(colleague.ask(listed, Subject.PERIOD, asked.period_id)) == 1


def test_it_closes_when_it_is_approved_on_the_page_of_approvals(colleague, asked):
    decided = colleague.do(approvals.approve, [asked.request_id])
    assert decided.changes.areas >= {"admin", "ledger", "approvals"}
    row = colleague.ask(queries.one_period, "2026-09")
    assert (row.state, row.waiting, row.request_id) == (PeriodState.CLOSED, None, None)


def test_the_same_change_is_asked_for_once(desk, asked):
    with pytest.raises(UserError, match="asked for already"):
        desk.do(commands.request_change, "2026-09", PeriodState.CLOSED)


def test_a_check_that_stops_it_now_leaves_it_waiting(desk, colleague, asked):
    """An earlier period that was made since has to be closed first."""
    august = date(2026, 8, 3)

    def earlier(ctx):
        account = lettings.letting(ctx).account.id
        post(ctx, JournalHeader(JournalKind.CHARGE_RUN, august, "test", "august"), [Line(account, "DBR", 100, august)])

    desk.do(earlier)
    with pytest.raises(UserError, match="1 earlier periods are open"):
        colleague.do(approvals.approve, [asked.request_id])
    assert colleague.ask(requested.request, asked.request_id).row.state.value == "waiting"


def test_requests_of_the_older_way_are_brought_over(tmp_path, clock):
    """A file of revision 0004 with one change authorised and one waiting; its digests are what the program would give."""
    database = Database(databases.database_url(tmp_path / "older.db"))

    def build(session):
        command.upgrade(schema._config(session), "0004")
        session.execute(text("INSERT INTO officer (id, username, name, active) VALUES (1, 'one', 'One', 1)"))
        session.execute(text("INSERT INTO officer (id, username, name, active) VALUES (2, 'two', 'Two', 1)"))
        for officer, role in ((1, "rents_officer"), (2, "team_leader")):
            session.execute(text(f"INSERT INTO officer_role (officer_id, role) VALUES ({officer}, '{role}')"))
        for number, month in ((1, "08"), (2, "09")):
            session.execute(
                text(
                    "INSERT INTO period (id, name, starts_on, ends_on, state, version) VALUES "
                    f"({number}, '2026-27 P{month}', '2026-{month}-01', '2026-{month}-28', 'open', 1)"
                )
            )
        session.execute(
            text(
                "INSERT INTO period_action (period_id, to_state, reason, requested_by, requested_at, authorised_by, "
                "authorised_at) VALUES (1, 'closed', '', 1, :at, 2, :at), (2, 'closed', 'Ready', 1, :at, NULL, NULL)"
            ),
            {"at": "2026-11-02 09:30:00.000000"},
        )
        schema.migrate(session)

    database.transact(build)
    leader = Desk.sit_down(database, "two", clock)
    (waiting,) = leader.ask(requested.queue, View.FOR_ME).rows
    assert (waiting.summary, waiting.reason, waiting.asked_by) == ("Close 2026-27 P09", "Ready", "One")
    (decided,) = leader.ask(requested.queue, View.DECIDED).rows
    assert (decided.summary, decided.decided_by, decided.reason) == ("Close 2026-27 P08", "Two", "Month end")
    assert [step.action for step in leader.ask(requested.request, decided.request_id).trail] == ["asked", "approved"]
    leader.do(lambda ctx: approving.close(ctx, ctx.session.get_one(Period, 1)))
    assert leader.do(approvals.approve, [waiting.request_id]).done == (waiting.request_id,)
    database.close()
