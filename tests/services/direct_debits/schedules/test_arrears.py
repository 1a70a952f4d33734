"""What of arrears stays out as time passes, in figures worked by hand: nothing changed comes to the same instalment."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.direct_debits.schedules import Collection
from app.models.holds import Hold, HoldCase, HoldDebt, HoldStop
from app.models.values import (
    ZERO,
    BenefitKind,
    CollectionState,
    Frequency,
    HoldKind,
    Money,
    PartKind,
    Stop,
)
from app.services.arrangements.rules import plan
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.direct_debits.schedules import keeping, queries, recalculating
from app.services.direct_debits.schedules.dto import Scope
from app.services.direct_debits.schedules.owed import Arranged, owed
from app.services.holds.dto import Stopped
from tests.services.direct_debits.schedules.conftest import MONTHLY, charged_until, home, mandate
from tests.services.direct_debits.schedules.test_parts import came, claim, part, work

TODAY, ENDS = date(2026, 11, 21), date(2027, 4, 4)
DEBT = plan(Money(1_000_00), Money(50_00), Frequency.MONTHLY, date(2026, 12, 1))


def arranged(*, beside, paid=ZERO, weights=((1, 1_000_00),)):
    """50.00 a month off 1,000.00 from 1 December."""
    return Arranged(DEBT, Money(50_00), Frequency.MONTHLY, date(2026, 12, 1), None, beside, weights, paid)


def sums(found):
    return {each.kind: each.amount for each in found.parts}


def scheduled(desk, *, beside):
    """A mandate of a home that owes 1,000.00 under that arrangement."""
    made = desk.do(home, balance=1_000_00)

    def make(ctx):
        row = Arrangement(
            account_id=made.account.id,
            amount_pence=50_00,
            frequency=Frequency.MONTHLY,
            debt_pence=1_000_00,
            agreed_on=date(2026, 11, 16),
            starts_on=date(2026, 12, 1),
            direct_debit=beside,
        )
        ctx.session.add(row)
        payer = mandate(ctx, made.account)
        keeping.make(ctx, payer, MONTHLY, "Set up")
        return payer.id

    return made, desk.do(make)


def later(database, made, on, monday, balance, state):
    """A desk on a day, the weeks until a Monday's charged, something owed, and the collection of 15 December so far."""
    desk = Desk.sit_down(database, "officer", FixedClock(on))

    def write(ctx):
        charged_until(ctx, monday)
        ctx.session.get_one(Account, made.account.id).balance_pence = balance
        ctx.session.query(Collection).filter_by(planned_on=date(2026, 12, 15)).one().state = state

    desk.do(write)
    return desk


@pytest.mark.parametrize(
    ("beside", "usual", "in_run", "posted"),
    [(True, Money(475_00), 1_250_00, 875_00), (False, Money(537_50), 1_300_00, 862_50)],
)
def test_nothing_changed_is_the_same_under_an_arrangement(charged, database, beside, usual, in_run, posted):
    """1,900.00 over four is 475.00; with the five instalments until April 2,150.00 over four is 537.50.

    On 11 December three weeks are charged (300.00), the 50.00 is paid beside, and the first collection is in a run: what was
    charged goes in and what is on its way comes off. On the 18th a fourth week is charged and it is posted: 75.00 of 475.00,
    137.50 of 537.50, pays for weeks to come (of which 50.00 is for December's instalment).
    """
    made, mandate_id = scheduled(charged, beside=beside)
    assert charged.ask(queries.of_mandate, mandate_id).schedule.usual == usual
    desk = later(database, made, date(2026, 12, 11), date(2026, 12, 7), in_run, CollectionState.IN_RUN)
    assert desk.ask(recalculating.rehearse, Scope()).differences == ()
    desk = later(database, made, date(2026, 12, 18), date(2026, 12, 14), posted, CollectionState.POSTED)
    assert desk.ask(recalculating.rehearse, Scope()).differences == ()


def test_what_was_charged_since_is_told_beside_the_instalments():
    """By 11 December 1,300.00 is owed: 750.00 falls due after April, 200.00 until then, and 350.00 is owed besides."""
    found = owed(1, Money(1_300_00), date(2026, 12, 11), ENDS, arranged=arranged(beside=False))
    assert sums(found) == {PartKind.ARRANGEMENT: Money(200_00), PartKind.SINCE: Money(350_00)}
    assert (found.parts[1].words, found.kept) == ("owed of what was charged since", Money(750_00))


def test_a_lump_sum_off_the_debt_is_no_credit_for_the_rent():
    """500.00 came beside: 500.00 is left of the debt, and of the 800.00 owed 300.00 is rent."""
    found = owed(1, Money(800_00), date(2026, 12, 11), ENDS, arranged=arranged(beside=True, paid=Money(500_00)))
    assert (sums(found)[PartKind.SINCE], found.kept) == (Money(300_00), Money(500_00))


@pytest.mark.parametrize(("on", "left"), [(1, 1_000_00), (7, 1_000_00), (8, 950_00)])
def test_an_instalment_paid_beside_is_missed_when_its_days_of_grace_are_over(on, left):
    """December's 50.00 was due on the 1st; the arrangement is tested seven days after, from when it is owed as rent is."""
    each = replace(arranged(beside=True), grace_days=7)
    assert owed(1, Money(1_000_00), date(2026, 12, on), ENDS, arranged=each).kept == Money(left)


