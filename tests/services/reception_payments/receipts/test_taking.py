"""Taking a payment: who pays, what they are asked, the void by a second officer, and what comes back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.visits import Visit
from app.models.values import AccountKind, JournalKind, MoneyReceiptState, PayerKind, TakenBy
from app.services.approvals import commands as approvals
from app.services.core.errors import NotAllowed, UserError, UserErrors
from app.services.ledger import queries as ledger
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.receipts import checking, commands, queries
from app.services.reception_payments.receipts.dto.asked import AskVoid, CameBack, Enquiry, TakePayment
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from tests.factories import lettings
from tests.services.reception_payments.conftest import TODAY, of_yesterday, payment

PROVED = ("birth", "postcode")
THIRD = {"payer": PayerKind.THIRD_PARTY, "person_id": None, "payer_name": "Pat Helper"}


def take(desk, new, way=Way.COUNTER, asked=()):
    return desk.do(commands.take, TakePayment(new, way, frozenset(asked)))


def owe(desk, account_id, pence, key="owe"):
    header = JournalHeader(JournalKind.LOAD, TODAY, "test", key)
    desk.do(append, header, [Line(account_id, "ADJ", pence, TODAY)])


def asked(desk, new):
    return {each.key.partition(":")[0]: each.words for each in desk.ask(checking.questions, new)}


def test_a_holder_who_proved_it_pays_in_cash_and_gets_change(desk, reception):
    new = payment(reception, tendered_pence=120_00, proved_by=PROVED)

    taken = take(desk, new)

    assert taken.told == "Receipt WGC000001: £100.00 taken. Give £20.00 change."
    kept = desk.ask(lambda ctx: ctx.session.get_one(Receipt, taken.receipt_id))
    assert (kept.proved_by, kept.person_id) == ("birth,postcode", reception.person)


def test_who_proves_too_little_is_told_nothing_and_may_pay_as_anybody(desk, reception):
    few = payment(reception, proved_by=("birth",))

    with pytest.raises(UserError, match="1 of 2 questions is answered") as told:
        take(desk, few, Way.TELEPHONE)

    assert told.value.field == "payer"
    assert take(desk, replace(few, **THIRD), Way.TELEPHONE).email == ""
    with pytest.raises(UserError, match="who of the account pays"):
        take(desk, replace(few, person_id=None, entry_key="x"))


def test_ten_times_what_is_owed_is_asked_not_refused(desk, reception):
    owe(desk, reception.rent, 120_00)
    new = payment(reception, NewShare(1_200_00, reception.rent), proved_by=PROVED)

    assert asked(desk, new) == {"large": "£1,200.00 is 10 times the £120.00 of 70 0001: is the amount right?"}
    smaller = payment(reception, NewShare(1_199_99, reception.rent), key="two")
    assert asked(desk, smaller) == {}
    with pytest.raises(UserErrors):
        take(desk, new)
    assert take(desk, new, asked=[f"large:{reception.rent}"]).number == "WGC000001"


def test_paid_the_same_today_is_asked(desk, reception):
    take(desk, payment(reception, proved_by=PROVED))

    assert asked(desk, payment(reception, key="two")) == {"today": "£100.00 was paid on 70 0001 today already: again?"}
    assert asked(desk, payment(reception, NewShare(99_00, reception.rent), key="three")) == {}


def test_an_ended_account_offers_that_of_the_former_tenancy(desk, reception):
    def end(ctx):
        home = ctx.session.get_one(lettings.Tenancy, reception.tenancy)
        home.end_on = date(2026, 11, 1)
        return lettings.account(ctx, home, AccountKind.FORMER_TENANT, payment_reference="70 0009").id

    former = desk.do(end)

    told = asked(desk, payment(reception))
    assert told == {
        "ended": "70 0001 ended on 1 Nov 2026. Should it go to the former tenancy's account 70 0009?",
        **({"nothing": told["nothing"]} if "nothing" in told else {}),
    }
    assert "ended" not in asked(desk, payment(reception, NewShare(5_00, former)))


def test_a_void_takes_a_second_officer_who_did_not_take_it(desk, colleague, reception):
    taken = take(desk, payment(reception, proved_by=PROVED))

    done = desk.do(commands.ask_void, AskVoid(taken.receipt_id, "Keyed for the wrong tenant"))

    row = desk.ask(queries.detail, taken.receipt_id)
    assert (row.row.state, done.told) == (
        MoneyReceiptState.VOID_ASKED,
        "Receipt WGC000001 is void once a second officer approves it, today.",
    )
    assert desk.ask(ledger.balance, reception.rent).pence == -100_00
    with pytest.raises(UserError):
        desk.do(approvals.approve, [row.request_id])
    colleague.do(approvals.approve, [row.request_id])
    after = desk.ask(queries.detail, taken.receipt_id)
    assert after.row.state is MoneyReceiptState.VOID
    assert "by Test Colleague" in after.undone
    assert after.undone.endswith("Keyed for the wrong tenant")
    assert desk.ask(ledger.balance, reception.rent).pence == 0


def test_a_void_that_is_refused_leaves_the_receipt_as_it_was(desk, colleague, reception):
    taken = take(desk, payment(reception, proved_by=PROVED))
    desk.do(commands.ask_void, AskVoid(taken.receipt_id, "Twice"))
    request = desk.ask(queries.detail, taken.receipt_id).request_id
    with pytest.raises(UserError, match="waits for its void"):
        desk.do(commands.ask_void, AskVoid(taken.receipt_id, "Twice"))

    colleague.do(approvals.refuse, [request], "It was only taken once")

    assert desk.ask(queries.detail, taken.receipt_id).row.state is MoneyReceiptState.TAKEN


def test_a_void_needs_somebody_else_at_all_and_a_reason(desk, reception):
    taken = take(desk, payment(reception, proved_by=PROVED))

    with pytest.raises(UserError):
        desk.do(commands.ask_void, AskVoid(taken.receipt_id, "Twice"))
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.ask_void, AskVoid(taken.receipt_id, " "))
    assert desk.ask(queries.detail, taken.receipt_id).row.state is MoneyReceiptState.TAKEN


def test_a_returned_cheque_is_off_the_accounts_and_not_by_whoever_only_takes_payments(
    desk, colleague, clerk, reception
):
    cheque = NewCheque("A Sample", "", "000123")
    taken = take(clerk, payment(reception, by=TakenBy.CHEQUE, cheque=cheque, proved_by=PROVED))
    back = CameBack(taken.receipt_id, TODAY, "Refer to drawer")

    with pytest.raises(NotAllowed):
        clerk.do(commands.came_back, back)
    with pytest.raises(UserError, match="was taken today, so no bank has sent it back"):
        colleague.do(commands.came_back, back)
    of_yesterday(desk, taken.receipt_id)
    done = colleague.do(commands.came_back, back)

    assert done.changes.account_ids == {reception.rent}
    assert desk.ask(ledger.balance, reception.rent).pence == 0


def test_a_question_for_the_balance_is_logged_and_says_whether_it_was_told(desk, reception):
    desk.do(commands.enquire, Enquiry(reception.rent, Way.TELEPHONE, None, reception.person, PROVED))
    desk.do(commands.enquire, Enquiry(reception.rent, Way.COUNTER, reception.counter))
    with pytest.raises(UserError, match="0 of 2 questions are answered"):
        desk.do(commands.enquire, Enquiry(reception.rent, Way.TELEPHONE, None, reception.person))

    visits = desk.ask(lambda ctx: ctx.session.scalars(select(Visit).order_by(Visit.id)).all())
    assert [(each.told, each.person_id, each.kind.value) for each in visits] == [
        (True, reception.person, "call"),
        (False, None, "visit"),
    ]
    assert desk.ask(lambda ctx: ctx.session.get_one(Account, reception.rent).balance_pence) == 0


def test_the_same_click_from_two_desks_asks_nothing_and_gives_the_receipt_that_it_made(desk, colleague, reception):
    new = payment(reception, **THIRD)

    first, again = take(desk, new), take(colleague, new)

    assert again.receipt_id == first.receipt_id
