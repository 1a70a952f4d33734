from datetime import date

from app.models.charges import ChargeRun
from app.models.values import JournalKind
from app.services.home import proofs
from app.services.ledger.commands import post, reverse
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

WEEK = date(2026, 11, 16)


@prepared
def charged(desk):
    def make(ctx):
        account = lettings.letting(ctx, "100.00").account.id
        header = JournalHeader(JournalKind.CHARGE_RUN, WEEK, "test", "week")
        posted = post(ctx, header, [Line(account, "DBR", 100_00, WEEK, WEEK)])
        ctx.session.add(ChargeRun(week_on=WEEK, journal=posted.journal, lines=1, total_pence=100_00, exceptions=2))
        return posted.journal

    return desk.do(make)


def test_a_week_that_isnt_charged_cant_be_signed(desk):
    found = desk.ask(proofs.weekly_charge, date(2026, 11, 18))
    assert not found.holds
    assert found.words == "The week of 16 Nov 2026 is not charged yet."


def test_a_charged_week_that_agrees_can(desk, charged):
    found = desk.ask(proofs.weekly_charge, WEEK)
    assert found.holds
    assert "1 line, £100.00, agreed to the control accounts; 2 to look at" in found.words


def test_a_run_that_says_something_else_than_the_ledger_cant(desk, charged):
    def spoil(ctx):
        ctx.session.get(ChargeRun, WEEK).total_pence = 101_00

    desk.do(spoil)
    found = desk.ask(proofs.weekly_charge, WEEK)
    assert not found.holds
    assert "the run says 1 line of £101.00, the ledger has 1 of £100.00" in found.words


def test_a_week_that_was_reversed_cant(desk, charged):
    desk.do(reverse, charged, "Wrong week", "back")
    assert "reversed since" in desk.ask(proofs.weekly_charge, WEEK).words


def test_month_end_waits_for_the_period_before_it(desk, charged):
    assert desk.ask(proofs.period_closed, date(2026, 12, 1)).words.endswith("is still open.")
    assert desk.ask(proofs.period_closed, date(2020, 1, 1)).holds
