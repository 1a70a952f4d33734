from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import Money, Tenure
from app.services.charges import rules
from app.services.charges.dto import ChargeLine, Element, GarageVat, Span

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)
ALWAYS = Span(date(2020, 4, 6))

PENCE = st.integers(min_value=-50_000, max_value=50_000).map(Money)
NEAR_DAYS = st.dates(min_value=MONDAY - timedelta(days=10), max_value=SUNDAY + timedelta(days=10))


@st.composite
def spans(draw):
    first = draw(NEAR_DAYS)
    length = draw(st.none() | st.integers(min_value=0, max_value=25))
    return Span(first, None if length is None else first + timedelta(days=length))


def rent(pence=11_842, span=ALWAYS, **flags):
    return Element("DBR", Money(pence), span, **flags)


def garage(pence=1_780, span=ALWAYS):
    return Element("DGA", Money(pence), span, vat=True)


def test_a_whole_week():
    assert rules.week_lines(MONDAY, ALWAYS, [rent()]) == (ChargeLine("DBR", Money(11_842), MONDAY),)


def test_a_tenancy_that_starts_on_wednesday_is_charged_five_days():
    # 118.42 x 5/7 = 84.5857...
    lines = rules.week_lines(MONDAY, Span(date(2026, 11, 25)), [rent()])
    assert lines == (ChargeLine("DBR", Money(8_459), date(2026, 11, 25), "5/7 of £118.42"),)


def test_a_tenancy_that_ends_on_tuesday_is_charged_two_days():
    # 118.42 x 2/7 = 33.8342...
    lines = rules.week_lines(MONDAY, Span(date(2020, 4, 6), date(2026, 11, 24)), [rent()])
    assert lines == (ChargeLine("DBR", Money(3_383), MONDAY, "2/7 of £118.42"),)


def test_the_part_week_is_shown_as_a_sum():
    assert str(rules.part_week(Money(11_842), 3)) == "£118.42 x 3/7 = £50.75"
    assert str(rules.part_week(Money(11_842), 7)) == "£118.42"


def test_a_charge_that_is_not_apportioned_is_charged_whole_for_a_started_week():
    insurance = Element("DCI", Money(150), ALWAYS, apportion=False)
    assert rules.week_lines(MONDAY, Span(SUNDAY), [insurance]) == (ChargeLine("DCI", Money(150), SUNDAY),)
    assert rules.week_lines(MONDAY, Span(SUNDAY + timedelta(days=1)), [insurance]) == ()


def test_a_rent_that_changes_on_thursday_is_charged_by_the_day_at_both():
    # 100.00 x 3/7 = 42.857..., 104.80 x 4/7 = 59.885...
    before = rent(10_000, Span(date(2020, 4, 6), date(2026, 11, 25)))
    after = rent(10_480, Span(date(2026, 11, 26)))
    assert rules.week_lines(MONDAY, ALWAYS, [after, before]) == (
        ChargeLine("DBR", Money(4_286), MONDAY, "3/7 of £100.00"),
        ChargeLine("DBR", Money(5_989), date(2026, 11, 26), "4/7 of £104.80"),
    )


def test_where_a_charge_that_is_not_apportioned_changes_in_the_week_the_earlier_amount_counts():
    before = Element("DCI", Money(150), Span(date(2020, 4, 6), date(2026, 11, 25)), apportion=False)
    after = Element("DCI", Money(180), Span(date(2026, 11, 26)), apportion=False)
    assert [line.amount.pence for line in rules.week_lines(MONDAY, ALWAYS, [before, after])] == [150]
    started_after_the_change = Span(date(2026, 11, 27))
    assert [line.amount.pence for line in rules.week_lines(MONDAY, started_after_the_change, [before, after])] == [180]


def test_a_free_week_leaves_only_what_has_no_free_weeks():
    water = Element("DWR", Money(900), ALWAYS, free_week=False)
    assert rules.week_lines(MONDAY, ALWAYS, [rent(), water], free=True) == (ChargeLine("DWR", Money(900), MONDAY),)


def test_garage_vat_is_a_sixth_of_the_price_and_a_line_of_its_own():
    # 17.80 / 6 = 2.9666...; 22.50 / 6 = 3.75
    assert rules.week_lines(MONDAY, ALWAYS, [garage()], vat=GarageVat.STANDARD, vat_basis_points=2_000) == (
        ChargeLine("DGA", Money(1_483), MONDAY, "with VAT"),
        ChargeLine("DVA", Money(297), MONDAY, "VAT on DGA"),
    )
    assert rules.vat_inside(Money(2_250), 2_000) == Money(375)
    assert rules.vat_inside(Money(2_350), 1_750) == Money(350)


def test_a_part_week_of_a_garage_with_vat():
    # 17.80 x 3/7 = 7.6285... -> 7.63; 7.63 / 6 = 1.2716... -> 1.27
    lines = rules.week_lines(
        MONDAY, Span(date(2026, 11, 27)), [garage()], vat=GarageVat.STANDARD, vat_basis_points=2_000
    )
    assert [(line.code, line.amount.pence, line.narrative) for line in lines] == [
        ("DGA", 636, "3/7 of £17.80, with VAT"),
        ("DVA", 127, "VAT on DGA"),
    ]


