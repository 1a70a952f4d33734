"""Runs on screen: from the calendar to the accounts by keyboard, what is refused, and a long run without a stall."""

from datetime import date
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.values import DebitRunKind, DebitRunState, Money, Subject
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.direct_debits.runs import commands, keeping, queries
from app.shots import direct_debit_runs as sample
from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.direct_debits.controller.runs import RunsController
from app.views.direct_debits.run_card import Step, next_step, others
from app.views.direct_debits.run_days import sentence
from app.views.direct_debits.run_sheet import DebitRunAsking
from app.views.direct_debits.run_steps import MatchSheet, PostSheet, SentSheet
from tests.services.direct_debits.runs.conftest import ENTRY, PROCESSING, approve, ask, council, made, three
from tests.views.desktop import answer_file, press, sheet_of, type_text, wait

__all__ = ["council", "three"]
CONTROL = Qt.KeyboardModifier.ControlModifier


class _Away:
    """What a page asks another to show."""

    def __init__(self):
        self.records, self.shown = [], []

    def open_record(self, subject, record_id):
        self.records.append((subject, record_id))

    def show_only(self, area, wanted):
        self.shown.append((area, wanted))


@pytest.fixture
def away():
    return _Away()


@pytest.fixture
def begin(tasks, qtbot, crashes, away):
    """The section over a desk."""
    offices = []

    def begin(desk):
        messages = MessageBar()
        qtbot.addWidget(messages)
        office = Office(
            desk,
            tasks,
            ChangeBus(),
            messages,
            crashes.append,
            open_record=away.open_record,
            show_only=away.show_only,
        )
        offices.append(office)
        made_ = RunsController(office)
        office.bus.changed.connect(made_.page.take_changes)
        qtbot.addWidget(made_.page)
        made_.page.resize(1400, 800)
        made_.page.show()
        made_.page.activateWindow()
        wait(qtbot, lambda: not tasks.busy)
        return made_

    yield begin
    tasks.drain()


def test_a_run_is_asked_for_by_keyboard_and_what_is_declared_must_be_what_goes(
    desk, colleague, three, begin, tasks, qtbot, away
):
    """Three collections of £180.00, processed on Tuesday 24 November and entered on Wednesday; £170.00 is declared first."""
    page = begin(desk).page
    press(page, Qt.Key.Key_N, CONTROL)
    press(page, Qt.Key.Key_Escape)
    assert not page.asks
    press(page, Qt.Key.Key_N, CONTROL)
    wait(qtbot, lambda: page.asking.preview is not None and not tasks.busy)
    assert page.asking.days.day.on == PROCESSING
    assert sentence(page.asking.days.day).endswith("3 collections of £180.00 are planned for that day.")
    assert page.asking.parts.tabs.tabText(1) == "What goes  3"
    press(page, Qt.Key.Key_Return)
    type_text(page, "3")
    press(page, Qt.Key.Key_Tab)
    type_text(page, "170")
    press(page, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.asking.declared.error_of("declared_total") and not tasks.busy)
    page.asking.declared.fill({"declared_total": Money(18_000)})
    press(page, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    assert page.card.detail.row.words == "Waits for approval"
    press(page, Qt.Key.Key_Return, CONTROL)
    assert away.records == [(Subject.APPROVAL, page.card.detail.row.request_id)]
    press(page, Qt.Key.Key_N, CONTROL)
    press(page, Qt.Key.Key_Return, CONTROL)
    assert page.asking.declared.error_of("declared_count")  # the key is the new run's, not that of the run behind it
    wait(qtbot, lambda: not tasks.busy)


def test_the_file_is_saved_where_nobody_else_reads_and_marked_as_sent_by_keyboard(
    desk, colleague, three, begin, tasks, qtbot, away, tmp_path
):
    made(desk, colleague)
    runs = begin(desk)
    page = runs.page
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    press(page, Qt.Key.Key_Return, CONTROL)
    answer_file(qtbot, page, tmp_path)
    wait(qtbot, lambda: runs.office.messages.text.startswith("Bacs file") and not tasks.busy)
    (saved,) = [path for path in tmp_path.rglob("*") if path.suffix == ".txt"]
    assert saved.stat().st_mode & 0o077 == saved.parent.stat().st_mode & 0o077 == 0
    press(page, Qt.Key.Key_Return, CONTROL)
    sheet = sheet_of(qtbot, SentSheet)
    type_text(sheet, "S0001")
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: page.card.detail.row.state is DebitRunState.SENT and not tasks.busy)
    press(page, Qt.Key.Key_Return, CONTROL)
    assert away.shown == [("direct_debits", "reports")]


