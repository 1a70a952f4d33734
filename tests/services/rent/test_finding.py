from datetime import date

import pytest

from app.models.values import AccountKind, Fund, Money, Tenure
from app.services.core.errors import UserError
from app.services.rent import queries
from app.services.rent.listed_dto import AccountFilter, AccountSort
from app.services.rent.search import accounts_of_people, refresh_search
from tests.factories import lettings
from tests.prepared import prepared


@prepared
def street(desk):
    """Four accounts: two Sample Close lettings, a garage of the first, and a former tenant's."""

    def build(ctx):
        zoe = lettings.letting(
            ctx, who=("Zoë", "O'Brien"), reference="7000 1234", prop=lettings.dwelling(ctx, postcode="ZZ7 1AB")
        )
        joint = [lettings.person(ctx, "Adam", "Weiß"), lettings.person(ctx, "Bea", "Łącka", mobile="07700 900123")]
        adam = lettings.letting(ctx, people=joint, tenure=Tenure.AFFORDABLE, group="AFF")
        garage = lettings.garage_letting(ctx, home=zoe)
        former = lettings.letting(ctx, who=("Carl", "Left"), end_on=date(2026, 3, 1))
        former.account.balance_pence = 5_000
        adam.account.balance_pence = -1_250
        ctx.session.flush()
        refresh_search(ctx)
        return zoe, adam, garage, former

    return desk.do(build)


def found(desk, text, **filters):
    return [row.account_id for row in desk.ask(queries.find, text, AccountFilter(**filters))]


@pytest.mark.parametrize(
    "text",
    [
        "zoe",
        "ZOË o'brien",
        "obrien",
        "brie zo",
        "70001234",
        "7000 1234",
        "00 12",
        "zz71ab",
        "ZZ7 1AB",
        "sample, zoe mx",
    ],
)
def test_any_part_of_anything_finds(desk, street, text):
    assert street[0].account.id in found(desk, text)


def test_every_word_must_be_found(desk, street):
    zoe, adam, garage, former = (each.account.id for each in street)
    assert found(desk, "weiss lacka") == [adam]
    assert found(desk, "07700900123") == [adam]
    assert found(desk, "weiss zoe") == []
    assert found(desk, street[2].property.ref) == [garage]
    assert found(desk, street[3].tenancy.ref) == [former]
    assert zoe not in found(desk, "left")


def test_wildcards_are_plain_text(desk, street):
    for text in ("%", "_", "[a-z]", "/"):
        assert found(desk, text) == []


def test_found_accounts_are_in_order_of_last_name(desk, street):
    zoe, adam, garage, former = (each.account.id for each in street)
    assert found(desk, "") == [former, garage, zoe, adam]
    assert [row.account_id for row in desk.ask(queries.find, "", limit=2)] == [former, garage]


def test_filters(desk, street):
    zoe, adam, garage, former = (each.account.id for each in street)
    assert found(desk, "", kinds=frozenset({AccountKind.GARAGE})) == [garage]
    assert found(desk, "", tenures=frozenset({Tenure.AFFORDABLE})) == [adam]
    assert found(desk, "", rent_groups=frozenset({"AFF", "GAR"})) == [garage, adam]
    assert found(desk, "", areas=frozenset({"South"})) == []
    assert found(desk, "", live=True) == [garage, zoe, adam]
    assert found(desk, "", live=False) == [former]
    assert found(desk, "", owing=True) == [former]
    assert found(desk, "", owing=False) == [adam]
    assert found(desk, "", at_least=Money(1_250)) == [former, adam]
    assert found(desk, "carl", live=True) == []


def test_a_row_says_who_where_and_how_much(desk, street):
    (row,) = desk.ask(queries.find, "weiss")
    assert row.name == "Mx Adam Weiß"
    assert row.address == f"{street[1].property.address_1}, Testford"
    assert (row.kind, row.tenure, row.rent_group) == (AccountKind.RENT, Tenure.AFFORDABLE, "AFF")
    assert (row.started_on, row.ended_on, row.balance) == (date(2025, 4, 7), None, Money(-1_250))


