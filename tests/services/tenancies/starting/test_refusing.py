import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.access import DeclaredAccount
from app.models.benefits import BenefitClaim
from app.models.diary import Note, Task
from app.models.people import Person, Tenant
from app.models.tenancies import Tenancy
from app.models.values import (
    BenefitKind,
    ClaimState,
    Money,
    Relation,
    Tenure,
)
from app.services.benefits.keeping import TENANCY_TASK
from app.services.core.errors import UserError, UserErrors
from app.services.tenancies.starting import queries
from app.services.tenancies.starting.commands import start
from app.services.tenancies.starting.dto import NewCharge, NewTenant
from tests.factories import lettings

MONDAY = date(2026, 11, 16)
SOMEBODY = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))


def rent(pounds="100.00", **others):
    return tuple(NewCharge(code, Money.parse(amount)) for code, amount in ({"DBR": pounds} | others).items())


def count(desk, model, *where):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(model).where(*where)))


def told(refused):
    return {each.field: each.message for each in getattr(refused.value, "errors", (refused.value,))}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"tenure": Tenure.GARAGE}, "tenure", "A home can't be held by garage letting."),
        ({"start_on": date(2036, 11, 23)}, "start_on", "too far ahead"),
        ({"start_on": date(2016, 11, 23)}, "start_on", "too far back"),
        ({"start_on": date(2026, 11, 1)}, "start_on", "ends on 1 Nov 2026"),
        ({"tenants": ()}, "tenants", "Nobody is named"),
        ({"tenants": (NewTenant(first_name="Robin"),)}, "tenants", "no last name"),
        ({"tenants": (NewTenant(person_id=999),)}, "tenants", "no such person"),
        ({"tenants": (NewTenant(last_name="Young", date_of_birth=date(2014, 1, 1)),)}, "tenants", "under 16"),
        ({"charges": ()}, "charges", "There is no rent."),
        ({"charges": rent("100.00", XYZ="1.00")}, "charges", "'XYZ' is not a charge in use."),
        ({"charges": rent("100.00", DVA="1.00")}, "charges", "'DVA' is not a charge in use."),
        ({"charges": (*rent(), *rent())}, "charges", "there twice"),
        ({"charges": rent("-1.00")}, "charges", "can't be a credit"),
        ({"charges": rent("0.00")}, "charges", "has no amount"),
        ({"trial_ends_on": date(2027, 11, 1)}, "trial_ends_on", "Only an introductory tenancy"),
        ({"tenure": Tenure.FLEXIBLE, "term_ends_on": date(2028, 11, 23)}, "term_ends_on", "at least 2 years"),
        ({"near_home": True}, "home_id", "goes with one"),
    ],
)
def test_what_stands_against_a_start_is_said_beside_its_field(desk, new, change, field, words):
    wrong = replace(new, **change)
    with pytest.raises(UserError) as refused:
        desk.do(start, wrong)
    assert words in told(refused)[field]
    assert any(words in each.text and each.warns for each in desk.ask(queries.preview, wrong))
    assert count(desk, Tenancy) == 1
    assert count(desk, Person) == 1


def test_a_property_is_never_let_twice(desk, new):
    first = desk.do(start, new)
    with pytest.raises(UserErrors) as refused:
        desk.do(start, replace(new, tenants=(NewTenant(last_name="Other"),)))
    assert told(refused)["start_on"] == f"The property is let: the tenancy {first.tenancy_ref} has not ended."
    assert str(refused.value).endswith("End it first.")


def test_a_let_to_come_is_in_the_way_too(desk, new):
    desk.do(start, replace(new, start_on=date(2026, 12, 14)))
    with pytest.raises(UserErrors) as refused:
        desk.do(start, replace(new, tenants=(NewTenant(last_name="Other"),)))
    assert "let from 14 Dec 2026 already" in told(refused)["start_on"]


def test_nobody_holds_two_homes_unless_it_is_said_why(desk, new):
    def build(ctx):
        return lettings.letting(ctx, who=("Jo", "Double"))

    other = desk.do(build)
    claim = {"kind": BenefitKind.HOUSING_BENEFIT, "state": ClaimState.LIVE, "claimed_on": date(2024, 4, 1)}
    desk.do(lambda ctx: ctx.session.add(BenefitClaim(tenancy_id=other.tenancy.id, person_id=other.person.id, **claim)))
    both = replace(new, tenants=(NewTenant(person_id=other.person.id),))
    with pytest.raises(UserErrors) as refused:
        desk.do(start, both)
    assert other.tenancy.ref in told(refused)["second_home"]

    made = desk.do(start, replace(both, second_home="The old home is handed back in a fortnight."))
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.kind, task.subject_id) == (TENANCY_TASK, other.account.id)  # the benefit office hears of it
    note = desk.ask(lambda ctx: ctx.session.scalars(select(Note).where(Note.subject_id == made.account_id)).one())
    assert "handed back in a fortnight" in note.text


def test_somebody_very_like_a_new_tenant_is_chosen_or_told_apart(desk, new):
    there = desk.do(lettings.person, "Robin", "Newcome", date_of_birth=SOMEBODY.date_of_birth)
    with pytest.raises(UserErrors) as refused:
        desk.do(start, new)
    message = told(refused)["tenants"]
    assert there.ref in message
    assert "the same date of birth" in message

    made = desk.do(start, replace(new, tenants=(replace(SOMEBODY, another=True),)))
    tenant = desk.ask(lambda ctx: ctx.session.scalars(select(Tenant).where(Tenant.tenancy_id == made.tenancy_id)).one())
    assert tenant.person_id != there.id


def test_a_person_who_died_or_was_merged_holds_nothing(desk, new):
    dead = desk.do(lettings.person, "Gone", "Before", died_on=MONDAY)
    merged = desk.do(lambda ctx: lettings.person(ctx, "Twice", "Kept", merged_into_id=dead.id))
    for person, words in ((dead, "has died"), (merged, "another record")):
        with pytest.raises(UserErrors) as refused:
            desk.do(start, replace(new, tenants=(NewTenant(person_id=person.id),)))
        assert words in told(refused)["tenants"]


def test_two_officers_who_let_one_property_at_once_come_one_after_the_other(desk, colleague, new):
    others = replace(new, tenants=(NewTenant(last_name="Other", another=True),))
    begin = threading.Barrier(2)

    def let(whose, wanted):
        begin.wait()
        try:
            return whose.do(start, wanted)
        except UserErrors as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        outcomes = [each.result() for each in (pool.submit(let, desk, new), pool.submit(let, colleague, others))]
    assert [isinstance(each, UserErrors) for each in outcomes].count(True) == 1
    assert count(desk, Tenancy) == 2


def test_nobody_lets_to_themselves_or_a_relative(desk, colleague, new):
    other = desk.do(lettings.letting, end_on=date(2026, 11, 1))
    declared = DeclaredAccount(
        officer_id=colleague.officer.id,
        account_id=other.account.id,
        relation=Relation.RELATIVE,
        from_on=date(2026, 1, 1),
        declared_by=colleague.officer.id,
    )
    desk.do(lambda ctx: ctx.session.add(declared))
    with pytest.raises(UserError, match="a relative's account"):
        colleague.do(start, replace(new, tenants=(NewTenant(person_id=other.person.id),)))
    assert count(desk, Tenancy) == 2
