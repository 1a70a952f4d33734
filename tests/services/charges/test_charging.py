from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.accounts import Account
from app.models.values import AccountKind, Fund, JournalKind, Money
from app.services.charges import commands, jobs, queries
from app.services.charges.dto import Concern
from app.services.core.clock import FixedClock
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken
from app.services.ledger import checks, periods
from app.services.ledger import commands as ledger
from app.services.ledger import queries as ledger_queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import approving, lettings

THIS_WEEK = date(2026, 11, 16)
NEXT_WEEK = date(2026, 11, 23)


def lines_of(desk, letting):
    page = desk.ask(ledger_queries.ledger_page, letting.account.id)
    return [(line.code, line.amount.pence, line.effective_on, line.rent_week, line.narrative) for line in page.lines]


def test_a_week_is_charged_as_one_journal(desk, estate):
    result = desk.do(commands.charge_week, NEXT_WEEK + timedelta(days=3))
    # 100.00 + 4.50 + 17.80 + 22.50 + 70.00 x 5/7 + 90.00 of the void
    assert (result.week, result.lines, result.total_pence) == (
        NEXT_WEEK,
        7,
        10_000 + 450 + 1_780 + 2_250 + 5_000 + 9_000,
    )
    assert not result.duplicate
    assert lines_of(desk, estate["home"]) == [
        ("DBR", 10_000, NEXT_WEEK, NEXT_WEEK, ""),
        ("DSC", 450, NEXT_WEEK, NEXT_WEEK, ""),
    ]
    assert lines_of(desk, estate["private"]) == [
        ("DGA", 1_875, NEXT_WEEK, NEXT_WEEK, "with VAT"),
        ("DVA", 375, NEXT_WEEK, NEXT_WEEK, "VAT on DGA"),
    ]
    assert lines_of(desk, estate["garage"]) == [("DGA", 1_780, NEXT_WEEK, NEXT_WEEK, "")]
    assert lines_of(desk, estate["new"]) == [("DBR", 5_000, date(2026, 11, 25), NEXT_WEEK, "5/7 of £70.00")]
    assert lines_of(desk, estate["void"]) == []
    assert desk.ask(checks.check) == ()


def balance_of(desk, key, fund=Fund.HRA):
    account = desk.ask(ledger_queries.control_account, key, fund)
    return desk.ask(ledger_queries.balance, account)


def test_control_accounts_take_the_other_side(desk, estate):
    desk.do(commands.charge_week, NEXT_WEEK)
    assert balance_of(desk, "void_loss") == Money(9_000)
    assert balance_of(desk, "output_vat") == Money(-375)
    # 17.80 of the tenant's garage and 18.75 net of the private one
    assert balance_of(desk, "income:garage") == Money(-3_655)
    # 100.00, 50.00 of the new tenancy and 90.00 of the void
    assert balance_of(desk, "income:rent") == Money(-24_000)


def test_the_same_week_is_charged_once(desk, estate):
    first = desk.do(commands.charge_week, NEXT_WEEK)
    again = desk.do(commands.charge_week, NEXT_WEEK)
    assert again.duplicate
    assert (again.journal, again.lines, again.total_pence) == (first.journal, first.lines, first.total_pence)
    assert len(lines_of(desk, estate["home"])) == 2


def test_a_week_whose_journal_was_reversed_can_be_charged_anew(desk, estate):
    first = desk.do(commands.charge_week, NEXT_WEEK)
    desk.do(ledger.reverse, first.journal, "Rents were loaded too late", "reverse-1")
    assert desk.ask(queries.rehearse, NEXT_WEEK).journal is None
    desk.do(lettings.charge, estate["home"].account, "DWR", "8.12")
    second = desk.do(commands.charge_week, NEXT_WEEK)
    assert not second.duplicate
    assert second.journal != first.journal
    assert second.total_pence == first.total_pence + 812
    assert desk.do(commands.charge_week, NEXT_WEEK).journal == second.journal
    assert [week.journal for week in desk.ask(queries.charged_weeks)] == [second.journal]
    # 100.00 + 4.50 + 8.12
    assert desk.ask(ledger_queries.balance, estate["home"].account.id) == Money(11_262)


def test_weeks_beyond_next_monday_are_refused(desk, estate):
    for ask in (
        lambda: desk.do(commands.charge_week, date(2026, 11, 30)),
        lambda: desk.ask(queries.rehearse, date(2026, 11, 30)),
    ):
        with pytest.raises(UserError, match="too far ahead") as refused:
            ask()
        assert "Monday 23 Nov 2026" in refused.value.hint


def test_weeks_are_charged_in_order(desk, estate):
    desk.do(commands.charge_week, date(2026, 11, 2))
    with pytest.raises(UserError, match="week of 09 Nov 2026 has not been charged yet") as refused:
        desk.do(commands.charge_week, NEXT_WEEK)
    assert "the 2 weeks from it" in refused.value.hint
    with pytest.raises(UserError, match="before the last that was charged, 02 Nov 2026"):
        desk.do(commands.charge_week, date(2026, 10, 26))
    assert desk.ask(queries.next_week) == date(2026, 11, 9)


def test_missed_weeks_are_caught_up_in_order(desk, estate):
    desk.do(commands.charge_week, date(2026, 11, 2))
    seen = []
    done = jobs.catch_up(desk, NEXT_WEEK, lambda count, total, text="": seen.append((count, total)))
    assert [result.week for result in done] == [date(2026, 11, 9), THIS_WEEK, NEXT_WEEK]
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)
    dates = [row.accounting_on for row in desk.ask(ledger_queries.journals, JournalKind.CHARGE_RUN)]
    assert dates == [NEXT_WEEK, THIS_WEEK, date(2026, 11, 9), date(2026, 11, 2)]
    assert jobs.catch_up(desk, NEXT_WEEK) == ()
    assert desk.ask(checks.check) == ()