def test_less_owed_than_the_plan_leaves_lowers_the_sum_by_no_more_than_was_collected_ahead():
    """950.00 should be left and 700.00 is owed: of the 250.00 less, 100.00 may be rent that the last collection paid ahead."""
    each = arranged(beside=True)
    found = owed(1, Money(700_00), date(2026, 12, 11), ENDS, arranged=each, ahead=Money(100_00))
    assert (sums(found)[PartKind.SINCE], found.kept) == (Money(-100_00), Money(800_00))
    assert found.parts[1].words == "paid ahead of what was charged"
    found = owed(1, Money(700_00), date(2026, 12, 11), ENDS, arranged=each)
    assert (sums(found), found.kept) == ({PartKind.ARRANGEMENT: ZERO}, Money(700_00))


def test_of_several_accounts_each_has_its_part():
    """600.00 of the debt is here: of 750.00 that falls due after April 450.00, and of 250.00 until then 150.00."""
    both = arranged(beside=False, weights=((1, 600_00), (2, 400_00)))
    found = owed(1, Money(600_00), TODAY, ENDS, arranged=both)
    assert (sums(found), found.kept) == ({PartKind.ARRANGEMENT: Money(150_00)}, Money(450_00))


def hold(ctx, account, pence=None, applied_on=date(2026, 11, 16), to_on=None):
    """Arrears aren't collected, for a case that protects so much, or for none."""
    case_id = None
    if pence is not None:
        case = HoldCase(
            kind=HoldKind.BREATHING_SPACE,
            reference="BS-1",
            applied_on=applied_on,
            notified_on=applied_on,
            start_on=applied_on,
            made_at=ctx.clock.now(),
            made_by=ctx.officer.id,
        )
        ctx.session.add(case)
        ctx.session.flush()
        case_id = case.id
        ctx.session.add(HoldDebt(case_id=case_id, account_id=account.id, pence=pence, added_on=applied_on))
    row = Hold(
        account_id=account.id,
        kind=HoldKind.BREATHING_SPACE,
        reason="BS-1",
        from_on=date(2026, 11, 16),
        to_on=to_on,
        placed_by=ctx.officer.id,
        case_id=case_id,
    )
    ctx.session.add(row)
    ctx.session.flush()
    ctx.session.add(HoldStop(hold_id=row.id, stop=Stop.ARREARS_COLLECTION))
    ctx.session.flush()


def test_of_two_holds_the_one_that_protects_most_counts(charged):
    """Of 500.00 owed one case protects 100.00 without end, another 300.00 until January; a hold without a case all of it."""
    made = charged.do(home, balance=500_00)
    charged.do(hold, made.account, 100_00)
    charged.do(hold, made.account, 300_00, to_on=date(2027, 1, 14))
    found = work(charged, made.account)
    assert (part(found, PartKind.SINCE), found.forecast) == (Money(200_00), Money(300_00))
    charged.do(hold, made.account, to_on=date(2026, 12, 31))
    found = work(charged, made.account)
    assert (part(found, PartKind.SINCE), found.forecast) == (ZERO, Money(500_00))


@pytest.mark.parametrize(
    ("applied_on", "since", "usual"), [(date(2026, 11, 16), ZERO, 190_00), (date(2026, 10, 26), Money(200_00), 210_00)]
)
def test_late_benefit_for_arrears_that_are_held_lowers_them_and_not_the_rent(charged, applied_on, since, usual):
    """60.00 came last for the week of 2 November; 500.00 is owed, of which the weeks of the 9th and the 16th bring 120.00.

    Held since the 16th, 380.00 of it stays, and 19 weeks of 40.00 over four are 190.00. Held since October 300.00 stays, and
    the 120.00 pays of the 200.00 charged since: 760.00 + 80.00 = 840.00, over four 210.00.
    """
    made = charged.do(home, balance=500_00)
    charged.do(claim, made, BenefitKind.HOUSING_BENEFIT, 60_00)
    charged.do(came, made, "RHB", 60_00, date(2026, 11, 2))
    charged.do(hold, made.account, 500_00 - since.pence, applied_on)
    found = work(charged, made.account)
    assert (part(found, PartKind.SINCE), found.usual) == (since, Money(usual))


def test_without_a_case_too():
    held = Stopped("Disputed", None, HoldKind.DISPUTE, 1)
    found = owed(1, Money(500_00), TODAY, ENDS, held, late=Money(120_00))
    assert (sums(found), found.kept) == ({PartKind.BALANCE: ZERO}, Money(380_00))


def test_universal_credit_that_is_overdue_lowers_what_is_held(charged):
    """433.33 was due on the 19th; of 500.00 owed and all held 66.67 is left, and four payments to come pay of the rent."""
    made = charged.do(home, balance=500_00)
    claimed = date(2026, 1, 13)
    charged.do(claim, made, BenefitKind.UNIVERSAL_CREDIT, 433_33, Frequency.MONTHLY, claimed_on=claimed)
    charged.do(hold, made.account)
    found = work(charged, made.account)
    assert part(found, PartKind.UNIVERSAL_CREDIT) == Money(-4 * 433_33)
    assert found.forecast == Money(66_67)
