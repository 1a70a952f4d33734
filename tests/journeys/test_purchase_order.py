"""Twelve radiators from the requisition to the remittance advice, by keyboard at three windows and over three weeks.

12 at £500.00 are £6,000.00 before VAT, which the council gets back: £6,000.00 of a budget of £10,000.00 are bound when the order
is approved. On Friday 27 November 5 come: 5/12 of £6,000.00, £2,500.00, are owed and £3,500.00 bound; the other 7 on Monday.
Charged are 12 at £525.00, £6,300.00 and £1,260.00 VAT, £300.00 too much where £5.00 would pass; the supplier is told the next
day and gives £300.00 and £60.00 VAT back. So £6,300.00 less £300.00 are spent, and £7,560.00 less £360.00 are paid: £7,200.00.

Received on Tuesday 1 December that is the first of 30 days, so it is to be paid by the 30th; the dispute held that for 2 days, from
the 2nd to the 4th: by 1 January. A file sent on Monday 14 December moves the money on Wednesday.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.letters import Outgoing
from app.models.values import InvoiceState, Money, OrderState, Subject, SupplierRunState
from app.services.bacs.standard18.reading import read
from app.services.ledger import checks
from app.services.letters.commands import sending
from app.services.letters.sending import Outcome, OutcomeKind
from app.services.purchase_orders.invoices.dto import Act
from app.services.purchase_orders.payments import daily
from app.views.common.documents_incoming import Incoming
from app.views.purchase_orders.dispute_sheets import DisputeSheet, SettleSheet, TellSheet
from app.views.purchase_orders.invoice_log import LogSheet
from app.views.purchase_orders.match_sheet import MatchSheet
from app.views.purchase_orders.paid import PaidSheet
from app.views.purchase_orders.payment_sheets import SentSheet
from app.views.purchase_orders.quotations import ChooseSheet, QuotationSheet
from app.views.purchase_orders.receiving_sheets import ReceiveSheet
from app.views.purchase_orders.requisition import RequisitionSheet
from app.views.purchase_orders.send import SendSheet
from tests.factories import purchasing
from tests.journeys.purchase_officer import ALT, CTRL, SHIFT, Officer, at_desk, clock, windows
from tests.services.bacs.conftest import OWN
from tests.services.purchase_orders.payments.conftest import bank
from tests.views.desktop import answer_file, type_text, wait

__all__ = ["at_desk", "clock", "windows"]
Key = Qt.Key


def _begin(ctx):
    """Three suppliers, of whom the first has bank details in force; the budget."""
    first, *_ = [
        purchasing.supplier(ctx, f"{name} Heating Limited", remittance_email="ledger@heating.example")
        for name in ("Sample", "Example", "Specimen")
    ]
    bank(ctx, first.id)
    return purchasing.budget(ctx)


@pytest.fixture
def budget(at_desk):
    return at_desk(_begin)


@pytest.fixture
def buyer(program, budget, landlord_file, qtbot):
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return Officer(program, qtbot)


def it_is_asked_for(buyer, tmp_path):
    """Standing orders want three quotations of what is above £5,000.00: it is a draft first, and says so."""
    sheet = buyer.opens(RequisitionSheet, Key.Key_Return, CTRL)
    buyer.enters_a_line(sheet, "Radiators", "12", "500", "41")
    buyer.press(Key.Key_S, CTRL, on=sheet)
    buyer.until(lambda: "untick 'Ask for approval at once'" in sheet.fields.error_of("supplier_id"))
    buyer.press(Key.Key_K, ALT, on=sheet)
    buyer.until(lambda: not sheet.asks())
    buyer.confirms(sheet)
    buyer.until(lambda: buyer.order() is not None)
    assert "0 of 3 quotations recorded" in buyer.tab.page.card._reason.text()

    for name, pounds in (("exam", 6_600), ("samp", 6_000), ("spec", 7_200)):
        sheet = buyer.opens(QuotationSheet, Key.Key_Q, CTRL | SHIFT)
        buyer.picks(sheet.fields.field("supplier_id"), name)
        sheet.fields.field("net").setFocus()
        buyer.types(sheet, str(pounds), str(pounds // 5))
        path = tmp_path / f"{name}.txt"
        path.write_text(f"We quote £{pounds}.00 and VAT.")
        sheet.evidence.add([Incoming(path.name, path)])
        buyer.confirms(sheet)
    sheet = buyer.opens(ChooseSheet, Key.Key_C, CTRL | SHIFT)
    buyer.confirms(sheet)
    buyer.until(lambda: buyer.order().row.supplier == "Sample Heating Limited")
    buyer.press(Key.Key_A, CTRL | SHIFT)
    buyer.until(lambda: buyer.order().row.state is OrderState.WAITING)


def it_is_ordered(buyer):
    buyer.approved_by("leader", buyer.order().request_id)
    buyer.tab.refresh()
    buyer.until(lambda: buyer.order().row.state is OrderState.OPEN)
    sheet = buyer.opens(SendSheet, Key.Key_S, CTRL | SHIFT)
    buyer.confirms(sheet)
    buyer.until(lambda: buyer.order().row.sent_on is not None)
    assert buyer.told() == "PO00001 goes to orders1@example.com by e-mail."


def it_comes(buyer, budget, windows, clock):
    """Whoever asked for it can't say that it came; the storekeeper does, on two days, in a window that stays open."""
    buyer.press(Key.Key_R, CTRL | SHIFT)
    page = buyer.tab.section("receiving").page
    buyer.until(lambda: page.form is not None)
    assert "You asked for PO00001, so somebody else records what came" in page.warning.text()
    assert not page.every.isEnabled()

    clock.day = date(2026, 11, 27)
    keeper = windows("keeper")
    page = keeper.section("receiving").page
    keeper.until(lambda: page.form is not None)
    sheet = keeper.opens(ReceiveSheet, Key.Key_R, CTRL | SHIFT, page)
    type_text(sheet, "5")
    keeper.confirms(sheet)
    keeper.until(lambda: page.form.lines[0].left == 7_000)
    assert buyer.stands(budget) == (3_500_00, 2_500_00, 0)
    clock.day = date(2026, 11, 30)
    keeper.press(Key.Key_Return, CTRL, on=page)
    keeper.until(lambda: [each.received_on.day for each in page.receipts.rows] == [30, 27])


