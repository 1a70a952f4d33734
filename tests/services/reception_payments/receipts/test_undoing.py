"""A payment comes off its accounts again: void on its day, returned or charged back later, once."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.ledger import Entry
from app.models.reception_payments.receipts import Receipt
from app.models.values import MoneyReceiptState, TakenBy
from app.services.adjustments import fixing
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.ledger import queries
from app.services.ledger.checks import check
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from tests.factories import approving
from tests.services.reception_payments.conftest import TODAY, control, payment

VOID, RETURNED = MoneyReceiptState.VOID, MoneyReceiptState.RETURNED


def undo(desk, row, on=TODAY, state=VOID, why="Wrong amount"):
    def work(ctx):
        there = approving.void(ctx, row.id) if state is VOID else ctx
        return undoing.undo(there, ctx.session.get_one(Receipt, row.id), on, state, why)

    return desk.do(work)


def later(desk, day):
    return Desk.sit_down(desk.database, desk.officer.username, FixedClock(day))


def test_a_void_is_the_opposite_of_every_line(desk, reception):
    shares = (NewShare(100_00, reception.rent), NewShare(5_00, reception.garage))
    row = desk.do(recording.record, payment(reception, *shares))

    journal = undo(desk, row)

    kept = desk.ask(lambda ctx: ctx.session.get_one(Receipt, row.id))
    assert (kept.state, kept.undone_journal, kept.undone_on, kept.undone_why) == (VOID, journal, TODAY, "Wrong amount")
    assert desk.ask(queries.balance, reception.rent).pence == desk.ask(queries.balance, reception.garage).pence == 0
    assert control(desk, "cash:counter") == 0
    assert not desk.ask(check)


def test_a_void_frees_its_slip_and_its_number_in_the_book(desk, reception):
    row = desk.do(recording.record, payment(reception, by=TakenBy.TERMINAL, slip="1", book_number="7"))
    undo(desk, row)

    again = desk.do(recording.record, payment(reception, key="two", by=TakenBy.TERMINAL, slip="1", book_number="7"))

    assert (again.number, again.state) == (2, MoneyReceiptState.TAKEN)


def test_only_a_receipt_of_today_is_void(desk, reception):
    row = desk.do(recording.record, payment(reception))

    with pytest.raises(UserError, match="not of today"):
        undo(later(desk, date(2026, 11, 23)), row, on=date(2026, 11, 23))


def test_a_returned_cheque_is_a_debit_on_each_account_on_the_day_it_came_back(desk, reception):
    shares = (NewShare(80_00, reception.rent), NewShare(20_00, reception.garage))
    cheque = NewCheque("A Sample", "Anybank", "000123")
    row = desk.do(recording.record, payment(reception, *shares, by=TakenBy.CHEQUE, cheque=cheque))
    day = date(2026, 11, 30)

    journal = undo(later(desk, day), row, day, RETURNED, "Refer to drawer")

    lines = select(Entry.account_id, Entry.code, Entry.pence, Entry.effective_on, Entry.rent_week, Entry.narrative)
    mine = lines.where(Entry.journal == journal, Entry.code != "CTL").order_by(Entry.pence.desc())
    words = "Cheque returned, receipt WGC000001"
    assert [tuple(each) for each in desk.ask(lambda ctx: ctx.session.execute(mine).all())] == [
        (reception.rent, "RRC", 80_00, day, day, words),
        (reception.garage, "RRC", 20_00, day, day, words),
    ]
    assert control(desk, "cash:cheque") == 0
    with pytest.raises(UserError, match="taken back already"):
        undo(later(desk, day), row, day, RETURNED, "Again")


def test_a_card_payment_charged_back_is_a_debit_by_the_card_code(desk, reception):
    row = desk.do(recording.record, payment(reception, by=TakenBy.TERMINAL, slip="T1"))

    journal = undo(desk, row, TODAY, RETURNED, "Chargeback")

    found = desk.ask(lambda ctx: ctx.session.execute(select(Entry.code, Entry.pence).where(Entry.journal == journal)))
    assert {tuple(each) for each in found} == {("RCP", 100_00), ("CTL", -100_00)}


@pytest.mark.parametrize(
    ("on", "state", "why", "words"),
    [
        (TODAY, VOID, "  ", "Say why"),
        (date(2026, 11, 22), RETURNED, "x", "still to come"),
        (date(2026, 11, 20), RETURNED, "x", "after that day"),
        (TODAY, RETURNED, "x", "Cash doesn't come back"),
        (TODAY, VOID, "card 4242 4242 4242 4242", "card number"),
        (TODAY, VOID, "x" * 201, "longer than 200"),
    ],
)
def test_what_cannot_be_taken_back_is_refused_and_stays(desk, reception, on, state, why, words):
    row = desk.do(recording.record, payment(reception))

    with pytest.raises(UserError, match=words):
        undo(desk, row, on, state, why)
    assert desk.ask(queries.balance, reception.rent).pence == -100_00


def test_a_card_payment_by_telephone_is_given_back_to_the_card_not_voided(desk, reception):
    row = desk.do(recording.record, payment(reception, by=TakenBy.CARD, slip="hu20sqlact5260q2nanm0q8u93"))

    with pytest.raises(UserError, match="the provider has the money"):
        undo(desk, row)


def test_a_line_that_went_to_a_wrong_account_may_be_moved_by_an_adjustment(desk, reception):
    row = desk.do(recording.record, payment(reception))

    def shut(ctx):
        return fixing.shut(ctx, row.journal, 1, fixing.standing_line(ctx, row.journal, 1))

    assert desk.ask(shut) == ""
    undo(desk, row)
    assert "reversed by journal" in desk.ask(shut)
