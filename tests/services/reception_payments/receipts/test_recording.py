"""A payment is posted once, on the right accounts and control account, and numbered without gaps within its desk."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.access import DeclaredAccount
from app.models.ledger import Entry, Journal
from app.models.reception_payments.receipts import Receipt
from app.models.values import Fund, Relation, TakenBy
from app.services.core.errors import UserError, UserErrors
from app.services.ledger import commands as ledger
from app.services.ledger import queries
from app.services.ledger.checks import check
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from tests.services.reception_payments.conftest import TODAY, control, payment


def balance(desk, account_id):
    return desk.ask(queries.balance, account_id).pence


def faults(desk, new):
    with pytest.raises(UserErrors) as told:
        desk.do(recording.record, new)
    return {error.field: str(error) for error in told.value.errors}


def test_cash_for_rent_and_garage_is_one_journal_that_balances(desk, reception):
    shares = (NewShare(100_00, reception.rent), NewShare(12_50, reception.garage))

    row = desk.do(recording.record, payment(reception, *shares, tendered_pence=120_00))

    assert (row.number, row.pence, row.tendered_pence) == (1, 112_50, 120_00)
    assert (balance(desk, reception.rent), balance(desk, reception.garage)) == (-100_00, -12_50)
    assert control(desk, "cash:counter") == 112_50
    entries = desk.ask(lambda ctx: ctx.session.scalars(select(Entry).where(Entry.account_id == reception.rent)).all())
    assert [(e.code, e.effective_on, e.rent_week, e.narrative) for e in entries] == [
        ("RCO", TODAY, date(2026, 11, 16), "Receipt WGC000001")
    ]
    assert not desk.ask(check)


@pytest.mark.parametrize(
    ("by", "code", "key", "rest"),
    [
        (TakenBy.CHEQUE, "RQP", "cash:cheque", {"cheque": NewCheque("A Sample", "Anybank", "000123")}),
        (TakenBy.POSTAL_ORDER, "RPO", "cash:cheque", {"cheque": NewCheque(number="77 1234")}),
        (TakenBy.TERMINAL, "RCP", "cash:card", {"slip": "T4711"}),
        (TakenBy.CARD, "RCP", "cash:card", {"slip": "hu20sqlact5260q2nanm0q8u93"}),
    ],
)
def test_each_way_of_paying_has_its_code_and_its_control_account(desk, reception, by, code, key, rest):
    row = desk.do(recording.record, payment(reception, by=by, **rest))

    codes = select(Entry.code).where(Entry.journal == row.journal, Entry.account_id == reception.rent)
    assert desk.ask(lambda ctx: ctx.session.scalars(codes).all()) == [code]
    assert control(desk, key) == 100_00


def test_the_same_click_never_takes_a_payment_twice(desk, reception):
    first = desk.do(recording.record, payment(reception))
    again = desk.do(recording.record, payment(reception))

    assert (again.id, again.number) == (first.id, first.number)
    assert balance(desk, reception.rent) == -100_00
    with pytest.raises(UserError, match="with another amount"):
        desk.do(recording.record, payment(reception, NewShare(5_00, reception.rent)))


def test_numbers_are_gapless_within_each_desk(desk, reception):
    rows = [desk.do(recording.record, payment(reception, key=f"a{each}")) for each in range(2)]
    faults(desk, payment(reception, key="b", by=TakenBy.CHEQUE))
    rows.append(desk.do(recording.record, payment(reception, key="c")))
    elsewhere = payment(reception, key="d", by=TakenBy.TERMINAL, slip="1", desk_id=reception.hatfield)
    rows.append(desk.do(recording.record, elsewhere))

    assert [(row.desk_id, row.number) for row in rows] == [
        (reception.counter, 1),
        (reception.counter, 2),
        (reception.counter, 3),
        (reception.hatfield, 1),
    ]


def test_hatfield_takes_no_cash(desk, reception):
    assert faults(desk, payment(reception, desk_id=reception.hatfield)) == {
        "taken_by": "Hatfield takes no cash. Ask for another way to pay, or another desk."
    }
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Journal))) == 0


def test_the_same_slip_twice_is_refused_with_the_receipt_that_has_it(desk, reception):
    desk.do(recording.record, payment(reception, by=TakenBy.TERMINAL, slip="T4711"))

    told = faults(desk, payment(reception, key="two", by=TakenBy.TERMINAL, slip="T4711"))

    assert told == {"slip": "The slip T4711 is on receipt WGC000001 already. Look at the reference again."}


def test_a_receipt_book_is_keyed_in_for_its_own_day_and_once(desk, reception):
    day = date(2026, 11, 19)
    assert "taken_on" in faults(desk, payment(reception, taken_on=day))
    desk.do(recording.record, payment(reception, taken_on=day, book_number="0451"))

    assert faults(desk, payment(reception, key="two", taken_on=day, book_number="0451")) == {
        "book_number": "Number 0451 of the receipt book is receipt WGC000001 already."
    }
    on = select(Entry.effective_on).where(Entry.account_id == reception.rent)
    assert desk.ask(lambda ctx: ctx.session.scalars(on).all()) == [day]


def test_every_fault_is_told_at_once_beside_its_field(desk, reception):
    told = faults(desk, payment(reception, NewShare(0, reception.rent), by=TakenBy.CHEQUE, tendered_pence=5))

    assert set(told) == {"pence", "tendered", "cheque_number", "cheque_drawer"}
    assert "handed over for £100.00" in faults(desk, payment(reception, tendered_pence=50_00))["tendered"]
    later = payment(reception, taken_on=date(2026, 11, 22))
    assert faults(desk, later)["taken_on"].startswith("22 Nov 2026 is still to come.")


@pytest.mark.parametrize("field", ["payer_name", "note", "book_number", "cheque_drawer", "cheque_bank", "slip"])
def test_no_field_takes_a_card_number(desk, reception, field):
    number = "4242 4242 4242 4242"
    part, _, rest = field.partition("_")
    by, given = (
        (TakenBy.CHEQUE, {"cheque": NewCheque(**{"number": "1", rest: number})})
        if part == "cheque"
        else (
            TakenBy.TERMINAL,
            {"slip": "1", field: number},
        )
    )

    told = faults(desk, payment(reception, by=by, **given))

    assert "looks like a card number, ending 4242" in told[field]


def test_other_income_goes_to_its_own_control_account(desk, reception):
    share = NewShare(35_00, stream_id=reception.income, words="PCN 12345")

    desk.do(recording.record, payment(reception, share))

    assert control(desk, "stream:parking", Fund.GENERAL) == -35_00
    assert control(desk, "cash:counter", Fund.GENERAL) == 35_00


def test_a_control_account_is_no_account_to_pay(desk, reception):
    wanted = select(Entry.account_id).where(Entry.account_id != reception.rent)
    desk.do(recording.record, payment(reception))
    cash = desk.ask(lambda ctx: ctx.session.scalars(wanted).one())

    assert set(faults(desk, payment(reception, NewShare(1_00, cash), key="two"))) == {"pence"}


def test_money_is_taken_for_an_account_that_the_officer_declared(desk, reception):
    own = {"officer_id": desk.officer.id, "declared_by": desk.officer.id, "relation": Relation.RELATIVE}
    declared = DeclaredAccount(account_id=reception.rent, from_on=date(2026, 1, 1), **own)
    desk.do(lambda ctx: ctx.session.add(declared))

    desk.do(recording.record, payment(reception))

    assert balance(desk, reception.rent) == -100_00


def test_the_ledger_refuses_to_reverse_a_receipt_by_itself(desk, reception):
    row = desk.do(recording.record, payment(reception))

    with pytest.raises(UserError, match="is receipt WGC000001"):
        desk.do(ledger.reverse, row.journal, "Wrong", "key")
    assert desk.ask(lambda ctx: ctx.session.get_one(Receipt, row.id).undone_journal) is None
