"""The six years of each week, and whose authority an amount needs: figures by hand."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.values import AccountKind, HoldKind, Money
from app.services.adjustments.write_offs import conditions, rules
from app.services.adjustments.write_offs.conditions import Larger
from app.services.adjustments.write_offs.dto import (
    Authorities,
    Band,
    Debt,
    Debtor,
    Elsewhere,
    Facts,
    Insolvency,
    Movement,
    NewCase,
    OwedPart,
    ReasonRow,
)

TODAY = date(2026, 11, 21)
BANDS = Authorities(Money(50_00), Money(5_000_00), Money(10_000_00), Money(50_000_00), {})
LARGER = Larger(Money(200_00), 2, 56)


def due(on, pence=100_00):
    return Movement(on, pence)


def paid(on, pence):
    return Movement(on, -pence, paid=True)


def test_credits_pay_the_oldest_week_first_and_each_week_has_its_own_six_years():
    moves = [due(date(2020, 3, 2)), due(date(2020, 3, 9)), due(date(2020, 11, 23)), Movement(date(2020, 4, 1), -130_00)]
    parts = rules.owed_parts(moves, payment_restarts=True)
    assert parts == (
        OwedPart(date(2020, 3, 9), Money(70_00), date(2026, 3, 9)),
        OwedPart(date(2020, 11, 23), Money(100_00), date(2026, 11, 23)),
    )
    assert [part.barred(TODAY) for part in parts] == [True, False]
    assert rules.barred(parts, TODAY) == Money(70_00)
    assert rules.barred(parts, TODAY, Money(50_00)) == Money(50_00)
    assert rules.by_year(parts) == (("2019/20", Money(70_00)), ("2020/21", Money(100_00)))


def test_a_payment_or_an_acknowledgement_starts_the_time_anew_unless_it_had_run_out():
    moves = [due(date(2016, 1, 4)), due(date(2019, 1, 7)), paid(date(2023, 5, 1), 10_00)]
    late, anew = rules.owed_parts(moves, payment_restarts=True)
    assert (late.last_on, anew.last_on) == (date(2022, 1, 4), date(2029, 5, 1))
    late, anew = rules.owed_parts(moves, payment_restarts=False)
    assert anew.last_on == date(2025, 1, 7)
    _, anew = rules.owed_parts(moves, payment_restarts=False, acknowledged_on=date(2024, 2, 29))
    assert anew.last_on == date(2030, 2, 28)


@given(
    st.lists(
        st.tuples(st.dates(date(2015, 1, 1), TODAY), st.integers(-500_00, 500_00).filter(bool), st.booleans()),
        max_size=20,
    )
)
@settings(max_examples=25)
def test_what_is_still_owed_adds_up_to_the_balance(lines):
    parts = rules.owed_parts([Movement(*each) for each in lines], payment_restarts=True)
    assert sum(part.amount.pence for part in parts) == max(0, sum(pence for _, pence, _ in lines))
    assert rules.barred(parts, TODAY).pence <= sum(part.amount.pence for part in parts)


@pytest.mark.parametrize(
    ("pence", "band"),
    [
        (49_99, Band.SMALL),
        (50_00, Band.OFFICER),
        (4_999_99, Band.OFFICER),
        (5_000_00, Band.SECTION_151),
        (9_999_99, Band.SECTION_151),
        (10_000_00, Band.MEMBER),
        (49_999_99, Band.MEMBER),
        (50_000_00, Band.CABINET),
    ],
)
def test_the_bands_of_welwyn_hatfield(pence, band):
    assert rules.band_of(Money(pence), BANDS) is band
    assert rules.band_of(Money(pence), BANDS, deficit=True) is Band.COUNCIL


def test_what_comes_back_is_what_stands_in_credit_the_first_write_off_first():
    assert rules.comes_back(50_00, -50_00, [30_00, 100_00]) == (30_00, 20_00)
    assert rules.comes_back(50_00, -20_00, [100_00]) == (20_00,)
    assert rules.comes_back(50_00, 10_00, [100_00]) == (0,)


def reason(key="untraced", **said):
    values = {
        "title": "A reason",
        "explained": "",
        "most": None,
        "least_letters": 0,
        "least_days": 0,
        "needs_trace": False,
        "needs_evidence": "",
        "for_current": False,
        "for_joint": True,
        "discharges": False,
        "unenforceable": False,
    }
    return ReasonRow(key, **values | said)


def facts(balance=120_00, parts=(), **said):
    debt = Debt(1, "70000001", "Sample", AccountKind.FORMER_TENANT, Money(balance), parts)
    values = {"ended_on": date(2025, 3, 30), "debts": (debt,), "elsewhere": (), "debtors": (Debtor(1, "Alex"),)}
    return Facts(TODAY, 1, "T00001", **values | said)


def case(pence=120_00, **said):
    return NewCase("k", 1, "untraced", {1: Money(pence)}, **said)


def met(found, new, why):
    return {each.what: each.met for each in conditions.findings(found, new, why, LARGER) if each.met is not None}


def test_letters_by_the_reason_and_more_of_them_for_a_larger_debt():
    why = reason(least_letters=1, least_days=28)
    written = {"letters": 1, "last_letter_on": date(2026, 10, 20)}
    assert met(facts(**written), case(), why) == {"Tenancy": True, "Letters": True, "Time since the last letter": True}
    larger = met(facts(200_00, **written), case(), why)
    assert (larger["Letters"], larger["Time since the last letter"]) == (False, False)
    assert met(facts(), case(), why)["Time since the last letter"] is False


def test_trace_evidence_size_and_current_tenants():
    why = reason(needs_trace=True, needs_evidence="The papers", most=Money(50_00))
    assert met(facts(), case(), why) == {"Tenancy": True, "Size of the debt": False, "Trace": False, "Evidence": False}
    ready = met(facts(49_00, evidence=1), case(49_00, trace="Agency, 3 Oct 2026: not found"), why)
    assert all(ready.values())
    assert met(facts(ended_on=None), case(), reason())["Tenancy"] is False
    assert met(facts(ended_on=None), case(), reason(for_current=True))["Tenancy"] is True
    traced = (Elsewhere(9, "70000009", AccountKind.RENT, Money(0), live=True),)
    assert met(facts(elsewhere=traced), case(), reason())["Other tenancies"] is False


def test_joint_tenants_come_first_and_a_joint_debt_is_not_written_off_for_one_death():
    both = (Debtor(1, "Alex", died_on=date(2026, 1, 5)), Debtor(2, "Sam"))
    assert met(facts(debtors=both), case(), reason("deceased", for_joint=False))["Joint tenants"] is False
    alone = (Debtor(1, "Alex", died_on=date(2026, 1, 5)),)
    assert "Joint tenants" not in met(facts(debtors=alone), case(), reason("deceased", for_joint=False))
    assert met(facts(debtors=both), case(), reason())["Joint tenants"] is False
    assert met(facts(debtors=both), case(joint_pursued=True), reason())["Joint tenants"] is True


def test_insolvency_ends_what_was_owed_at_the_order_and_no_more():
    order = Insolvency(HoldKind.DEBT_RELIEF_ORDER, "DRO 1", date(2025, 9, 1), True, {1: Money(100_00)})
    why = reason("debt_relief", for_current=True, for_joint=False, discharges=True)
    assert met(facts(), case(), why)["Debt relief order"] is False
    assert met(facts(insolvencies=(order,)), case(120_00), why)["Debt at the order"] is False
    found = met(facts(insolvencies=(order,)), case(100_00), why)
    assert (found["Debt relief order"], found["Debt at the order"], found["Year of the order"]) == (True, True, True)


def test_out_of_time_means_all_of_it():
    parts = (
        OwedPart(date(2019, 1, 7), Money(80_00), date(2025, 1, 7)),
        OwedPart(date(2022, 1, 3), Money(40_00), date(2028, 1, 3)),
    )
    why = reason("statute_barred", unenforceable=True)
    assert met(facts(parts=parts), case(120_00), why)["Out of time"] is False
    assert met(facts(parts=parts), case(80_00), why)["Out of time"] is True


def test_a_hold_and_a_credit_elsewhere_stand_in_the_way():
    credit = (Elsewhere(9, "70000009", AccountKind.GARAGE, Money(-25_00), live=False),)
    found = met(facts(stopped={1: "In dispute"}, elsewhere=credit), case(), reason())
    assert (found["Hold"], found["Credit elsewhere"]) == (False, False)
