"""£220.00 to the credit of the home: £70.00 goes to finance with whole bank details, £50.00 onto the cheque list."""

import hashlib
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.documents import Document
from app.models.ledger import Entry
from app.models.refunds import RefundPayment
from app.models.values import DebitCaseKind, DebitCaseOutcome, Money, RefundMethod, RefundState
from app.services.adjustments.payments import commands, queries
from app.services.adjustments.payments.dto import NewPayment, PaidFilter, Profile, Shown
from app.services.adjustments.refunds import queries as refunds
from app.services.bacs import commands as bacs
from app.services.bacs import queries as bank
from app.services.bacs.standard18 import reading
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.cases import commands as cases
from app.services.direct_debits.cases.dto import CloseCase, NewCase
from app.services.signing import commands as signing
from tests.certificates import PASSWORD, SIGNER, checked, pfx
from tests.factories import debits
from tests.services.adjustments.conftest import balance, paid, third
from tests.services.adjustments.payments.conftest import approved

PAY_ON = date(2026, 11, 24)


def payment(method=RefundMethod.FINANCE, key="first", **rest):
    return NewPayment(key, method, PAY_ON, **rest)


def state(desk, refund_id):
    return desk.ask(refunds.detail, refund_id).state


@pytest.mark.logs
def test_where_the_signing_fails_the_officer_is_told_after_all(desk, two, monkeypatch):
    Desk.sit_down(desk.database, "manager", desk.clock).do(signing.load, pfx(), PASSWORD)
    monkeypatch.setattr("tzlocal.get_localzone", lambda: {}["nowhere"])
    sent = desk.do(commands.send, payment())
    assert "Sign the PDF by hand: it can't be signed with this certificate." in sent.told
    assert checked(desk.do(commands.open_files, sent.payment_id).request) is None


def test_finance_gets_a_file_and_a_pdf_and_each_refund_is_posted(desk, credited, two):
    first, second = two
    Desk.sit_down(desk.database, "manager", desk.clock).do(signing.load, pfx(), PASSWORD)
    form = desk.ask(queries.form)
    assert form.signing == f"The PDF is signed as {SIGNER}."
    assert form.ready[RefundMethod.FINANCE] == (1, Money(70_00))
    assert form.ready[RefundMethod.CHEQUE] == (1, Money(50_00))
    sent = desk.do(commands.send, payment())
    assert (sent.count, sent.total, sent.left_out) == (1, Money(70_00), ())
    assert sent.told.endswith("posted.")
    assert balance(desk, credited) == -150_00
    found = desk.ask(refunds.detail, first)
    assert (found.state, found.payment_id, found.sent_on) == (RefundState.SENT, sent.payment_id, desk.clock.today())
    posted = select(Entry.code).where(Entry.journal == found.journal, Entry.account_id == credited.id)
    assert desk.ask(lambda ctx: ctx.session.scalar(posted)) == "RDR"
    assert state(desk, second) is RefundState.APPROVED

    files = desk.do(commands.open_files, sent.payment_id)
    cells = [str(cell) for row in load_workbook(io.BytesIO(files.content)).active.values for cell in row]
    assert {"08-99-99", "66374958", "Mx Alex Sample", "REFUND 1"} <= set(cells)
    assert files.name == f"Payment request {sent.payment_id}.xlsx"
    assert checked(files.request).bottom_line
    opened = select(AuditEntry.after).where(AuditEntry.table_name == "refund_payment", AuditEntry.action == "reveal")
    assert desk.ask(lambda ctx: len(ctx.session.scalars(opened).all())) == 1
    shown = desk.ask(queries.listed, PaidFilter(Shown.PAID))
    assert [(row.number, row.bank, row.approved_by) for row in shown] == [(1, "account ending 58", "Test Colleague")]
    assert desk.ask(queries.counts) == {Shown.TO_PAY: 1, Shown.PAID: 1, Shown.RETURNED: 0}


@pytest.mark.parametrize("profile", Profile)
def test_nothing_that_is_kept_shows_whole_bank_details(desk, two, profile):
    """The file is sealed; what is opened is what the PDF's digest is of, and what was altered isn't opened."""
    sent = desk.do(commands.send, payment(profile=profile))
    files = desk.do(commands.open_files, sent.payment_id)
    assert hashlib.sha256(files.content).hexdigest() == files.sha256
    assert "66374958" in text_in(files.content)
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).all())
    assert not [each for each in kept if "66374958" in text_in(each)]

    def altered(ctx):
        row = ctx.session.get_one(RefundPayment, sent.payment_id)
        file = ctx.session.get_one(Document, row.document_sha256)
        file.content = file.content[:-1] + bytes([file.content[-1] ^ 1])

    desk.do(altered)
    with pytest.raises(UserError, match="it has been altered"):
        desk.do(commands.open_files, sent.payment_id)


def text_in(content):
    """Every text of a file: of a workbook its cells, of a PDF its pages."""
    if content.startswith(b"PK"):
        return str([row for sheet in load_workbook(io.BytesIO(content)) for row in sheet.values])
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("latin-1")


