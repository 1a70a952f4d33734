"""A half-written letter, and the references of a batch, outlive a crash and another template."""

from PySide6.QtCore import Qt
from shiboken6 import isValid

from app.services.workbench.drafts import store
from app.views.common.draft_offer import DraftOffer
from app.views.common.letter_sheet import LetterSheet
from app.views.common.record_form import LeaveSheet
from app.views.letters.batch import LISTED, BatchSheet
from tests.views.desktop import press, wait
from tests.views.letters.conftest import at_testerton, quiet, rows, sheet_of

CTRL = Qt.KeyboardModifier.ControlModifier


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
    assert again.blanks.answers() == {"subject": "Your tenancy", "text": "Thank you"}
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
    assert sheet.blanks.answers() == {}
    sheet.template.set_value("general_letter")
    assert sheet.blanks.answers() == {"subject": "Your tenancy", "text": "Thank you"}
    sheet.template.set_value("welcome")
    press(sheet, Qt.Key.Key_Escape)
    sheet_of(LeaveSheet).confirmed.emit()
    wait(qtbot, lambda: not program.office.drafts.busy and not program.tasks.busy)
    (draft,) = program.office.desk.ask(store.mine)
    written = {blank: text for blank, text in draft.typed.fields["answers"].items() if text}
    assert written == {"subject": "Your tenancy", "text": "Thank you"}


def opened_letter(qtbot, program):
    press(program.window, Qt.Key.Key_F9)
    sheet = sheet_of(LetterSheet)
    wait(qtbot, lambda: sheet.template.count() > 0 and not program.office.drafts.busy)
    return sheet


def half_written(qtbot, program):
    sheet = opened_letter(qtbot, program)
    sheet.template.set_value("general_letter")
    sheet.blanks.fields["subject"].set_value("Your tenancy")
    sheet.blanks.fields["text"].set_value("Thank you")
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
    sheet.blanks.fields["text"].set_value("Hello")
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
