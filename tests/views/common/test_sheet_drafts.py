"""What is written in a dialog is kept, offered again, and gone when its work is done."""

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values import Subject
from app.services.workbench.drafts import store
from app.views.common.dialogs import Sheet
from app.views.common.draft_offer import DraftOffer
from app.views.common.fields import AreaField, LineField
from app.views.common.record_form import LeaveSheet
from app.views.common.sheet_drafts import SheetDrafts, key_of
from tests.views.common.records import closed
from tests.views.desktop import wait


class Root(QWidget):
    """A window that hears of sheets."""

    sheet_opened = Signal(object)


class Why(Sheet):
    """A reason and a word."""

    def __init__(self, parent, title="Why?"):
        super().__init__(parent, title, primary="Ask", note="For the record.")
        self.reason, self.word = AreaField(400), LineField(20)
        form = self.form()
        form.add("reason", "&Reason", self.reason)
        form.add("word", "&Word", self.word)


class Word(Sheet):
    """Only a word."""

    def __init__(self, parent):
        super().__init__(parent, "A word", primary="Say")
        self.form().add("word", "&Word", LineField(20))


@pytest.fixture
def why(desk_office, qtbot):
    """Opens the sheet and waits until it is known whether something was left of it."""
    window = Root()
    qtbot.addWidget(window)
    window.resize(700, 500)
    window.show()
    window.sheet_opened.connect(SheetDrafts(desk_office.drafts, lambda: "sample", window).join)

    def open_(kind=Why, *words):
        sheet = kind(window, *words)
        sheet.open()
        wait(qtbot, lambda: not desk_office.drafts.busy)
        return sheet

    yield open_
    wait(qtbot, lambda: not desk_office.drafts.busy)


def write(qtbot, office, sheet, text):
    sheet.reason.setFocus()
    qtbot.keyClicks(sheet.reason, text)
    wait(qtbot, lambda: not office.drafts.busy)


def leave(qtbot, sheet):
    """Esc; what asks whether to keep it."""
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, LeaveSheet) and each.isVisible())


def test_what_is_written_outlives_a_crash_and_is_offered_again(why, desk_office, qtbot):
    sheet = why()
    write(qtbot, desk_office, sheet, "They rang twice")
    sheet.word.set_value("tel")
    wait(qtbot, lambda: not desk_office.drafts.busy)
    sheet.deleteLater()  # the program is gone; nobody was asked
    wait(qtbot, lambda: closed(sheet))
    again = why()
    assert not again.reason.isEnabled()
    assert not again.confirm_action.isEnabled()
    again.findChild(DraftOffer).go_on.click()
    assert (again.reason.toPlainText(), again.word.text()) == ("They rang twice", "tel")
    assert again.reason.isEnabled()
    assert again.confirm_action.isEnabled()
    again.close()


def test_it_is_gone_when_its_work_is_done(why, desk_office, qtbot):
    sheet = why()
    key = key_of(sheet, "sample")
    write(qtbot, desk_office, sheet, "They rang twice")
    assert desk_office.desk.ask(store.find, key).title == "Why?"
    sheet.close()
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert desk_office.desk.ask(store.find, key) is None


def test_leaving_asks_and_keeps_it_for_later(why, desk_office, qtbot):
    sheet = why()
    key = key_of(sheet, "sample")
    write(qtbot, desk_office, sheet, "They rang twice")
    leave(qtbot, sheet).reject()
    assert not closed(sheet)
    leave(qtbot, sheet).confirmed.emit()
    wait(qtbot, lambda: closed(sheet) and not desk_office.drafts.busy)
    assert desk_office.desk.ask(store.find, key).typed.fields["reason"] == "They rang twice"


def test_leaving_may_throw_it_away(why, desk_office, qtbot):
    sheet = why()
    key = key_of(sheet, "sample")
    write(qtbot, desk_office, sheet, "They rang twice")
    leave(qtbot, sheet).thrown_away.emit()
    wait(qtbot, lambda: closed(sheet) and not desk_office.drafts.busy)
    assert desk_office.desk.ask(store.find, key) is None


def test_a_sheet_with_nothing_written_leaves_at_once(why, desk_office, qtbot):
    sheet = why()
    sheet.word.set_value("tel")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert closed(sheet)
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert desk_office.desk.ask(store.mine) == ()


def test_a_sheet_for_a_word_is_not_kept(why, desk_office, qtbot):
    sheet = why(Word)
    sheet._form.field("word").set_value("tel")
    wait(qtbot, lambda: not desk_office.drafts.busy)
    assert desk_office.desk.ask(store.mine) == ()
    sheet.close()


def test_each_record_has_its_own(why, desk_office, qtbot):
    one, other = why(Why, "Cancel A?"), why(Why, "Cancel B?")
    assert key_of(one, "sample") != key_of(other, "sample")
    one.about = other.about = (Subject.TASK, 5)
    assert key_of(one, "sample") == key_of(other, "home")
    assert key_of(Why(one.parentWidget()), "home").area == "home"
    one.close()
    other.close()
