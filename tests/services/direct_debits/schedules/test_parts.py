"""What goes into an instalment, in figures worked by hand: 19 weeks are left, and four dates."""

from datetime import date

import pytest

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.holds import Hold, HoldStop
from app.models.values import ZERO, BenefitKind, ClaimState, Frequency, HoldKind, JournalKind, Money, PartKind, Stop
from app.services.charges.dto import Element, Span
from app.services.charges.facts import AccountFacts
from app.services.core.calendars import rent_year
from app.services.direct_debits.schedules import costs, queries, rules
from app.services.direct_debits.schedules.owed import owed
from app.services.holds.dto import Stopped
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.services.direct_debits.schedules.conftest import MONTHLY, home

TODAY, ENDS = date(2026, 11, 21), date(2027, 4, 4)


def work(desk, *accounts):
    return desk.ask(queries.preview, [each.id for each in accounts], MONTHLY)


def part(found, kind, account=None):
    """What the parts of a kind come to."""
    return Money(sum(p.amount.pence for p in found.parts if p.kind is kind and account in (None, p.account_id)))


def came(ctx, made, code, pence, on):
    """Benefit came on a day; what is owed is as it was."""
    balance = ctx.session.merge(made.account).balance_pence
    header = JournalHeader(JournalKind.RECEIPTS, ctx.clock.today(), "test", f"{code}:{on}")
    ledger.post(ctx, header, [Line(made.account.id, code, -pence, on, on)])
    owe(ctx, made, balance)


def owe(ctx, made, pence):
    ctx.session.get_one(Account, made.account.id).balance_pence = pence
    ctx.session.flush()


def claim(ctx, made, kind, pence, frequency=Frequency.WEEKLY, claimed_on=date(2026, 1, 10), **award):
    row = BenefitClaim(
        tenancy_id=made.tenancy.id,
        person_id=made.person.id,
        kind=kind,
        state=ClaimState.LIVE,
        claimed_on=claimed_on,
    )
    ctx.session.add(row)
    ctx.session.flush()
    values = {"from_on": claimed_on, "amount_pence": pence, "frequency": frequency, "to_landlord": True}
    ctx.session.add(BenefitAward(claim_id=row.id, **values | award))
    ctx.session.flush()
    return row


def test_charges_and_what_is_owed_over_the_dates_left(charged):
    """19 x 100.00 + 50.00 = 1,950.00, over four 487.50."""
    made = charged.do(home, balance=50_00)
    found = work(charged, made.account)
    assert (found.total, found.usual, found.count, found.forecast) == (Money(1_950_00), Money(487_50), 4, ZERO)
    assert [each.planned_on.month for each in found.planned] == [12, 1, 2, 3]
    assert (found.first_week_on, found.ends_on) == (date(2026, 11, 23), date(2027, 4, 4))
    assert found.parts[0].words == "19 weeks of £100.00"


def test_a_credit_lowers_it(charged):
    """1,900.00 - 100.00 = 1,800.00, over four 450.00."""
    assert work(charged, charged.do(home, balance=-100_00).account).usual == Money(450_00)


def test_a_change_dated_ahead_free_weeks_and_an_ending_are_in_the_weeks(charged):
    """Six weeks of 100.00 (23 November to 28 December), then 13 of 110.00, two of them free: 600.00 + 11 x 110.00 = 1,810.00.

    A tenancy that ends on Wednesday 6 January costs six weeks and 3/7 of 110.00 = 47.14: 647.14.
    """

    def dated(ctx, end_on=None):
        made = home(ctx, rent=None, end_on=end_on)
        lettings.charge(ctx, made.account, "DBR", "100.00", to_on=date(2027, 1, 3))
        lettings.charge(ctx, made.account, "DBR", "110.00", date(2027, 1, 4))
        return made

    going_on = charged.do(dated)
    charged.do(lettings.rent_group, free=(date(2027, 3, 22), date(2027, 3, 29)))
    found = work(charged, going_on.account)
    assert found.total == Money(1_810_00)
    assert found.parts[0].words == "6 weeks of £100.00 and 11 of £110.00, 2 rent-free"
    assert work(charged, charged.do(dated, end_on=date(2027, 1, 6)).account).total == Money(647_14)


