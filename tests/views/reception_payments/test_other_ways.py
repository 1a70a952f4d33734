"""Other income, the receipt book, a link by text, a void and what came back, by keyboard to what they leave in the database."""

from datetime import date

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog
from sqlalchemy import select

from app.models.policy import PolicyValue
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import MoneyReceiptState, TakenBy
from app.services.ledger import queries as ledger
from app.services.reception_payments.receipts import queries, recording
from app.services.reception_payments.receipts.dto.new import NewCheque
from app.views.reception_payments.book import BookSheet
from app.views.reception_payments.controller.desks import DesksController
from app.views.reception_payments.desk_sheets import DeskSheet
from app.views.reception_payments.income import IncomeSheet
from app.views.reception_payments.link import LinkSheet
from app.views.reception_payments.take import TakeSheet
from app.views.reception_payments.taken import EmailSheet, TakenSheet
from app.views.reception_payments.undo_sheets import BackSheet, VoidSheet
from app.views.rent.controller.receipts_of_account import ReceiptsOfAccountController
from tests.factories import debits
from tests.services.reception_payments.conftest import of_yesterday, payment
from tests.views.desktop import sheet_of, type_text
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key


def receipts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Receipt).order_by(Receipt.id)).all())


def shown(controller, hands, desk, number="WGC000001"):
    """The receipt of this number, chosen in the list."""
    controller.refresh()
    hands.until(lambda: controller.page.list.model.rowCount() > 0)
    controller.page.list.table.go_to(0)
    hands.until(lambda: controller.page.detail is not None and controller.page.detail.row.number == number)
    return controller.page.detail


def test_other_income_is_taken_with_its_reference(tab, landlord_desk):
    _, hands = tab
    sheet = hands.opens(IncomeSheet, Key.Key_O, BOTH)
    hands.types(sheet, words="PCN 12345", pence="35", tendered="40")

    hands.press(Key.Key_Return, CTRL, on=sheet)

    hands.sheet(TakenSheet)
    (share,) = landlord_desk.ask(lambda ctx: ctx.session.scalars(select(ReceiptShare)).all())
    assert (share.pence, share.words, share.stream_id) == (35_00, "PCN 12345", 1)


def test_other_income_without_an_amount_says_so(tab):
    _, hands = tab
    sheet = hands.opens(IncomeSheet, Key.Key_O, BOTH)
    assert "An amount is needed" in hands.refused(sheet, "pence")
    sheet.fields.field("words").setText("4111 1111 1111 1111")
    assert sheet.fields.field("words").text() == ""


def test_the_receipt_book_is_keyed_in_one_grid_and_a_wrong_line_is_said_in_its_cell(tab, landlord_desk, owing):
    _, hands = tab
    sheet = hands.opens(BookSheet, Key.Key_B, BOTH)
    hands.types(sheet, on="19/11/2026")
    hands.goes(sheet, "lines")
    hands.fills(sheet, "0451", "70 0001", "60", "C", "", "")
    hands.fills(sheet, "0452", "70 0009", "12.50", "C")

    hands.press(Key.Key_Return, CTRL, on=sheet)
    hands.until(lambda: sheet.messages.text)

    assert sheet.grid.error(1, "reference").startswith("Line 2: No account has the reference '70 0009'")
    assert receipts(landlord_desk) == []
    hands.writes(sheet, "70 0002", 1, 1)
    hands.saves(sheet)
    rows = receipts(landlord_desk)
    assert [(row.book_number, row.pence, row.taken_on) for row in rows] == [
        ("0451", 60_00, date(2026, 11, 19)),
        ("0452", 12_50, date(2026, 11, 19)),
    ]
    assert hands.told() == "2 lines, £72.50: receipts WGC000001 to WGC000002."


def test_a_void_is_asked_for_with_its_reason(tab, landlord_desk, colleague, owing):
    controller, hands = tab
    row = landlord_desk.do(recording.record, payment(owing))
    shown(controller, hands, landlord_desk)

    sheet = hands.opens(VoidSheet, Key.Key_Delete, CTRL)
    assert "Say why" in hands.refused(sheet, "why")
    hands.types(sheet, why="Keyed twice")
    hands.saves(sheet)

    assert landlord_desk.ask(queries.detail, row.id).row.state is MoneyReceiptState.VOID_ASKED
    hands.until(lambda: controller.page.detail.row.state is MoneyReceiptState.VOID_ASKED)


