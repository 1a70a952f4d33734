"""One collection skipped, moved, changed or added: where the rest goes, and what is refused."""

from datetime import date

import pytest

from app.models.access import RestrictedRecord
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionKind, CollectionState, Frequency, Money, Subject
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.direct_debits.schedules import commands, keeping, listing, queries
from app.services.direct_debits.schedules.dto import (
    AddCollection,
    ChangeCollection,
    ChangeTerms,
    CollectionFilter,
    CollectionView,
    MoveCollection,
    OddRest,
    SkipCollection,
    Terms,
)
from tests.prepared import prepared
from tests.services.direct_debits.schedules.conftest import bacs_closed


@prepared
def four(charged, planned):
    """A mandate of four collections of 475.00, and its first."""
    _, mandate_id = planned
    return mandate_id, charged.ask(queries.of_mandate, mandate_id).collections


def amounts(desk, mandate_id):
    return [each.amount.pence for each in desk.ask(queries.of_mandate, mandate_id).collections]


def test_skipped_the_others_take_it(charged, four):
    """1,900.00 over three: 633.33, the first of them 633.34; the skipped day stays skipped when it is worked out again."""
    mandate_id, rows = four
    done = charged.do(commands.skip, SkipCollection(rows[0].collection_id, rows[0].version, "No wages in December"))
    assert done.told == "Nothing is collected on 15 Dec 2026. The others are worked out again: 3 of £633.33."
    after = charged.ask(queries.of_mandate, mandate_id)
    assert [each.state for each in after.collections][:2] == [CollectionState.SKIPPED, CollectionState.PLANNED]
    assert amounts(charged, mandate_id) == [475_00, 633_34, 633_33, 633_33]
    charged.do(commands.recalculate, mandate_id, "Looked at again")
    assert amounts(charged, mandate_id) == [475_00, 633_34, 633_33, 633_33]


def test_skipped_it_can_be_left_for_the_end_of_the_year(charged, four):
    mandate_id, rows = four
    wanted = SkipCollection(rows[0].collection_id, rows[0].version, "Paid by card", OddRest.LEAVE)
    assert charged.do(commands.skip, wanted).told.endswith("The forecast for 4 Apr 2027 is £475.00 DR.")
    assert amounts(charged, mandate_id) == [475_00] * 4


def test_changed_the_others_take_the_rest(charged, four):
    """475.00 less 300.00 is 175.00: 1,600.00 over three is 533.33, the first of them 533.34."""
    mandate_id, rows = four
    wanted = ChangeCollection(rows[0].collection_id, rows[0].version, Money(300_00), "Less in December")
    charged.do(commands.change, wanted)
    assert amounts(charged, mandate_id) == [300_00, 533_34, 533_33, 533_33]
    shares = charged.ask(queries.of_mandate, mandate_id).collections[0].shares
    assert [each.amount for each in shares] == [Money(300_00)]


def test_moved_it_stays_of_its_day_and_moves_to_a_working_day(charged, four):
    mandate_id, rows = four
    done = charged.do(
        commands.move, MoveCollection(rows[0].collection_id, rows[0].version, date(2026, 12, 25), "Paid late")
    )
    assert done.told == "£475.00 is collected on 29 Dec 2026, not on 15 Dec 2026."
    charged.do(commands.recalculate, mandate_id, "Looked at again")
    moved = charged.ask(queries.of_mandate, mandate_id).collections[0]
    assert (moved.planned_on, moved.due_on) == (date(2026, 12, 15), date(2026, 12, 29))


def test_moved_to_a_day_that_bacs_is_closed_for_once_it_is_collected_on_the_next(charged, four):
    """Ten working days from Saturday 21 November 2026 end on Friday 4 December, and on Monday the 7th if one of them is closed."""
    mandate_id, rows = four
    charged.do(bacs_closed, date(2026, 12, 1), date(2027, 1, 20))
    with pytest.raises(UserError, match="4 Dec 2026 is too soon") as refused:
        charged.do(
            commands.move, MoveCollection(rows[0].collection_id, rows[0].version, date(2026, 12, 4), "Paid early")
        )
    assert refused.value.hint == "The first day possible is 7 Dec 2026."
    row = charged.ask(queries.of_mandate, mandate_id).collections[1]
    done = charged.do(commands.move, MoveCollection(row.collection_id, row.version, date(2027, 1, 20), "Paid late"))
    assert done.told == "£475.00 is collected on 21 Jan 2027, not on 15 Jan 2027."


