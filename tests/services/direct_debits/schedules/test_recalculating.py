"""Instalments worked out again: what differs, why, and for whom it is left out."""

from datetime import date

import pytest

from app.models.access import DeclaredAccount, RestrictedRecord
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.values import BenefitKind, CollectionState, Money, Relation, Subject
from app.services.core import access
from app.services.core.clock import FixedClock
from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.direct_debits.schedules import commands, keeping, queries, recalculating
from app.services.direct_debits.schedules.dto import Scope
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.direct_debits.schedules.conftest import MONTHLY, charged_until, home, mandate
from tests.services.direct_debits.schedules.test_parts import claim


@prepared
def three(charged):
    """Three homes with mandates of 475.00 each (19 x 100.00 over four)."""
    homes = [charged.do(home) for _ in range(3)]

    def make(ctx):
        made = [mandate(ctx, each.account) for each in homes]
        for row in made:
            keeping.make(ctx, row, MONTHLY, "Set up")
        return [row.id for row in made]

    return homes, charged.do(make)


def rehearse(desk, **scope):
    return desk.ask(recalculating.rehearse, Scope(**scope))


def dearer(desk, letting):
    """The rent is 110.00 from 4 January 2027: 600.00 + 13 x 110.00 = 2,030.00, over four 507.50."""

    def write(ctx):
        ctx.session.merge(letting.charges[0]).to_on = date(2027, 1, 3)
        ctx.session.flush()
        lettings.charge(ctx, letting.account, "DBR", "110.00", date(2027, 1, 4))

    desk.do(write)


def owes(desk, letting, pence):
    def write(ctx):
        ctx.session.merge(letting.account).balance_pence = pence

    desk.do(write)


def test_where_nothing_changed_nothing_differs(charged, three):
    assert rehearse(charged) == recalculating.Rehearsal(3, ())


def test_nor_after_weeks_charged_and_a_collection(database, charged, three):
    """On 4 January seven more weeks are charged (700.00 owed) and 475.00 was collected: 225.00 + 12 x 100.00 over three is 475."""
    homes, _ = three
    later = Desk.sit_down(database, "officer", FixedClock(date(2027, 1, 4)))

    def collected(ctx):
        charged_until(ctx, date(2027, 1, 4))
        for each in ctx.session.query(Collection).filter_by(planned_on=date(2026, 12, 15)):
            each.state = CollectionState.POSTED
        for each in ctx.session.query(Collection).filter_by(planned_on=date(2027, 1, 15)):
            each.noticed_on, each.noticed_due_on, each.noticed_pence = date(2026, 11, 25), each.due_on, each.pence

    later.do(collected)
    for each in homes:
        owes(later, each, 225_00)
    assert rehearse(later).differences == ()


def test_a_dearer_rent_says_so(charged, three):
    homes, ids = three
    dearer(charged, homes[1])
    (found,) = rehearse(charged).differences
    assert (found.mandate_id, found.was, found.now, found.count) == (ids[1], Money(475_00), Money(507_50), 4)
    told = (
        "Charges from 23 Nov 2026 come to £2,030.00, not £1,900.00: 6 weeks of £100.00 and 13 of £110.00, before 19 weeks"
        " of £100.00."
    )
    assert found.reasons == (told,)


def test_a_benefit_the_balance_and_a_return_say_so(charged, three):
    """19 x 60.00 of benefit; 80.00 owed; and 475.00 that came back, which is owed again: 475.00 + 1,900.00 over four."""
    homes, ids = three
    charged.do(claim, homes[0], BenefitKind.HOUSING_BENEFIT, 60_00)
    owes(charged, homes[1], 80_00)
    owes(charged, homes[2], 475_00)

    def came_back(ctx):
        first = ctx.session.query(Collection).filter_by(mandate_id=ids[2], planned_on=date(2026, 12, 15)).one()
        first.state, first.returned_on = CollectionState.RETURNED, date(2026, 12, 17)

    charged.do(came_back)
    told = {each.mandate_id: each.reasons for each in rehearse(charged).differences}
    assert told[ids[0]] == ("Housing Benefit pays £1,140.00, not £0.00.",)
    assert told[ids[1]] == ("The balance moved: £80.00 more is owed than worked out.",)
    assert "A collection of £475.00 came back on 17 Dec 2026." in told[ids[2]]