def test_a_returned_cheque_goes_off_the_account(tab, landlord_desk, owing):
    controller, hands = tab
    cheque = NewCheque("A Sample", "", "000123")
    row = landlord_desk.do(recording.record, payment(owing, by=TakenBy.CHEQUE, cheque=cheque))
    of_yesterday(landlord_desk, row.id)
    shown(controller, hands, landlord_desk)

    sheet = hands.opens(BackSheet, Key.Key_R, CTRL)
    hands.types(sheet, why="Refer to drawer")
    hands.saves(sheet)

    assert landlord_desk.ask(queries.detail, row.id).row.state is MoneyReceiptState.RETURNED
    assert landlord_desk.ask(ledger.balance, owing.rent).pence == 250_00


def test_a_receipt_is_mailed_from_the_list(tab, landlord_desk, owing):
    controller, hands = tab
    landlord_desk.do(debits.landlord)
    row = landlord_desk.do(recording.record, payment(owing))
    shown(controller, hands, landlord_desk)

    sheet = hands.opens(EmailSheet, Key.Key_M, CTRL)
    assert sheet.fields.values()["recipient"] == "a@example.org"
    hands.saves(sheet)

    assert landlord_desk.ask(queries.detail, row.id).emailed_at is not None


def test_a_link_goes_by_text_to_the_number_we_have(tab, landlord_desk, owing):
    _, hands = tab
    landlord_desk.do(debits.landlord)
    page = PolicyValue(
        key="reception.payment_page",
        scope="",
        value="www.anytown.gov.uk/pay",
        unit="",
        effective_from=date(2026, 1, 1),
        source="a decision",
    )
    landlord_desk.do(lambda ctx: ctx.session.add(page))
    hands.press(Key.Key_Return, CTRL)
    sheet = hands.sheet(TakeSheet)
    sheet.caller_wanted.emit(owing.rent)
    hands.until(lambda: sheet.caller is not None)

    hands.press(Key.Key_L, CTRL, on=sheet)
    link = hands.sheet(LinkSheet)
    assert link.fields.values()["recipient"] == "07700 900123"
    hands.saves(link)

    assert hands.told() == "A text message goes to 07700 900123."


def test_a_desk_is_kept_by_keyboard(office, owing, qtbot, landlord_desk):
    section = DesksController(office)
    qtbot.addWidget(section.page)
    section.page.resize(1200, 700)
    section.page.show()
    section.page.refresh_wanted.emit(None)
    hands = Hands(office, section.page, qtbot)
    hands.until(lambda: section.found is not None)

    sheet = hands.opens(DeskSheet, Key.Key_N, CTRL)
    hands.types(sheet, name="Town Hall", prefix="th", address="The Square")
    type_text(sheet, "")
    hands.saves(sheet)

    assert hands.told() == "The desk is saved."


def test_a_receipt_is_printed_on_paper_of_its_own_size_and_large_where_it_is_asked_for(tab, landlord_desk, owing):
    controller, hands = tab
    row = landlord_desk.do(recording.record, payment(owing))
    shown(controller, hands, landlord_desk)

    for key, held in ((Key.Key_F6, None), (Key.Key_F6, CTRL)):
        hands.press(key, *([held] if held else []))
        dialog = sheet_of(hands.qtbot, QPrintDialog)
        assert dialog.printer().pageLayout().pageSize().id() is QPageSize.PageSizeId.A5
        dialog.close()
        hands.until(lambda: True)

    assert landlord_desk.ask(queries.detail, row.id).printed == 2


def test_an_account_lists_its_receipts(office, owing, qtbot, landlord_desk):
    landlord_desk.do(recording.record, payment(owing))
    part = ReceiptsOfAccountController(office)
    qtbot.addWidget(part.widget)
    opened = []
    part.widget.opened.connect(opened.append)

    part.show(owing.rent, None)
    Hands(office, part.widget, qtbot).until(lambda: part.widget.rows.rowCount() == 1)

    assert part.widget.said.text() == "1 payment, £100.00."
    part.widget.open.click()
    assert opened == [1]
