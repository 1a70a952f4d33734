"""The weekly charge without anybody at the desk: rehearsed, and posted only if nobody has to look first."""

from datetime import UTC, date, datetime, timedelta

from app.models.values import JobState
from app.services.charges import commands as charging
from app.services.charges import queries as charges
from app.services.jobs import queries
from tests.factories import lettings
from tests.services.jobs.conftest import MONDAY, at, charged, run


def test_the_first_week_of_all_waits_for_an_officer(manager, desk, quick):
    desk.do(lettings.letting, "100.00")
    done = run(manager)["weekly_charge"]
    assert (done.state, done.wrong) == (JobState.WAITS, True)
    assert done.said.startswith("No week was charged yet.")
    assert charged(manager) == []


def test_a_week_with_something_new_to_look_at_is_not_posted_until_it_was_put_right(manager, desk, homes, quick):
    late = desk.do(lettings.letting, "9000.00", start_on=date(2026, 11, 23))
    done = run(manager)["weekly_charge"]
    assert done.state is JobState.WAITS
    assert "1 account has something new to look at" in done.said
    assert late.account.payment_reference in done.said
    assert charged(manager) == [date(2026, 11, 16)]
    assert run(at(manager, MONDAY + timedelta(minutes=29))) == {}

    def mend(ctx):
        ctx.session.get(type(late.charges[0]), late.charges[0].id).amount_pence = 9_000

    desk.do(mend)
    assert run(at(manager, MONDAY + timedelta(minutes=30)))["weekly_charge"].state is JobState.DONE


def test_exceptions_that_stood_last_week_were_seen_when_it_was_posted(manager, desk, quick):
    desk.do(lettings.letting, "9000.00", start_on=date(2026, 1, 5))
    desk.do(charging.charge_week, date(2026, 11, 16))
    assert desk.ask(charges.exceptions, date(2026, 11, 23)) != ()
    assert run(manager)["weekly_charge"].state is JobState.DONE


def test_a_rent_that_was_entered_for_weeks_gone_by_after_they_were_posted_was_seen_by_nobody(
    manager, desk, homes, quick
):
    desk.do(lettings.letting, "9000.00", start_on=date(2026, 1, 5))
    done = run(manager)["weekly_charge"]
    assert (done.state, "1 account has something new to look at" in done.said) == (JobState.WAITS, True)


def test_an_unusual_rent_that_was_seen_is_looked_at_again_once_it_is_another(manager, desk, quick):
    seen = desk.do(lettings.letting, "9000.00", start_on=date(2026, 1, 5))
    desk.do(charging.charge_week, date(2026, 11, 16))

    def raised(ctx):
        ctx.session.get(type(seen.charges[0]), seen.charges[0].id).amount_pence = 9_900_000

    desk.do(raised)
    done = run(manager)["weekly_charge"]
    assert (done.state, "Rent of £99,000.00" in done.said) == (JobState.WAITS, True)


def test_after_weeks_off_each_week_is_rehearsed_and_posted_in_order_up_to_the_first_that_needs_a_look(
    manager, desk, homes, quick
):
    desk.do(lettings.letting, "9000.00", start_on=date(2026, 12, 14))
    later = at(manager, datetime(2026, 12, 16, 9, tzinfo=UTC))
    done = run(later)["weekly_charge"]
    assert done.state is JobState.WAITS
    assert done.said.startswith("Week of 23 Nov 2026: journal")
    assert "The week of 14 Dec 2026 is not posted" in done.said
    assert charged(later) == [date(2026, 12, 7), date(2026, 11, 30), date(2026, 11, 23), date(2026, 11, 16)]
    assert [each.state for each in later.ask(queries.history, "checks")] == [JobState.DONE]


def test_the_monday_of_a_bank_holiday_is_charged(manager, desk, quick):
    desk.do(lettings.letting, "100.00")
    at(desk, datetime(2026, 12, 21, 9, tzinfo=UTC)).do(charging.charge_week, date(2026, 12, 21))
    done = run(at(manager, datetime(2026, 12, 28, 5, 31, tzinfo=UTC)))
    assert done["weekly_charge"].state is JobState.DONE
    assert charged(manager)[0] == date(2026, 12, 28)