def test_those_that_move_are_written_and_the_others_are_not(charged, three):
    homes, ids = three
    dearer(charged, homes[0])
    done = charged.do(commands.recalculate_all, ids)
    assert (done.count, done.left, done.told) == (1, 0, "1 schedule recalculated.")
    assert charged.ask(queries.of_mandate, ids[0]).schedule.number == 2
    assert charged.ask(queries.of_mandate, ids[1]).schedule.number == 1
    assert rehearse(charged).differences == ()
    assert charged.do(commands.recalculate_all, ids).count == 0


def test_cancelled_halfway_nothing_is_written(charged, three):
    homes, ids = three
    dearer(charged, homes[0])
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(Cancelled):
        charged.run(commands.recalculate_all, no_progress, stopped, ids)
    assert charged.ask(queries.of_mandate, ids[0]).schedule.number == 1


def test_the_schedules_of_the_next_year_go_on_from_what_stands(charged, three):
    """71 weeks of 100.00 from 23 November to the end of 2027-28, less the four of 475.00 to come: 5,200.00 over twelve.

    11 x 433.33 = 4,766.63, so that the first, on 15 April 2027, is 433.37; the four of this year stay.
    """
    _, ids = three
    (found,) = rehearse(charged, mandate_ids=(ids[0],), next_year=True).differences
    assert (found.was, found.now, found.first, found.count, found.next_on) == (
        Money(475_00),
        Money(433_33),
        Money(433_37),
        12,
        date(2027, 4, 15),
    )
    assert charged.do(commands.recalculate_all, ids[:1], next_year=True).count == 1
    after = charged.ask(queries.of_mandate, ids[0])
    assert [each.amount for each in after.collections[:5]] == [*[Money(475_00)] * 4, Money(433_37)]
    assert after.schedule.forecast == Money(0)
    assert [part.words for part in after.schedule.parts] == [
        "19 weeks of £100.00, to 4 Apr 2027",
        "52 weeks of £100.00",
        "4 collections, 15 Dec 2026 to 15 Mar 2027",
    ]
    assert rehearse(charged).differences == ()


def test_an_own_account_is_left_for_a_colleague_and_a_restricted_one_has_no_name(charged, three):
    homes, ids = three
    for each in homes:
        owes(charged, each, 40_00)

    def mark(ctx):
        me = ctx.officer.id
        own = {"account_id": homes[0].account.id, "relation": Relation.OWN, "from_on": date(2026, 1, 1)}
        ctx.session.add(DeclaredAccount(officer_id=me, declared_by=me, **own))
        closed = {"subject": Subject.ACCOUNT, "subject_id": homes[1].account.id, "reason": "Made up"}
        ctx.session.add(RestrictedRecord(restricted_by=me, restricted_at=ctx.clock.now(), **closed))

    charged.do(mark)
    found = {each.mandate_id: each for each in rehearse(charged).differences}
    assert [bool(found[each].refused) for each in ids] == [True, False, False]
    assert [found[each].name for each in ids[1:]] == [access.RESTRICTED_NAME, "Mx Alex Sample"]
    done = charged.do(commands.recalculate_all, ids)
    assert (done.count, done.left) == (2, 1)
    assert done.told == "2 schedules recalculated. 1 left for a colleague."


def test_a_fixed_number_of_statements_however_many(charged, three, query_log):
    _, ids = three
    query_log.clear()
    rehearse(charged, mandate_ids=ids[:1])
    one = len(query_log)
    query_log.clear()
    rehearse(charged, mandate_ids=ids)
    assert len(query_log) == one


def test_a_suspended_mandate_is_not_looked_at(charged, three):
    _, ids = three

    def suspend(ctx):
        ctx.session.get_one(Mandate, ids[0]).state = "suspended"

    charged.do(suspend)
    assert rehearse(charged).looked == 2


def test_mandates_without_a_schedule_are_named(charged, three):
    letting = charged.do(home)
    named = charged.do(lambda ctx: (row := mandate(ctx, letting.account)) and (row.id, row.reference))
    assert rehearse(charged).without == (named[1],)
    found = rehearse(charged, mandate_ids=(named[0],))
    assert (found.looked, found.differences, found.without) == (0, (), (named[1],))
    assert rehearse(charged, mandate_ids=tuple(three[1])).without == ()
