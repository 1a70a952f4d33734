"""This year's instalments once the schedule of the next rent year is made: worked out first, and the next from them."""

from datetime import date

from app.models.accounts import Account
from app.models.values import BenefitKind, Frequency, MandateState, Money, ScheduleState
from app.services.direct_debits import of_account
from app.services.direct_debits.mandates.ended import Turned
from app.services.direct_debits.schedules import commands, keeping, queries, recalculating
from app.services.direct_debits.schedules.dto import ChangeTerms, Scope, SkipCollection, Terms
from tests.prepared import prepared
from tests.services.direct_debits.schedules.test_parts import claim


@prepared
def both(charged, planned):
    """Four of 475.00 until April 2027 and twelve of 433.33 after it, the first of those 433.37 (52 x 100.00)."""
    made, mandate_id = planned
    charged.do(commands.recalculate_all, [mandate_id], next_year=True)
    return made, mandate_id


def amounts(desk, mandate_id):
    return [each.amount.pence for each in desk.ask(queries.of_mandate, mandate_id).collections]


def test_a_benefit_lowers_both_years(charged, both):
    """90.00 a week of Housing Benefit leaves 19 x 10.00 over four, 47.50 each, and 52 x 10.00 over twelve: 43.33."""
    made, mandate_id = both
    charged.do(claim, made, BenefitKind.HOUSING_BENEFIT, 90_00)
    found = charged.ask(recalculating.rehearse, Scope())
    (told,) = found.differences
    assert (found.looked, told.was, told.now, told.count, told.next_on) == (
        1,
        Money(475_00),
        Money(47_50),
        4,
        date(2026, 12, 15),
    )
    assert told.reasons == (
        "Housing Benefit pays £1,710.00, not £0.00.",
        "The schedule until 2 Apr 2028 follows: £43.33 each, not £433.33.",
    )
    assert charged.do(commands.recalculate_all, [mandate_id]).told == "1 schedule recalculated."
    assert amounts(charged, mandate_id) == [*[47_50] * 4, 43_37, *[43_33] * 11]
    assert charged.ask(recalculating.rehearse, Scope()).differences == ()
    versions = charged.ask(queries.versions, mandate_id)
    assert [(each.schedule.number, each.schedule.ends_on.year, each.schedule.state) for each in versions[:2]] == [
        (4, 2028, ScheduleState.CURRENT),
        (3, 2027, ScheduleState.SUPERSEDED),
    ]


def test_on_accounts_the_year_that_is_collected_is_explained(charged, both):
    made, mandate_id = both
    (debit,) = charged.ask(of_account.of_account, made.account.id).mandates
    assert debit.explained.said == "£1,900.00 over 4 collections of £475.00, monthly on the 15th."
    assert charged.ask(queries.of_mandate, mandate_id).schedule.ends_on == date(2028, 4, 2)


def test_one_that_an_officer_works_out_again_changes_both(charged, both):
    """40.00 is owed: 1,940.00 over four is 485.00; the next year stays as it is."""
    made, mandate_id = both

    def owes(ctx):
        ctx.session.get_one(Account, made.account.id).balance_pence = 40_00

    charged.do(owes)
    assert charged.do(commands.recalculate, mandate_id, "A charge").told.endswith("4 of £485.00, the first £485.00.")
    assert amounts(charged, mandate_id) == [*[485_00] * 4, 433_37, *[433_33] * 11]


def test_skipped_the_others_of_this_year_take_it(charged, both):
    _, mandate_id = both
    first = charged.ask(queries.of_mandate, mandate_id).collections[0]
    charged.do(commands.skip, SkipCollection(first.collection_id, first.version, "No wages"))
    assert amounts(charged, mandate_id)[:6] == [475_00, 633_34, 633_33, 633_33, 433_37, 433_33]


def test_other_terms_are_of_both_years(charged, both):
    """On the 1st: from January to March three of 633.33, and from April twelve."""
    _, mandate_id = both
    first = Terms(Frequency.MONTHLY, 1, date(2026, 11, 21))
    charged.do(commands.change_terms, ChangeTerms(mandate_id, first, "Paid on the last of the month"))
    found = charged.ask(queries.of_mandate, mandate_id).collections
    assert [(each.planned_on, each.amount.pence) for each in found][:4] == [
        (date(2027, 1, 1), 633_34),
        (date(2027, 2, 1), 633_33),
        (date(2027, 3, 1), 633_33),
        (date(2027, 4, 1), 433_37),
    ]
    assert len(found) == 15


def test_what_goes_on_again_is_collected_this_year(charged, both):
    made, mandate_id = both

    def back(ctx):
        keeping.drop(ctx, mandate_id)
        keeping.follow(ctx, [Turned(mandate_id, made.account.id, MandateState.CANCELLED, MandateState.LIVE, "")])

    charged.do(back)
    assert amounts(charged, mandate_id) == [475_00] * 4
