"""An arrangement from the telephone to its end: agreed, kept, behind, broken, completed, replaced, refused."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.diary import Task
from app.models.letters import Outgoing
from app.models.values import ArrangementState, Frequency, HoldKind, Money, Stop
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import (
    ArrangementFilter,
    ArrangementShown,
    EndArrangement,
    Kept,
    NewArrangement,
)
from app.services.charges import jobs as charging
from app.services.core.clock import FixedClock
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.session import Desk
from app.services.diary import jobs
from app.services.holds.commands import place
from app.services.holds.dto import PlaceHold
from tests.conftest import OFFICER
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.arrangements.conftest import pay

FRIDAY = date(2026, 11, 27)


def ten_a_week(home, **changed):
    new = NewArrangement(home.account.id, Money(20_00), Frequency.WEEKLY, FRIDAY, letter=False)
    return replace(new, **changed)


def at(desk, day):
    return Desk.sit_down(desk.database, OFFICER, FixedClock(day))


def rows(desk, model=Arrangement):
    return desk.ask(lambda ctx: ctx.session.scalars(select(model).order_by(model.id)).all())


def kept(desk, home):
    return desk.ask(queries.standing, [home.account.id])[home.account.id].progress


@prepared
def agreed(desk, home):
    """Twenty pounds a week on top of the rent, off 400.00, from Friday 27 November: the last on 9 April 2027."""
    return desk.do(commands.make, ten_a_week(home))


def test_it_is_kept_with_its_end_worked_out(desk, home, agreed):
    row = rows(desk)[0]
    assert (row.debt_pence, row.ends_on, row.agreed_on) == (400_00, date(2027, 4, 9), desk.clock.today())
    assert agreed.told == "Arrangement made: 20 payments of £20.00 a week, the last on 9 Apr 2027."
    assert desk.ask(lambda ctx: ctx.session.scalars(select(ArrangementDebt.pence)).all()) == [400_00]
    assert kept(desk, home).kept is Kept.NOT_DUE


def test_the_letter_says_all_of_it(desk, home):
    saved = desk.do(commands.make, ten_a_week(home, letter=True))
    assert saved.told.endswith("The letter is in the queue.")
    body = rows(desk, Outgoing)[0].body
    for words in ("£400.00", "£20.00 a week", "27 November 2026", "9 April 2027", "on top of your weekly charge"):
        assert words in body


def test_paid_beside_the_rent_it_is_kept(desk, home, agreed):
    """Three weeks on: 100.00 and 20.00 are paid each Friday; the Monday charged since the last tested day doesn't count yet."""
    later = at(desk, date(2026, 12, 18))
    charging.catch_up(later, date(2026, 12, 14))
    for day in (FRIDAY, date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18)):
        pay(later, home.account, 120.00, day)
    assert later.do(commands.test_all).broken == 0
    found = kept(later, home)
    assert (found.kept, found.tested_on, found.due) == (Kept.KEPT, date(2026, 12, 11), Money(60_00))


def test_the_rent_alone_does_not_keep_it(desk, home, agreed):
    """Two of 20.00 due by 4 December, one missing is behind; three due by 11 December and two missing is broken."""
    first = at(desk, date(2026, 12, 11))
    charging.catch_up(first, date(2026, 12, 7))
    pay(first, home.account, 120.00, FRIDAY)
    pay(first, home.account, 100.00, date(2026, 12, 4))
    assert first.do(commands.test_all).behind == 1
    assert kept(first, home).short == Money(20_00)
    pay(first, home.account, 100.00, date(2026, 12, 11))
    second = at(desk, date(2026, 12, 18))
    charging.catch_up(second, date(2026, 12, 14))
    found = second.do(commands.test_all)
    assert (found.live, found.broken) == (0, 1)
    row = rows(second)[0]
    assert (row.state, row.state_on) == (ArrangementState.BROKEN, date(2026, 12, 18))
    assert row.state_reason == "£40.00 behind: £60.00 was due by 11 Dec 2026, £20.00 was paid off"
    task = rows(second, Task)[0]
    assert task.title == f"The arrangement of {home.account.payment_reference} is broken: get in touch"
    assert second.do(commands.test_all).broken == 0


def test_nothing_is_broken_while_a_hold_stops_what_is_collected(desk, home, agreed):
    later = at(desk, date(2026, 12, 18))
    charging.catch_up(later, date(2026, 12, 14))
    assert kept(later, home).kept is Kept.BROKEN
    space = PlaceHold(home.account.id, HoldKind.BREATHING_SPACE, "Case 7", stops=frozenset({Stop.ARREARS_COLLECTION}))
    later.do(place, space)
    assert later.do(commands.test_all).broken == 0
    form = later.ask(queries.form, home.account.id)
    assert form.stopped == "Nothing is collected off the arrears now: Case 7"
    assert rows(later)[0].state is ArrangementState.LIVE


def test_paid_off_at_once_it_is_completed_by_the_job_of_the_morning(desk, home, agreed):
    pay(desk, home.account, 400.00, desk.clock.today())
    jobs.make_due(desk)
    row = rows(desk)[0]
    assert (row.state, row.state_reason) == (ArrangementState.COMPLETED, "The debt is paid off")
    assert desk.ask(queries.standing, [home.account.id]) == {}