def test_catching_up_can_be_stopped_and_goes_on_later(desk, estate):
    desk.do(commands.charge_week, date(2026, 11, 2))
    cancel = CancelToken()

    def stop_after_one(done, total, text=""):
        if done == 1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        jobs.catch_up(desk, NEXT_WEEK, stop_after_one, cancel)
    assert desk.ask(queries.next_week) == THIS_WEEK
    assert [result.week for result in jobs.catch_up(desk, NEXT_WEEK)] == [THIS_WEEK, NEXT_WEEK]


def open_with_balances(desk, letting, as_at, pence=5_000):
    header = JournalHeader(JournalKind.OPENING, as_at, "test", f"opening {as_at}")
    desk.do(ledger.post, header, [Line(letting.account.id, "ROB", pence, as_at)])


def test_the_first_week_is_the_one_after_the_loaded_balances(desk, estate):
    assert desk.ask(queries.next_week) is None
    open_with_balances(desk, estate["home"], date(2026, 11, 8))
    assert desk.ask(queries.next_week) == date(2026, 11, 9)
    with pytest.raises(UserError, match="hold the week of 26 Oct 2026 already"):
        desk.do(commands.charge_week, date(2026, 10, 26))
    assert [result.week for result in jobs.catch_up(desk, THIS_WEEK)] == [date(2026, 11, 9), THIS_WEEK]


def test_a_later_first_week_can_be_asked_for_and_says_what_it_leaves_out(desk, estate):
    open_with_balances(desk, estate["home"], date(2026, 11, 8))
    result = desk.do(commands.charge_week, NEXT_WEEK)
    assert result.exceptions[0].concern is Concern.WEEKS_LEFT_OUT
    assert "2 weeks after the loaded balances, from 09 Nov 2026 to 16 Nov 2026" in result.exceptions[0].text
    assert Concern.WEEKS_LEFT_OUT not in {each.concern for each in desk.do(commands.charge_week, NEXT_WEEK).exceptions}


def test_a_week_of_a_closed_period_is_accounted_for_in_the_open_one(colleague, estate):
    desk = replace(colleague, clock=FixedClock(date(2026, 12, 5)))
    desk.do(commands.charge_week, date(2026, 11, 23))

    def close_november(ctx):
        approving.close(ctx, periods.find(ctx.session, date(2026, 11, 30)))

    desk.do(close_november)
    assert desk.ask(queries.rehearse, date(2026, 11, 30)).accounting_on == date(2026, 12, 1)
    desk.do(commands.charge_week, date(2026, 11, 30))
    assert desk.ask(ledger_queries.journals)[0].accounting_on == date(2026, 12, 1)
    assert lines_of(desk, estate["home"])[-1][2:4] == (date(2026, 11, 30), date(2026, 11, 30))


def test_a_week_that_everybody_has_free_is_done_without_a_journal(desk):
    desk.do(lettings.rent_group, "GEN", free=[THIS_WEEK])
    letting = desk.do(lettings.letting)
    result = desk.do(commands.charge_week, THIS_WEEK)
    assert (result.journal, result.lines, result.total_pence) == (None, 0, 0)
    assert desk.do(commands.charge_week, THIS_WEEK).duplicate
    assert desk.do(commands.charge_week, NEXT_WEEK).total_pence == 10_000
    assert [line[3] for line in lines_of(desk, letting)] == [NEXT_WEEK]


def test_a_bank_holiday_monday_is_charged_like_any_other(desk):
    letting = desk.do(lettings.letting)
    easter_monday = date(2026, 4, 6)
    desk.do(commands.charge_week, easter_monday)
    assert lines_of(desk, letting) == [("DBR", 10_000, easter_monday, easter_monday, "")]


def test_an_empty_landlord_is_told_what_to_do(desk):
    with pytest.raises(UserError, match="no account has a charge") as refused:
        desk.do(commands.charge_week, THIS_WEEK)
    assert "Load" in refused.value.hint
    assert desk.ask(queries.charged_weeks) == ()


def test_the_fifty_third_week_is_charged_like_any_other(desk):
    letting = desk.do(lambda ctx: lettings.letting(ctx, start_on=date(2024, 4, 1)))
    weeks = [date(2025, 3, 24), date(2025, 3, 31), date(2025, 4, 7)]
    assert [desk.ask(queries.rehearse, week).week_number for week in weeks] == [52, 53, 1]
    for week in weeks:
        desk.do(commands.charge_week, week)
    assert desk.ask(ledger_queries.balance, letting.account.id) == Money(30_000)


def test_charging_takes_the_same_statements_however_many_accounts(desk, query_log):
    def charge(week):
        query_log.clear()
        desk.do(commands.charge_week, week)
        return len(query_log)

    desk.do(lettings.letting)
    desk.do(commands.charge_week, date(2026, 11, 2))
    few = charge(date(2026, 11, 9))
    for _ in range(5):
        desk.do(lettings.letting, DSC="1.00")
    assert charge(THIS_WEEK) == few


def test_kinds_of_account_besides_rent_are_charged_too(desk):
    def build(ctx):
        home = lettings.letting(ctx)
        sundry = lettings.account(ctx, home.tenancy, AccountKind.SUNDRY)
        lettings.charge(ctx, sundry, "DCI", "1.50")
        return sundry.id

    sundry = desk.do(build)
    desk.do(commands.charge_week, NEXT_WEEK)
    assert desk.ask(lambda ctx: ctx.session.get_one(Account, sundry).balance_pence) == 150
