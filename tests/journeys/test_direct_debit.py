"""A Direct Debit from the telephone call to its end, by keyboard and over seven weeks of the office's clock.

The home is charged 100.00 a week and owes 100.01, the garage 12.00. From Monday 23 November to the end of the rent year, Sunday
4 April 2027, there are 19 weeks: 1,900.00 + 100.01 of the home and 228.00 of the garage, 2,228.01 in all, collected on the 15th
of December, January, February and March: 557.00 each and 557.01 the first, 57.00 of each to the garage, the rest to the home.

Lodged with the processing day Tuesday 24 November, it may be collected five working days after, from 1 December. The first, on
Tuesday 15 December, goes with code 01, is posted and comes back: 100.01 and nothing are owed again. Told on 17 December, ten
working days after it is presented again: the 25th and 28th of December and the 1st of January are holidays, so Tuesday
5 January, code 18. The payer's bank then moves the account: a 0N goes to the new one, no 0C, and the next collection is the
first there, code 01. It is cancelled: one 0C goes there.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.accounts import Account
from app.models.landlord import Landlord
from app.models.policy import PolicyValue
from app.models.values import DebitRunKind, DebitRunState, JournalKind, MandateState
from app.services.core import database as databases
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.direct_debits.notices import queries as notices
from app.services.direct_debits.returns import commands as returns
from app.services.direct_debits.returns.dto import NewReport
from app.services.direct_debits.runs import commands as runs
from app.services.direct_debits.runs import queries as run_queries
from app.services.ledger import checks
from app.services.ledger import commands as posting
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.journeys.debit_officer import Calendar, Officer
from tests.services.bacs import report_samples as samples
from tests.services.bacs.conftest import OWN
from tests.views.desktop import wait

COLLECT, LODGE = DebitRunKind.COLLECTION, DebitRunKind.LODGEMENT
REFERENCE = "0012 4471 03"
OLD, NEW = "089999", "107999"
"""The sort codes of the payer's banks."""
BEGIN = date(2026, 11, 23)
"""A Monday."""


@pytest.fixture
def clock():
    return Calendar(BEGIN)


@pytest.fixture
def made(landlord_file, accounts, clock):
    """A database file: the home's account and the garage's, which are brought to 100.01 DR and nothing; a second officer."""
    database = Database(databases.database_url(landlord_file))
    desk = Desk.sit_down(database, system_user()[0], clock)
    home, garage = accounts["Testerton"], accounts["garage"]

    def prepare(ctx):
        ctx.session.add(Landlord(id=1, name="Anytown Council", phone="01632 960001"))
        lettings.charge(ctx, ctx.session.get_one(Account, garage), "DGA", "12.00")
        for key, value in OWN.items():
            ctx.session.add(PolicyValue(key=f"bacs.{key}", scope="", value=value, effective_from=date(2026, 1, 1)))

    desk.do(prepare)
    paid = JournalHeader(JournalKind.RECEIPTS, BEGIN, "test", "paid before")
    desk.do(posting.post, paid, [Line(home, "RDD", -49_99, BEGIN), Line(garage, "RDD", -12_50, BEGIN)])
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    database.close()
    return landlord_file, (home, garage)


@pytest.fixture
def at(program, made, qtbot, clock, tmp_path):
    """The officer at the desk."""
    program.begin(str(made[0]))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return Officer(program, made[1], qtbot, clock, tmp_path)


def taken(found, pounds, processing):
    """Bacs took the one collection of a file."""
    return samples.input_report(accepted=(1, pounds), serial=found.serial, processing=processing)


def unpaid(pounds, processing, on, number="007"):
    """Refer to payer."""
    item = samples.returned(REFERENCE, pounds=pounds, originalProcessingDate=processing, transCode="01")
    return samples.arudd(item + samples.totals(1, pounds), on=on, number=number)


def records(found):
    """(code, bank, pence, reference) of each record of a file."""
    return [(each.code, each.destination.sort_code, each.pence, each.reference) for each in found.lines]


def planned(*days, pence=557_00):
    return [(day, "planned", pence) for day in days]


def it_is_set_up_and_lodged(at):
    """Monday 23 November, by telephone; the confirmation is the advance notice too. The bank accepts on Wednesday."""
    at.sets_up()
    assert (at.mandate().state, at.owed()) == (MandateState.NEW, [100_01, 0])
    assert at.collections() == planned("15 Dec", pence=557_01) + planned("15 Jan", "15 Feb", "15 Mar")
    assert at.posts_letters() == ["Direct Debit confirmed"]
    assert at.desk.ask(notices.needed) == ()

    run = at.asks_for_a_run(Qt.Key.Key_L, "1")
    found = at.sends_it(run)
    assert (found.processing_on, records(found)) == (date(2026, 11, 24), [("0N", OLD, 0, REFERENCE)])
    assert (found.totals.instruction_count, found.totals.debit_pence, found.totals.credit_pence) == (1, 0, 0)
    assert at.mandate().state is MandateState.LODGED
    at.go_on_to(date(2026, 11, 25))
    at.applies(samples.auddis_accepted(serial=found.serial, accepted=1))
    assert (at.mandate().state, at.row(run).state) == (MandateState.LIVE, DebitRunState.MATCHED)