def test_on_top_of_a_direct_debit_only_other_money_counts(desk, home):
    desk.do(commands.make, ten_a_week(home, direct_debit=True))
    later = at(desk, date(2026, 12, 18))
    charging.catch_up(later, date(2026, 12, 14))
    pay(later, home.account, 433.33, date(2026, 12, 1), "RDD")
    pay(later, home.account, 40.00, date(2026, 12, 4))
    pay(later, home.account, 20.00, date(2026, 12, 11), "RDP")
    assert kept(later, home).paid == Money(60_00)
    assert kept(later, home).kept is Kept.KEPT


def test_a_payment_taken_while_it_is_made_counts(desk, home):
    desk.do(commands.make, ten_a_week(home, direct_debit=True))
    a_minute_later = at(desk, date(2026, 11, 22))
    pay(a_minute_later, home.account, 20.00, desk.clock.today())
    assert kept(a_minute_later, home).paid == Money(20_00)


def test_several_accounts_are_covered(desk, home):
    garage = desk.do(lettings.garage_letting, home=home, start_on=date(2026, 10, 26))
    charging.catch_up(desk, date(2026, 11, 23))
    form = desk.ask(queries.form, home.account.id)
    assert [(row.account_id, row.owed.pence) for row in form.debts] == [
        (home.account.id, 500_00),
        (garage.account.id, 17_80),
    ]
    both = (home.account.id, garage.account.id)
    desk.do(commands.make, ten_a_week(home, covered=both))
    assert rows(desk)[0].debt_pence == 517_80
    assert desk.ask(queries.standing, both)[garage.account.id].covered == both


def test_a_new_one_takes_the_place_of_the_old(desk, home, agreed):
    standing = desk.ask(queries.form, home.account.id).standing
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.make, ten_a_week(home, amount=Money(10_00)))
    desk.do(commands.make, ten_a_week(home, replaces=standing.arrangement_id, version=standing.version))
    assert [row.state for row in rows(desk)] == [ArrangementState.CANCELLED, ArrangementState.LIVE]


def test_cancelled_with_a_reason_and_once(desk, home, agreed):
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.end, EndArrangement(agreed.arrangement_id, 1, " "))
    desk.do(commands.end, EndArrangement(agreed.arrangement_id, 1, "They moved to Direct Debit"))
    with pytest.raises(UserError, match="ended already"):
        desk.do(commands.end, EndArrangement(agreed.arrangement_id, 2, "Again"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": Money(0)}, "never clears"),
        ({"amount": Money(1)}, "never clears"),
        ({"starts_on": date(2036, 11, 27)}, "too far ahead"),
        ({"starts_on": date(2026, 9, 1)}, "more than a month ago"),
        ({"covered": (9_999,)}, "isn't theirs"),
        ({"note": "4111 1111 1111 1111"}, "card"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_kept(desk, home, changed, said):
    with pytest.raises(UserError, match=said):
        desk.do(commands.make, ten_a_week(home, **changed))
    assert rows(desk) == []


def test_nothing_owed_is_nothing_to_arrange(desk, home):
    pay(desk, home.account, 400.00, desk.clock.today())
    with pytest.raises(UserError, match="Nothing is owed"):
        desk.do(commands.make, ten_a_week(home))


def test_the_register_lists_who_is_furthest_behind_first(desk, home, agreed):
    other = desk.do(lettings.letting, "50.00", start_on=date(2026, 10, 26))
    charging.catch_up(desk, date(2026, 11, 23))
    later = at(desk, date(2026, 12, 11))
    charging.catch_up(later, date(2026, 12, 7))
    later_form = later.ask(queries.form, other.account.id)
    assert later_form.standing is None
    listed = later.ask(queries.listed, ArrangementFilter())
    assert [(row.reference, row.kept) for row in listed] == [(home.account.payment_reference, Kept.BROKEN)]
    assert later.ask(queries.counts) == {ArrangementShown.LIVE: 1, ArrangementShown.BEHIND: 1}
    assert later.ask(queries.listed, ArrangementFilter(ArrangementShown.ALL, "nobody")) == ()


def test_a_hundred_are_measured_in_as_many_statements_as_one(desk, home, agreed, query_log):
    desk.ask(queries.listed, ArrangementFilter())
    query_log.clear()
    desk.ask(queries.listed, ArrangementFilter())
    once = len(query_log)

    def many(ctx):
        for _ in range(30):
            made = lettings.letting(ctx, "10.00", start_on=date(2026, 10, 26))
            row = Arrangement(
                account_id=made.account.id,
                amount_pence=500,
                frequency=Frequency.MONTHLY,
                debt_pence=100_00,
                starts_on=FRIDAY,
                agreed_on=FRIDAY,
                direct_debit=True,
            )
            ctx.session.add(row)

    desk.do(many)
    query_log.clear()
    assert len(desk.ask(queries.listed, ArrangementFilter())) == 31
    assert len(query_log) <= once + 2