def test_the_same_key_sends_once_and_nothing_is_paid_twice(desk, credited, two):
    sent = desk.do(commands.send, payment())
    assert desk.do(commands.send, payment()).payment_id == sent.payment_id
    with pytest.raises(UserError, match="No approved refund waits"):
        desk.do(commands.send, payment(key="another click"))
    with pytest.raises(UserError, match="1 of the chosen refunds is not to be paid this way"):
        desk.do(commands.send, payment(key="chosen", refund_ids=two[:1]))
    assert balance(desk, credited) == -150_00


def test_cheques_are_listed_with_addresses(desk, credited, two):
    sent = desk.do(commands.send, payment(RefundMethod.CHEQUE, profile=Profile.CSV))
    files = desk.do(commands.open_files, sent.payment_id)
    assert files.name.endswith(".csv")
    assert checked(files.request) is None
    assert "Sign the PDF by hand: no certificate is loaded." in sent.told
    assert "Mx Alex Sample,1 Sample Close,50.00" in files.content.decode("utf-8-sig")
    assert balance(desk, credited) == -170_00


def test_what_the_credit_does_not_cover_any_more_is_left_out(desk, credited, two):
    paid(desk, credited, "RBP", 160_00)
    sent = desk.do(commands.send, payment(RefundMethod.CHEQUE))
    assert sent.total == Money(50_00)
    with pytest.raises(UserError, match=r"Refund 1: Only £10\.00 stands to the credit"):
        desk.do(commands.send, payment(key="second"))
    assert balance(desk, credited) == -10_00
    (row,) = desk.ask(queries.listed, PaidFilter())
    assert row.why_not == "Only £10.00 stands to the credit of the account now."


def test_whoever_asked_does_not_pay_where_a_third_officer_is_wanted(desk, two):
    third(desk, "refund")
    with pytest.raises(UserError, match="earlier step"):
        desk.do(commands.send, payment())
    with pytest.raises(UserError, match="passed"):
        desk.do(commands.send, NewPayment("late", RefundMethod.FINANCE, date(2026, 11, 20)))
    with pytest.raises(UserError, match="provider"):
        desk.do(commands.send, payment(RefundMethod.CARD))
    assert desk.ask(lambda ctx: ctx.session.scalars(select(RefundPayment)).all()) == []


def test_a_bacs_file_is_made_where_finance_authorises_it(desk, colleague, credited, council):
    council(credit_files="no")
    refund_id = approved(desk, colleague, credited, "70.00", "one", RefundMethod.BACS)
    assert desk.ask(queries.form).bacs_on is None
    with pytest.raises(UserError, match="hasn't authorised"):
        desk.do(commands.send, payment(RefundMethod.BACS))
    assert (state(desk, refund_id), balance(desk, credited)) == (RefundState.APPROVED, -220_00)
    council(credit_files="yes")
    assert desk.ask(queries.form).bacs_on == PAY_ON
    sent = desk.do(commands.send, payment(RefundMethod.BACS))
    files = desk.do(commands.open_files, sent.payment_id)
    read = reading.read(files.content, "123456")
    assert read.faults == ()
    kept = desk.ask(lambda ctx: ctx.session.scalars(select(Document.content)).all())
    assert not [each for each in kept if "66374958" in text_in(each)]
    assert [(line.destination.account_number, line.pence, line.reference) for line in read.lines] == [
        ("66374958", 70_00, "REFUND 1"),
        ("70872490", 70_00, "CONTRA"),
    ]
    assert balance(desk, credited) == -150_00


def test_ended_bank_details_leave_out_only_their_refund(desk, colleague, credited, two):
    detail_id = desk.ask(refunds.detail, two[0]).bank_detail_id
    version = desk.ask(bank.details, [detail_id])[detail_id].version
    desk.do(bacs.end, detail_id, version, "The account is closed")
    with pytest.raises(UserError, match="Refund 1: Its bank details are not in force any more"):
        desk.do(commands.send, payment())
    assert desk.do(commands.send, payment(RefundMethod.CHEQUE, "cheques")).count == 1


def test_nothing_is_paid_while_the_payers_bank_claims_money_back(desk, credited, two, home):
    """Approved before the claim: the bank pays the payer, so the refund waits, however the claim came."""
    mandate_id = desk.do(lambda ctx: debits.mandate(ctx, home).id)
    new = NewCase("letter", DebitCaseKind.INDEMNITY, mandate_id, "A letter", date(2026, 11, 20), amount=Money(65_00))
    case_id = desk.do(cases.open_case, new).case_id

    with pytest.raises(UserError, match=r"Case 1: the payer's bank claims £65\.00 back .* the money twice"):
        desk.do(commands.send, payment(RefundMethod.CHEQUE))
    desk.do(cases.close, CloseCase(case_id, 1, DebitCaseOutcome.WON, "The bank wrote so"))

    assert desk.do(commands.send, payment(RefundMethod.CHEQUE)).count == 1
