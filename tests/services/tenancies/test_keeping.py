from datetime import date

import pytest
from sqlalchemy import select

from app.models.landlord import Landlord
from app.models.search import AccountSearch
from app.models.tenancies import TenancyEvent
from app.models.values import AccountKind, TenancyChange
from app.services.core.errors import UserError
from app.services.rent.keeping import NewAccount, open_account
from app.services.rent.references import check_digits
from app.services.tenancies import keeping
from tests.factories import lettings
from tests.prepared import prepared

START = date(2024, 4, 1)


@prepared
def home(desk):
    """A home that is let, with a recharges account that was opened first."""

    def build(ctx):
        held = lettings.tenancy(ctx, lettings.dwelling(ctx), [lettings.person(ctx)])
        sub = lettings.account(ctx, held, AccountKind.RECHARGE)
        main = lettings.account(ctx, held)
        return held, main, sub

    return desk.do(build)


def test_a_tenancy_is_found_by_its_reference_or_a_payment_reference(desk, home):
    held, main, sub = home
    for typed in (held.ref, f" {held.ref.lower()} ", main.payment_reference, sub.payment_reference):
        assert desk.ask(keeping.tenancy_by_reference, typed).id == held.id
    for typed in ("", "  ", "no such"):
        with pytest.raises(UserError, match="There is no tenancy or account"):
            desk.ask(keeping.tenancy_by_reference, typed)
    with pytest.raises(UserError, match="no tenancy number 999"):
        desk.ask(keeping.tenancy, 999)


def test_the_main_account_comes_before_older_sub_accounts(desk, home):
    held, main, sub = home
    assert [each.id for each in desk.ask(keeping.accounts_of, held.id)] == [main.id, sub.id]
    assert desk.ask(keeping.main_account, held.id).id == main.id


@pytest.mark.parametrize("scheme", ["mod10", "mod11", "mod97"])
def test_a_new_account_has_a_reference_by_the_scheme_and_is_found(desk, home, scheme):
    held, main, _ = home

    def build(ctx):
        ctx.session.add(Landlord(name="Sample Council", reference_scheme=scheme))
        new = NewAccount(held.id, AccountKind.COURT_COSTS, main.rent_group_id, "Alex Sample", START)
        made = open_account(ctx, new)
        words = ctx.session.scalar(select(AccountSearch.text).where(AccountSearch.account_id == made.id))
        return made, words

    made, words = desk.do(build)
    digits = 2 if scheme == "mod97" else 1
    body, check = made.payment_reference[:-digits], made.payment_reference[-digits:]
    assert check == check_digits(scheme, body)
    assert made.fund is main.fund
    assert made.payment_reference in words
    assert "sample" in words


def test_an_account_needs_a_name(desk, home):
    held, main, _ = home
    for name in ("  ", "x" * 201):
        new = NewAccount(held.id, AccountKind.SUNDRY, main.rent_group_id, name, START)
        with pytest.raises(UserError) as refused:
            desk.do(open_account, new)
        assert refused.value.field == "account_name"


def test_the_history_says_who_and_when(desk, home):
    held, *_ = home
    desk.do(keeping.record, held.id, TenancyChange.RENAMED, START, "The rent account has another name.", journal=7)

    event = desk.ask(lambda ctx: ctx.session.scalars(select(TenancyEvent)).one())
    assert (event.officer_id, event.effective_on, event.journal) == (desk.officer.id, START, 7)


def test_tenancy_references_run_on_past_those_that_were_loaded(desk, home):
    def build(ctx):
        lettings.tenancy(ctx, lettings.dwelling(ctx), [], ref="T000003")
        return keeping.next_tenancy_reference(ctx)

    assert desk.do(build) == "T000004"
