"""What an officer leaves for the end of the year stays left, however often the instalment is worked out again."""

from datetime import date

import pytest

from app.models.accounts import Account
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionKind, CollectionState, Money, PartKind
from app.services.direct_debits.schedules import commands, keeping, queries, recalculating
from app.services.direct_debits.schedules.dto import AddCollection, ChangeCollection, OddRest, Scope, SkipCollection
from tests.prepared import prepared


@prepared
def four(charged, planned):
    """A home, its mandate, and its four collections of 475.00."""
    made, mandate_id = planned
    return made, mandate_id, charged.ask(queries.of_mandate, mandate_id).collections


def skip(row):
    return commands.skip, SkipCollection(row.collection_id, row.version, "Asked for", OddRest.LEAVE)


def less(row):
    return commands.change, ChangeCollection(row.collection_id, row.version, Money(300_00), "Asked for", OddRest.LEAVE)


def more(row):
    return commands.add, AddCollection(row.mandate_id, date(2026, 12, 31), Money(60_00), "Asked for")


@pytest.mark.parametrize(
    ("change", "left", "total"), [(skip, 475_00, 1425_00), (less, 175_00, 1425_00), (more, -60_00, 1900_00)]
)
def test_nothing_differs_and_the_sum_adds_up(charged, four, change, left, total):
    """Skipped: 1,900.00 less 475.00 left; changed: less 300.00 and 175.00 left; added: less 60.00, and 60.00 more."""
    _, mandate_id, rows = four
    charged.do(*change(rows[0]))
    assert charged.ask(recalculating.rehearse, Scope()).differences == ()
    for _ in range(2):
        found = charged.ask(queries.of_mandate, mandate_id)
        of = found.schedule
        assert sum(part.amount.pence for part in of.parts) == of.total.pence == of.count * of.usual.pence == total
        assert (of.usual, of.forecast) == (Money(475_00), Money(left))
        assert [part.amount.pence for part in of.parts if part.kind is PartKind.LEFT] == [-left]
        charged.do(commands.recalculate, mandate_id, "Looked at again")


def test_what_moves_besides_is_worked_out_without_it(charged, four):
    """30.00 is owed: over three of them 485.00 each, and still 475.00 is left."""
    made, _, rows = four
    charged.do(*skip(rows[0]))

    def owes(ctx):
        ctx.session.get_one(Account, made.account.id).balance_pence = 30_00

    charged.do(owes)
    (found,) = charged.ask(recalculating.rehearse, Scope()).differences
    assert (found.was, found.now, found.forecast) == (Money(475_00), Money(485_00), Money(475_00))
    assert found.reasons == ("The balance moved: £30.00 more is owed than worked out.",)


def test_the_next_year_collects_it(charged, four):
    """52 x 100.00 and the 475.00 that was left: 5,675.00 over twelve is 472.92."""
    _, mandate_id, rows = four
    charged.do(*skip(rows[0]))
    charged.do(commands.recalculate_all, [mandate_id], next_year=True)
    of = charged.ask(queries.of_mandate, mandate_id).schedule
    assert (of.usual, of.forecast) == (Money(472_92), Money(0))
    assert charged.ask(recalculating.rehearse, Scope()).differences == ()


@pytest.mark.parametrize("kind", [CollectionKind.AGAIN, CollectionKind.ADDED])
def test_what_is_collected_beside_a_regular_one_does_not_take_its_place(charged, four, kind):
    """475.00 came back and is presented again on 15 January: that day has its regular one too, 1,425.00 over four."""
    made, mandate_id, rows = four

    def back(ctx):
        first = ctx.session.get_one(Collection, rows[0].collection_id)
        first.state, first.returned_on = CollectionState.RETURNED, date(2026, 12, 17)
        keeping.plan_again(ctx, first, date(2027, 1, 15)).kind = kind
        ctx.session.get_one(Account, made.account.id).balance_pence = 0

    charged.do(back)
    charged.do(commands.recalculate, mandate_id, "Looked at again")
    found = charged.ask(queries.of_mandate, mandate_id).collections
    assert [(each.due_on, each.amount.pence) for each in found if each.kind is CollectionKind.SCHEDULED][-3:] == [
        (date(2027, 1, 15), 356_25),
        (date(2027, 2, 15), 356_25),
        (date(2027, 3, 15), 356_25),
    ]
    assert [(each.due_on, each.amount) for each in found if each.kind is kind] == [(date(2027, 1, 15), Money(475_00))]
