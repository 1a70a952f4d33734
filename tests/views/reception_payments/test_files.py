"""The section Files by keyboard: a file is looked through and loaded, a doubtful line decided, a file taken back."""

import pytest
from sqlalchemy import select

from app.models.reception_payments.files import ReceiptFile, ReceiptFileLine
from app.models.values import ReceiptFileState, ReceiptLineState
from app.views.common.dialogs import Sheet
from app.views.reception_payments.controller.files import FilesController
from app.views.reception_payments.controller.profiles import ProfilesController
from app.views.reception_payments.file_sheets import BackSheet, DecideSheet, LoadSheet
from app.views.reception_payments.profile_sheet import ProfileSheet
from tests.services.reception_payments.files.conftest import bank_file  # noqa: F401  a fixture
from tests.services.reception_payments.files.looks import balance, counted
from tests.services.reception_payments.files.made import HEAD, load, written
from tests.views.purchase_orders.hands import Hands

ONE = "70 0001,10.00,16/11/2026,A Payer,1\n"


@pytest.fixture
def section(office, reception, bank_file, qtbot):  # noqa: F811
    """Opens a section; gives it with the hands of the officer at it."""
    opened = []

    def open_section(made):
        opened.append(_opened(office, qtbot, made))
        return opened[0]

    yield open_section
    for controller, hands in opened:
        for sheet in controller.page.findChildren(Sheet):
            sheet.close()
        hands.until(lambda: True)


def _opened(office, qtbot, made):
    controller = made(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1300, 800)
    controller.page.show()
    office.bus.changed.connect(controller.page.refresh_wanted)
    controller.page.refresh_wanted.emit(None)
    hands = Hands(office, controller.page, qtbot)
    hands.until(lambda: True)
    return controller, hands


def rows(desk, table):
    return desk.ask(lambda ctx: ctx.session.scalars(select(table).order_by(table.id)).all())


def test_a_file_is_looked_through_and_loaded(desk, section, reception, tmp_path):
    controller, hands = section(FilesController)
    controller.load(written(tmp_path, HEAD + ONE + "99 1,2.00,16/11/2026,Who,2\n"))
    sheet = hands.sheet(LoadSheet)
    sheet.fields.fill({"profile": "bank_file"})
    sheet.typed_changed.emit()
    hands.until(lambda: sheet.lines.rowCount() == 2)
    assert "2 payments of £12.00 are read." in sheet.effects.text()
    assert rows(desk, ReceiptFile) == []
    sheet.confirm_action.trigger()
    hands.until(lambda: rows(desk, ReceiptFile))
    hands.until(lambda: controller.page.card.lines.rowCount() == 2)
    assert balance(desk, reception.rent) == -1000
    assert "File 1: 1 payment of £10.00 posted, 1 of £2.00 in suspense." in controller.office.messages.text


def test_what_is_wrong_in_a_file_keeps_it_from_being_loaded(desk, section, tmp_path):
    controller, hands = section(FilesController)
    controller.load(written(tmp_path, HEAD + "70 0001,ten,16/11/2026,,\n"))
    sheet = hands.sheet(LoadSheet)
    sheet.fields.fill({"profile": "bank_file"})
    sheet.typed_changed.emit()
    hands.until(lambda: sheet.faults.rowCount() == 1)
    assert sheet._whole.text().startswith("'ten' is not an amount")
    assert sheet._whole.text().endswith("Ask the sender, or change in the profile how amounts are written.")
    sheet.confirm_action.trigger()
    hands.until(lambda: True)
    assert "Put right what is wrong first" in sheet.messages.text
    assert rows(desk, ReceiptFile) == []