def test_a_year_of_53_weeks_with_two_free_costs_51():
    year = rent_year(date(2024, 6, 1))
    always = Span(date(2020, 1, 6))
    free = frozenset(year.mondays()[-2:])
    facts = AccountFacts(1, 1, 1, always, None, (Element("DBR", Money(100_00), always),), free, ())
    found = costs.week_costs(facts, year.mondays())
    assert rules.charged(found) == 5_100_00
    assert found == (rules.WeekCost(100_00, 51), rules.WeekCost(0, 2, free=True))


def test_housing_benefit_is_taken_off_for_every_week_but_the_free_ones(charged):
    """19 weeks of 60.00 = 1,140.00 of 1,900.00: 760.00, over four 190.00. With a free week 18 of each: 720.00."""
    made = charged.do(home)
    charged.do(claim, made, BenefitKind.HOUSING_BENEFIT, 60_00)
    found = work(charged, made.account)
    assert (part(found, PartKind.HOUSING_BENEFIT), found.usual) == (Money(-1_140_00), Money(190_00))
    charged.do(lettings.rent_group, free=(date(2027, 3, 29),))
    assert work(charged, made.account).total == Money(720_00)


def test_benefit_that_comes_late_is_still_to_come_for_weeks_charged(charged):
    """It came last for the week of 2 November: those of the 9th and the 16th are charged and owed, and still to come.

    40.00 + 1,900.00 less 21 x 60.00 = 1,260.00: 680.00, where the balance of 120.00 is what benefit will pay.
    """
    made = charged.do(home)
    charged.do(claim, made, BenefitKind.HOUSING_BENEFIT, 60_00)
    header = JournalHeader(JournalKind.RECEIPTS, charged.clock.today(), "test", "late")
    line = Line(made.account.id, "RHB", Money(-60_00).pence, date(2026, 11, 2), date(2026, 11, 2))
    charged.do(ledger.post, header, [line])
    found = work(charged, made.account)
    assert part(found, PartKind.HOUSING_BENEFIT) == Money(-21 * 60_00)
    assert found.total == Money(1_900_00 - 60_00 - 21 * 60_00)


def test_only_the_payments_of_universal_credit_that_come_to_us_are_taken_off(charged):
    """100.00 x 52 / 12 = 433.33. Assessment periods from the 10th, paid seven days after: 16 December to 16 March, four.

    1,900.00 - 4 x 433.33 = 166.68, over four 41.67. What is paid to the tenant isn't taken off.
    """
    ours, theirs = charged.do(home), charged.do(home)
    charged.do(claim, ours, BenefitKind.UNIVERSAL_CREDIT, 433_33, Frequency.MONTHLY)
    charged.do(claim, theirs, BenefitKind.UNIVERSAL_CREDIT, 433_33, Frequency.MONTHLY, to_landlord=False)
    found = work(charged, ours.account)
    assert (part(found, PartKind.UNIVERSAL_CREDIT), found.usual) == (Money(-1_733_32), Money(41_67))
    assert found.parts[1].words == "4 payments of £433.33"
    assert work(charged, theirs.account).usual == Money(475_00)


def test_a_garage_beside_the_home_is_paid_with_it(charged):
    """1,900.00 + 19 x 17.80 = 338.20: 2,238.20, over four 559.55; benefit comes to the home alone."""
    made = charged.do(home)
    garage = charged.do(lettings.garage_letting, home=made)
    charged.do(claim, made, BenefitKind.HOUSING_BENEFIT, 60_00)
    found = work(charged, made.account, garage.account)
    assert found.total == Money(2_238_20 - 1_140_00)
    assert part(found, PartKind.HOUSING_BENEFIT, garage.account.id) == ZERO
    assert sum(s.amount.pence for p in found.planned for s in p.shares if s.account_id == garage.account.id) == 338_20
    assert work(charged, garage.account).total == Money(338_20)


def test_a_breathing_space_stops_the_arrears_while_rent_goes_on(charged):
    """1,900.00 over four is 475.00; the 412.86 is owed at the end of the year."""
    made = charged.do(home, balance=412_86)

    def hold(ctx):
        row = Hold(
            account_id=made.account.id,
            kind=HoldKind.BREATHING_SPACE,
            reason="BS-1",
            from_on=date(2026, 11, 16),
            to_on=date(2027, 1, 14),
            placed_by=ctx.officer.id,
        )
        ctx.session.add(row)
        ctx.session.flush()
        ctx.session.add(HoldStop(hold_id=row.id, stop=Stop.ARREARS_COLLECTION))

    charged.do(hold)
    found = work(charged, made.account)
    assert (found.usual, found.forecast) == (Money(475_00), Money(412_86))
    told = "£412.86 owed isn't collected: breathing space, until 14 Jan 2027"
    assert (found.parts[-1].amount, found.parts[-1].words) == (ZERO, told)
    assert found.left == (f"{made.account.payment_reference}: {told}.",)


