"""Fields take what officers type, write it as the office does, and say what is wrong beside themselves."""

import time
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCalendarWidget, QLabel, QLineEdit, QToolButton

from app.models.values import Money, PreferredContact
from app.services.core.errors import UserError, UserErrors
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import icons
from app.views.common.fields import AreaField, ChoiceField, LineField, LinesField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Picked, Picker, account_picker, among, officer_picker
from app.views.common.forms import date_field, date_of

TODAY = date(2026, 11, 21)
OFFICERS = (
    Picked(1, "Demo Officer", "Income"),
    Picked(2, "Demo Leader", "Income"),
    Picked(3, "Ola Finance", "Finance"),
)


@pytest.mark.parametrize(
    ("typed", "written", "pence"),
    [("1234.5", "1,234.50", 123_450), ("£12", "12.00", 1_200), ("(5)", "5.00 CR", -500), ("", "", None)],
)
def test_money_is_written_when_it_is_left(shown, qtbot, typed, written, pence):
    field = MoneyField(credits_too=True)
    shown(("amount", "&Amount", field), ("next", "&Next", LineField()))
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == written
    assert field.value() == (None if pence is None else Money(pence))


def test_what_is_wrong_with_an_amount_stands_beside_it_and_goes_when_it_is_put_right(shown, qtbot):
    field = MoneyField()
    form = shown(("amount", "&Amount", field), ("next", "&Next", LineField()))
    qtbot.keyClicks(field, "12,3")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert "is not an amount" in form.error_of("amount")
    assert field.property("wrong") == "true"
    assert field.value() is None
    assert field.text() == "12,3"
    field.setFocus()
    qtbot.keyClicks(field, "12.30")
    assert form.error_of("amount") == ""
    assert field.property("wrong") == "false"


def test_a_credit_is_refused_where_only_a_debit_makes_sense(qtbot, theme):
    field = MoneyField()
    qtbot.addWidget(field)
    field.setText("5 CR")
    assert "Less than nothing can't be meant" in field.problem()


def test_a_date_is_typed_and_written_and_told(shown, qtbot):
    field = DateField(lambda: TODAY, Toward.PAST)
    form = shown(("on", "&On", field), ("next", "&Next", LineField()))
    meant = []
    field.dateChanged.connect(meant.append)
    qtbot.keyClicks(field, "12/5")
    assert meant == []
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "12 May 2026"
    assert meant == [date(2026, 5, 12)]
    field.setText("31/4")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert "no such day" in form.error_of("on")


def test_a_date_steps_by_keyboard_and_keeps_what_it_last_was(qtbot, theme):
    field = date_field(TODAY, "As at", lambda: TODAY)
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == date(2026, 11, 15)
    field.setText("12/")
    assert date_of(field) == date(2026, 11, 15)


def test_the_calendar_gives_a_date(shown, qtbot):
    field = DateField(lambda: TODAY)
    shown(("on", "&On", field))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    calendar.activated.emit(calendar.selectedDate().addDays(2))
    assert field.text() == "23 Nov 2026"


def test_the_calendar_button_is_as_large_as_the_text_and_takes_no_focus(shown, qtbot, theme):
    field = DateField(lambda: TODAY)
    shown(("on", "&On", field))
    opener = field.findChild(QToolButton)
    before = opener.iconSize().width()
    theme.choose(text_size=200)
    icons.redress()
    assert (opener.iconSize().width(), opener.focusPolicy()) == (2 * before, Qt.FocusPolicy.NoFocus)
    qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)
    calendar = field.findChild(QCalendarWidget)
    calendar.activated.emit(calendar.selectedDate())
    assert field.text() == "21 Nov 2026"


def test_a_paste_of_ten_megabytes_is_cut_and_said_at_once(shown, qtbot):
    line, area = LineField(40), AreaField(4_000)
    form = shown(("line", "&Line", line), ("area", "&Area", area))
    mime = QMimeData()
    mime.setText("Example text. " * 750_000)
    QGuiApplication.clipboard().setMimeData(mime)
    began = time.thread_time()
    line.paste()
    area.setFocus()
    area.paste()
    assert time.thread_time() - began < 2
    assert (len(line.text()), len(area.toPlainText())) == (40, 4_000)
    qtbot.waitUntil(lambda: bool(form.error_of("line")))
    assert "holds 40 characters" in form.error_of("line")
    assert "holds 4,000 characters" in form.error_of("area")
    assert area.property("wrong") != "true"
    QGuiApplication.clipboard().clear()


def test_an_area_that_is_full_takes_no_more_and_says_so(shown, qtbot):
    area = AreaField(5)
    form = shown(("area", "&Area", area))
    qtbot.keyClicks(area, "abcdefg")
    assert area.value() == "abcde"
    assert "all it holds: 5" in form.error_of("area")
    qtbot.keyClick(area, Qt.Key.Key_Backspace)
    assert area.value() == "abcd"


