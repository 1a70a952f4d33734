"""Versions made and replaced: what stays as it is, what the payer was told, and what goes with the mandate."""

from datetime import date

import pytest

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, CollectionShare, DebitSchedule
from app.models.values import (
    CollectionKind,
    CollectionState,
    Frequency,
    MandateState,
    Money,
    PartKind,
    ScheduleState,
)
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.direct_debits.mandates.ended import Turned
from app.services.direct_debits.schedules import commands, keeping, queries, recalculating, standing
from app.services.direct_debits.schedules.dto import ChangeCollection, OddRest, Scope, Terms
from tests.factories import lettings
from tests.services.direct_debits.schedules.conftest import MONTHLY, bacs_closed, home, mandate


def made(desk, balance=0, beside=(), **columns):
    """A home, its mandate, and its first schedule: 1,900.00 over four dates is 475.00 each."""
    letting = desk.do(home, balance=balance)

    def make(ctx):
        row = mandate(ctx, letting.account, *beside, **columns)
        keeping.make(ctx, row, MONTHLY, "Set up")
        return row

    return letting, desk.do(make)


def again(desk, row, terms=MONTHLY, reason="Rent changed"):
    return desk.do(lambda ctx: keeping.make(ctx, ctx.session.get_one(Mandate, row.id), terms, reason))


def collections(desk, row):
    return desk.ask(queries.of_mandate, row.id).collections


def rows(desk, row, *states):
    def read(ctx):
        found = ctx.session.query(Collection).filter_by(mandate_id=row.id).order_by(Collection.planned_on)
        return [(each.planned_on, each.pence) for each in found if each.state in states]

    return desk.ask(read)


def change(desk, collection_id, **columns):
    def write(ctx):
        each = ctx.session.get_one(Collection, collection_id)
        for name, value in columns.items():
            setattr(each, name, value)

    desk.do(write)


def test_the_first_version_plans_to_the_end_of_the_year(charged):
    letting, row = made(charged)
    found = charged.ask(queries.of_mandate, row.id)
    assert (found.schedule.number, found.schedule.usual, found.schedule.forecast) == (1, Money(475_00), Money(0))
    assert [each.amount for each in found.collections] == [Money(475_00)] * 4
    assert all(each.shares[0].account_id == letting.account.id for each in found.collections)
    assert [part.kind for part in found.schedule.parts] == [PartKind.CHARGES]


def test_a_new_version_keeps_the_rows_of_its_days_and_what_was_told(charged):
    """The rent rises to 110.00 on 4 January: 600.00 + 13 x 110.00 = 2,030.00, over four 507.50. The notice told 475.00."""
    letting, row = made(charged)
    before = collections(charged, row)
    told = {"noticed_on": date(2026, 11, 23), "noticed_due_on": date(2027, 1, 15), "noticed_pence": 475_00}
    change(charged, before[1].collection_id, **told)

    def dearer(ctx):
        charge = ctx.session.merge(letting.charges[0])
        charge.to_on = date(2027, 1, 3)
        ctx.session.flush()
        lettings.charge(ctx, letting.account, "DBR", "110.00", date(2027, 1, 4))

    charged.do(dearer)
    again(charged, row)
    after = collections(charged, row)
    assert [each.collection_id for each in after] == [each.collection_id for each in before]
    assert [each.amount for each in after] == [Money(507_50)] * 4
    assert [each.changed_since_notice for each in after] == [False, True, False, False]
    assert all(sum(share.amount.pence for share in each.shares) == each.amount.pence for each in after)
    new, old = charged.ask(queries.versions, row.id)
    assert (new.schedule.number, new.schedule.reason, old.schedule.state) == (
        2,
        "Rent changed",
        ScheduleState.SUPERSEDED,
    )
    assert [(each.kind, each.was, each.now) for each in new.moved] == [
        (PartKind.CHARGES, Money(1_900_00), Money(2_030_00))
    ]


