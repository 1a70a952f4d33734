"""The Letters page and its sheets over a real database, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.models.landlord import Landlord
from app.services.letters.commands import queue as commands
from app.services.letters.dto import EVERYTHING, NewLetter, OutgoingSort, OutgoingState
from app.services.letters.queries import queue
from app.services.workbench.drafts import store
from app.views.common.draft_offer import DraftOffer
from app.views.common.letter_sheet import LetterSheet
from app.views.common.record_form import LeaveSheet
from app.views.letters.batch import LISTED, BatchSheet
from app.views.letters.dialogs import CancelSheet, PrintSheet, ReturnedSheet
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
GENERAL = {"subject": "Your tenancy", "text": "Thank you for calling."}


def rows(program):
    desk = program.office.desk
    ids = desk.ask(queue.ids, EVERYTHING, OutgoingSort.ASKED, descending=False)
    return list(desk.ask(queue.rows, list(ids)))


def quiet(qtbot, program):
    wait(qtbot, lambda: not program.tasks.busy)


def at_testerton(qtbot, program):
    """Find the account of somebody who can be written to."""
    found = program.controllers["rent"]
    type_text(program.window, "testert")
    wait(qtbot, lambda: found.header is not None and found.header.name == "Mx Maria Testerton")
    quiet(qtbot, program)


def sheet_of(kind):
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


@pytest.fixture
def letters(desktop_over_landlord, accounts, qtbot):
    """The page with two letters in the queue."""
    program = desktop_over_landlord
    desk = program.office.desk

    def landlord(ctx):
        ctx.session.add(Landlord(name="Sample District Council", office="Rents team"))
        ctx.session.flush()

    desk.do(landlord)
    for name in ("Testerton", "Specimen"):
        desk.do(commands.write, NewLetter("general_letter", accounts[name], GENERAL))
    page = program.controllers["letters"].page
    program.window.go_to(page)
    wait(qtbot, lambda: page.list.model.rowCount() == 2 and page.shown is not None)
    quiet(qtbot, program)
    return program, page


def test_a_standard_letter_is_written_from_an_account_in_few_keys(desktop_over_landlord, qtbot):
    """The budget: F9, the first letter of the template, Ctrl+Enter: three keys."""
    program = desktop_over_landlord
    at_testerton(qtbot, program)
    press(program.window, Qt.Key.Key_F9)
    sheet = sheet_of(LetterSheet)
    wait(qtbot, lambda: sheet.template.count() > 0 and sheet.primary.isEnabled())
    type_text(sheet, "w")
    assert sheet.chosen().key == "welcome"
    wait(qtbot, lambda: not program.tasks.busy and sheet.primary.isEnabled())
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(rows(program)) == 1)
    (row,) = rows(program)
    assert (row.title, row.state) == ("Welcome and first statement", OutgoingState.QUEUED)
    quiet(qtbot, program)
    assert "is in the queue." in program.window.messages.text


def test_a_blank_that_is_left_empty_is_told_beside_it(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    at_testerton(qtbot, program)
    press(program.window, Qt.Key.Key_F9)
    sheet = sheet_of(LetterSheet)
    wait(qtbot, lambda: sheet.template.count() > 0)
    sheet.template.set_value("general_letter")
    wait(qtbot, lambda: not program.tasks.busy and sheet.primary.isEnabled())
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet._blanks.error_of("subject") == "Fill in 'Subject'."
    sheet.blanks["subject"].set_value("Your tenancy")
    sheet.blanks["text"].set_value("Hello")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(rows(program)) == 1)
    quiet(qtbot, program)


def test_the_queue_shows_the_letter_and_its_figures(letters):
    _program, page = letters
    assert [figure.accessibleName() for figure in page._figures] == [
        "Waiting for approval 0",
        "To print 2",
        "To send 0",
        "Failed 0",
        "Printed today 0",
    ]
    assert page.shown.title == "General letter"
    assert page.detail.view._document.pageCount() == 1
    shown = {name for name, action in page.actions_by_name.items() if action.isVisible()}
    assert {"printed", "cancel", "save", "word"} <= shown
    assert not shown & {"undo", "returned", "again", "approve"}


def test_marked_as_printed_undone_and_returned_by_keyboard(letters, qtbot):
    program, page = letters
    page.list.table.setFocus()
    press(program.window, Qt.Key.Key_M, CTRL)
    wait(qtbot, lambda: page.shown.state is OutgoingState.PRINTED)
    quiet(qtbot, program)
    press(program.window, Qt.Key.Key_Z, CTRL)
    wait(qtbot, lambda: page.shown.state is OutgoingState.QUEUED)
    quiet(qtbot, program)
    press(program.window, Qt.Key.Key_M, CTRL)
    wait(qtbot, lambda: page.shown.state is OutgoingState.PRINTED)
    quiet(qtbot, program)
    press(program.window, Qt.Key.Key_R, CTRL)
    sheet = sheet_of(ReturnedSheet)
    type_text(sheet, "gone away")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: page.shown.state is OutgoingState.RETURNED)
    quiet(qtbot, program)


def test_cancelled_with_a_reason(letters, qtbot):
    program, page = letters
    page.list.table.selectAll()
    press(program.window, Qt.Key.Key_Delete, CTRL)
    sheet = sheet_of(CancelSheet)
    type_text(sheet, "Not needed")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: {row.state for row in rows(program)} == {OutgoingState.CANCELLED})
    quiet(qtbot, program)
    assert "2 letters cancelled." in program.window.messages.text


def test_everything_queued_is_put_together_for_the_printer(letters, qtbot):
    program, _page = letters
    press(program.window, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(PrintSheet)
    wait(qtbot, lambda: sheet.run is not None)
    assert (len(sheet.run.outgoing_ids), sheet.run.sheets) == (2, 2)
    sheet.two_sided.toggle()
    wait(qtbot, lambda: sheet.run.sheets == 4)
    quiet(qtbot, program)
    press(sheet, Qt.Key.Key_Escape)


def test_a_batch_is_checked_before_it_is_made(letters, qtbot):
    program, page = letters
    press(program.window, Qt.Key.Key_B, CTRL)
    sheet = sheet_of(BatchSheet)
    wait(qtbot, lambda: sheet.template.count() > 0)
    assert not sheet.primary.isEnabled()
    sheet.accounts.set_value(LISTED)
    sheet.references.set_value("0012 4471 03\n0012 4502 17\n0013 0090 25")
    press(sheet, Qt.Key.Key_R, CTRL)
    wait(qtbot, sheet.primary.isEnabled)
    assert [each.what for each in sheet.concerns.rows] == ["No address to post to."]
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(rows(program)) == 4)
    quiet(qtbot, program)
    assert "2 letters, 1 account left out." in program.window.messages.text
    wait(qtbot, lambda: page.batches.rowCount() == 1)


def test_a_reference_that_is_nobodys_is_named(letters, qtbot):
    program, _page = letters
    press(program.window, Qt.Key.Key_B, CTRL)
    sheet = sheet_of(BatchSheet)
    wait(qtbot, lambda: sheet.template.count() > 0)
    sheet.accounts.set_value(LISTED)
    sheet.references.set_value("9999 9999 99")
    press(sheet, Qt.Key.Key_R, CTRL)
    wait(qtbot, lambda: not program.tasks.busy)
    assert not sheet.primary.isEnabled()
    assert "No account has the reference" in sheet.messages.text or sheet._form.error_of("references")
    press(sheet, Qt.Key.Key_Escape)
    sheet_of(LeaveSheet).thrown_away.emit()
    quiet(qtbot, program)


def test_a_half_written_letter_outlives_a_crash(desktop_over_landlord, accounts, qtbot):
    program = desktop_over_landlord
    at_testerton(qtbot, program)
    sheet = half_written(qtbot, program)
    sheet.deleteLater()  # nobody was asked
    wait(qtbot, lambda: not isValid(sheet))
    (draft,) = program.office.desk.ask(store.mine)
    assert (draft.title, draft.key.subject_id) == ("Write to Mx Maria Testerton", accounts["Testerton"])
    again = opened_letter(qtbot, program)
    wait(qtbot, again.findChild(DraftOffer).isVisible)
    assert not again.primary.isEnabled()
    again.findChild(DraftOffer).go_on.click()
    assert again.chosen().key == "general_letter"
    assert again.answers() == {"subject": "Your tenancy", "text": "Thank you"}
    wait(qtbot, lambda: not program.tasks.busy and again.primary.isEnabled())
    press(again, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: len(rows(program)) == 1 and not program.office.drafts.busy)
    quiet(qtbot, program)
    assert program.office.desk.ask(store.mine) == ()


def test_another_template_and_back_drops_nothing(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    at_testerton(qtbot, program)
    sheet = half_written(qtbot, program)
    sheet.template.set_value("welcome")
    assert sheet.answers() == {}
    sheet.template.set_value("general_letter")
    assert sheet.answers() == {"subject": "Your tenancy", "text": "Thank you"}
    sheet.template.set_value("welcome")
    press(sheet, Qt.Key.Key_Escape)
    sheet_of(LeaveSheet).confirmed.emit()
    wait(qtbot, lambda: not program.office.drafts.busy and not program.tasks.busy)
    (draft,) = program.office.desk.ask(store.mine)
    assert draft.typed.fields["answers"] == {"subject": "Your tenancy", "text": "Thank you"}


def opened_letter(qtbot, program):
    press(program.window, Qt.Key.Key_F9)
    sheet = sheet_of(LetterSheet)
    wait(qtbot, lambda: sheet.template.count() > 0 and not program.office.drafts.busy)
    return sheet


def half_written(qtbot, program):
    sheet = opened_letter(qtbot, program)
    sheet.template.set_value("general_letter")
    sheet.blanks["subject"].set_value("Your tenancy")
    sheet.blanks["text"].set_value("Thank you")
    wait(qtbot, lambda: not program.office.drafts.busy and not program.tasks.busy)
    return sheet


def test_the_references_of_a_batch_outlive_a_crash(letters, qtbot):
    program, _page = letters
    press(program.window, Qt.Key.Key_B, CTRL)
    sheet = sheet_of(BatchSheet)
    wait(qtbot, lambda: sheet.template.count() > 0 and not program.office.drafts.busy)
    sheet.template.set_value("general_letter")
    sheet.accounts.set_value(LISTED)
    sheet.references.set_value("0012 4471 03")
    sheet.blanks["text"].set_value("Hello")
    was = sheet.wish()
    wait(qtbot, lambda: not program.office.drafts.busy)
    sheet.deleteLater()
    wait(qtbot, lambda: not isValid(sheet))
    press(program.window, Qt.Key.Key_B, CTRL)
    again = sheet_of(BatchSheet)
    wait(qtbot, again.findChild(DraftOffer).isVisible)
    wait(qtbot, lambda: again.template.count() > 0)
    again.findChild(DraftOffer).go_on.click()
    assert again.wish() == was
    assert not again.primary.isEnabled()
    assert again.references.isEnabled()
    quiet(qtbot, program)
    again.close()


def test_sending_without_a_key_says_so(letters, qtbot):
    program, _page = letters
    press(program.window, Qt.Key.Key_S, CTRL | SHIFT)
    wait(qtbot, lambda: program.window.messages.text == "Nothing waits to be sent.")
    quiet(qtbot, program)
