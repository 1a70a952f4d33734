"""What a run takes and leaves out, and what paying late costs: figures worked by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import InvoiceState, Money, NotPaid, PaidBy, PaidPart
from app.services.purchase_orders.payments import rules
from app.services.purchase_orders.payments.rules import Item, Payee, Payment, Selection

DAY = date(2026, 11, 27)
PAYEE = Payee(1, "S00001", "Sample Paints", bank_id=7, last_two="58")


def item(pence, number=1, **columns):
    values = {"state": InvoiceState.APPROVED, "credit": pence < 0} | columns
    return Item(
        number, 1, f"IN{number:05}", f"SI-{number}", values.pop("state"), DAY, DAY, PaidPart.INVOICE, pence, **values
    )


def reasons(payee=PAYEE, by=PaidBy.BACS, *items):
    found = rules.choose(items or (item(100_00),), {1: payee}, by)
    return [out.reason for out in found.left_out], found.pence


def test_credit_notes_are_taken_off():
    found = rules.choose([item(-30_00, 2), item(100_00)], {1: PAYEE}, PaidBy.BACS)
    assert [(each.pence, [paid.pence for paid in each.items]) for each in found.payments] == [(70_00, [100_00, -30_00])]


def test_of_a_credit_note_that_is_more_a_part_is_taken_off_and_the_rest_left_and_said():
    found = rules.choose([item(100_00), item(-130_00, 2)], {1: PAYEE}, PaidBy.BACS)
    ((payment, note),) = (each.items for each in found.payments)
    assert (payment.pence, note.pence, note.part, note.shown) == (
        100_00,
        -100_00,
        PaidPart.CREDIT_PART,
        (Money(0), Money(0), Money(0)),
    )
    assert note.remark == "£100.00 of credit note IN00002 is taken off, £30.00 of it is left."
    (left,) = found.left_out
    assert (left.reason, left.pence, left.words) == (
        NotPaid.NOTHING,
        -30_00,
        "Credit notes of £30.00 are left once what is due is set off.",
    )


def test_as_much_credit_as_is_due_is_set_off():
    assert reasons(PAYEE, PaidBy.BACS, item(100_00), item(-100_00, 2)) == ([], 0)


@pytest.mark.parametrize(
    ("payee", "reason"),
    [
        (Payee(1, "S1", "A", blocked="It is blocked.", bank_id=7), NotPaid.BLOCKED),
        (Payee(1, "S1", "A"), NotPaid.NO_BANK),
        (Payee(1, "S1", "A", bank_id=7, bank_new="They are new."), NotPaid.BANK_NEW),
    ],
)
def test_who_may_not_be_paid(payee, reason):
    assert reasons(payee) == ([reason], 0)


def test_the_finance_system_needs_no_bank_details():
    assert reasons(Payee(1, "S1", "A"), PaidBy.FINANCE) == ([], 100_00)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"state": InvoiceState.LOGGED}, NotPaid.NOT_APPROVED),
        ({"state": InvoiceState.WAITING}, NotPaid.NOT_APPROVED),
        ({"state": InvoiceState.PAID}, NotPaid.IN_RUN),
        ({"state": InvoiceState.IN_RUN, "run": "PR00004"}, NotPaid.IN_RUN),
        ({"disputed": "Two tins were empty"}, NotPaid.DISPUTED),
    ],
)
def test_what_is_not_paid(columns, reason):
    assert reasons(PAYEE, PaidBy.BACS, item(100_00, **columns)) == ([reason], 0)


@given(st.lists(st.integers(-500_00, 500_00).filter(bool), max_size=8))
def test_nothing_is_lost_and_nobody_is_paid_less_than_nothing(amounts):
    """All of it is in the payment or left out, to the penny; where credit notes are more, all that is due is set off."""
    items = [item(pence, at, credit=pence < 0) for at, pence in enumerate(amounts, 1)]
    found = rules.choose(items, {1: PAYEE}, PaidBy.BACS)
    taken = [each for payment in found.payments for each in payment.items]
    assert found.pence == (max(sum(amounts), 0) if any(pence > 0 for pence in amounts) else 0)
    assert sum(each.pence for each in taken) == found.pence
    if any(pence > 0 for pence in amounts):
        assert sum(each.pence for each in taken) + sum(out.pence for out in found.left_out) == sum(amounts)
        assert {out.item.credit for out in found.left_out} <= {True}
        assert sum(each.part is PaidPart.CREDIT_PART for each in taken) <= 1
    else:
        assert not taken
        assert not found.left_out


def test_what_differs_since_it_was_asked_for():
    asked = [Payment(PAYEE, (item(100_00),))]
    other = Payment(Payee(1, "S00001", "Sample Paints", bank_id=8), (item(90_00),))
    assert list(rules.differences(asked, Selection((other,), ()))) == [
        "Sample Paints: its bank details are others now.",
        "Sample Paints: £90.00 instead of £100.00.",
    ]


def test_interest_is_simple_by_the_day():
    # £1,200.00 at 11.75 % a year: £141.00; 15 of 365 days of it are £5.7945...
    assert rules.interest(1_200_00, Decimal("11.75"), 15) == 5_79
    # £999.99 at 12.75 %: £127.4987 a year, 10 days £3.4931
    assert rules.interest(999_99, Decimal("12.75"), 10) == 3_49
    # £36.50 at 10 % is a penny a day
    assert rules.interest(36_50, Decimal(10), 365) == 3_65
    assert rules.interest(1_000_000_00, Decimal("11.75"), 0) == 0


@pytest.mark.parametrize(
    ("pay_by_on", "rate_on"),
    [
        (date(2025, 6, 29), date(2025, 1, 1)),
        (date(2025, 6, 30), date(2025, 7, 1)),
        (date(2025, 12, 30), date(2025, 7, 1)),
        (date(2025, 12, 31), date(2026, 1, 1)),
    ],
)
def test_the_base_rate_is_that_of_the_half_year_in_which_it_became_late(pay_by_on, rate_on):
    assert rules.base_rate_day(pay_by_on) == rate_on


@pytest.mark.parametrize(
    ("pence", "scope"),
    [
        (1, "late:to_1000"),
        (999_99, "late:to_1000"),
        (1_000_00, "late:to_10000"),
        (9_999_99, "late:to_10000"),
        (10_000_00, "late:above"),
    ],
)
def test_compensation_goes_by_the_amount(pence, scope):
    assert rules.compensation_scope(pence) == scope


def test_what_is_declared():
    assert rules.declared_fault(2, 180_00, 2, Money(180_00)) == ""
    assert rules.declared_fault(1, 180_00, 2, Money(170_00)) == "The run pays 1 supplier £180.00, not 2 and £170.00."
