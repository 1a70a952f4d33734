from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.models.values import Money, PaymentMethod
from app.services.core.errors import UserError
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.files import write_file
from app.views.common.flow import FlowLayout
from app.views.common.forms import Form, date_field, date_of
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Elided, Figure, label
from tests.views.desktop import press


def test_dates_balances_and_counts_are_written_as_the_office_does():
    assert formats.day(date(2026, 11, 6)) == "6 Nov 2026"
    assert formats.day(None) == ""
    assert formats.weekday(date(2026, 11, 21)) == "Sat 21 Nov 2026"
    assert formats.moment(datetime(2026, 11, 21, 12, tzinfo=UTC)).startswith("21 Nov 2026 ")
    assert formats.balance(Money(123_450)) == "1,234.50 DR"
    assert formats.balance(Money(-500)) == "5.00 CR"
    assert formats.balance(Money(0)) == "0.00"
    assert formats.count(1, "account") == "1 account"
    assert formats.count(9_000, "account") == "9,000 accounts"
    assert formats.words("court_costs") == "Court costs"
    assert formats.method(PaymentMethod.DIRECT_DEBIT) == "Direct Debit"
    assert formats.method(PaymentMethod.PAYMENT_CARD) == "payment card"
    assert (formats.size(200), formats.size(30_000), formats.size(2_500_000)) == ("1 kB", "30 kB", "2.5 MB")


def test_a_figure_says_dr_in_words_as_well_as_colour(qtbot):
    figure = Figure("Rent account")
    qtbot.addWidget(figure)
    figure.show_amount(Money(41_286))
    assert figure.accessibleName() == "Rent account £412.86 DR"
    figure.show_amount(Money(-500))
    assert figure.accessibleName() == "Rent account £5.00 CR"


def test_words_that_do_not_fit_are_whole_in_the_tip(qtbot):
    words = Elided()
    qtbot.addWidget(words)
    words.resize(60, 20)
    words.say("A sentence much longer than sixty pixels")
    assert words.text().endswith("…")
    assert words.toolTip() == words.accessibleName() == "A sentence much longer than sixty pixels"


def test_bad_news_stays_and_says_what_to_do(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.bad(UserError("The file is empty.", "Choose another."))
    assert bar.text == "The file is empty. Choose another."
    bar.clear()
    assert bar.text == ""


@pytest.fixture
def owner(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sheet(owner):
    made = Sheet(owner, "Sample", primary="Save")
    form = made.form()
    made.name, made.other = QLineEdit(), QLineEdit()
    form.add("name", "&Name", made.name, "As on the letter")
    form.add("other", "&Other", made.other)
    made.open()
    return made


def test_a_sheet_begins_at_its_first_field_and_ctrl_enter_confirms(sheet, qtbot):
    sheet.activateWindow()
    qtbot.waitUntil(sheet.name.hasFocus)
    with qtbot.waitSignal(sheet.confirmed):
        press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet.close()


def test_an_error_stands_beside_its_field_and_the_focus_goes_there(sheet):
    sheet.other.setText("typed")
    sheet.show_error(UserError("It is too long.", field="other"))
    words = [each.text() for each in sheet.findChildren(type(label())) if each.isVisible()]
    assert "It is too long." in words
    assert sheet.focusWidget() is sheet.other
    assert sheet.other.text() == "typed"
    sheet.show_error(UserError("Nothing can be saved."))
    assert sheet.messages.text == "Nothing can be saved."
    sheet.close()


def test_a_long_error_makes_a_sheet_higher_and_no_line_lower(sheet):
    sheet.parentWidget().resize(1000, 800)
    before, lines = sheet.height(), (sheet.name.height(), sheet.other.height())
    sheet.show_error(UserError("It is too long, and here is at length why it can't be that long. " * 6, field="name"))
    QApplication.processEvents()
    assert sheet.height() > before
    assert (sheet.name.height(), sheet.other.height()) == lines
    sheet.close()


def test_labels_are_buddies(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    form, field = Form(owner), QLineEdit()
    form.add("name", "&Name", field, "As on the letter")
    assert field.accessibleName() == "Name"
    assert field.accessibleDescription() == "As on the letter"


def test_a_date_field_gives_back_its_date(qtbot):
    field = date_field(date(2026, 2, 28), "From")
    qtbot.addWidget(field)
    assert field.text() == "28 Feb 2026"
    assert date_of(field) == date(2026, 2, 28)


def test_a_flow_goes_on_in_the_next_line(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    flow = FlowLayout(across=10, down=5)
    owner.setLayout(flow)
    for _ in range(3):
        box = QWidget()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(400) == 20
    assert flow.heightForWidth(250) == 45
    assert flow.heightForWidth(100) == 70


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    write_file(folder / "a.pdf", b"content")
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]
    with pytest.raises(UserError, match=r"b\.pdf could not be saved"):
        write_file(folder / "missing" / "b.pdf", b"content")