def test_what_is_under_way_or_set_by_hand_stays_and_is_taken_off(charged):
    """475.00 is in a run and 300.00 set by hand: 1,900.00 - 775.00 = 1,125.00 over February and March, 562.50 each."""
    _, row = made(charged)
    first, second, *_ = collections(charged, row)
    change(charged, first.collection_id, state=CollectionState.IN_RUN)
    change(charged, second.collection_id, pence=300_00, by_hand="Asked for")

    def share(ctx):
        ctx.session.get_one(CollectionShare, (second.collection_id, second.shares[0].account_id)).pence = 300_00

    charged.do(share)
    again(charged, row)
    found = charged.ask(queries.of_mandate, row.id)
    assert [each.amount for each in found.collections] == [Money(475_00), Money(300_00), Money(562_50), Money(562_50)]
    taken = next(part for part in found.schedule.parts if part.kind is PartKind.TAKEN)
    assert (taken.amount, taken.words) == (Money(-775_00), "2 collections, 15 Dec 2026 to 15 Jan 2027")


def test_what_was_told_and_can_not_be_told_anew_stays(database, charged):
    """On 8 December the collection of the 15th was told: it goes as it is, and the others take what is owed more.

    19 x 100.00 + 90.00 - 475.00 = 1,515.00 over three is 505.00. (No week was charged since: the sum is the same 19 weeks.)
    """
    from app.services.core.clock import FixedClock
    from app.services.core.session import Desk

    letting, row = made(charged)
    told = {"noticed_on": date(2026, 11, 25), "noticed_due_on": date(2026, 12, 15), "noticed_pence": 475_00}
    change(charged, collections(charged, row)[0].collection_id, **told)
    later = Desk.sit_down(database, "officer", FixedClock(date(2026, 12, 8)))

    def owe(ctx):
        ctx.session.merge(letting.account).balance_pence = 90_00

    later.do(owe)
    again(later, row)
    assert [each.amount for each in collections(later, row)] == [Money(475_00), *[Money(505_00)] * 3]


def test_another_day_drops_the_old_days(charged):
    """On the 1st: January (due on the 4th), February and March, 1,900.00 over three: 633.33, the first 633.34."""
    _, row = made(charged)
    again(charged, row, Terms(Frequency.MONTHLY, 1, date(2026, 11, 21)), "Paid on the 28th")
    assert [each.amount for each in collections(charged, row)] == [Money(633_34), Money(633_33), Money(633_33)]
    assert collections(charged, row)[0].due_on == date(2027, 1, 4)
    assert len(rows(charged, row, CollectionState.DROPPED)) == 4


def test_a_mandate_that_waits_for_the_bank_begins_when_the_bank_is_ready(charged):
    """Nothing before 20 January: February and March, 950.00 each."""
    _, row = made(charged, collect_from=date(2027, 1, 20))
    assert [each.amount for each in collections(charged, row)] == [Money(950_00)] * 2


def test_nothing_to_collect_is_a_version_that_says_so(charged):
    _, row = made(charged, balance=-2_000_00)
    found = charged.ask(queries.of_mandate, row.id)
    assert (found.schedule.count, found.schedule.forecast, found.collections) == (0, Money(-100_00), ())


def test_a_mandate_that_ends_collects_nothing_and_goes_on_when_that_is_taken_back(charged):
    _, row = made(charged)
    over = Turned(row.id, row.account_id, MandateState.LIVE, MandateState.CANCELLED, "Asked for")
    charged.do(lambda ctx: keeping.follow(ctx, [over]))
    assert collections(charged, row) == ()
    assert charged.ask(lambda ctx: ctx.session.query(DebitSchedule).one().state) is ScheduleState.ENDED
    back = Turned(row.id, row.account_id, MandateState.CANCELLED, MandateState.LIVE, "")
    charged.do(lambda ctx: keeping.follow(ctx, [back]))
    found = charged.ask(queries.of_mandate, row.id)
    assert (found.schedule.number, len(found.collections)) == (2, 4)


def test_of_a_suspended_mandate_everything_waits(charged):
    _, row = made(charged)
    waits = Turned(row.id, row.account_id, MandateState.LIVE, MandateState.SUSPENDED, "Dispute")
    charged.do(lambda ctx: keeping.follow(ctx, [waits]))
    assert len(rows(charged, row, CollectionState.PLANNED)) == 4


