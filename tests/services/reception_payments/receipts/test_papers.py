"""The paper of a receipt, by printer and by e-mail, and the text message that says where to pay."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.people import Person
from app.models.policy import PolicyValue
from app.models.values import PayerKind, TakenBy
from app.services.core.errors import UserError
from app.services.exports.receipt import ReceiptPaper
from app.services.reception_payments.receipts import commands, recording
from app.services.reception_payments.receipts.dto.asked import EmailReceipt, PrintReceipt, SendLink
from app.services.reception_payments.receipts.dto.new import NewCheque, NewShare
from tests.factories import debits
from tests.services.reception_payments.conftest import payment


def text_of(content):
    pages = PdfReader(BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages), [
        round(float(each) / 72 * 25.4) for each in pages[0].mediabox[2:]
    ]


def printed(desk, receipt, paper=ReceiptPaper.A5):
    return desk.do(commands.print_receipt, PrintReceipt(receipt.id, paper))


def test_the_paper_says_what_was_paid_and_how_and_never_whose_it_is(desk, reception):
    shares = (NewShare(80_00, reception.rent), NewShare(35_00, stream_id=reception.income, words="PCN 12345"))
    row = desk.do(recording.record, payment(reception, *shares, tendered_pence=120_00))

    paper = printed(desk, row)

    words, size = text_of(paper.content)
    for each in (
        "Receipt WGC000001",
        "The Campus",
        "Rent account 70 0001",
        "Parking notices PCN 12345",
        "£80.00",
        "£35.00",
        "£115.00",
        "Handed over",
        "£5.00",
        "Test Officer",
    ):
        assert each in words
    assert "Sample" not in words
    assert "COPY" not in words
    assert (size, paper.copy) == ([148, 210], False)


def test_a_second_one_says_that_it_is_a_copy_and_the_roll_is_as_long_as_it_needs(desk, reception):
    row = desk.do(recording.record, payment(reception, by=TakenBy.CHEQUE, cheque=NewCheque("A Sample", "", "000123")))
    printed(desk, row)

    again = printed(desk, row, ReceiptPaper.ROLL)

    words, size = text_of(again.content)
    assert again.copy
    assert "COPY" in words
    assert "000123" in words
    assert size[0] == 80


def test_large_print_goes_on_on_another_page_where_there_is_no_room(desk, reception):
    shares = [NewShare(1_00 + at, stream_id=reception.income, words=f"PCN {at:05}") for at in range(14)]
    row = desk.do(recording.record, payment(reception, *shares))

    content = printed(desk, row, ReceiptPaper.LARGE).content

    assert len(PdfReader(BytesIO(content)).pages) > 1
    assert all(f"PCN {at:05}" in text_of(content)[0] for at in range(14))


def test_a_receipt_goes_by_email_once_and_says_the_same(desk, reception):
    row = desk.do(recording.record, payment(reception))

    desk.do(debits.landlord)
    done = desk.do(commands.email_receipt, EmailReceipt(row.id, "alex@example.org"))

    (sent,) = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).all())
    assert done.told == "Receipt WGC000001 goes to alex@example.org."
    assert sent.address == "alex@example.org"
    assert "WGC000001" in sent.subject_line
    assert "£100.00" in sent.body
    with pytest.raises(UserError):
        desk.do(commands.email_receipt, EmailReceipt(row.id, "not an address"))


def test_other_income_alone_is_printed_not_mailed(desk, reception):
    share = NewShare(35_00, stream_id=reception.income, words="PCN 1")
    row = desk.do(recording.record, payment(reception, share, payer=PayerKind.THIRD_PARTY, person_id=None))

    with pytest.raises(UserError, match="other income only"):
        desk.do(commands.email_receipt, EmailReceipt(row.id, "alex@example.org"))


def test_a_link_is_texted_once_the_office_says_where_to_pay(desk, reception):
    link = SendLink("one", reception.rent, "07700 900123")
    with pytest.raises(UserError, match="where to pay"):
        desk.do(commands.send_link, link)
    page = PolicyValue(
        key="reception.payment_page",
        scope="",
        value="www.anytown.gov.uk/pay",
        unit="",
        effective_from=date(2026, 1, 1),
        source="a decision",
    )
    desk.do(lambda ctx: ctx.session.add(page))
    desk.do(debits.landlord)
    desk.do(lambda ctx: setattr(ctx.session.get_one(Person, reception.person), "mobile", "07700 900123"))

    desk.do(commands.send_link, link)
    desk.do(commands.send_link, link)

    (sent,) = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).all())
    assert "www.anytown.gov.uk/pay with the reference 70 0001" in sent.body