def test_lines_are_a_value_of_their_own(qtbot, theme):
    lines = LinesField()
    qtbot.addWidget(lines)
    lines.set_value(("1 High Street", "Testford"))
    lines.insertPlainText("\n\n")
    assert lines.value() == ("1 High Street", "Testford")


def test_choices_keep_what_was_chosen_when_others_are_offered(qtbot, theme):
    field = ChoiceField([("One", 1), ("Two", 2)])
    qtbot.addWidget(field)
    field.set_value(2)
    field.offer([("Zero", 0), ("Two again", 2)])
    assert (field.value(), field.currentText()) == (2, "Two again")
    field.retype("Zero")
    assert field.value() == 0


def test_a_choice_is_handed_back_as_it_was_offered(qtbot, theme):
    field = ChoiceField([("By post", PreferredContact.POST), ("By e-mail", PreferredContact.EMAIL)])
    qtbot.addWidget(field)
    field.set_value("email")
    assert field.value() is PreferredContact.EMAIL
    assert field.words_of(PreferredContact.POST) == "By post"
    field.set_value("nothing like it")
    assert field.value() is PreferredContact.POST


def test_an_account_is_found_by_typing_and_taken_with_enter(shown, qtbot):
    asked = []

    def find(text, then):
        asked.append(text)
        then([Picked(7, "0012 4471 03", "Mx Maria Testerton"), Picked(8, "0012 4502 17", "Mx Sam Specimen")])

    field = account_picker(find)
    form = shown(("account", "&Account", field))
    qtbot.keyClicks(field, "0012")
    qtbot.waitUntil(lambda: asked == ["0012"])
    assert field.value() is None
    assert not form.check()
    assert "Choose an account from the list" in form.error_of("account")
    popup = field.completer_popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 8
    assert form.check()


def test_the_only_one_found_is_taken_on_leaving(shown, qtbot):
    field = officer_picker(OFFICERS)
    shown(("officer", "&Officer", field), ("next", "&Next", LineField()))
    qtbot.keyClicks(field, "lead")
    qtbot.waitUntil(lambda: field.completer_popup().isVisible())
    field.completer_popup().hide()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == 2
    assert field.text().startswith("Demo Leader")
    assert field.toolTip() == "Demo Leader   Income"


def test_who_begins_with_what_is_typed_comes_first():
    found = []
    among([Picked(1, "Ola Demo"), Picked(2, "Demo Ola")])("demo", found.extend)
    assert [each.id for each in found] == [2, 1]


def test_a_draft_keeps_what_stood_there_also_half_typed(qtbot, theme):
    fields = [
        LineField(),
        AreaField(),
        MoneyField(),
        DateField(lambda: TODAY),
        TickField("&Yes"),
        ChoiceField([("A", 1)]),
    ]
    typed = ["half a na", "two\nlines", "12,3", "12/", True, "A"]
    for field, text in zip(fields, typed, strict=True):
        qtbot.addWidget(field)
        field.retype(text)
        assert field.typed() == text
    picked = Picker(among(OFFICERS), "an officer", "a name")
    qtbot.addWidget(picked)
    picked.set_value(OFFICERS[2])
    kept = picked.typed()
    picked.set_value(None)
    picked.retype(kept)
    assert picked.value() == 3


def test_a_password_is_never_kept_in_a_draft(qtbot, theme):
    field = LineField()
    qtbot.addWidget(field)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setText("made-up secret")
    assert field.typed() == ""


def test_several_errors_stand_beside_their_fields_and_the_first_is_gone_to(shown, qtbot):
    first, second = LineField(), LineField()
    form = shown(("a", "&First", first), ("b", "&Second", second))
    wrong = UserErrors([UserError("The second is wrong.", field="b"), UserError("The first is wrong.", field="a")])
    assert form.show_error(wrong)
    assert (form.error_of("a"), form.error_of("b")) == ("The first is wrong.", "The second is wrong.")
    assert first.hasFocus()
    assert not form.show_error(UserError("About nothing here.", field="c"))
    assert form.error_of("a") == ""


def test_every_field_has_its_label_as_buddy_and_enter_moves_on(shown, qtbot):
    first, choice, tick, second = (
        LineField(),
        ChoiceField([("North", 1), ("South", 2)]),
        TickField("T&old"),
        LineField(),
    )
    form = shown(("a", "&First", first), ("c", "&Choice", choice), ("t", "Told", tick), ("b", "&Second", second))
    buddies = {each.buddy(): each.text() for each in form.parentWidget().findChildren(QLabel) if each.buddy()}
    assert buddies == {first: "&First", choice: "&Choice", tick: "", second: "&Second"}
    first.setFocus()
    for after in (choice, tick, second):
        qtbot.keyClick(form.parentWidget().focusWidget(), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        assert after.hasFocus()
    assert (choice.value(), tick.value()) == (1, False)
