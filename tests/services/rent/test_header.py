from datetime import date, timedelta

import pytest

from app.models.arrangements import Arrangement
from app.models.holds import Flag, Hold
from app.models.properties import RentYear
from app.models.values import AccountKind, HoldKind, Money, PropertyType, Tenure
from app.services.core.errors import UserError
from app.services.rent import header as headers
from app.services.rent.dto import Link
from tests.factories import lettings
from tests.prepared import prepared

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def set_balance(ctx, account, pence):
    ctx.session.get_one(type(account), account.id).balance_pence = pence
    ctx.session.flush()


@prepared
def home(desk):
    def build(ctx):
        lettings.rent_group(ctx, "GEN", free=[date(2026, 12, 21), date(2027, 3, 29), date(2028, 1, 3)])
        made = lettings.letting(ctx, "98.10", who=("Zoe", "Sample"), DSC="4.50", DCI="1.20")
        set_balance(ctx, made.account, 12_345)
        return made

    return desk.do(build)


def test_who_where_and_what_is_charged(desk, home):
    header = desk.ask(headers.account_header, home.account.id)
    assert (header.reference, header.name) == (home.account.payment_reference, "Mx Zoe Sample")
    assert (header.tenancy_ref, header.tenure) == (home.tenancy.ref, Tenure.SECURE)
    assert (header.property_type, header.bedrooms, header.area) == (PropertyType.DWELLING, 2, "North")
    assert header.address == (home.property.address_1, "Testford")
    assert (header.started_on, header.ended_on) == (date(2025, 4, 7), None)
    assert [(row.code, row.amount, row.free_week) for row in header.charges] == [
        ("DBR", Money(9_810), True),
        ("DCI", Money(120), False),
        ("DSC", Money(450), True),
    ]
    assert header.weekly == Money(10_380)
    assert header.free_weeks == (date(2026, 12, 21), date(2027, 3, 29))
    assert header.balance == header.net == Money(12_345)
    assert header.linked == ()
    assert header.people[0].name == "Mx Zoe Sample"


def test_free_weeks_follow_the_year_that_the_landlord_states(desk, home):
    def state(ctx):
        ctx.session.add(RentYear(first_week_on=date(2026, 3, 30), weeks=52, name="2026-27"))

    desk.do(state)
    assert desk.ask(headers.account_header, home.account.id).free_weeks == (date(2026, 12, 21),)


def test_everything_linked_with_its_own_balance_and_the_net_position(desk, home):
    def build(ctx):
        garage = lettings.garage_letting(ctx, home=home)
        recharge = lettings.account(ctx, home.tenancy, AccountKind.RECHARGE)
        former = lettings.letting(ctx, people=[home.person], start_on=date(2019, 4, 1), end_on=date(2025, 4, 6))
        set_balance(ctx, garage.account, -1_000)
        set_balance(ctx, recharge, 7_640)
        set_balance(ctx, former.account, 20_000)
        lettings.letting(ctx, who=("Somebody", "Else"))
        return garage, recharge, former

    garage, recharge, former = desk.do(build)
    header = desk.ask(headers.account_header, home.account.id)
    assert [(row.account_id, row.link, row.balance, row.weekly) for row in header.linked] == [
        (garage.account.id, Link.GARAGE, Money(-1_000), Money(1_780)),
        (recharge.id, Link.SAME_TENANCY, Money(7_640), Money(0)),
        (former.account.id, Link.FORMER, Money(20_000), Money(0)),
    ]
    # 123.45 - 10.00 + 76.40 + 200.00
    assert header.net == Money(38_985)
    assert header.linked[2].ended_on == date(2025, 4, 6)

    from_the_garage = desk.ask(headers.account_header, garage.account.id)
    assert from_the_garage.net == header.net
    assert from_the_garage.linked[0].link is Link.HOME
    assert from_the_garage.kind is AccountKind.GARAGE


def test_a_garage_linked_to_the_home_counts_while_somebody_else_holds_it(desk, home):
    def build(ctx):
        other = lettings.person(ctx, "Other", "Person")
        current = lettings.garage_letting(ctx, home=home, people=[other])
        lettings.garage_letting(ctx, home=home, people=[other], end_on=YESTERDAY)
        return current

    current = desk.do(build)
    header = desk.ask(headers.account_header, home.account.id)
    assert [row.account_id for row in header.linked] == [current.account.id]


def test_flags_holds_and_the_arrangement_in_force_today(desk, home):
    def build(ctx):
        own = home.account.id
        ctx.session.add_all(
            [
                Flag(account_id=own, flag="vulnerable", note="Large print", from_on=YESTERDAY, to_on=TODAY),
                Flag(account_id=own, flag="over", note="", from_on=YESTERDAY, to_on=YESTERDAY),
                Hold(account_id=own, kind=HoldKind.BREATHING_SPACE, reason="Adviser", from_on=TODAY, placed_by=1),
                Hold(account_id=own, kind=HoldKind.DISPUTE, reason="Later", from_on=TOMORROW, placed_by=1),
                Arrangement(account_id=own, amount_pence=500, frequency="weekly", starts_on=YESTERDAY),
                Arrangement(
                    account_id=own, amount_pence=900, frequency="weekly", starts_on=date(2026, 1, 5), ends_on=YESTERDAY
                ),
            ]
        )

    desk.do(build)
    header = desk.ask(headers.account_header, home.account.id)
    assert [row.flag for row in header.flags] == ["vulnerable"]
    assert [row.kind for row in header.holds] == [HoldKind.BREATHING_SPACE]
    assert [mark.text for mark in header.marks] == ["Arrangement"]
    assert header.marks[0].why.startswith("£5.00 a week from")


def test_a_charge_that_changes_is_shown_as_of_today(desk, home):
    def build(ctx):
        charge = ctx.session.get_one(type(home.charges[0]), home.charges[0].id)
        charge.to_on = TODAY
        lettings.charge(ctx, home.account, "DBR", "102.00", TOMORROW)

    desk.do(build)
    header = desk.ask(headers.account_header, home.account.id)
    assert header.charges[0].amount == Money(9_810)
    history = desk.ask(headers.charge_history, home.account.id)
    assert [(row.amount, row.from_on, row.to_on) for row in history if row.code == "DBR"] == [
        (Money(10_200), TOMORROW, None),
        (Money(9_810), date(2025, 4, 7), TODAY),
    ]


def test_a_header_takes_the_same_statements_however_much_is_linked(desk, home, query_log):
    def count():
        query_log.clear()
        desk.ask(headers.account_header, home.account.id)
        return len(query_log)

    alone = count()
    for _ in range(3):
        desk.do(lettings.garage_letting, home=home)
        desk.do(lettings.account, home.tenancy, AccountKind.SUNDRY)
    assert count() == alone <= 18


def test_an_account_without_a_tenancy_has_a_header(desk):
    header = desk.ask(headers.account_header, 1)
    assert header.kind is AccountKind.CONTROL
    assert (header.tenure, header.people, header.linked) == (None, (), ())


def test_there_must_be_an_account(desk):
    with pytest.raises(UserError, match="no account number 99999"):
        desk.ask(headers.account_header, 99_999)
