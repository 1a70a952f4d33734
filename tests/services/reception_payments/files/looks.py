"""What the tests of files of receipts look at in the database."""

from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.ledger import Entry
from app.models.reception_payments.files import ReceiptFileLine
from app.services.ledger import checks
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.services.reception_payments.conftest import payment

NUMBER = "4000058260000005"
ONE = "70 0001,10.00,16/11/2026,A Payer,1\n"


def counted(desk, reception, pounds, account_id, number):
    """A payment of Monday the 16th that was keyed in from the receipt book at the counter."""
    new = payment(reception, NewShare(pounds, account_id), key=number, taken_on=date(2026, 11, 16), book_number=number)
    desk.do(recording.record, new)


def balance(desk, account_id):
    return desk.ask(lambda ctx: ctx.session.get_one(Account, account_id).balance_pence)


def lines(desk, file_id=None):
    rows = select(ReceiptFileLine).order_by(ReceiptFileLine.id)
    found = desk.ask(lambda ctx: ctx.session.scalars(rows).all())
    return [each for each in found if file_id is None or each.file_id == file_id]


def entries(desk, account_id):
    rows = select(Entry).where(Entry.account_id == account_id).order_by(Entry.journal, Entry.line)
    return desk.ask(lambda ctx: ctx.session.scalars(rows).all())


def sound(desk):
    assert desk.ask(checks.check) == ()