def it_is_collected(at):
    """Asked for and sent on Friday 11 December, processed on Monday, on the accounts on Tuesday."""
    at.go_on_to(date(2026, 12, 11))
    run = at.asks_for_a_run(Qt.Key.Key_N, "1", "557.01")
    assert (run.processing_on, run.entry_on) == (date(2026, 12, 14), date(2026, 12, 15))
    found = at.sends_it(run)
    assert records(found) == [("01", OLD, 557_01, REFERENCE), ("99", "404040", 557_01, "CONTRA")]
    assert (found.totals.debit_pence, found.totals.credit_pence, found.totals.debit_count) == (557_01, 557_01, 1)
    at.go_on_to(date(2026, 12, 14))
    at.reads(taken(found, "557.01", "2026-12-14"))
    assert at.row(run).state is DebitRunState.MATCHED
    at.go_on_to(date(2026, 12, 15))
    at.posts(run)
    assert at.owed() == [100_01 - 500_01, -57_00]
    assert at.desk.ask(run_queries.reconciled, run.run_id).faults == ()


def it_comes_back_and_goes_again(at):
    """Unpaid on 17 December: reversed once, however often it is told; presented again on Tuesday 5 January, and paid."""
    at.go_on_to(date(2026, 12, 17))
    told = at.applies(unpaid("557.01", "2026-12-14", "2026-12-17"))
    assert told == "1 item applied. £557.01 taken off the accounts again."
    assert at.desk.do(returns.read, NewReport(unpaid("557.01", "2026-12-14", "2026-12-17"), "copy.xml")).before
    twice = at.desk.do(returns.read, NewReport(unpaid("557.01", "2026-12-14", "2026-12-18", "008"), "next.xml"))
    assert at.desk.do(returns.apply, twice.item_ids).count == 0
    assert at.owed() == [100_01, 0]
    assert at.collections() == [
        ("15 Dec", "returned", 557_01),
        *planned("05 Jan", pence=557_01),
        *planned("15 Jan", "15 Feb", "15 Mar"),
    ]
    assert at.posts_letters() == ["Direct Debit returned unpaid"]

    at.go_on_to(date(2026, 12, 31))
    found = at.runs(COLLECT, date(2027, 1, 4), 1, "557.01")
    assert records(found) == [("18", OLD, 557_01, REFERENCE), ("99", "404040", 557_01, "CONTRA")]
    at.go_on_to(date(2027, 1, 4))
    at.desk.do(returns.read, NewReport(taken(found, "557.01", "2027-01-04"), "input.xml"))
    at.go_on_to(date(2027, 1, 5))
    at.desk.do(runs.post, date(2027, 1, 5))
    assert at.owed() == [-400_00, -57_00]


def it_moves_and_ends(at):
    """Moved on 6 January; its 0N is processed on the 7th and may be collected from the 14th. The payer rings on the 18th."""
    at.go_on_to(date(2027, 1, 6))
    at.applies(samples.addacs(samples.moved(REFERENCE, effective_date="2027-01-06")))
    assert (at.mandate().state, at.mandate().bank) == (MandateState.AMENDED, "••••••91")
    assert records(at.runs(LODGE, date(2027, 1, 7), 1)) == [("0N", NEW, 0, REFERENCE)]
    at.go_on_to(date(2027, 1, 13))
    found = at.runs(COLLECT, date(2027, 1, 14), 1, "557.00")
    assert records(found) == [("01", NEW, 557_00, REFERENCE), ("99", "404040", 557_00, "CONTRA")]
    at.desk.do(returns.read, NewReport(taken(found, "557.00", "2027-01-14"), "input.xml"))
    at.go_on_to(date(2027, 1, 18))
    at.desk.do(runs.post, date(2027, 1, 18))
    assert at.owed() == [-900_00, -114_00]

    at.cancels()
    assert records(at.runs(LODGE, date(2027, 1, 19), 1)) == [("0C", NEW, 0, REFERENCE)]
    assert [(day, state) for day, state, _ in at.collections()] == [
        ("15 Dec", "returned"),
        ("05 Jan", "posted"),
        ("15 Jan", "posted"),
        ("15 Feb", "dropped"),
        ("15 Mar", "dropped"),
    ]


def test_a_direct_debit_from_the_call_to_its_end(at):
    it_is_set_up_and_lodged(at)
    it_is_collected(at)
    it_comes_back_and_goes_again(at)
    it_moves_and_ends(at)
    assert at.desk.ask(checks.check) == ()