def test_a_matched_run_is_posted_on_its_entry_day_and_then_agrees(desk, colleague, three, begin, tasks, qtbot):
    run_id = made(desk, colleague)
    desk.do(commands.mark_sent, run_id, "S0001")
    desk.do(keeping.matched, run_id, "Input report")
    page = begin(Desk(desk.database, desk.officer, FixedClock(ENTRY))).page
    wait(qtbot, lambda: page.card.detail is not None)
    press(page, Qt.Key.Key_Return, CONTROL)
    press(sheet_of(qtbot, PostSheet), Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy and desk.ask(queries.detail, run_id).row.state is DebitRunState.POSTED)
    assert desk.ask(queries.reconciled, run_id).faults == ()


def test_a_run_that_another_page_names_is_shown_though_it_is_done(desk, colleague, three, begin, tasks, qtbot):
    asked = ask(desk)
    approve(colleague, asked)
    colleague.do(commands.cancel, asked.run_id, "The wrong day")
    runs = begin(desk)
    assert runs.page.model.rows == ()
    runs.open_record(Subject.DIRECT_DEBIT_RUN, asked.run_id)
    wait(qtbot, lambda: runs.page.card.detail is not None and not tasks.busy)
    assert runs.page.card.detail.row.words == "Cancelled"
    runs.page.card.parts.open_part(2)
    wait(qtbot, lambda: runs.page.card._lines.rowCount() == 3)


@pytest.mark.parametrize(
    ("state", "may", "saved", "step"),
    [
        (DebitRunState.WAITING, {"cancel"}, False, Step.DECIDE),
        (DebitRunState.MADE, {"save", "send"}, False, Step.SAVE),
        (DebitRunState.MADE, {"save", "send"}, True, Step.SEND),
        (DebitRunState.SENT, {"match", "refuse", "save"}, True, Step.READ),
        (DebitRunState.MATCHED, {"post"}, True, None),
        (DebitRunState.POSTED, set(), True, None),
    ],
)
def test_the_primary_button_is_the_one_next_step(state, may, saved, step):
    """Of a run whose money moves on 8 December, as at 22 November: posting isn't offered yet."""
    from dataclasses import replace

    found = replace(sample._detail(sample._row(15, state)), may=frozenset(may))
    assert next_step(found, date(2026, 11, 22), saved=saved) is step
    assert step not in others(found, step)


def test_nine_thousand_lines_are_shown_without_a_stall(desk, council, begin):
    """The longest wait of the window is well under a tenth of a second a table."""
    page = begin(desk).page
    found = sample._preview()
    from dataclasses import replace

    many = replace(found, lines=found.lines * 150, left_out=found.left_out * 2_250)
    records = sample._records(many.lines)
    page.show_new(DebitRunKind.COLLECTION)
    QApplication.processEvents()
    began = perf_counter()
    page.asking.show_preview(many, records)
    QApplication.processEvents()
    assert perf_counter() - began < 1.0
    assert page.asking.parts.tabs.tabText(1) == "What goes  9,000"


def test_what_bacs_took_is_typed_before_a_run_is_matched_by_hand(desk, colleague, three, begin, tasks, qtbot):
    """Three records of £180.00 were sent: without a total nothing is matched."""
    run_id = made(desk, colleague)
    desk.do(commands.mark_sent, run_id, "S0001")
    page = begin(colleague).page
    wait(qtbot, lambda: page.card.detail is not None and not tasks.busy)
    press(page, Qt.Key.Key_M, CONTROL)
    sheet = sheet_of(qtbot, MatchSheet)
    sheet.fields.fill({"count": 3, "reason": "No report came", "evidence": "The page of 25 Nov: accepted"})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    assert sheet.fields.error_of("total") == "Type what they come to."
    sheet.fields.fill({"total": Money(18_000)})
    press(sheet, Qt.Key.Key_Return, CONTROL)
    wait(qtbot, lambda: not tasks.busy and desk.ask(queries.detail, run_id).row.state is DebitRunState.MATCHED)


def test_a_new_run_is_of_one_day_whatever_the_last_one_was(qtbot):
    asking = DebitRunAsking()
    qtbot.addWidget(asking)
    asking.begin(DebitRunKind.COLLECTION)
    asking.form.fill({"days": 3})
    asking.begin(DebitRunKind.COLLECTION)
    assert asking.form.values()["days"] == 1