def test_added_beside_the_schedule(charged, four):
    """60.00 is added: over the four 1,840.00 is 460.00 each if they are to take it, else the forecast is 60.00 in credit."""
    mandate_id, _ = four
    wanted = AddCollection(mandate_id, date(2026, 12, 31), Money(60_00), "Off the arrears", rest=OddRest.SPREAD)
    charged.do(commands.add, wanted)
    assert amounts(charged, mandate_id) == [460_00, 60_00, 460_00, 460_00, 460_00]
    added = charged.ask(queries.of_mandate, mandate_id).collections[1]
    assert (added.kind, added.by_hand) == (CollectionKind.ADDED, "Off the arrears")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (lambda row: SkipCollection(row.collection_id, row.version, " "), "in a few words"),
        (lambda row: MoveCollection(row.collection_id, row.version, date(2026, 12, 3), "Early"), "too soon"),
        (lambda row: MoveCollection(row.collection_id, row.version, date(2027, 1, 15), "Later"), "already"),
        (lambda row: ChangeCollection(row.collection_id, row.version, Money(0), "None"), "more than nothing"),
        (lambda row: ChangeCollection(row.collection_id, row.version, Money(9_000_00), "All"), "above the limit"),
        (lambda row: SkipCollection(row.collection_id, row.version, "Card 4111 1111 1111 1111"), "card number"),
    ],
)
def test_what_is_refused(charged, four, wanted, words):
    command = {SkipCollection: commands.skip, MoveCollection: commands.move, ChangeCollection: commands.change}
    made = wanted(four[1][0])
    with pytest.raises(UserError, match=words):
        charged.do(command[type(made)], made)
    assert amounts(charged, four[0]) == [475_00] * 4


def test_what_is_in_a_run_or_was_changed_meanwhile_is_refused(charged, four):
    _, rows = four
    with pytest.raises(ChangedMeanwhile):
        charged.do(commands.skip, SkipCollection(rows[0].collection_id, rows[0].version + 1, "No"))

    def taken(ctx):
        ctx.session.get_one(Collection, rows[0].collection_id).state = CollectionState.IN_RUN

    charged.do(taken)
    with pytest.raises(UserError, match="in a run"):
        charged.do(commands.skip, SkipCollection(rows[0].collection_id, rows[0].version + 1, "No"))


def test_another_day_must_be_one_of_the_policy(charged, four):
    mandate_id, _ = four
    with pytest.raises(UserError, match="Nothing is collected on day 3"):
        charged.do(
            commands.change_terms,
            ChangeTerms(mandate_id, Terms(Frequency.MONTHLY, 3, date(2026, 11, 21)), "Wages"),
        )
    wanted = ChangeTerms(mandate_id, Terms(Frequency.MONTHLY, 22, date(2026, 11, 21)), "Wages on the 20th")
    rehearsed = charged.ask(queries.rehearse_terms, wanted)
    done = charged.do(commands.change_terms, wanted)
    assert done.told == "Version 2: 4 of £475.00, the first £475.00."
    planned = charged.ask(queries.of_mandate, mandate_id).collections
    assert [each.planned_on for each in planned] == [each.planned_on for each in rehearsed.planned]


def test_the_list_of_the_office(charged, four):
    _, rows = four
    charged.do(commands.skip, SkipCollection(rows[0].collection_id, rows[0].version, "Paid by card", OddRest.LEAVE))
    every = CollectionFilter(CollectionView.PLANNED)
    ids = charged.ask(listing.ids, every)
    assert (len(ids), charged.ask(listing.totals, every).debit) == (3, Money(1_425_00))
    shown = charged.ask(listing.rows, ids)
    assert [each.due_on for each in shown] == [each.due_on for each in rows[1:]]
    assert (shown[0].payer, shown[0].changed_since_notice) == ("Alex Sample", False)
    assert charged.ask(listing.totals, CollectionFilter(CollectionView.UNTOLD)).count == 3
    days = charged.ask(listing.by_day, date(2027, 1, 1), date(2027, 2, 28))
    assert [(each.due_on, each.count, each.amount, each.told) for each in days] == [
        (date(2027, 1, 15), 1, Money(475_00), 0),
        (date(2027, 2, 15), 1, Money(475_00), 0),
    ]
    assert len(charged.ask(listing.ids, CollectionFilter(text="nobody"))) == 0
    assert len(charged.ask(listing.ids, CollectionFilter(text="sample", view=CollectionView.ALL))) == 4


