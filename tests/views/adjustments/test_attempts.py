"""What was tried to give a credit back: noted and answered from the credit list."""

from datetime import date

from app.models.values import AttemptOutcome, AttemptWay
from app.services.adjustments.credits import queries
from app.views.adjustments.attempts import AnswerSheet, AttemptSheet, AttemptsSheet
from app.views.adjustments.controller.credit_letter import CreditLetterSheet
from app.views.adjustments.controller.credits import CreditsController
from tests.views.desktop import wait

_NOTED = "Telephone call, 3 Nov 2026: no answer, noted on "


def action(widget, words):
    return next(each for each in widget.actions() if each.text() == words)


def test_an_attempt_is_noted_and_what_came_of_it(office, qtbot):
    listed = CreditsController(office)
    page = listed.page
    qtbot.addWidget(page)
    page.show()
    wait(qtbot, lambda: page.model.rows and not office.tasks.busy)

    def sheet_of(kind):
        wait(qtbot, lambda: any(each.isVisible() for each in page.findChildren(kind)) and not office.tasks.busy)
        return next(each for each in page.findChildren(kind) if each.isVisible())

    action(page, "What was tried").trigger()
    tried = sheet_of(AttemptsSheet)
    assert not tried.model.rows
    assert not action(tried, "What came of it").isEnabled()
    tried.confirm_action.trigger()
    noting = sheet_of(AttemptSheet)
    noting.fields.fill(
        {
            "way": AttemptWay.TELEPHONE,
            "tried_on": date(2026, 11, 3),
            "note": "Rang twice",
            "outcome": AttemptOutcome.WAITING,
        }
    )
    noting.confirm_action.trigger()
    wait(qtbot, lambda: tried.model.rows and not office.tasks.busy)
    action(tried, "What came of it").trigger()
    answering = sheet_of(AnswerSheet)
    answering.fields.fill({"outcome": AttemptOutcome.NO_ANSWER})
    answering.confirm_action.trigger()
    wait(qtbot, lambda: tried.model.rows[0].outcome is AttemptOutcome.NO_ANSWER and not office.tasks.busy)
    assert tried.model.rows[0].note == "Rang twice"
    tried.close()
    listed.refresh()
    wait(qtbot, lambda: page.model.rows[0].tried.startswith(_NOTED))


def test_what_is_written_to_them_is_an_attempt(office, qtbot):
    listed = CreditsController(office)
    page = listed.page
    qtbot.addWidget(page)
    page.show()
    wait(qtbot, lambda: page.model.rows and not office.tasks.busy)
    action(page, "Write to them").trigger()
    wait(qtbot, lambda: page.findChildren(CreditLetterSheet) and not office.tasks.busy)
    (sheet,) = page.findChildren(CreditLetterSheet)
    assert sheet.chosen().key == "credit_yours"
    assert "Still to fill in" not in sheet._said.text()
    wait(qtbot, lambda: sheet.confirm_action.isEnabled() and not office.tasks.busy)
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: sheet.over and not office.tasks.busy)
    (row,) = office.desk.ask(queries.attempts, page.model.rows[0].account_id).rows
    assert (row.way, row.outcome, row.letter) == (
        AttemptWay.LETTER,
        AttemptOutcome.WAITING,
        "Your account is in credit",
    )