def test_of_a_case_only_what_was_owed_at_its_application_stays_out():
    """412.86 is owed now, 300.00 was then: 112.86 of it is later rent. Of 200.00 that is left of it nothing is collected."""
    held = owed(1, Money(412_86), TODAY, ENDS, Stopped("BS-1", None, HoldKind.BREATHING_SPACE, 1), 300_00)
    assert [(part.kind, part.amount) for part in held.parts] == [
        (PartKind.BALANCE, ZERO),
        (PartKind.SINCE, Money(112_86)),
    ]
    assert (held.parts[0].words, held.kept) == ("£300.00 owed isn't collected: breathing space", Money(300_00))
    paid = owed(1, Money(200_00), TODAY, ENDS, Stopped("BS-1", None, HoldKind.BREATHING_SPACE, 1), 300_00)
    assert ([part.amount for part in paid.parts], paid.kept) == ([ZERO], Money(200_00))


def test_of_arrears_under_an_arrangement_only_its_instalments_are_collected(charged):
    """20.00 on the 1st of December to April is five: 1,900.00 + 100.00 = 2,000.00, over four 500.00; 312.86 is left.

    One that is paid beside the Direct Debit isn't in it.
    """
    made = charged.do(home, balance=412_86)

    def arrangement(ctx, **columns):
        row = Arrangement(
            account_id=made.account.id,
            amount_pence=20_00,
            frequency=Frequency.MONTHLY,
            debt_pence=412_86,
            agreed_on=date(2026, 11, 16),
            starts_on=date(2026, 12, 1),
            **columns,
        )
        ctx.session.add(row)
        ctx.session.flush()
        return row

    row = charged.do(arrangement)
    found = work(charged, made.account)
    assert part(found, PartKind.ARRANGEMENT) == Money(100_00)
    assert (found.usual, found.forecast) == (Money(500_00), Money(312_86))

    def beside(ctx):
        ctx.session.get_one(Arrangement, row.id).direct_debit = True

    charged.do(beside)
    found = work(charged, made.account)
    assert (found.usual, found.forecast) == (Money(475_00), Money(412_86))


@pytest.mark.parametrize(
    ("balance", "came_on", "count", "usual"),
    [
        (0, date(2026, 11, 20), 4, Money(41_67)),
        (433_33, None, 5, Money(41_67)),
        (433_33, date(2026, 11, 10), 5, Money(41_67)),
    ],
)
def test_universal_credit_a_day_or_two_early_is_counted_once(charged, balance, came_on, count, usual):
    """The claim of the 16th is paid on the 22nd, tomorrow: on the 20th already, and nothing is owed, or not yet.

    1,900.00 less the four payments from December to March, 1,733.32, is 166.68; with this month's 433.33, which is still
    owed and still to come, it comes to the same. What came on the 10th was another.
    """
    made = charged.do(home)
    charged.do(claim, made, BenefitKind.UNIVERSAL_CREDIT, 433_33, Frequency.MONTHLY, claimed_on=date(2026, 1, 16))
    if came_on is not None:
        charged.do(came, made, "RUC", 433_33, came_on)
    charged.do(owe, made, balance)
    found = work(charged, made.account)
    assert part(found, PartKind.UNIVERSAL_CREDIT) == Money(-count * 433_33)
    assert found.usual == usual


@pytest.mark.parametrize(("claimed_on", "count"), [(date(2026, 1, 13), 5), (date(2026, 1, 10), 4)])
def test_universal_credit_that_is_late_is_still_to_come_until_it_is_missed(charged, claimed_on, count):
    """Due on Thursday the 19th it is still to come on the 21st; due on Monday the 16th it is missed, and is owed."""
    made = charged.do(home, balance=433_33)
    charged.do(claim, made, BenefitKind.UNIVERSAL_CREDIT, 433_33, Frequency.MONTHLY, claimed_on=claimed_on)
    assert part(work(charged, made.account), PartKind.UNIVERSAL_CREDIT) == Money(-count * 433_33)
