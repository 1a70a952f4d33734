"""Other income, the manual receipt book, cheques in the post, and what the finder and the check know of receipts."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import (
    Fund,
    Money,
    MoneyReceiptState,
    PayerKind,
    Subject,
    TakenBy,
)
from app.services.core import finding
from app.services.core.errors import UserError, UserErrors
from app.services.ledger import queries as ledger
from app.services.reception_payments.receipts import beginning, commands, reconciling, recording, undoing
from app.services.reception_payments.receipts.dto.asked import BookEntries, BookLine, TakeIncome
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from tests.factories import approving
from tests.services.reception_payments.conftest import TODAY, control, payment

DAY = date(2026, 11, 19)
SOMEBODY = {"payer": PayerKind.THIRD_PARTY, "person_id": None}


def test_other_income_is_taken_from_anybody_and_no_account_with_it(desk, reception):
    share = NewShare(35_00, stream_id=reception.income, words="PCN 1")
    done = desk.do(commands.take_income, TakeIncome(payment(reception, share, tendered_pence=40_00, **SOMEBODY)))

    assert done.told == "Receipt WGC000001: £35.00 taken. Give £5.00 change."
    assert control(desk, "stream:parking", Fund.GENERAL) == -35_00
    with pytest.raises(UserError, match="asked who they are"):
        desk.do(commands.take_income, TakeIncome(payment(reception, key="two")))


def book(reception, *lines, key="book"):
    return BookEntries(key, reception.counter, DAY, lines)


def test_the_book_is_keyed_in_for_its_own_day_all_or_none(desk, reception):
    lines = (
        BookLine("0451", "70 0001", Money(60_00), TakenBy.CASH),
        BookLine("0452", "700002", Money(118_42), TakenBy.CHEQUE, "000123", "S Else"),
    )

    done = desk.do(commands.key_in, book(reception, *lines))
    again = desk.do(commands.key_in, book(reception, *lines))

    assert done.told == again.told == "2 lines, £178.42: receipts WGC000001 to WGC000002."
    rows = desk.ask(lambda ctx: ctx.session.scalars(select(Receipt).order_by(Receipt.number)).all())
    assert [(row.book_number, row.taken_on, row.pence) for row in rows] == [("0451", DAY, 60_00), ("0452", DAY, 118_42)]
    assert desk.ask(ledger.balance, reception.rent, DAY).pence == -60_00


def test_what_is_wrong_with_a_line_of_the_book_is_said_with_its_row(desk, reception):
    lines = (
        BookLine("0451", "70 0001", Money(60_00), TakenBy.CASH),
        BookLine("", "nobody", Money(5_00), TakenBy.CASH),
        BookLine("0451", "70 0002", Money(0), TakenBy.CHEQUE),
        BookLine("0453", "70 9999", Money(5_00), TakenBy.CASH),
    )

    with pytest.raises(UserErrors) as told:
        desk.do(commands.key_in, book(reception, *lines))

    fields = {error.field for error in told.value.errors}
    assert {"lines:1:number", "lines:2:amount", "lines:2:paper", "lines:2:number", "lines:3:reference"} <= fields
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Receipt)).all()) == []
    with pytest.raises(UserErrors, match="No line"):
        desk.do(commands.key_in, book(reception))


def test_a_cheque_in_the_post_is_taken_once_and_its_register_says_by_which_receipt(
    colleague, reception, cheque_in_the_post
):
    (face,) = colleague.ask(beginning.valuables)
    form = colleague.ask(beginning.take_form, None, face.valuable_id)
    item = colleague.ask(lambda ctx: ctx.session.scalars(select(PostItem.id)).one())
    assert colleague.ask(beginning.take_form, None, None, item).valuable == face
    cheque = NewCheque("A Sample", "", "000123")
    share = NewShare(118_42, reception.rent)
    new = payment(
        reception, share, by=TakenBy.CHEQUE, cheque=cheque, valuable_id=face.valuable_id, taken_on=face.came_on
    )

    before = replace(new, taken_on=date(2026, 11, 19))
    with pytest.raises(UserErrors, match=r"It came in the post on 20 Nov 2026, so it wasn't paid on 19 Nov 2026"):
        colleague.do(recording.record, before)
    row = colleague.do(recording.record, new)

    assert (face.receipt, face.amount, face.came_on, face.account_id) == (
        "R000012",
        Money(118_42),
        date(2026, 11, 20),
        reception.rent,
    )
    assert form.account.account_id == reception.rent
    kept = colleague.ask(lambda ctx: ctx.session.get_one(PostValuable, cheque_in_the_post))
    assert (kept.paid_in, kept.paid_in_pence) == ("Receipt WGC000001", 118_42)
    assert colleague.ask(beginning.valuables) == ()
    with pytest.raises(UserError, match="already"):
        colleague.ask(beginning.take_form, None, face.valuable_id)
    void = MoneyReceiptState.VOID
    colleague.do(
        lambda ctx: undoing.undo(
            approving.void(ctx, row.id), ctx.session.get_one(Receipt, row.id), TODAY, void, "Wrong"
        )
    )
    assert [each.valuable_id for each in colleague.ask(beginning.valuables)] == [cheque_in_the_post]


def test_without_a_desk_nothing_can_be_taken(desk):
    with pytest.raises(UserError, match="No desk takes payments yet"):
        desk.ask(beginning.take_form)


def test_a_receipt_is_found_by_its_number_and_its_slip(desk, reception):
    row = desk.do(recording.record, payment(reception, by=TakenBy.TERMINAL, slip="T4711"))

    for text in ("WGC000001", "T4711"):
        groups = desk.ask(finding.find, text)
        found = [each for group in groups for each in group.found if each.subject is Subject.RECEIPT]
        assert [(each.subject_id, each.title) for each in found] == [(row.id, "Receipt WGC000001  £100.00")]


def test_the_check_tells_of_a_missing_number_and_of_parts_that_do_not_add_up(desk, reception):
    row = desk.do(recording.record, payment(reception))
    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == []

    desk.do(lambda ctx: ctx.session.execute(update(Receipt).values(number=2)))
    desk.do(lambda ctx: ctx.session.execute(update(ReceiptShare).values(pence=1)))
    desk.do(lambda ctx: ctx.session.execute(update(Receipt).values(state=MoneyReceiptState.VOID)))

    assert desk.ask(lambda ctx: list(reconciling.check(ctx))) == [
        "Campus West has 1 receipts, numbered 2 to 2: a number is missing.",
        "Receipt WGC000002 is of £100.00, and its parts come to £0.01.",
        "Receipt WGC000002 is taken back without a journal.",
    ]
    assert row.id