def it_is_charged_too_dear(buyer, clock):
    """Logged on Wednesday as it came on Tuesday; the match shows the price, and the supplier is told at once."""
    clock.day = date(2026, 12, 2)
    page = buyer.section("invoices").page
    sheet = buyer.opens(LogSheet, Key.Key_Return, CTRL, page)
    buyer.picks(sheet.fields.field("supplier"), "samp")
    buyer.types(sheet, "SH-4471", "30/11", "1/12", "po1", "6300", "1260")
    buyer.until(sheet.take.isEnabled)
    buyer.press(Key.Key_T, CTRL | SHIFT, on=sheet)
    sheet.fields.field("lines").table.go(0, 3)
    buyer.types(sheet, "525")
    buyer.until(lambda: "as the invoice says" in sheet._said_of_vat.text())
    match = buyer.opens(MatchSheet, Key.Key_Return, CTRL, sheet)
    (price,) = match.found.match.differences
    assert price.words == "Radiators: £525.00 where £500.00 was ordered, £300.00 too much (£5.00 is allowed)."
    assert (match.found.row.pay_by_on, match.confirm_action.isEnabled()) == (date(2026, 12, 30), False)

    buyer.confirms(buyer.opens(DisputeSheet, Key.Key_F7, on=match))
    buyer.until(lambda: Act.TELL in match.found.acts)
    sheet = buyer.opens(TellSheet, Key.Key_F9, on=match)
    assert "£300.00 too much." in sheet.preview.text()
    assert "is allowed" not in sheet.preview.text()
    buyer.confirms(sheet)
    buyer.until(lambda: match.found.disputes[0].under_way)
    assert not match.found.clock.held
    while (taken := buyer.desk.do(sending.take)) is not None:
        buyer.desk.do(sending.settle, taken.outgoing_id, Outcome(OutcomeKind.ACCEPTED, provider_id="made-up"))
    return match