def test_what_came_back_is_planned_again_with_the_same_shares(charged):
    _, row = made(charged)
    first = collections(charged, row)[0]
    change(charged, first.collection_id, state=CollectionState.RETURNED, returned_on=date(2026, 12, 17))

    def plan(ctx):
        return keeping.plan_again(ctx, ctx.session.get_one(Collection, first.collection_id), date(2026, 12, 26)).id

    new = charged.do(plan)
    found = next(each for each in collections(charged, row) if each.collection_id == new)
    assert (found.kind, found.again_of, found.due_on) == (CollectionKind.AGAIN, first.collection_id, date(2026, 12, 29))
    assert (found.amount, found.shares) == (first.amount, first.shares)


def test_days_that_bacs_is_closed_for_once_are_not_collected_on(charged):
    """The 15th of December is closed: it is collected on the 16th, and so is what comes back planned again."""
    charged.do(bacs_closed, date(2026, 12, 15))
    _, row = made(charged)
    first = collections(charged, row)[0]
    assert (first.planned_on, first.due_on) == (date(2026, 12, 15), date(2026, 12, 16))
    again = charged.do(
        lambda ctx: (
            keeping.plan_again(ctx, ctx.session.get_one(Collection, first.collection_id), date(2026, 12, 15)).due_on
        )
    )
    assert again == date(2026, 12, 16)


def test_a_day_that_is_closed_later_moves_what_was_planned_for_it(charged):
    _, row = made(charged)
    charged.do(bacs_closed, date(2027, 1, 15))
    assert [each.reference for each in charged.ask(recalculating.rehearse, Scope()).differences] == [row.reference]
    charged.do(commands.recalculate, row.id, "Bacs is closed on the 15th of January")
    assert [each.due_on for each in collections(charged, row)][:2] == [date(2026, 12, 15), date(2027, 1, 18)]


def test_a_mandate_that_is_over_gets_no_schedule(charged):
    letting = charged.do(home)
    with pytest.raises(UserError, match="nothing is collected by it"):
        charged.do(
            lambda ctx: keeping.make(
                ctx, mandate(ctx, letting.account, state=MandateState.CANCELLED), MONTHLY, "Set up"
            )
        )


def test_the_days_are_those_of_the_policy(desk):
    assert desk.ask(keeping.day_options) == (1, 8, 15, 22)


def test_a_run_that_took_a_collection_meanwhile_is_noticed(charged):
    _, row = made(charged)
    stands = charged.ask(lambda ctx: standing.read(ctx, (row.id,))[row.id])
    change(charged, collections(charged, row)[0].collection_id, state=CollectionState.IN_RUN)
    with pytest.raises(ChangedMeanwhile, match="A run took one of these"):
        charged.do(keeping.remake, stands, MONTHLY, "Rent changed")
    assert charged.ask(queries.of_mandate, row.id).schedule.number == 1


@pytest.mark.parametrize("rent", ["100.00", "0.00"])
def test_what_a_colleague_changed_meanwhile_stays(charged, rent):
    """Between reading and writing a colleague makes the first 300.00: neither changed by the schedule (525.00) nor dropped."""
    letting, row = made(charged)
    stands = charged.ask(lambda ctx: standing.read(ctx, (row.id,))[row.id])
    first = collections(charged, row)[0]
    wanted = ChangeCollection(first.collection_id, first.version, Money(300_00), "Less in December", OddRest.LEAVE)
    charged.do(commands.change, wanted)

    def costs(ctx):
        ctx.session.merge(letting.charges[0]).amount_pence = int(rent.replace(".", ""))
        ctx.session.merge(letting.account).balance_pence = 200_00

    charged.do(costs)
    with pytest.raises(ChangedMeanwhile, match="a colleague changed it"):
        charged.do(keeping.remake, stands, MONTHLY, "Rent changed")
    assert collections(charged, row)[0].amount == Money(300_00)
