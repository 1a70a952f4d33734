"""The charge run's SQL says of every account exactly what the rules say."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import mssql

from app.models.codes import PostingRule, TransactionCode
from app.models.values import Fund, Money, Tenure
from app.services.charges import rules
from app.services.charges.dto import ChargeLine, Element, GarageVat, Span
from app.services.charges.lines import week_lines
from app.services.charges.runs import plan_of
from tests.factories import lettings

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)
LONG_AGO = date(2020, 4, 6)

# Rent, insurance (not apportioned, no free weeks), temporary accommodation (no free weeks), WaterSure (a credit).
CODES = {"DBR": 1, "DCI": 1, "DTA": 1, "DWW": -1}

near_days = st.dates(min_value=MONDAY - timedelta(days=9), max_value=SUNDAY + timedelta(days=4))
amounts = st.integers(min_value=0, max_value=30_000)


@st.composite
def histories(draw, sign=1):
    """Charges of one code, each closed the day before the next begins."""
    starts = sorted(draw(st.sets(near_days, min_size=1, max_size=3)))
    ends = [start - timedelta(days=1) for start in starts[1:]]
    last = draw(st.none() | st.integers(min_value=0, max_value=12).map(lambda days: starts[-1] + timedelta(days=days)))
    return [(sign * draw(amounts), Span(first, end)) for first, end in zip(starts, [*ends, last], strict=True)]


@st.composite
def tenancies(draw):
    first = draw(st.just(LONG_AGO) | near_days)
    length = draw(st.none() | st.integers(min_value=0, max_value=20))
    return Span(first, None if length is None else max(first, MONDAY - timedelta(days=9)) + timedelta(days=length))


def expected(account_id, lines):
    return Counter((account_id, line.code, line.amount.pence, line.effective_on, line.narrative) for line in lines)


def elements(ctx, charges):
    flags = {row.code: row for row in ctx.session.scalars(select(TransactionCode))}
    return [
        Element(
            code,
            Money(pence),
            span,
            apportion=flags[code].apportion,
            free_week=flags[code].free_week,
            vat=flags[code].vat,
            charged_in_void=flags[code].charged_in_void,
        )
        for code, pence, span in charges
    ]


class UndoneError(Exception):
    """Raised at the end of an example, so that the next one starts from an empty database."""


def check(desk, build):
    """Build an example, compare, and undo it."""

    def command(ctx):
        wanted = build(ctx)
        ctx.session.flush()
        rows = ctx.session.execute(week_lines(plan_of(ctx, MONDAY))).all()
        assert {row.rent_week for row in rows} <= {MONDAY}
        got = Counter((row.account_id, row.code, row.pence, row.effective_on, row.narrative) for row in rows)
        assert got == wanted
        raise UndoneError

    with pytest.raises(UndoneError):
        desk.do(command)


def add_charges(ctx, account, charges):
    for code, pence, span in charges:
        lettings.charge(ctx, account, code, f"{pence / 100:.2f}", span.first, span.last)


EXAMPLES = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@EXAMPLES
@given(tenancy=tenancies(), free=st.booleans(), data=st.data())
def test_part_weeks_changed_charges_and_free_weeks(desk, tenancy, free, data):
    charges = [
        (code, pence, span)
        for code, sign in CODES.items()
        for pence, span in (data.draw(histories(sign)) if data.draw(st.booleans()) else [])
    ]

    def build(ctx):
        lettings.rent_group(ctx, "GEN", free=[MONDAY] if free else [])
        made = lettings.letting(ctx, None, start_on=tenancy.first, end_on=tenancy.last)
        add_charges(ctx, made.account, charges)
        lines = rules.week_lines(MONDAY, tenancy, elements(ctx, charges), free=free)
        return expected(made.account.id, lines) + void_lines(ctx, made, tenancy.last, None, charges, free=free)

    check(desk, build)


def void_lines(ctx, made, ended, next_start, charges, *, free):
    if ended is None:
        return Counter()
    control = ctx.session.get_one(PostingRule, ("void_loss", Fund.HRA)).account_id
    void = Span(ended + timedelta(days=1), next_start - timedelta(days=1) if next_start else None)
    lines = rules.void_lines(MONDAY, void, elements(ctx, charges), free=free, property_ref=made.property.ref)
    return expected(control, lines)


@EXAMPLES
@given(
    ended=near_days,
    gap=st.none() | st.integers(min_value=1, max_value=12),
    free=st.booleans(),
    rent=histories(),
    garage=st.booleans(),
)
def test_voids(desk, ended, gap, free, rent, garage):
    next_start = ended + timedelta(days=gap) if gap else None

    def build(ctx):
        code = "DGA" if garage else "DBR"
        lettings.rent_group(ctx, "GEN", free=[MONDAY] if free else [])
        lettings.rent_group(ctx, "GAR", free=[MONDAY] if free else [])
        if garage:
            prop = lettings.garage(ctx)
            made = lettings.letting(ctx, None, prop=prop, tenure=Tenure.GARAGE, start_on=LONG_AGO, end_on=ended)
        else:
            made = lettings.letting(ctx, None, start_on=LONG_AGO, end_on=ended)
        charges = [(code, pence, span) for pence, span in rent]
        add_charges(ctx, made.account, charges)
        if next_start:
            lettings.letting(ctx, None, prop=made.property, start_on=next_start)
        lines = rules.week_lines(
            MONDAY,
            Span(LONG_AGO, ended),
            elements(ctx, charges),
            free=free,
            vat=GarageVat.STANDARD if garage else GarageVat.TENANT,
            vat_basis_points=2_000,
        )
        return expected(made.account.id, lines) + void_lines(ctx, made, ended, next_start, charges, free=free)

    check(desk, build)


HOME_TENURES = [Tenure.SECURE, Tenure.AFFORDABLE, Tenure.LEASEHOLD, Tenure.FREEHOLD, Tenure.OTHER]
homes = st.tuples(st.booleans(), st.booleans(), st.sampled_from(HOME_TENURES), tenancies())


@EXAMPLES
@given(goes_with=st.lists(homes, max_size=2), garage=tenancies(), price=amounts)
def test_garage_vat(desk, goes_with, garage, price):
    """It goes with none, one or two homes, each near or not, held by the same people or not: one that spares it is enough."""

    def build(ctx):
        people = [lettings.person(ctx, "Alex")]
        made = lettings.garage_letting(
            ctx, f"{price / 100:.2f}", people=people, start_on=garage.first, end_on=garage.last
        )
        spared = False
        for near, same, tenure, span in goes_with:
            holders = people if same else [lettings.person(ctx, "Other")]
            home = lettings.letting(ctx, None, people=holders, tenure=tenure, start_on=span.first, end_on=span.last)
            lettings.go_with(ctx, made.tenancy, home.tenancy, near=near)
            held = same and rules.days_in_week(MONDAY, span)
            spared = spared or not rules.garage_vat(near=near, home=tenure if held else None).charged
        vat = GarageVat.TENANT if spared else GarageVat.STANDARD
        charges = [("DGA", price, Span(garage.first))]
        lines = rules.week_lines(MONDAY, garage, elements(ctx, charges), vat=vat, vat_basis_points=2_000)
        return expected(made.account.id, lines) + void_lines(ctx, made, garage.last, None, charges, free=False)

    check(desk, build)


def test_a_parking_space_on_a_tenants_own_account_bears_no_vat_and_a_freeholders_does(desk):
    def build(ctx):
        tenant = lettings.letting(ctx, None, DPP="6.00")
        freeholder = lettings.letting(ctx, None, tenure=Tenure.FREEHOLD, DPP="6.00")
        return expected(tenant.account.id, [ChargeLine("DPP", Money(600), MONDAY)]) + expected(
            freeholder.account.id,
            [ChargeLine("DPP", Money(500), MONDAY, "with VAT"), ChargeLine("DVA", Money(100), MONDAY, "VAT on DPP")],
        )

    check(desk, build)


def test_a_joint_tenant_of_the_home_has_the_garage_without_vat(desk):
    def build(ctx):
        joint = lettings.person(ctx, "Joint")
        dwelling = lettings.letting(ctx, None, people=[lettings.person(ctx), joint])
        made = lettings.garage_letting(ctx, home=dwelling, people=[joint])
        return expected(made.account.id, [ChargeLine("DGA", Money(1_780), MONDAY)])

    check(desk, build)


def test_a_sold_home_and_one_let_again_are_not_void_and_a_void_of_the_general_fund_has_its_own_control(desk):
    def build(ctx):
        ended = MONDAY - timedelta(days=8)
        lettings.letting(ctx, tenure=Tenure.LEASEHOLD, end_on=ended)
        again = lettings.letting(ctx, "90.00", end_on=ended)
        current = lettings.letting(ctx, "95.00", prop=again.property, start_on=ended + timedelta(days=1))
        lettings.rent_group(ctx, "TMP", Fund.GENERAL)
        temporary = lettings.letting(ctx, "80.00", group="TMP", end_on=ended)
        control = ctx.session.get_one(PostingRule, ("void_loss", Fund.GENERAL)).account_id
        narrative = f"Void {temporary.property.ref}"
        return expected(current.account.id, [ChargeLine("DBR", Money(9_500), MONDAY)]) + expected(
            control, [ChargeLine("DBR", Money(8_000), MONDAY, narrative)]
        )

    check(desk, build)


def test_a_closed_account_is_charged_no_more(desk):
    def build(ctx):
        made = lettings.letting(ctx, DSC="4.50")
        sundry = lettings.account(ctx, made.tenancy, closed_on=MONDAY - timedelta(days=1))
        lettings.charge(ctx, sundry, "DOT", "3.00")
        return expected(
            made.account.id,
            [ChargeLine("DBR", Money(10_000), MONDAY), ChargeLine("DSC", Money(450), MONDAY)],
        )

    check(desk, build)


def test_the_statement_compiles_on_sql_server(desk):
    statement = week_lines(desk.ask(plan_of, MONDAY))
    compiled = statement.compile(dialect=mssql.dialect(), compile_kwargs={"render_postcompile": True})
    assert "LIMIT" not in str(compiled)
    assert "||" not in str(compiled)
    assert 0 < len(re.findall(r":[a-z]\w*", str(compiled))) < 1_000


def test_no_tenancy_means_no_lines(desk):
    check(desk, lambda ctx: Counter())
