from array import array
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, CodeKind, PropertyType, Tenure
from app.services.imports.dto import Table
from app.services.landlord_load.dto import CodeFact, Known, KnownAccount, KnownCharge, KnownProperty, KnownTenancy
from app.services.landlord_load.rules.charging import charged_kind, plan_charges
from app.services.landlord_load.rules.sheet import Lettings

START = date(2026, 4, 6)
WEEKS = st.lists(st.integers(0, 30), unique=True, max_size=5)


def known(standing):
    facts = Known(START, {"DBR": CodeFact("DBR", "Rent", CodeKind.CHARGE, allows_negative=False, active=True)})
    facts.properties["P1"] = KnownProperty(1, PropertyType.DWELLING, 1)
    facts.tenancies["T1"] = KnownTenancy(1, "P1", Tenure.SECURE, START, None)
    facts.accounts["T1", AccountKind.RENT] = KnownAccount(7, 0)
    facts.charges[7, "DBR"] = standing
    return facts


def table(weeks):
    count = len(weeks)
    columns = {
        "tenancy_ref": ["T1"] * count,
        "code": ["DBR"] * count,
        "amount": [100 + week for week in weeks],
        "from_date": [START + timedelta(weeks=week) for week in weeks],
    }
    return Table("Charges", array("l", range(2, count + 2)), columns)


@given(WEEKS, WEEKS)
def test_whatever_comes_after_what_there_is_one_amount_a_day_and_it_is_the_latest_begun(before, new):
    days = sorted(START + timedelta(weeks=week) for week in before)
    ends = [day - timedelta(days=1) for day in days[1:]] + [None]
    standing = [KnownCharge(i, 100, day, end) for i, (day, end) in enumerate(zip(days, ends[: len(days)], strict=True))]
    facts = known(standing)
    made, ended = plan_charges(table(new), facts, Lettings({}, facts), facts.accounts)
    closed = {charge.id: charge.to_on for charge in ended}
    spans = [(charge.from_on, closed.get(charge.id, charge.to_on)) for charge in standing]
    spans += [(charge.from_on, charge.to_on) for charge in made]
    begun = sorted(from_on for from_on, _ in spans)
    for week in range(32):
        on = START + timedelta(weeks=week)
        there = [from_on for from_on, to_on in spans if from_on <= on and (to_on is None or on <= to_on)]
        assert there == [day for day in begun if day <= on][-1:]


def test_a_charge_goes_to_the_sub_account_for_its_code_where_there_is_one():
    facts = known([])
    lettings = Lettings({}, facts)
    assert charged_kind("T1", "DGA", lettings, facts.accounts) is AccountKind.RENT
    facts.accounts["T1", AccountKind.GARAGE] = KnownAccount(8, 0)
    assert charged_kind("T1", "DGA", lettings, facts.accounts) is AccountKind.GARAGE
    assert charged_kind("T1", "DBR", lettings, facts.accounts) is AccountKind.RENT
