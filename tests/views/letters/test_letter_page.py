"""The Letters page and its sheets over a real database, by keyboard."""

from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.people import Person
from app.services.letters.commands import queue as commands
from app.services.letters.dto import NewLetter, OutgoingState
from app.views.common.letter_sheet import LetterSheet
from app.views.common.record_form import LeaveSheet
from app.views.letters.batch import LISTED, BatchSheet
from app.views.letters.dialogs import CancelSheet, PrintSheet, ReturnedSheet
from tests.views.desktop import press, type_text, wait
from tests.views.letters.conftest import at_testerton, quiet, rows, sheet_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
    assert sheet.chosen().key == "general_letter"
    wait(qtbot, lambda: not program.tasks.busy and sheet.primary.isEnabled())
    press(sheet, Qt.Key.Key_Return, CTRL)
    assert sheet.blanks.form.error_of("subject") == "Fill in 'Subject'."
    sheet.blanks.fields["subject"].set_value("Your tenancy")
    sheet.blanks.fields["text"].set_value("Hello")
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
    sheet.template.set_value("account_balance")
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


def test_sending_without_a_key_says_so(letters, qtbot):
    program, _page = letters
    press(program.window, Qt.Key.Key_S, CTRL | SHIFT)
    wait(qtbot, lambda: program.window.messages.text == "Nothing waits to be sent.")
    quiet(qtbot, program)


def test_a_message_that_waits_is_printed_instead(letters, accounts, qtbot):
    program, page = letters
    desk = program.office.desk

    def reachable(ctx):
        for person in ctx.session.scalars(select(Person)):
            person.email = "someone@example.org"
        ctx.session.flush()

    desk.do(reachable)
    made = desk.do(commands.write, NewLetter("email_balance", accounts["Testerton"]))
    program.bus.publish(made.changes)
    wait(qtbot, lambda: page.list.model.rowCount() == 3 and not program.tasks.busy)
    assert not page.actions_by_name["instead"].isVisible()
    page.letter_chosen.emit(made.outgoing_id)
    wait(qtbot, lambda: page.shown.outgoing_id == made.outgoing_id)
    assert page.actions_by_name["instead"].isVisible()
    page.instead_wanted.emit([made.outgoing_id])
    wait(qtbot, lambda: page.list.model.rowCount() == 4 and not program.tasks.busy)
    assert "1 message put in the print queue as letters." in program.window.messages.text
    assert [(row.channel.value, row.state.value) for row in rows(program)][2:] == [
        ("email", "cancelled"),
        ("letter", "queued"),
    ]