def test_ids_in_every_order(desk, street):
    zoe, adam, garage, former = (each.account.id for each in street)
    assert list(desk.ask(queries.account_ids)) == [former, garage, zoe, adam]
    assert list(desk.ask(queries.account_ids, descending=True)) == [adam, zoe, garage, former]
    by_balance = list(desk.ask(queries.account_ids, sort=AccountSort.BALANCE, descending=True))
    assert (by_balance[0], by_balance[-1]) == (former, adam)
    for sort in AccountSort:
        assert sorted(desk.ask(queries.account_ids, sort=sort)) == sorted([zoe, adam, garage, former])


def test_rows_come_in_the_order_that_was_asked(desk, street):
    ids = [each.account.id for each in reversed(street)]
    assert [row.account_id for row in desk.ask(queries.account_rows, [*ids, 999_999])] == ids


def test_finding_takes_three_statements_however_many_are_found(desk, street, query_log):
    query_log.clear()
    assert len(desk.ask(queries.find, "")) == 4
    assert len([statement for statement in query_log if statement.startswith("SELECT")]) == 3


def test_a_changed_name_is_found_when_its_accounts_are_refreshed(desk, street):
    def marry(ctx):
        ctx.session.get(type(street[0].person), street[0].person.id).last_name = "Nguyễn"
        ctx.session.flush()
        return refresh_search(ctx, accounts_of_people(ctx, [street[0].person.id]))

    assert desk.do(marry) == 2
    assert found(desk, "obrien") == []
    assert found(desk, "nguyen") == [street[2].account.id, street[0].account.id]


def test_references(desk, street):
    zoe, adam = street[0], street[1]
    assert desk.ask(queries.account_by_reference, "7000 12 34") == zoe.account.id
    assert desk.ask(queries.account_by_reference, f" {zoe.tenancy.ref.lower()} ") == zoe.account.id
    assert desk.ask(queries.account_by_reference, adam.account.payment_reference) == adam.account.id


def test_a_tenancy_reference_means_its_main_account(desk, street):
    zoe = street[0]
    desk.do(lettings.account, zoe.tenancy, AccountKind.RECHARGE)
    assert desk.ask(queries.account_by_reference, zoe.tenancy.ref) == zoe.account.id


def test_a_reference_that_names_none_or_several_is_refused(desk, street):
    for text, words in (("  ", "No reference"), ("9999", "No account has the reference '9999'")):
        with pytest.raises(UserError, match=words):
            desk.ask(queries.account_by_reference, text)

    def two_main_accounts(ctx):
        held = lettings.letting(ctx, reference="88-1").tenancy
        lettings.account(ctx, held, payment_reference="88-2")
        lettings.letting(ctx, reference=held.ref)
        return held.ref

    ref = desk.do(two_main_accounts)
    with pytest.raises(UserError, match="2 accounts have the reference"):
        desk.ask(queries.account_by_reference, ref)


def test_two_rent_accounts_of_one_tenancy_need_the_payment_reference(desk):
    def build(ctx):
        held = lettings.letting(ctx, reference="88-1").tenancy
        lettings.account(ctx, held, payment_reference="88-2")
        return held.ref

    ref = desk.do(build)
    with pytest.raises(UserError, match="88-1, 88-2"):
        desk.ask(queries.account_by_reference, ref)


@pytest.mark.parametrize(
    ("typed", "is_near"),
    [
        ("7000 1235", True),
        ("71001234", True),
        ("70001243", True),
        ("70001255", False),
        ("7000123", False),
        ("12", False),
    ],
)
def test_a_reference_mistyped_by_one_digit_or_a_swap_is_near(desk, street, typed, is_near):
    desk.do(lettings.account, street[0].tenancy, AccountKind.SUNDRY, payment_reference="70001334")
    near = [row.reference for row in desk.ask(queries.near_references, typed)]
    assert ("7000 1234" in near) is is_near


def test_a_wrong_reference_is_told_the_near_ones(desk, street):
    with pytest.raises(UserError, match="No account has the reference '7000 1235'") as refused:
        desk.ask(queries.account_by_reference, "7000 1235")
    assert refused.value.hint.startswith("Near it: 7000 1234. ")


def test_what_the_filters_offer(desk, street):
    desk.do(lettings.rent_group, "TMP", Fund.GENERAL)
    offered = desk.ask(queries.choices)
    assert [code for code, _ in offered.rent_groups] == ["AFF", "GAR", "GEN", "TMP"]
    assert offered.areas == ("North",)
