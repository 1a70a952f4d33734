"""The account's name and who holds a tenancy: renamed, joint and sole, and who is found, written to and shown afterwards."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.benefits import BenefitClaim
from app.models.diary import Note, Task
from app.models.people import Tenant
from app.models.tenancies import Tenancy, TenancyEvent
from app.models.values import BenefitKind, ClaimState, Money, Subject, TenancyChange
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.finding import matching_ids
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.letters import gathering
from app.services.rent.header import account_header
from app.services.rent.opening import account_of
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import Rename, ToJoint, ToSole
from app.services.tenancies.starting.dto import NewTenant
from tests.factories import lettings

MONDAY = date(2026, 11, 9)
ROBIN = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))


def scalars(desk, statement):
    return desk.database.read(lambda session: list(session.scalars(statement)))


def version(desk, made):
    return scalars(desk, select(Tenancy.version).where(Tenancy.id == made.tenancy.id))[0]


def joint(desk, made, on=MONDAY, **more):
    return ToJoint(made.tenancy.id, version(desk, made), on, (ROBIN,), **more)


def sole(desk, made, leaves, on, **more):
    return ToSole(made.tenancy.id, version(desk, made), on, leaves, **more)


def told(desk, change):
    return [(each.group, each.text, each.before, each.after) for each in desk.ask(queries.preview, change)]


def name_of(desk, made):
    return scalars(desk, select(Account.name).where(Account.id == made.account.id))[0]


def test_the_account_is_renamed(desk, home):
    made, _ = home
    change = Rename(made.tenancy.id, version(desk, made), desk.clock.today(), "Mx A Sample-Newcome", "Married")
    assert ("Account", "Name on letters and statements", name_of(desk, made), "Mx A Sample-Newcome") in told(
        desk, change
    )
    saved = desk.do(commands.save, change)
    assert name_of(desk, made) == "Mx A Sample-Newcome"
    assert saved.told == "The account is in the name of Mx A Sample-Newcome now."
    assert made.account.id in desk.ask(lambda ctx: matching_ids(ctx, Subject.ACCOUNT, "newcome", 5))
    assert [each.change for each in desk.ask(queries.history, made.account.id).rows] == [TenancyChange.RENAMED]
    assert scalars(desk, select(Note.text)) == ["The account was renamed: Married"]
    with pytest.raises(ChangedMeanwhile):
        desk.do(commands.save, change)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_letters_cannot_carry_is_refused(desk, home, name):
    made, _ = home
    with pytest.raises(UserError, match="name"):
        desk.do(commands.save, Rename(made.tenancy.id, version(desk, made), desk.clock.today(), name))


def test_somebody_joins_and_leaves_again_and_is_named_on_their_days_only(desk, home):
    made, garage = home
    change = joint(desk, made)
    assert ("Tenancy", "Held from 9 Nov 2026 by", "Mx Alex Sample", "Mx Alex Sample and Mx Robin Newcome") in told(
        desk, change
    )
    desk.do(commands.save, change)
    header = desk.ask(account_header, made.account.id)
    assert [each.name for each in header.people] == ["Mx Alex Sample", "Mx Robin Newcome"]
    assert header.name == "Mx Alex Sample and Mx Robin Newcome"
    robin = header.people[1].person_id
    assert made.account.id in desk.ask(lambda ctx: matching_ids(ctx, Subject.ACCOUNT, "newcome", 5))

    desk.do(commands.save, sole(desk, made, robin, date(2026, 11, 16), reason="By agreement"))
    header = desk.ask(account_header, made.account.id)
    assert [each.name for each in header.people] == ["Mx Alex Sample"]
    to = desk.ask(gathering.recipient, made.account.id)
    assert (to.name, to.person_id) == ("Mx Alex Sample", made.person.id)
    # found by their own name, and not by the account that they left
    assert made.account.id not in desk.ask(lambda ctx: matching_ids(ctx, Subject.ACCOUNT, "newcome", 5))
    assert desk.ask(lambda ctx: matching_ids(ctx, Subject.PERSON, "newcome", 5)) == [robin]
    assert desk.ask(account_of, Subject.PERSON, robin) == made.account.id
    shown = desk.ask(queries.history, made.account.id)
    assert [each.change for each in shown.rows] == [TenancyChange.TO_SOLE, TenancyChange.TO_JOINT]
    assert [(each.from_on, each.to_on) for each in shown.left] == [(MONDAY, date(2026, 11, 15))]
    assert not any("Newcome" in each.words or "Sample" in each.words for each in shown.rows)
    # and back again, from the day after they left: as if they had never gone
    again = ToJoint(made.tenancy.id, version(desk, made), date(2026, 11, 16), (NewTenant(person_id=robin),))
    desk.do(commands.save, again)
    assert scalars(desk, select(Tenant.to_on)) == [None, None, None]
    assert desk.ask(checks.check) == ()
    assert garage.account.id


def test_a_garage_bears_vat_once_the_tenant_of_both_has_left_the_home(desk, home):
    made, garage = home
    desk.do(commands.save, joint(desk, made, letter=False))
    change = sole(desk, made, made.person.id, MONDAY + (date(2026, 11, 16) - MONDAY), letter=False)
    effects = told(desk, change)
    assert (
        "Garages",
        f"{garage.property.address_1}, {garage.property.postcode}, from the week of 23 Nov 2026",
        "no VAT: let to our own tenant near the home",
        "standard-rated VAT",
    ) in effects
    desk.do(commands.save, change)
    lines = desk.ask(ledger.ledger_page, garage.account.id).lines
    # the week of 16 November: 17.80 / 6 = 2.97 of VAT inside it
    assert [(each.code, each.amount.pence, each.rent_week) for each in lines][-2:] == [
        ("DGA", -2_97, date(2026, 11, 16)),
        ("DVA", 2_97, date(2026, 11, 16)),
    ]
    assert name_of(desk, made) == "Mx Robin Newcome"


def test_whoever_pays_benefit_is_told_and_a_mandate_is_looked_at(desk, home):
    made, _ = home
    desk.do(commands.save, joint(desk, made))

    def claim(ctx):
        ctx.session.add(
            BenefitClaim(
                tenancy_id=made.tenancy.id,
                person_id=made.person.id,
                kind=BenefitKind.HOUSING_BENEFIT,
                state=ClaimState.LIVE,
                claimed_on=date(2026, 8, 3),
            )
        )

    desk.do(claim)
    change = sole(desk, made, made.person.id, date(2026, 11, 16))
    effects = desk.ask(queries.preview, change)
    assert [each.text for each in effects if each.group in {"Tasks", "Benefit"}] == [
        "Housing Benefit is paid on the claim of whoever leaves",
        "A task: tell whoever pays Housing Benefit",
        f"See from whose bank account {made.account.payment_reference} is paid",
    ]
    owed = next(each for each in effects if each.text.startswith("Whoever leaves still owes"))
    assert owed.warns
    assert owed.after == Money(4 * 104_50 - 4 * 60_00).dr_cr()
    desk.do(commands.save, change)
    assert sorted(scalars(desk, select(Task.kind).where(Task.kind != "tenancy_letter"))) == [
        "benefit_tenancy_change",
        "mandate_request",
    ]


def test_the_last_tenant_cannot_leave(desk, home):
    made, _ = home
    with pytest.raises(UserError, match="is the only tenant"):
        desk.do(commands.save, sole(desk, made, made.person.id, MONDAY))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 28), "still to come"),
        (date(2036, 11, 9), "still to come"),
        (date(2016, 11, 9), "began on 3 Aug 2026"),
    ],
)
def test_a_day_that_cannot_be_is_refused(desk, home, on, words):
    with pytest.raises(UserError, match=words):
        desk.do(commands.save, joint(desk, home[0], on))


def test_a_person_in_two_homes_at_once_is_explained(desk, home):
    made, _ = home
    other = desk.do(lettings.letting, who=("Kim", "Elsewhere"))
    change = ToJoint(made.tenancy.id, version(desk, made), MONDAY, (NewTenant(person_id=other.person.id),))
    with pytest.raises(UserError, match="holds another home on these days") as refused:
        desk.do(commands.save, change)
    assert refused.value.errors[0].field == "reason"
    explained = ToJoint(
        made.tenancy.id, change.version, MONDAY, change.joins, reason="Until they give the other home up", letter=False
    )
    desk.do(commands.save, explained)
    assert scalars(desk, select(TenancyEvent.change)) == [TenancyChange.TO_JOINT]


def test_a_joint_tenant_who_died_leaves_by_survivorship(desk, home):
    made, _ = home
    desk.do(commands.save, joint(desk, made, letter=False))

    def dies(ctx):
        ctx.session.get_one(type(made.person), made.person.id).died_on = date(2026, 11, 14)

    desk.do(dies)
    desk.do(commands.save, sole(desk, made, made.person.id, date(2026, 11, 15), letter=False))
    assert scalars(desk, select(Tenancy.succeeded).where(Tenancy.id == made.tenancy.id)) == [True]
    assert desk.ask(queries.form, made.account.id).succeeded
