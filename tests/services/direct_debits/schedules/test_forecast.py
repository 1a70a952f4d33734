"""Whatever is owed, held, under an arrangement or on its way: the forecast is what is left when all that is planned is paid."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Frequency, HoldKind, Money
from app.services.arrangements.rules import plan
from app.services.charges.dto import Element, Span
from app.services.charges.facts import AccountFacts
from app.services.direct_debits.schedules import working
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.schedules.gathering import AccountNow, Basis
from app.services.direct_debits.schedules.owed import Arranged
from app.services.holds.dto import Stopped

TODAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
ALWAYS = Span(date(2020, 1, 6))
HELD = Stopped("BS-1", date(2027, 1, 14), HoldKind.BREATHING_SPACE, 1)


def basis(weekly, balances, held, frozen, instalment, debt, ahead):
    """Accounts of so much a week that owe so much; the first is held, or pays an arrangement off by the month."""
    each, starts_on, every = Money(instalment or 1_00), date(2026, 12, 1), Frequency.MONTHLY
    told = plan(Money(debt), each, every, starts_on, longest_years=200) if debt else None
    arranged = Arranged(told, each, every, starts_on, None, bool(held), ((0, 1),))
    facts = AccountFacts(0, 1, 1, ALWAYS, None, (Element("DBR", Money(weekly), ALWAYS),), frozenset(), ())
    return Basis(
        today=TODAY,
        next_week=MONDAY,
        stated=(),
        pay_days=7,
        accounts={at: AccountNow(f"R{at}", pence, None) for at, pence in enumerate(balances)},
        facts={0: facts},
        weekly={},
        monthly={},
        held={0: HELD} if held and not debt else {},
        frozen={0: frozen} if frozen is not None else {},
        arranged={0: arranged} if instalment else {},
        ahead={0: ahead},
    )


@given(
    st.integers(0, 300_00),
    st.lists(st.integers(-3_000_00, 3_000_00), min_size=1, max_size=3),
    st.booleans(),
    st.none() | st.integers(0, 1_000_00),
    st.none() | st.integers(1_00, 100_00),
    st.none() | st.integers(1, 2_000_00),
    st.integers(0, 500_00),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 500_00)), max_size=4),
    st.sampled_from(Frequency),
)
def test_the_forecast_is_what_is_left_when_all_is_paid(
    weekly, balances, held, frozen, instalment, debt, ahead, taken, frequency
):
    on_their_way = tuple(
        working.OnItsWay(TODAY + timedelta(days=ahead), TODAY + timedelta(days=ahead), ((0, pence),))
        for ahead, pence in taken
    )
    asked = working.Question(
        tuple(range(len(balances))), Terms(frequency, 1, TODAY), date(2026, 12, 9), Money(1_00), taken=on_their_way
    )
    found = working.work(basis(weekly, balances, held, frozen, instalment, debt, ahead), asked)
    mondays = (found.ends_on - MONDAY).days // 7 + 1
    collected = sum(each.amount.pence for each in found.planned)
    owed = sum(balances) + weekly * mondays - sum(pence for _, pence in taken)
    assert found.forecast.pence == owed - collected
    assert not {each.due_on for each in found.planned} & {each.due_on for each in on_their_way}
