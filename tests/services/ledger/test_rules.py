"""Why a line can't be posted."""

from datetime import date

import pytest

from app.models.values import CodeKind
from app.services.ledger.dto import Line
from app.services.ledger.rules import CodeRule, fault_in

RENT = CodeRule("DBR", CodeKind.CHARGE, "income:rent", allows_negative=False, active=True)


def line(pence):
    return Line(1, "DBR", pence, date(2026, 11, 16))


@pytest.mark.parametrize("pence", [10.5, 10.0, "10"])
def test_only_whole_pence_are_posted(pence):
    assert "isn't whole pence" in fault_in(line(pence), RENT)


def test_a_whole_amount_has_no_fault():
    assert fault_in(line(10), RENT) == ""
