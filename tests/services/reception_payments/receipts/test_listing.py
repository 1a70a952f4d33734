"""Receipts are found by what they say, listed with what they come to, and don't say whose they are where that is restricted."""

import pytest

from app.models.access import RestrictedRecord
from app.models.reception_payments.receipts import Receipt
from app.models.values import MoneyReceiptState, PayerKind, Subject, TakenBy
from app.services.core.errors import UserError
from app.services.reception_payments.receipts import queries, recording, undoing
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from app.services.reception_payments.receipts.dto.shown import ReceiptAct, ReceiptFilter, ReceiptSort, ReceiptView
from tests.factories import approving
from tests.prepared import prepared
from tests.services.reception_payments.conftest import TODAY, payment


@prepared
def three(desk, reception):
    """A cheque for rent and garage, a card for somebody else's rent, and cash that was voided."""
    cheque = NewCheque("A Sample", "Anybank", "000123")
    shares = (NewShare(80_00, reception.rent), NewShare(20_00, reception.garage))
    first = desk.do(recording.record, payment(reception, *shares, by=TakenBy.CHEQUE, cheque=cheque))
    rest = {"payer": PayerKind.THIRD_PARTY, "payer_name": "Pat Helper", "person_id": None, "slip": "T9"}
    other = NewShare(30_00, reception.other)
    second = desk.do(recording.record, payment(reception, other, key="two", by=TakenBy.TERMINAL, **rest))
    third = desk.do(recording.record, payment(reception, key="three"))
    void = MoneyReceiptState.VOID
    desk.do(
        lambda ctx: undoing.undo(
            approving.void(ctx, third.id), ctx.session.get_one(Receipt, third.id), TODAY, void, "Keyed twice"
        )
    )
    return first.id, second.id, third.id


def found(desk, sort=ReceiptSort.NUMBER, **wanted):
    return list(desk.ask(queries.ids, ReceiptFilter(**wanted), sort, descending=False))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("wgc 1", [0]),
        ("WGC000002", [1]),
        ("000123", [0]),
        ("T9", [1]),
        ("Helper", [1]),
        ("70 0002", [1]),
        ("Else", [1]),
        ("nobody", []),
    ],
)
def test_a_receipt_is_found_by_what_it_says(desk, three, text, places):
    assert found(desk, text=text) == [three[at] for at in places]


def test_the_views_and_what_stands(desk, reception, three):
    assert found(desk, view=ReceiptView.TODAY) == list(three) == found(desk, view=ReceiptView.MINE)
    assert found(desk, view=ReceiptView.BACK) == [three[2]]
    assert found(desk, account_id=reception.rent) == [three[0], three[2]]
    assert found(desk, sort=ReceiptSort.AMOUNT) == [three[1], three[0], three[2]]
    counts = desk.ask(queries.counts)
    assert (counts[ReceiptView.TODAY], counts[ReceiptView.BACK], counts[ReceiptView.WAITING]) == (3, 1, 0)
    totals = desk.ask(queries.totals, ReceiptFilter())
    assert (totals.count, totals.amount.pence) == (3, 130_00)
    assert desk.ask(queries.totals_of, [three[1]]).amount.pence == 30_00


def test_a_line_says_where_it_went_and_who_paid(desk, three):
    first, second, _ = desk.ask(queries.rows, three)

    assert (first.number, first.reference, first.others, first.payer_name) == ("WGC000001", "70 0001", 1, "")
    assert (second.payer, second.payer_name, second.officer) == (PayerKind.THIRD_PARTY, "Pat Helper", "Test Officer")


def test_lines_are_read_by_a_fixed_number_of_statements(desk, three, query_log):
    desk.ask(queries.rows, three[:1])
    one = len(query_log)
    query_log.clear()
    desk.ask(queries.rows, three)
    assert len(query_log) == one


def test_a_receipt_whole_says_how_and_what_can_be_done(desk, reception, three):
    cheque = desk.ask(queries.detail, three[0])
    void = desk.ask(queries.detail, three[2])

    assert (cheque.shares[0].reference, cheque.shares[0].amount.pence) == ("70 0001", 80_00)
    assert cheque.how == ("Cheque 000123 of A Sample, Anybank",)
    assert cheque.may == {ReceiptAct.PAPER, ReceiptAct.VOID, ReceiptAct.RETURN}
    assert void.may == {ReceiptAct.PAPER}
    assert void.undone.startswith("Void on 21 Nov 2026 by Test Officer, journal 4: Keyed twice")
    with pytest.raises(UserError, match="no such receipt"):
        desk.ask(queries.detail, 99)


def test_the_receipts_of_an_account_are_listed_with_what_each_put_on_it(desk, reception, three):
    listed = desk.ask(queries.of_account, reception.garage)

    assert [(row.number, amount.pence) for row, amount in listed] == [("WGC000001", 20_00)]


def test_a_restricted_record_is_not_told_of(desk, clerk, reception, three):
    record = RestrictedRecord(
        subject=Subject.TENANCY,
        subject_id=reception.tenancy,
        reason="Safety",
        restricted_by=desk.officer.id,
        restricted_at=desk.clock.now(),
    )
    desk.do(lambda ctx: ctx.session.add(record))

    row = next(iter(clerk.ask(queries.rows, [three[0]])))
    whole = clerk.ask(queries.detail, three[0])

    assert (row.shut, row.name, row.account_id) == (True, "Restricted", None)
    assert (whole.shares, whole.may, whole.email) == ((), frozenset(), "")
    assert found(clerk, text="Sample") == []
    with pytest.raises(UserError, match="restricted record"):
        clerk.ask(queries.of_account, reception.rent)