def test_found_by_several_words_however_many_records_are_restricted(charged, four, query_log):
    """No statement names more than a thousand of them, nor any of them twice."""

    def restrict(ctx):
        closed = {"subject": Subject.ACCOUNT, "reason": "Made up", "restricted_at": ctx.clock.now()}
        made = [
            RestrictedRecord(subject_id=number, restricted_by=ctx.officer.id, **closed)
            for number in range(10**6, 10**6 + 1_100)
        ]
        ctx.session.add_all(made)

    charged.do(restrict)
    query_log.clear()
    wanted = CollectionFilter(CollectionView.PLANNED, "alex sample")
    assert len(charged.ask(listing.ids, wanted)) == 4
    assert max(each.count("?") for each in query_log) < 1_000


def test_told_of_a_day_that_bacs_is_closed_for_later_it_goes_on_the_next(charged, four):
    """Told of 1 December 2026, which is closed later: too near for another notice, it moves to the 2nd and counts as told."""
    mandate_id, rows = four
    day = date(2026, 12, 1)

    def told(ctx):
        row = ctx.session.get_one(Collection, rows[0].collection_id)
        row.due_on = row.noticed_due_on = day
        row.noticed_on, row.noticed_pence = date(2026, 11, 10), row.pence
        ctx.session.flush()
        return row.version

    version = charged.do(told)
    overdue = CollectionFilter(CollectionView.OVERDUE)
    assert len(charged.ask(listing.ids, overdue)) == 0
    charged.do(bacs_closed, day)
    assert list(charged.ask(listing.ids, overdue)) == [rows[0].collection_id]
    with pytest.raises(UserError, match="3 Dec 2026 is too soon"):
        charged.do(commands.move, MoveCollection(rows[0].collection_id, version, date(2026, 12, 3), "Bacs is closed"))
    charged.do(commands.move, MoveCollection(rows[0].collection_id, version, date(2026, 12, 2), "Bacs is closed"))
    moved = charged.ask(queries.of_mandate, mandate_id).collections[0]
    assert (moved.due_on, moved.noticed_due_on, moved.changed_since_notice) == (
        date(2026, 12, 2),
        date(2026, 12, 2),
        False,
    )


def test_explained_as_a_sum(charged, four):
    mandate_id, _ = four
    found = charged.ask(queries.explain, charged.ask(queries.of_mandate, mandate_id).schedule.schedule_id)
    assert [(line.label, line.words, line.amount) for line in found.lines] == [
        ("Charges", "19 weeks of £100.00", Money(1_900_00)),
        ("To collect", "", Money(1_900_00)),
        ("Over 4 dates", "4 of £475.00", Money(475_00)),
        ("At the end of the year", "forecast balance on 4 Apr 2027", Money(0)),
    ]
    assert found.said == "£1,900.00 over 4 collections of £475.00, monthly on the 15th."
    assert [each.due_on for each in charged.ask(queries.next_collections, mandate_id)] == [
        date(2026, 12, 15),
        date(2027, 1, 15),
        date(2027, 2, 15),
    ]


def test_what_is_presented_again_is_moved_within_a_month_of_the_first_time(charged, four):
    """It went for processing on 14 December 2026: a month later is Thursday 14 January, and the money moves on the 15th."""
    _, rows = four

    def back(ctx):
        for each in rows[:2]:
            ctx.session.get_one(Collection, each.collection_id).state = CollectionState.RETURNED
        once = keeping.plan_again(ctx, ctx.session.get_one(Collection, rows[0].collection_id), date(2026, 12, 23))
        once.state = CollectionState.RETURNED
        again = keeping.plan_again(ctx, once, date(2027, 1, 6))
        return again.id, again.version

    collection_id, version = charged.do(back)
    with pytest.raises(UserError, match="18 Jan 2027 is too late") as refused:
        charged.do(commands.move, MoveCollection(collection_id, version, date(2027, 1, 16), "After wages"))
    assert "The last day possible is 15 Jan 2027." in refused.value.hint
    done = charged.do(commands.move, MoveCollection(collection_id, version, date(2027, 1, 15), "After wages"))
    assert done.told.startswith("£475.00 is collected on 15 Jan 2027")
