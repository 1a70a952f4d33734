"""Periods are closed and reopened in order, by two people, and a closed one takes nothing."""

from datetime import date

import pytest

from app.models.values import Basis, JournalKind, Money, PeriodState
from app.services.admin.periods import commands as changing
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.ledger import checks, commands, periods, queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def account(desk):
    made = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    for on in (date(2026, 9, 7), date(2026, 10, 5), date(2026, 11, 2)):
        post(desk, made, on)
    return made


def post(desk, account, accounting_on, effective_on=None, pence=10000):
    effective_on = effective_on or accounting_on
    header = JournalHeader(JournalKind.ADJUSTMENT, accounting_on, "test", f"{accounting_on}:{effective_on}:{pence}")
    return desk.do(commands.post, header, [Line(account, "ADJ", pence, effective_on)])


def close(desk, colleague, *names):
    for name in names:
        desk.do(changing.request_change, name, PeriodState.CLOSED)
        colleague.do(changing.authorise_change, name)


def states(desk):
    return {row.name: row.state.value for row in desk.ask(periods.list_periods)}


def test_months_are_made_as_they_are_posted_to_without_gaps(desk):
    made = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    post(desk, made, date(2026, 8, 31))
    post(desk, made, date(2026, 11, 2))
    assert list(states(desk)) == ["2026-27 P08", "2026-27 P07", "2026-27 P06", "2026-27 P05"]


def test_one_officer_alone_closes_nothing_and_is_told_how_to_add_another(desk, account):
    with pytest.raises(UserError, match="takes two officers") as refused:
        desk.do(changing.request_change, "2026-27 P06", PeriodState.CLOSED)
    assert "officer add" in refused.value.hint


def test_a_period_closes_when_a_second_officer_authorises(desk, account, colleague):
    asked = Desk.sit_down(desk.database, "officer", desk.clock)
    waiting = asked.do(changing.request_change, "2026-09", PeriodState.CLOSED)
    assert (waiting.state, waiting.waiting, waiting.requested_by) == (
        PeriodState.OPEN,
        PeriodState.CLOSED,
        "Test Officer",
    )
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        asked.do(changing.authorise_change, "2026-09")
    assert colleague.do(changing.authorise_change, "2026-09").state is PeriodState.CLOSED
    with pytest.raises(UserError, match=r"The period 2026-27 P06 \(01 Sep to 30 Sep 2026\) is closed"):
        post(desk, account, date(2026, 9, 14))


def test_a_backdated_line_posts_in_the_open_period_and_leaves_what_was_reported(desk, account, colleague):
    close(desk, colleague, "2026-09")
    post(desk, account, date(2026, 11, 9), date(2026, 9, 14), 250)
    end = date(2026, 9, 30)
    assert desk.ask(queries.balance, account, end, Basis.REPORTED) == Money(10000)
    assert desk.ask(queries.balance, account, end, Basis.KNOWN) == Money(10250)
    assert desk.ask(checks.check) == ()


def test_periods_close_in_order_and_only_when_over(desk, account, colleague):
    with pytest.raises(UserError, match="1 earlier periods are open"):
        desk.do(changing.request_change, "2026-10", PeriodState.CLOSED)
    close(desk, colleague, "2026-09", "2026-10")
    with pytest.raises(UserError, match="runs to 30 Nov 2026"):
        desk.do(changing.request_change, "2026-11", PeriodState.CLOSED)


def test_periods_reopen_from_the_latest_with_a_reason(desk, account, colleague):
    close(desk, colleague, "2026-09", "2026-10")
    with pytest.raises(UserError, match="while 2026-27 P07 is closed"):
        desk.do(changing.request_change, "2026-09", PeriodState.OPEN, "late file")
    with pytest.raises(UserError, match="Say why"):
        desk.do(changing.request_change, "2026-10", PeriodState.OPEN)
    desk.do(changing.request_change, "2026-10", PeriodState.OPEN, "late file")
    colleague.do(changing.authorise_change, "2026-10")
    post(desk, account, date(2026, 10, 12))
    assert desk.ask(queries.balance, account, date(2026, 10, 31), Basis.REPORTED) == Money(30000)
    assert desk.ask(checks.check) == ()


def test_a_day_before_the_first_period_is_refused_once_one_is_closed(desk, account, colleague):
    close(desk, colleague, "2026-09")
    with pytest.raises(UserError, match="before the first period"):
        post(desk, account, date(2026, 8, 3))


def test_the_first_open_day_follows_a_closed_period(desk, account, colleague):
    close(desk, colleague, "2026-09", "2026-10")
    first = desk.ask(lambda ctx: periods.first_open_day(ctx.session, date(2026, 9, 14)))
    assert first == date(2026, 11, 1)


@pytest.mark.parametrize("name", ["2026-27 P09", "nonsense", "2031-01"])
def test_an_unknown_period_is_refused(desk, account, name):
    with pytest.raises(UserError, match="There is no period"):
        desk.ask(lambda ctx: periods.by_name(ctx.session, name))


def test_weeks_not_charged_are_told_but_do_not_stop_the_closing(desk, account, colleague):
    oldest = desk.ask(periods.list_periods)[-1]
    told = {check.name: check for check in oldest.checks}
    assert told["weeks charged"].message == "Not charged: 07 Sep, 14 Sep, 21 Sep, 28 Sep."
    assert not told["weeks charged"].stops


def test_the_clock_decides_what_is_over(desk, account, colleague):
    december = Desk(desk.database, desk.officer, FixedClock(date(2026, 12, 1)))
    close(december, colleague, "2026-09")
    assert states(december)["2026-27 P06"] == "closed"