def a_credit_note_settles_it(buyer, match, clock):
    """For the price alone, without a quantity: with it nothing differs, and the two are approved together."""
    clock.day = date(2026, 12, 4)
    sheet = buyer.opens(LogSheet, Key.Key_C, CTRL | SHIFT, match)
    (line,) = sheet.fields.typed()["lines"]
    assert (line["order_line"], line["quantity"], line["price"]) == ("1", "", "300.00")
    known = {"supplier_number": "CN-88", "invoice_on": date(2026, 12, 3), "net": Money(300_00), "vat": Money(60_00)}
    sheet.fields.fill(known)
    buyer.until(lambda: "as the invoice says" in sheet._said_of_vat.text())
    buyer.confirms(sheet)
    buyer.until(lambda: match.found.credited_by)
    assert match.found.clock.held
    assert match.found.match.differences == ()
    sheet = buyer.opens(SettleSheet, Key.Key_F7, SHIFT, match)
    sheet.fields.fill({"end": "The supplier sends a credit note"})
    buyer.confirms(sheet)
    buyer.until(lambda: not match.found.row.disputed)
    assert match.found.row.pay_by_on == date(2027, 1, 1)
    buyer.confirms(match)
    page = buyer.tab.section("invoices").page
    invoice_id = match.found.row.invoice_id
    buyer.program.office.open_record(Subject.SUPPLIER_INVOICE, invoice_id)
    buyer.until(lambda: page.detail is not None and page.detail.row.invoice_id == invoice_id)
    assert page.detail.row.state is InvoiceState.WAITING
    return page.detail.request_id


def it_is_paid(payer, tmp_path):
    """Asked for by finance, approved by somebody who approved none of the invoices; the file, sent, and the remittance."""
    section = payer.section("payments")
    page = section.page
    payer.press(Key.Key_N, CTRL, on=page)
    payer.until(lambda: page.asks and page.asking.preview is not None)
    type_text(page, "2/1/27")
    payer.press(Key.Key_Tab, on=page)
    payer.until(lambda: page.asking.preview and page.asking.preview.payments)
    assert page.asking.come_to.text().startswith("1 supplier, £7,200.00 in all.")
    page.asking.declared.field("declared_count").setFocus()
    payer.types(page, "1", "7200")
    payer.press(Key.Key_Return, CTRL, on=page)
    payer.until(lambda: page.card.detail is not None)
    payer.approved_by("treasurer", page.card.detail.row.request_id)
    section.refresh()
    payer.until(lambda: page.card.detail.row.state is SupplierRunState.MADE)
    payer.press(Key.Key_Return, CTRL, on=page)
    answer_file(payer.qtbot, page, tmp_path)
    payer.until(lambda: list(tmp_path.rglob("Bacs*.txt")))
    sheet = payer.opens(SentSheet, Key.Key_Return, CTRL, page)
    type_text(sheet, "S0001")
    payer.confirms(sheet)
    payer.until(lambda: page.card.detail.row.state is SupplierRunState.SENT)
    payer.press(Key.Key_Return, CTRL, on=page)
    payer.until(lambda: page.card.detail.remitted == 1)
    (path,) = tmp_path.rglob("Bacs*.txt")
    found = read(path.read_bytes(), OWN["sun"])
    assert [(each.code, each.pence) for each in found.lines] == [("99", 7_200_00), ("17", 7_200_00)]
    assert found.faults == ()
    return page.card.detail.row.pay_on


def test_radiators_from_the_requisition_to_the_remittance(buyer, budget, windows, clock, tmp_path):
    it_is_asked_for(buyer, tmp_path)
    assert buyer.stands(budget) == (0, 0, 0)
    it_is_ordered(buyer)
    assert buyer.stands(budget) == (6_000_00, 0, 0)
    it_comes(buyer, budget, windows, clock)
    assert buyer.stands(budget) == (0, 6_000_00, 0)
    match = it_is_charged_too_dear(buyer, clock)
    request_id = a_credit_note_settles_it(buyer, match, clock)
    assert buyer.stands(budget) == (0, 6_000_00, 0)
    buyer.approved_by("leader", request_id)
    assert buyer.stands(budget) == (0, 0, 6_300_00 - 300_00)

    clock.day = date(2026, 12, 14)
    clock.day = it_is_paid(windows("payer"), tmp_path)
    assert clock.day == date(2026, 12, 16)
    buyer.desk.do(daily.each_day)
    sheet = buyer.opens(PaidSheet, Key.Key_F8)
    type_text(sheet, "sh-4471")
    buyer.until(lambda: sheet.answer.text() == "Paid on 16 Dec 2026 in run PR00001.")
    sheet.reject()
    letters = buyer.desk.ask(lambda ctx: [each.title for each in ctx.session.query(Outgoing).order_by(Outgoing.id)])
    assert letters == ["Purchase order by e-mail", "Invoice disputed, by e-mail", "Remittance advice (e-mail)"]
    assert buyer.stands(budget) == (0, 0, 6_000_00)
    assert buyer.desk.ask(checks.check) == ()
