import logging

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QTextBrowser, QWidget

from app.services.core.resources import resource
from app.views.common.theme import Scheme
from app.views.shell import settings
from app.views.shell.crash import CrashReporter
from app.views.shell.crash_sheet import CrashSheet
from app.views.shell.help import HelpSheet, KeysSheet
from app.views.shell.status import WorkStrip
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_and_a_number_goes_to_a_tab(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    titles = program.window.top.tabs.titles()
    assert titles[:5] == ["Home", "Post", "Accounts", "Adjustments", "Direct Debits"]
    for at in (*range(1, min(len(titles), 9)), 0):
        press(program.window, Qt.Key(Qt.Key.Key_1 + at), CTRL)
        assert program.window.page().windowTitle() == titles[at]
    wait(qtbot, lambda: not program.tasks.busy)


def test_the_status_bar_says_where_and_when(desktop_over_landlord):
    status = desktop_over_landlord.window.status
    assert "landlord.db" in status.place.text()
    assert status.today.text() == "Week 33 of 52   Sat 21 Nov 2026"
    desktop_over_landlord.show_welcome()
    assert status.today.text() == ""  # no database, no rent year


def test_question_mark_shows_the_keys_and_f1_the_help(desktop_over_landlord, qtbot):
    window = desktop_over_landlord.window
    window.page().account.ledger.table.setFocus()
    press(window, Qt.Key.Key_Question)
    keys = window.findChild(KeysSheet)
    words = [each.text() for each in keys.findChildren(type(keys.messages._text))]
    assert {"F8", "Explain", "F6", "Statement", "Ctrl+K"} <= set(words)
    keys.close()
    press(window, Qt.Key.Key_F1)
    sheet = window.findChild(HelpSheet)
    assert "Why is this the balance" in sheet.findChild(QTextBrowser).toPlainText()
    title = sheet.text.document().begin()
    sizes = [each.begin().fragment().charFormat().fontPointSize() for each in (title, title.next())]
    text = QApplication.font().pointSizeF()
    assert sizes == [text * 1.5, text * 1.1], "the headings of the page are no larger than those of the window"
    sheet.open_topic("nowhere")
    assert "no help page" in sheet.text.toPlainText()
    sheet.close()


def test_no_part_of_a_page_is_shown_as_a_window_while_the_page_is_made(desktop_over_landlord, qtbot):
    """A part that is shown before it has a parent flashes up, and takes the focus from the page."""
    program = desktop_over_landlord
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(f"{type(watched).__name__} {watched.accessibleName()}")
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    for at in range(program.window.pages.count()):
        press(program.window, Qt.Key(Qt.Key.Key_1 + at), CTRL)
        wait(qtbot, lambda: not program.tasks.busy)
    QApplication.instance().removeEventFilter(watch)
    assert program.window.pages.count() > 5
    assert not shown
    assert program.window.isActiveWindow()


@pytest.mark.parametrize("topic", ["welcome", "rent", "charges", "statements", "admin"])
def test_every_help_page_is_there(topic):
    assert resource("help", f"{topic}.md").read_text("utf-8").startswith("# ")


def test_the_running_work_is_shown_and_can_be_cancelled(tasks, qtbot):
    strip = WorkStrip(tasks)
    qtbot.addWidget(strip)

    def work(progress, cancel):
        progress(1, 4)
        while True:
            cancel.check()

    task = tasks.run_task(work, parent=strip, label="Statements", cancellable=True)
    qtbot.waitUntil(lambda: strip.words.text() == "Statements: 1 of 4")
    assert strip.bar.value() == 250
    with qtbot.waitSignal(task.cancelled):
        strip.cancel.click()
    qtbot.waitUntil(strip.isHidden)


def test_work_without_a_label_is_not_shown(tasks, qtbot):
    strip = WorkStrip(tasks)
    qtbot.addWidget(strip)
    with qtbot.waitSignal(tasks.run_task(lambda _progress, _cancel: None, parent=strip).ended):
        assert strip.isHidden()


@pytest.mark.logs
def test_an_unexpected_error_is_logged_and_shown_once_with_its_details(qtbot, caplog):
    reporter, shown = CrashReporter(), []
    reporter.reported.connect(lambda reference, details: shown.append((reference, details)))
    private = "Ms A One owes 12.00"
    for _ in range(2):
        try:
            raise ZeroDivisionError(private)
        except ZeroDivisionError as error:
            reference = reporter.report(error)
    assert [each for each, _ in shown] == [reference]
    assert "ZeroDivisionError" in shown[0][1]
    assert "Ms A One" not in shown[0][1]
    assert caplog.text.count(reference) == 2
    assert caplog.records[0].levelno == logging.ERROR


def test_the_details_can_be_copied(desktop_over_landlord):
    sheet = CrashSheet(desktop_over_landlord.window, "RB-12345678", "the details")
    sheet.open()
    next(each for each in sheet.findChildren(QAbstractButton) if "Copy" in each.text()).click()
    assert QGuiApplication.clipboard().text() == "the details"
    sheet.close()


def test_colours_and_text_size_are_remembered(program, theme):
    menu = program.window.top.menu
    next(each for each in menu.colours.actions() if each.text() == "Dark").trigger()
    next(each for each in menu.sizes.actions() if each.text() == "125 %").trigger()
    assert (theme.scheme, theme.text_size) == (Scheme.DARK, 125)
    theme.choose(Scheme.LIGHT, 100)
    settings.restore_look(theme)
    assert (theme.scheme, theme.text_size) == (Scheme.DARK, 125)
