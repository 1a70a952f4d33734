"""A payment is split by rule so that the parts add up, and no rule moves rent money to recharges or costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import AccountKind, Money
from app.services.reception_payments.callers.dto import OwedRow, net, rent_arrears
from app.services.reception_payments.callers.rules import HOUSING, SplitRule, split

RENT, GARAGE, RECHARGE, FORMER = (
    AccountKind.RENT,
    AccountKind.GARAGE,
    AccountKind.RECHARGE,
    AccountKind.FORMER_TENANT,
)


def row(account_id, kind, pence):
    return OwedRow(account_id, str(account_id), kind, kind.value, Money(pence))


HOME = (row(1, RENT, 250_00), row(2, GARAGE, 17_80), row(3, RECHARGE, 64_00), row(4, FORMER, 400_00))


def parts(rule, pence, accounts=HOME, about=1):
    return {key: part.pence for key, part in split(rule, Money(pence), accounts, about).items()}


def test_rent_comes_first_and_what_is_over_stays_on_the_account_that_was_called_about():
    assert parts(SplitRule.RENT_FIRST, 100_00) == {1: 100_00}
    assert parts(SplitRule.RENT_FIRST, 300_00) == {1: 250_00, 4: 50_00}
    assert parts(SplitRule.RENT_FIRST, 700_00) == {1: 250_00 + 32_20, 4: 400_00, 2: 17_80}


def test_in_proportion_to_what_is_owed():
    # 250.00 + 17.80 + 400.00 = 667.80 owed; 66.78 is a tenth of it.
    assert parts(SplitRule.BY_DEBT, 66_78) == {1: 25_00, 2: 1_78, 4: 40_00}
    assert parts(SplitRule.BY_DEBT, 700_00) == {1: 282_20, 2: 17_80, 4: 400_00}


def test_all_on_one_is_the_payers_choice_and_a_recharge_is_paid_where_it_was_called_about():
    assert parts(SplitRule.ALL_ON_ONE, 300_00) == {1: 300_00}
    assert parts(SplitRule.RENT_FIRST, 64_00, about=3) == {3: 64_00}


def test_an_account_in_credit_takes_nothing_from_the_rule_but_what_is_over():
    home = (row(1, RENT, -40_00), row(2, GARAGE, 10_00))
    assert parts(SplitRule.RENT_FIRST, 25_00, home) == {2: 10_00, 1: 15_00}
    assert parts(SplitRule.BY_DEBT, 25_00, (row(1, RENT, 0),)) == {1: 25_00}
    assert parts(SplitRule.RENT_FIRST, 0) == {}


def test_rent_arrears_stand_apart_from_the_net_position():
    home = (row(1, RENT, 250_00), row(2, GARAGE, -30_00), row(3, RENT, -5_00))
    assert (rent_arrears(home), net(home)) == (Money(250_00), Money(215_00))


@given(
    st.lists(st.tuples(st.sampled_from(list(AccountKind)[:-1]), st.integers(-500_00, 500_00)), min_size=1, max_size=6),
    st.integers(1, 2_000_00),
    st.sampled_from(list(SplitRule)),
    st.data(),
)
def test_the_parts_add_up_and_a_rule_pays_housing_only(drawn, pence, rule, data):
    accounts = [row(at, kind, owed) for at, (kind, owed) in enumerate(drawn, start=1)]
    about = data.draw(st.integers(1, len(accounts)))

    found = split(rule, Money(pence), accounts, about)

    kinds = {each.account_id: each.kind for each in accounts}
    assert sum(part.pence for part in found.values()) == pence
    assert all(part.pence > 0 for part in found.values())
    assert all(kinds[account] in HOUSING or account == about for account in found)
    if kinds[about] in HOUSING:
        assert all(kinds[account] in HOUSING for account in found)


@pytest.mark.parametrize("rule", list(SplitRule))
def test_a_rule_gives_an_account_no_more_than_it_owes_but_the_one_called_about(rule):
    found = split(rule, Money(900_00), HOME, 2)
    assert all(part <= HOME[account - 1].balance for account, part in found.items() if account != 2)
