"""A file of receipts is loaded whole and once: every penny of it is on an account, in suspense, or waits for an officer."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.audit import AuditEntry
from app.models.documents import Document
from app.models.ledger import Journal
from app.models.reception_payments.files import ReceiptFile
from app.models.reception_payments.pay_cards import PayCard
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import (
    Money,
    MoneyReceiptState,
    PayCardReason,
    PayCardState,
    ReceiptFileState,
    TakenBy,
)
from app.services.core.errors import UserError
from app.services.ledger import commands as ledger
from app.services.ledger.posting import append_reversal
from app.services.reception_payments.files import commands, jobs, queries
from app.services.reception_payments.files.dto import NewLoad, TakeBack
from app.services.reception_payments.files.dto_read import Control, Typed
from app.services.reception_payments.files.layouts import Negatives
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewCheque
from tests.factories import approving
from tests.services.reception_payments.conftest import control, payment
from tests.services.reception_payments.files.made import HEAD, PLAIN, kept, load, written

NUMBER = "4000058260000005"
ONE = "70 0001,10.00,16/11/2026,A Payer,1\n"


from tests.services.reception_payments.files.looks import balance, counted, entries, lines, sound


def test_a_payment_is_on_its_account_on_the_day_it_was_paid(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE)
    assert (done.posted, done.posted_total, done.suspense, done.waiting) == (1, Money(1000), 0, 0)
    [entry] = entries(desk, reception.rent)
    assert (entry.pence, entry.code, entry.effective_on) == (-1000, "RBP", date(2026, 11, 16))
    assert entry.rent_week == date(2026, 11, 16)
    assert entry.narrative == "Bank payments, file 1"
    assert control(desk, "cash:bank") == 1000
    sound(desk)


def test_one_journal_for_each_code_and_month_with_each_line_on_its_own_day(desk, reception, bank_file, tmp_path):
    text = HEAD + "700001,10.00,30/10/2026,,\n700001,5.00,02/11/2026,,\n700002,7.00,17/11/2026,,\n"
    done = load(desk, tmp_path, text)
    rows = select(Journal.accounting_on, Journal.actual_count, Journal.actual_pence).order_by(Journal.number)
    assert desk.ask(lambda ctx: [tuple(row) for row in ctx.session.execute(rows)]) == [
        (date(2026, 10, 30), 1, -1000),
        (date(2026, 11, 17), 2, -1200),
    ]
    days = [(each.effective_on, each.rent_week) for each in entries(desk, reception.rent)]
    assert days == [(date(2026, 10, 30), date(2026, 10, 26)), (date(2026, 11, 2), date(2026, 11, 2))]
    assert done.posted == 3
    sound(desk)


def test_what_is_nobodys_is_in_suspense_with_what_the_payer_said(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE + "99 9999,25.00,16/11/2026,Who Ever,2\n,3.00,16/11/2026,,3\n")
    assert (done.suspense, done.suspense_total) == (2, Money(2800))
    items = desk.ask(lambda ctx: ctx.session.scalars(select(SuspenseItem).order_by(SuspenseItem.id)).all())
    assert [(each.pence, each.code, each.reference_given, each.payer_name) for each in items] == [
        (2500, "RBP", "99 9999", "Who Ever"),
        (300, "RBP", "", ""),
    ]
    assert control(desk, "suspense") == -2800
    assert control(desk, "cash:bank") == 3800
    assert [each.why for each in lines(desk)] == ["", "Nobody has this reference.", "It has no reference."]
    sound(desk)


def test_money_for_an_account_that_ended_goes_to_the_former_tenants_account(desk, ended, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + f"700009,10.00,16/11/2026,,\n{ended.tenancy},5.00,16/11/2026,,\n")
    assert (balance(desk, ended.rent), balance(desk, ended.former)) == (0, -1500)


def test_a_reference_of_a_pay_point_card_or_a_tenancy_finds_the_account(desk, reception, bank_file, tmp_path):
    def card(ctx):
        kind = {"state": PayCardState.ISSUED, "reason": PayCardReason.FIRST}
        ctx.session.add(
            PayCard(reference="98260001", account_id=reception.rent, ordered_by=1, ordered_at=ctx.clock.now(), **kind)
        )
        ctx.session.flush()

    desk.do(card)
    load(desk, tmp_path, HEAD + "9826 0001,10.00,16/11/2026,,\n")
    assert balance(desk, reception.rent) == -1000


def test_benefit_goes_to_rent_only(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RUC"))
    garage = desk.ask(lambda ctx: ctx.session.get_one(Account, reception.garage).payment_reference)
    done = load(desk, tmp_path, HEAD + f"{garage},30.00,16/11/2026,,\n700001,20.00,16/11/2026,,\n")
    assert (done.posted, done.suspense) == (1, 1)
    assert lines(desk)[0].why == "Benefit goes to rent only, and this is: garage."
    assert (balance(desk, reception.garage), balance(desk, reception.rent)) == (0, -2000)


def test_a_clawback_is_a_debit_on_the_account(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RHB", negatives=Negatives.REAL))
    done = load(desk, tmp_path, HEAD + "700001,50.00,16/11/2026,,\n700001,-20.00,16/11/2026,,\n")
    assert done.posted_total == Money(3000)
    assert balance(desk, reception.rent) == -3000
    assert control(desk, "housing_benefit") == 3000
    sound(desk)


def test_a_cheque_that_came_back_takes_its_receipt_off_the_account(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RQP", negatives=Negatives.RETURNED))
    cheque = NewCheque("A Payer", "Test Bank", "000123")
    paid = payment(reception, by=TakenBy.CHEQUE, cheque=cheque, taken_on=date(2026, 11, 10), book_number="B1")
    desk.do(recording.record, paid)
    done = load(desk, tmp_path, HEAD + ",-100.00,19/11/2026,,123\n")
    receipt = desk.ask(lambda ctx: ctx.session.scalars(select(Receipt)).one())
    assert (receipt.state, receipt.undone_on) == (MoneyReceiptState.RETURNED, date(2026, 11, 19))
    assert (done.posted, done.suspense, balance(desk, reception.rent)) == (1, 0, 0)
    sound(desk)


def test_a_cheque_whose_receipt_was_put_right_meanwhile_goes_into_suspense(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RQP", negatives=Negatives.RETURNED))
    paid = payment(reception, by=TakenBy.CHEQUE, cheque=NewCheque("A Payer", "Test Bank", "000123"))
    receipt = desk.do(recording.record, paid)
    by_hand = (receipt.journal, "Put right by hand", "by hand")
    desk.do(lambda ctx: append_reversal(approving.void(ctx, receipt.id), *by_hand) and None)
    done = load(desk, tmp_path, HEAD + ",-100.00,21/11/2026,,123\n700001,-5.00,21/11/2026,,9\n")
    assert (balance(desk, reception.rent), control(desk, "suspense")) == (500, 10000)
    assert (done.posted, done.suspense) == (1, 1)
    assert "is reversed already" in lines(desk, done.file_id)[0].why
    sound(desk)


def test_a_cheque_whose_receipt_is_not_found_is_a_debit_or_in_suspense(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RQP", negatives=Negatives.RETURNED))
    done = load(desk, tmp_path, HEAD + "700001,-40.00,19/11/2026,,9\n,-5.00,19/11/2026,,8\n")
    assert (done.posted, done.suspense) == (1, 1)
    assert balance(desk, reception.rent) == 4000
    assert control(desk, "suspense") == 500
    sound(desk)


def test_wrong_totals_stop_the_whole_file(desk, reception, bank_file, tmp_path):
    with pytest.raises(UserError, match=r"You typed £11\.00 in all, and the payments come to £10\.00"):
        load(desk, tmp_path, HEAD + ONE, typed=Typed(declared=Control(1, Money(1100))))
    assert lines(desk) == []
    assert balance(desk, reception.rent) == 0


def test_one_wrong_line_stops_the_whole_file(desk, reception, bank_file, tmp_path):
    with pytest.raises(UserError, match="still to come"):
        load(desk, tmp_path, HEAD + ONE + "700001,10.00,22/11/2026,,\n")
    assert lines(desk) == []


def test_a_code_that_takes_nothing_back_is_told(desk, reception, tmp_path):
    kept(desk, replace(PLAIN, code="RBA", negatives=Negatives.REAL))
    with pytest.raises(UserError, match=r"RBA.*doesn't allow a debit"):
        load(desk, tmp_path, HEAD + "700001,-10.00,16/11/2026,,\n")


def test_a_file_with_a_card_number_waits_and_nothing_of_it_is_kept(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE + f"700001,5.00,16/11/2026,{NUMBER},\n")
    assert done.quarantined
    assert "line 3" in done.told
    row = desk.ask(lambda ctx: ctx.session.scalars(select(ReceiptFile)).one())
    assert (row.state, row.document_sha256, row.count) == (ReceiptFileState.QUARANTINED, None, 0)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Document)).all()) == []
    assert lines(desk) == []
    assert NUMBER not in repr(done)
    again = load(desk, tmp_path, HEAD + ONE + f"700001,5.00,16/11/2026,{NUMBER},\n")
    assert again.file_id == done.file_id
    assert load(desk, tmp_path, HEAD + ONE + "700001,5.00,16/11/2026,,\n").posted == 2
    desk.do(commands.reject, TakeBack(row.id, row.version, "Loaded without it"))
    assert desk.ask(lambda ctx: ctx.session.get_one(ReceiptFile, row.id).state) is ReceiptFileState.REJECTED


def test_the_file_is_kept_sealed_and_saved_as_it_came(desk, reception, bank_file, tmp_path):
    done = load(desk, tmp_path, HEAD + ONE)
    stored = desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).one())
    assert b"A Payer" not in stored
    place = tmp_path / "saved.csv"
    desk.do(commands.save_as, done.file_id, str(place))
    assert place.read_bytes() == (HEAD + ONE).encode()
    revealed = select(AuditEntry.row_key).where(AuditEntry.action == "reveal", AuditEntry.table_name == "receipt_file")
    assert desk.ask(lambda ctx: ctx.session.scalars(revealed).all()) == [str(done.file_id)]


def test_the_ledger_takes_no_journal_of_a_file_back_by_itself(desk, reception, bank_file, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    with pytest.raises(UserError, match="of receipt file 1"):
        desk.do(ledger.reverse, 1, "Wrong", "by hand")
    assert balance(desk, reception.rent) == -1000


def test_a_day_of_a_closed_period_is_accounted_for_in_the_open_one(desk, reception, bank_file, tmp_path):
    from app.services.ledger import periods

    def close(ctx):
        periods.ensure_open(ctx, date(2026, 11, 1))
        approving.close(ctx, periods.ensure_open(ctx, date(2026, 10, 31)))

    load(desk, tmp_path, HEAD + "700002,1.00,01/11/2026,,\n")
    load(desk, tmp_path, HEAD + "700002,1.00,31/10/2026,,\n")
    desk.do(close)
    load(desk, tmp_path, HEAD + ONE.replace("16/11", "30/10"))
    rows = select(Journal.accounting_on).order_by(Journal.number.desc())
    assert desk.ask(lambda ctx: ctx.session.scalars(rows).first()) == date(2026, 11, 1)
    assert entries(desk, reception.rent)[0].effective_on == date(2026, 10, 30)


def test_the_preview_says_what_loading_does_and_does_nothing(desk, reception, bank_file, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    text = HEAD + ONE + "700002,4.00,17/11/2026,,\n99,1.00,17/11/2026,,\n"
    file = jobs.read_file(desk, written(tmp_path, text), "Bank file")
    shown = desk.ask(queries.preview, file)
    assert [(each.what, each.count, each.amount) for each in shown.parts] == [
        ("Posted", 1, Money(400)),
        ("In suspense", 1, Money(100)),
        ("May be there already", 1, Money(1000)),
    ]
    assert [each.place for each in shown.lines] == [2, 4, 3]
    assert shown.ready
    assert any("Neither the file nor anybody says" in note for note in shown.notes)
    assert lines(desk) == []
    done = desk.do(commands.load, NewLoad(file))
    assert (done.posted, done.suspense, done.waiting) == (1, 1, 1)
    assert not desk.ask(queries.preview, file).ready