def test_a_doubtful_line_is_compared_and_decided(desk, section, reception, tmp_path):
    counted(desk, reception, 10_00, reception.rent, "B1")
    load(desk, tmp_path, HEAD + ONE)
    controller, hands = section(FilesController)
    hands.until(lambda: controller.page.card.lines.rowCount() == 1)
    assert controller.page.decide.isEnabled()
    controller.page.decide.trigger()
    sheet = hands.sheet(DecideSheet)
    sheet.confirm_action.trigger()
    hands.until(lambda: True)
    assert "another one" in sheet.fields.error_of("which")
    sheet.fields.fill({"which": "same", "why": "Keyed at the counter"})
    sheet.confirm_action.trigger()
    hands.until(lambda: rows(desk, ReceiptFileLine)[0].state is ReceiptLineState.LEFT_OUT)
    assert balance(desk, reception.rent) == -1000
    hands.until(lambda: not controller.page.decide.isEnabled())


def test_a_file_is_taken_back_with_a_reason(desk, section, reception, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    controller, hands = section(FilesController)
    hands.until(lambda: controller.page.card.found is not None)
    sheet = hands.menu(BackSheet, "Take it back")
    sheet.fields.fill({"why": "The file of another council"})
    sheet.confirm_action.trigger()
    hands.until(lambda: rows(desk, ReceiptFile)[0].state is ReceiptFileState.TAKEN_BACK)
    assert balance(desk, reception.rent) == 0


def test_a_profile_is_copied_tried_on_a_file_and_kept(desk, section, tmp_path):
    controller, hands = section(ProfilesController)
    hands.until(lambda: controller.page.model.rowCount() > 1)
    example = next(row for row in controller.page.model.rows if row.key == "example_cash_columns")
    controller._open(example)
    sheet = hands.sheet(ProfileSheet)
    text = (
        "RentAccount,PaymentSource,MethodOfPayment,AmountPaid,DatePaid,CivicaCode\n70 0001,X,Cash,12.50,03/04/2026,C1\n"
    )
    controller.try_on(sheet, written(tmp_path, text))
    hands.until(lambda: sheet.sample.rowCount() == 1)
    assert "day or with the month first" in sheet.effects.text()
    sheet.fields.fill({"name": "Our cash file"})
    sheet.confirm_action.trigger()
    hands.until(lambda: "Our cash file" in {row.name for row in controller.page.model.rows})
    kept = next(row for row in controller.page.model.rows if row.name == "Our cash file")
    assert kept.layout == example.layout
    assert "It is new" in kept.unseen


def test_a_line_that_does_not_fit_is_in_sight_when_a_profile_is_tried(section, tmp_path):
    controller, hands = section(ProfilesController)
    hands.until(lambda: controller.page.model.rowCount() > 1)
    controller._open(next(row for row in controller.page.model.rows if row.key == "bank_file"))
    sheet = hands.sheet(ProfileSheet)
    controller.try_on(sheet, written(tmp_path, HEAD + ONE + "70 0001,ten,16/11/2026,,\n"))
    hands.until(lambda: sheet.faults.rowCount() == 1)
    assert "1 line: see below." in sheet.effects.text()
    table = sheet._tables[1]
    assert table.visibleRegion().boundingRect().height() == table.height()


def test_the_file_that_was_loaded_is_the_one_shown(desk, section, tmp_path):
    load(desk, tmp_path, HEAD + ONE)
    controller, hands = section(FilesController)
    hands.until(lambda: controller.page.card.found is not None)
    controller.load(written(tmp_path, HEAD + "70 0001,12.00,16/11/2026,A Payer,3\n", "second.csv"))
    sheet = hands.sheet(LoadSheet)
    sheet.fields.fill({"profile": "bank_file"})
    sheet.typed_changed.emit()
    hands.until(lambda: sheet.lines.rowCount() == 1)
    sheet.confirm_action.trigger()
    hands.until(lambda: controller.page.card.found.row.file_name == "second.csv")
    assert controller.page.table.row().file_name == "second.csv"


def test_a_layout_that_says_nothing_is_told_in_the_sheet(section):
    controller, hands = section(ProfilesController)
    hands.until(lambda: controller.page.model.rowCount() > 1)
    controller._open(None)
    sheet = hands.sheet(ProfileSheet)
    sheet.fields.fill({"name": "New one", "columns": "Colour = 2", "code": "RBP"})
    sheet.confirm_action.trigger()
    hands.until(lambda: True)
    assert "There is no column 'Colour'" in sheet.fields.error_of("columns")
