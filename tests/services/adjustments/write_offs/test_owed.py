"""Which debts a payment starts the six years anew for (Limitation Act 1980 s.29(5) to (7)); days by hand."""

from datetime import UTC, date, datetime

import pytest

from app.models.accounts import Account
from app.models.values import AccountKind, CodeKind, ExplainGroup, Money
from app.services.adjustments.write_offs import owed
from app.services.ledger.dto import LedgerLine, LedgerPage

TODAY = date(2026, 11, 21)
OLD, YOUNG = date(2020, 1, 6), date(2025, 4, 7)


def line(on, pence, kind, group, journal=1):
    at = datetime(2020, 1, 1, tzinfo=UTC)
    return LedgerLine(journal, 1, on, on, at, None, "X", "", kind, group, "", Money(pence), Money(0))


def last_day(kind, restarts, acknowledged_on=None):
    """Of 100.00 that fell due on 6 January 2020, of which 10.00 was paid on 2 May 2022."""
    lines = (
        line(date(2020, 1, 6), 100_00, CodeKind.CHARGE, ExplainGroup.CHARGES),
        line(date(2022, 5, 2), -10_00, CodeKind.RECEIPT, ExplainGroup.CASH),
    )
    account = Account(id=1, kind=kind, name="Sample", balance_pence=90_00)
    (debt,) = owed.debts_of([account], {1: LedgerPage(1, None, None, lines=lines)}, TODAY, restarts, acknowledged_on)
    return debt.parts[0].last_on


@pytest.mark.parametrize(
    "kind", [AccountKind.RENT, AccountKind.FORMER_TENANT, AccountKind.GARAGE, AccountKind.LEASEHOLD]
)
def test_a_payment_of_part_of_the_rent_extends_no_time_for_the_rest_of_it(kind):
    assert last_day(kind, "other") == date(2026, 1, 6)
    assert last_day(kind, "any") == date(2028, 5, 2)
    assert last_day(kind, "other", date(2023, 6, 1)) == date(2029, 6, 1)


@pytest.mark.parametrize("kind", [AccountKind.RECHARGE, AccountKind.COURT_COSTS, AccountKind.HB_OVERPAYMENT])
def test_a_payment_towards_another_debt_starts_its_time_anew(kind):
    assert last_day(kind, "other") == date(2028, 5, 2)
    assert last_day(kind, "no") == date(2026, 1, 6)


def test_what_has_run_out_is_not_revived():
    assert last_day(AccountKind.RENT, "other", date(2026, 2, 2)) == date(2026, 1, 6)


def carried(*moved):
    """Of 50.00 of rent that fell due on 6 January 2020, with what one journal of 7 April 2025 moved of each account."""
    accounts = [
        Account(id=1, kind=AccountKind.RENT, name="Sample", balance_pence=50_00),
        Account(id=2, kind=AccountKind.FORMER_TENANT, name="Sample", balance_pence=0),
    ]
    lines = {1: [line(date(2020, 1, 6), 50_00, CodeKind.CHARGE, ExplainGroup.CHARGES)], 2: []}
    for account_id, pence, *other_day in moved:
        on = other_day[0] if other_day else YOUNG
        lines[account_id].append(line(on, pence, CodeKind.TRANSFER, ExplainGroup.ADJUSTMENTS, 7))
        accounts[account_id - 1].balance_pence += pence
    pages = {each: LedgerPage(each, None, None, lines=tuple(theirs)) for each, theirs in lines.items()}
    debts = owed.debts_of(accounts, pages, TODAY, "other", None)
    return [(each.account_id, part.due_on, part.amount) for each in debts for part in each.parts]


def test_debt_carried_to_the_former_account_with_some_from_elsewhere_stays_as_old_as_it_is():
    """Rent gives 50.00; 80.00 arrive, 30.00 of them from a garage: only these fell due there on that day."""
    assert carried((1, -50_00), (2, 50_00)) == [(2, OLD, Money(50_00))]
    assert carried((1, -50_00), (2, 80_00)) == [(2, OLD, Money(50_00)), (2, YOUNG, Money(30_00))]
    assert carried((1, -50_00), (2, 35_00)) == [(2, OLD, Money(35_00))]


def test_what_comes_to_both_accounts_in_one_journal_is_carried_between_none():
    before = date(2024, 4, 1)
    assert carried((1, 20_00, before), (2, 30_00)) == [
        (1, OLD, Money(20_00)),
        (1, before, Money(20_00)),
        (1, YOUNG, Money(30_00)),
        (2, OLD, Money(30_00)),
    ]
