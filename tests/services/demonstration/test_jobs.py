"""The landlord as a whole: the same every time, sound at every step, the current year first."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from app.models.accounts import Account
from app.models.charges import ChargeRun
from app.models.landlord import Landlord
from app.models.people import Person
from app.models.search import AccountSearch
from app.models.values import (
    AccountKind,
    Basis,
)
from app.services.charges import queries as charges
from app.services.charges.commands import charge_week
from app.services.core.clock import FixedClock
from app.services.core.closures import office_days
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.demonstration import jobs, queries
from app.services.demonstration.dto import Size
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.services.rent import queries as rent
from tests.services.demonstration.conftest import TINY, TODAY, sit_down

FOUR_HOMES = Size(3, 1, 1)


def scalar(desk, statement):
    return desk.database.read(lambda session: session.scalar(statement))


def last_digest(desk):
    statement = text("SELECT digest FROM journal ORDER BY number DESC LIMIT 1")
    return desk.database.read(lambda session: session.execute(statement).scalar_one())


def balances(desk, as_at, basis=Basis.KNOWN):
    def ask(ctx):
        return {
            row.account_id: row.balance_pence for row in ctx.session.execute(ledger.balances_select(ctx, as_at, basis))
        }

    return {number: pence for number, pence in desk.ask(ask).items() if pence}


def test_two_makings_are_the_same_to_the_last_digest(empty, landlord_file):
    jobs.begin(empty, TINY)
    other = sit_down(landlord_file)
    assert last_digest(empty) == last_digest(other)
    for table in ("person", "property", "account", "charge", "note", "flag", "account_search"):
        assert everything(empty, table) == everything(other, table)
    other.database.close()


def everything(desk, table):
    return desk.database.read(lambda session: session.execute(text(f"SELECT * FROM {table}")).all())


def test_the_current_year_comes_first_and_is_sound(begun):
    assert desk_check(begun) == ()
    found = begun.ask(queries.summary)
    assert found.years == ("2025-26",)
    assert not found.complete
    weeks = begun.database.read(lambda session: session.scalars(select(ChargeRun.week_on)).all())
    assert sorted(weeks) == [date(2025, 4, 7) + timedelta(weeks=week) for week in range(10)]


def desk_check(desk):
    return desk.ask(check)


def test_the_years_before_change_no_balance_from_then_on(begun):
    days = [date(2025, 4, 6), date(2025, 4, 30), TODAY]
    before = {(day, basis): tenants(begun, day, basis) for day in days for basis in Basis}
    jobs.follow(begun)
    assert {(day, basis): tenants(begun, day, basis) for day in days for basis in Basis} == before
    assert desk_check(begun) == ()
    assert begun.ask(queries.summary).years == ("2025-26", "2024-25")
    year_of_53_weeks_is_whole(begun)
    first_year_opens_as_planned(begun)


def year_of_53_weeks_is_whole(begun):
    within = ChargeRun.week_on.between(date(2024, 4, 1), date(2025, 4, 6))
    assert scalar(begun, select(func.count()).where(within)) == 53
    assert scalar(begun, select(func.count()).select_from(ChargeRun)) == 53 + 10


def first_year_opens_as_planned(begun):
    opened = tenants(begun, date(2024, 3, 31), Basis.KNOWN)
    plan = jobs._plan(begun.ask(queries.begun))
    expected = {
        payer.number: payer.opening for payer in plan.payers if payer.opening and payer.start < date(2024, 4, 1)
    }
    assert len(opened.keys() & expected.keys()) > 25
    assert all(abs(opened[number] - expected[number]) <= 5 for number in opened.keys() & expected.keys())


def tenants(desk, day, basis):
    controls = set(
        desk.database.read(
            lambda session: session.scalars(select(Account.id).where(Account.kind == AccountKind.CONTROL)).all()
        )
    )
    return {number: pence for number, pence in balances(desk, day, basis).items() if number not in controls}


def test_stopped_between_years_it_is_sound_and_goes_on(begun):
    cancel = CancelToken()

    def stop_in_the_second(done, total, words=""):
        if words == "May 2024":
            cancel.cancel()

    with pytest.raises(Cancelled):
        jobs.follow(begun, stop_in_the_second, cancel)
    assert desk_check(begun) == ()
    assert not begun.ask(queries.summary).complete
    assert scalar(begun, select(func.count()).select_from(ChargeRun)) == 10 + 27
    made = jobs.create(begun)
    assert made.complete
    assert desk_check(begun) == ()


def test_stopped_in_the_current_year_it_goes_on(empty):
    cancel = CancelToken()

    def stop(done, total, words=""):
        if done == 1 and words.startswith("Rent year"):
            cancel.cancel()

    with pytest.raises(Cancelled):
        jobs.begin(empty, FOUR_HOMES, stop, cancel)
    assert desk_check(empty) == ()
    assert scalar(empty, select(func.max(ChargeRun.week_on))) == date(2025, 4, 28)
    jobs.begin(empty, FOUR_HOMES)
    assert scalar(empty, select(func.count()).select_from(ChargeRun)) == 10
    assert desk_check(empty) == ()


def test_the_charge_run_goes_on_with_the_next_monday(begun):
    assert begun.ask(charges.weeks_due, date(2025, 6, 16)) == (date(2025, 6, 16),)
    charged = begun.do(charge_week, date(2025, 6, 16))
    assert not charged.duplicate
    last = scalar(begun, select(ChargeRun.total_pence).where(ChargeRun.week_on == date(2025, 6, 9)))
    assert abs(charged.total_pence - last) < last // 20


def test_every_account_is_found(begun):
    accounts = scalar(begun, select(func.count()).where(Account.kind != AccountKind.CONTROL))
    assert scalar(begun, select(func.count()).select_from(AccountSearch)) == accounts
    person = begun.database.read(lambda session: session.scalars(select(Person).order_by(Person.id)).first())
    assert begun.ask(rent.find, person.last_name[:5].lower())


def test_it_says_that_it_is_a_demonstration(begun):
    landlord = begun.database.read(lambda session: session.scalars(select(Landlord)).one())
    assert landlord.demonstration
    assert landlord.name == "Demonstration landlord"


def test_it_refuses_a_database_that_holds_a_landlord(desk):
    from tests.factories import lettings

    desk.do(lettings.letting)
    with pytest.raises(UserError, match="holds a landlord already"):
        jobs.create(desk, TINY)


@pytest.mark.parametrize("size", [Size(0, 5, 1), Size(5, 5, 0), Size(5, 5, 99), Size(10**9, 0, 1)])
def test_sizes_out_of_bounds_are_refused(desk, size):
    with pytest.raises(UserError, match="A demonstration landlord has from"):
        jobs.create(desk, size)


def test_the_office_has_rules_and_closures_of_its_own(begun):
    closed = begun.ask(lambda ctx: office_days(ctx.session)).closures
    assert closed == {date(2025, 12, day) for day in (24, 29, 30, 31)} | {date(2026, 1, 2)}
    days = "tenancies.closing_statement_days"
    assert begun.ask(lambda ctx: [ctx.policy.value(days, on) for on in (date(2025, 4, 6), date(2025, 4, 7))]) == [
        "15",
        "10",
    ]
    last, first = begun.ask(
        lambda ctx: [
            ctx.policy.money("charges.weekly_rent_max", on, "bedrooms:3").pence
            for on in (date(2026, 4, 5), date(2026, 4, 6))
        ]
    )
    assert (last, first) == (17_250, 18_080)


def test_it_is_made_in_the_first_days_of_a_year_too(empty):
    desk = Desk(empty.database, empty.officer, FixedClock(date(2026, 4, 10)))
    jobs.begin(desk, Size(4, 0, 1))
    assert desk.ask(check) == ()
