"""Which debts a payment starts the six years anew for (Limitation Act 1980 s.29(5) to (7)); days by hand."""

from datetime import UTC, date, datetime

import pytest

from app.models.accounts import Account
from app.models.values import AccountKind, CodeKind, ExplainGroup, Money
from app.services.adjustments.write_offs import owed
from app.services.ledger.dto import LedgerLine, LedgerPage

TODAY = date(2026, 11, 21)


def line(on, pence, kind, group):
    at = datetime(2020, 1, 1, tzinfo=UTC)
    return LedgerLine(1, 1, on, on, at, None, "X", "", kind, group, "", Money(pence), Money(0))


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