def test_our_own_tenant_pays_no_vat_and_the_same_price():
    assert rules.week_lines(MONDAY, ALWAYS, [garage()], vat=GarageVat.TENANT, vat_basis_points=2_000) == (
        ChargeLine("DGA", Money(1_780), MONDAY),
    )


@pytest.mark.parametrize(
    ("near", "home", "expected"),
    [
        (True, Tenure.SECURE, GarageVat.TENANT),
        (True, Tenure.INTRODUCTORY, GarageVat.TENANT),
        (True, Tenure.LEASEHOLD, GarageVat.LEASEHOLDER),
        (True, Tenure.FREEHOLD, GarageVat.STANDARD),
        (True, None, GarageVat.STANDARD),
        (False, Tenure.SECURE, GarageVat.STANDARD),
        (False, Tenure.LEASEHOLD, GarageVat.STANDARD),
        (False, None, GarageVat.STANDARD),
    ],
)
def test_garage_vat_by_who_holds_the_home(near, home, expected):
    assert rules.garage_vat(near=near, home=home) is expected
    assert expected.charged is (expected is GarageVat.STANDARD)
    assert expected.label


def test_a_void_costs_the_last_lettings_charges_that_are_charged_in_void():
    ended = date(2026, 11, 24)
    elements = [
        rent(charged_in_void=True),
        Element("DSC", Money(500), ALWAYS),
        Element("DHE", Money(700), Span(date(2020, 4, 6), date(2026, 10, 1)), charged_in_void=True),
        Element("DCI", Money(150), ALWAYS, apportion=False, charged_in_void=True),
    ]
    void = Span(ended + timedelta(days=1), None)
    # 118.42 x 5/7 = 84.5857...
    assert rules.void_lines(MONDAY, void, elements, property_ref="D-17") == (
        ChargeLine("DBR", Money(8_459), date(2026, 11, 25), "Void D-17, 5/7 of £118.42"),
    )
    next_week = MONDAY + timedelta(days=7)
    assert rules.void_lines(next_week, void, elements, property_ref="D-17") == (
        ChargeLine("DBR", Money(11_842), next_week, "Void D-17"),
        ChargeLine("DCI", Money(150), next_week, "Void D-17"),
    )
    assert rules.void_lines(next_week, void, elements, free=True) == ()


def test_a_void_that_is_let_in_the_week_ends_the_day_before():
    void = Span(date(2026, 11, 2), date(2026, 11, 26))
    # 100.00 x 4/7 = 57.142...
    lines = rules.void_lines(MONDAY, void, [rent(10_000, charged_in_void=True)])
    assert [line.amount.pence for line in lines] == [5_714]


def test_charge_week_rent_from_the_regulated_figure():
    # 52 weeks of 100.00 in 50 charge weeks: 5,200 / 50 = 104.00
    assert rules.charge_week_rent(Money(10_000), 52, 50) == Money(10_400)
    # 53 weeks of 100.00 with two free: 5,300 / 51 = 103.9215...
    assert rules.charge_week_rent(Money(10_000), 53, 51) == Money(10_392)
    # 48 charge weeks: 5,200 / 48 = 108.3333...
    assert rules.charge_week_rent(Money(10_000), 52, 48) == Money(10_833)


@given(st.integers(min_value=0, max_value=100_000).map(Money), st.sampled_from([52, 53]), st.integers(44, 52))
def test_a_year_of_charge_weeks_is_the_regulated_rent_to_half_a_penny_a_week(regulated, weeks, charge_weeks):
    charged = rules.charge_week_rent(regulated, weeks, charge_weeks)
    assert abs((charged * charge_weeks - regulated * weeks).pence) * 2 <= charge_weeks


@given(PENCE, st.integers(min_value=0, max_value=7))
def test_a_part_week_and_the_rest_of_the_week_are_the_week(weekly, days):
    assert rules.part_week(weekly, days).amount + rules.part_week(weekly, 7 - days).amount == weekly


@given(PENCE, spans(), spans(), st.booleans(), st.sampled_from(GarageVat))
def test_lines_add_up_to_the_part_week(weekly, tenancy, span, apportion, vat):
    element = Element("DGA", weekly, span, apportion=apportion, vat=True)
    days = rules.days_in_week(MONDAY, tenancy, span)
    lines = rules.week_lines(MONDAY, tenancy, [element], vat=vat, vat_basis_points=2_000)
    expected = rules.part_week(weekly, days, apportion=apportion).amount
    assert sum(line.amount.pence for line in lines) == expected.pence
    assert all(MONDAY <= line.effective_on <= SUNDAY for line in lines)


@given(spans(), st.integers(min_value=1, max_value=20), PENCE)
def test_tenant_and_void_days_never_overlap(tenancy, gap, weekly):
    if tenancy.last is None:
        return
    void = Span(tenancy.last + timedelta(days=1), tenancy.last + timedelta(days=gap))
    days = rules.days_in_week(MONDAY, tenancy) + rules.days_in_week(MONDAY, void)
    assert days <= 7
    element = Element("DBR", weekly, Span(tenancy.first), charged_in_void=True)
    charged = [*rules.week_lines(MONDAY, tenancy, [element]), *rules.void_lines(MONDAY, void, [element])]
    if days == 7:
        assert sum(line.amount.pence for line in charged) == weekly.pence
