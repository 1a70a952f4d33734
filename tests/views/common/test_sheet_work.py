"""One way to work in a sheet: it says what is missing and what is refused, closes when it is done, and that is told."""

import pytest
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.sheet_work import SheetWork, open_sheet
from tests.views.desktop import wait


class WhySheet(Sheet):
    """Asks why."""

    def __init__(self, parent, number="1"):
        super().__init__(parent, f"Why {number}", primary="Save")
        self.why = LineField(40)
        self.form().add("why", "&Why", self.why)

    def command(self):
        return self.why.value() or None


def keep(_ctx, why):
    """A command that refuses one reason."""
    if why == "because":
        raise UserError("That is no reason.", field="why")
    return why.upper()


class WhyWork(SheetWork):
    """Keeps why."""

    asks = staticmethod(lambda _ctx, number: number)
    saves = staticmethod(keep)
    missing = UserError("Say why.", field="why")
    told = staticmethod(lambda kept: f"Kept: {kept}.")

    def make(self, number):
        return WhySheet(self.page, number) if number else "There is nothing to keep."


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def settle(office, qtbot):
    wait(qtbot, lambda: not office.tasks.busy)


def test_a_work_says_what_is_missing_then_what_is_refused_then_what_was_done(office, page, qtbot):
    work = WhyWork(office, page)
    work.begin("7")
    settle(office, qtbot)
    sheet = work.sheet
    assert sheet.windowTitle() == "Why 7"
    sheet.confirm_action.trigger()
    assert sheet._form.error_of("why") == "Say why."
    sheet.why.set_value("because")
    sheet.confirm_action.trigger()
    assert not sheet.confirm_action.isEnabled()
    settle(office, qtbot)
    assert sheet._form.error_of("why") == "That is no reason."
    assert sheet.confirm_action.isEnabled()
    sheet.why.set_value("they asked")
    sheet.confirm_action.trigger()
    settle(office, qtbot)
    assert sheet.over
    assert office.messages.text == "Kept: THEY ASKED."


def test_where_there_is_nothing_to_be_done_no_sheet_opens(office, page, qtbot):
    work = WhyWork(office, page)
    work.begin("")
    settle(office, qtbot)
    assert work.sheet is None
    assert office.messages.text == "There is nothing to keep."


def test_a_sheet_that_is_made_already_works_the_same_way(office, page, qtbot):
    sheet = WhySheet(page)
    open_sheet(office, sheet, keep, sheet.command, "It is kept.")
    sheet.confirm_action.trigger()
    assert not office.tasks.busy
    sheet.why.set_value("they asked")
    sheet.confirm_action.trigger()
    settle(office, qtbot)
    assert sheet.over
    assert office.messages.text == "It is kept."
