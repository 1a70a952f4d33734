"""Successions and assignments: somebody else holds the same home; figures worked by hand."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.endings import Ending, VoidPeriod
from app.models.people import Person
from app.models.tenancies import Tenancy
from app.models.values import (
    AccountKind,
    EndReason,
    Fund,
    Money,
    PaymentMethod,
    TenancyChange,
    Tenure,
)
from app.services.core.errors import UserError
from app.services.ledger import checks
from app.services.ledger.queries import control_account, ledger_page
from app.services.tenancies import keeping
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import (
    Assign,
    Ground,
    Relation,
    Succeed,
)
from app.services.tenancies.starting.dto import NewTenant
from tests.services.tenancies.changes.test_holders import ROBIN, scalars, told, version
from tests.services.tenancies.endings.conftest import balance


def void_lines(desk):
    """Every line on the void control account."""
    return desk.ask(lambda ctx: ledger_page(ctx, control_account(ctx, "void_loss", Fund.HRA)).lines)


DIED = date(2026, 11, 8)  # a Sunday: the weeks of 9 and 16 November are the successor's
MOVED = date(2026, 11, 16)  # a Monday


def tenancy(desk, number):
    return desk.database.read(lambda session: session.get(Tenancy, number))


def account_of(desk, number, kind=AccountKind.RENT):
    found = scalars(desk, select(Account).where(Account.tenancy_id == number, Account.kind == kind))
    return found[0] if found else None


def succession(desk, made, **more):
    values = {"heir": (ROBIN,), "relation": Relation.PARTNER} | more
    return Succeed(made.tenancy.id, version(desk, made), DIED, **values)


def test_a_partner_succeeds_and_owes_nothing_of_what_was_owed(desk, home):
    made, garage = home
    change = succession(desk, made, garages=(garage.tenancy.id,))
    texts = [text for _, text, _, _ in told(desk, change)]
    assert "The one succession that the law allows is used" in texts
    assert f"{garage.property.address_1}, {garage.property.postcode} is let to the new tenants, with the home" in texts
    assert not any(text.startswith("Void loss") for text in texts)
    saved = desk.do(commands.save, change)
    old, new = tenancy(desk, made.tenancy.id), tenancy(desk, saved.tenancy_id)
    assert (old.end_on, new.start_on) == (DIED, DIED + timedelta(days=1))
    assert (new.tenure, new.before_id, new.succeeded) == (Tenure.SECURE, old.id, True)
    # two weeks of 104.50 less four of 60.00 stay with the estate; two weeks of 104.50 are the successor's
    former = account_of(desk, old.id, AccountKind.FORMER_TENANT)
    assert former.name == "Executors of Mx Alex Sample"
    assert balance(desk, former.id) == Money(2 * 104_50 - 4 * 60_00)
    assert balance(desk, saved.account_id) == Money(2 * 104_50)
    # somebody lives there all the time: nothing was posted as void, and nothing taken back
    assert void_lines(desk) == ()
    assert scalars(desk, select(Person.died_on).where(Person.id == made.person.id)) == [DIED]
    # the garage is let on, near the new tenant's home: no VAT
    let_on = scalars(desk, select(Tenancy).where(Tenancy.before_id == garage.tenancy.id))[0]
    goes_with = {each: desk.ask(keeping.home_of_garage, each).home_id for each in (garage.tenancy.id, let_on.id)}
    assert let_on.start_on == DIED + timedelta(days=1)
    assert goes_with == {garage.tenancy.id: made.tenancy.id, let_on.id: new.id}
    assert balance(desk, account_of(desk, let_on.id, AccountKind.GARAGE).id) == Money(2 * 17_80)
    assert scalars(desk, select(VoidPeriod)) == []
    changes = [each.change for each in desk.ask(queries.history, saved.account_id).rows]
    assert changes == [TenancyChange.SUCCESSION, TenancyChange.STARTED]
    assert desk.ask(checks.check) == ()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"relation": Relation.FAMILY}, "passes to a partner only"),
        ({"relation": Relation.OTHER}, "Only a partner or family"),
    ],
)
def test_who_has_no_right_to_succeed_is_refused_unless_it_is_explained(desk, home, more, words):
    made, _ = home
    with pytest.raises(UserError, match=words):
        desk.do(commands.save, succession(desk, made, **more))
    assert tenancy(desk, made.tenancy.id).end_on is None
    desk.do(commands.save, succession(desk, made, **more, excused="Carer for ten years; agreed by the panel"))
    assert tenancy(desk, made.tenancy.id).end_on == DIED


def test_there_is_one_succession_only(desk, home):
    made, _ = home
    first = desk.do(commands.save, succession(desk, made))
    heir = desk.database.read(
        lambda session: session.scalars(select(Person).where(Person.last_name == "Newcome")).one()
    )
    assert heir.died_on is None
    again = Succeed(
        first.tenancy_id,
        tenancy(desk, first.tenancy_id).version,
        date(2026, 11, 15),
        (NewTenant(last_name="Third", first_name="Jo"),),
        Relation.PARTNER,
    )
    with pytest.raises(UserError, match="one succession only"):
        desk.do(commands.save, again)


def test_by_order_of_a_court_it_is_assigned_and_counts_as_no_succession(desk, home):
    made, _ = home
    change = Assign(
        made.tenancy.id,
        version(desk, made),
        MOVED,
        (ROBIN,),
        Ground.COURT,
        payment_method=PaymentMethod.BANK_TRANSFER,
    )
    saved = desk.do(commands.save, change)
    assert not tenancy(desk, saved.tenancy_id).succeeded
    ending = scalars(desk, select(Ending))[0]
    assert (ending.reason, ending.ends_on) == (EndReason.ASSIGNMENT, date(2026, 11, 15))
    assert balance(desk, saved.account_id) == Money(104_50)
    assert void_lines(desk) == ()
