"""What a recharge comes to, and credit notes that add up to their invoice however it is split."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.values import ZERO, Money, VatTreatment, WorkTime
from app.services.core.errors import UserError
from app.services.recharges import rules
from app.services.recharges.dto import Amounts, NewRecharge, PriceRow

ON = date(2026, 11, 18)
PRICES = {WorkTime.NORMAL: Money(76_40), WorkTime.OUT_OF_HOURS: Money(206_28)}


def work(**rest):
    return NewRecharge("key", 1, item="lock", done_on=ON, **rest)


def listed(vat=VatTreatment.OUTSIDE):
    return PriceRow("lock", "Lock change", "DRR", vat, PRICES, active=True, version=1)


@pytest.mark.parametrize(
    ("asked", "vat", "net", "tax"),
    [
        (work(), VatTreatment.OUTSIDE, 76_40, 0),
        (work(quantity=3), VatTreatment.EXEMPT, 229_20, 0),
        (work(at=WorkTime.OUT_OF_HOURS), VatTreatment.STANDARD, 206_28, 41_26),
        (work(net=Money(12)), VatTreatment.STANDARD, 12, 2),
        (work(net=Money(13)), VatTreatment.STANDARD, 13, 3),
    ],
)
def test_a_repair_by_the_price_list(asked, vat, net, tax):
    """20% of 206.28 is 41.256; of 12p 2.4p; of 13p 2.6p: rounded once, half up."""
    found = rules.repair(asked, listed(vat), 20_00 if vat is VatTreatment.STANDARD else 0)

    assert (found.net, found.vat, found.gross) == (Money(net), Money(tax), Money(net + tax))


def test_work_that_has_no_price_is_charged_by_its_cost():
    with pytest.raises(UserError, match="no price for 'Lock change', emergency by day") as refused:
        rules.repair(work(at=WorkTime.EMERGENCY), listed(), 0)
    assert refused.value.field == "net"


@pytest.mark.parametrize(
    ("rest", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": 100}, "quantity"),
        ({"net": Money(10_00)}, "note"),
        ({"description": "x" * 201}, "description"),
    ],
)
def test_what_is_wrong_stands_at_its_field(rest, field):
    (fault,) = rules.faults(work(**rest), ON)
    assert fault.field == field


def test_work_that_is_still_to_be_done_is_not_invoiced():
    (fault,) = rules.faults(work(), date(2026, 11, 17))
    assert fault.field == "done_on"


def test_a_fee_is_that_of_its_day():
    changes = ((date(2025, 4, 8), Money(404_00)), (date(2024, 5, 1), Money(391_00)))
    days = [date(2025, 4, 8), date(2025, 4, 7), date(2024, 4, 30)]
    assert [rules.fee_on(changes, day) for day in days] == [Money(404_00), Money(391_00), None]


@settings(max_examples=25)
@given(
    net=st.integers(1, 1_000_000),
    basis=st.sampled_from([0, 5_00, 17_50, 20_00]),
    parts=st.lists(st.integers(1, 300_000), max_size=6),
)
def test_credit_notes_add_up_to_the_invoice_and_none_is_below_nothing(net, basis, parts):
    invoice = Amounts(Money(net), Money(net).times(basis, 10_000))
    credited = Amounts(ZERO, ZERO)
    for part in parts:
        if part > (invoice.net - credited.net).pence:
            with pytest.raises(UserError):
                rules.credit(invoice, credited, Money(part))
            continue
        note = rules.credit(invoice, credited, Money(part))
        assert note.vat >= ZERO
        credited = Amounts(credited.net + note.net, credited.vat + note.vat)
    if credited.net < invoice.net:
        note = rules.credit(invoice, credited, None)
        credited = Amounts(credited.net + note.net, credited.vat + note.vat)
    assert (credited.net, credited.vat) == (invoice.net, invoice.vat)
