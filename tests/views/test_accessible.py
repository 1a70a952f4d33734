"""Every page and dialog, walked: a name for everything that takes the focus, mnemonics that don't clash, a tab order."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLabel, QScrollBar, QWidget

from app.views.admin.dialogs import ReopenSheet
from app.views.charges.dialogs import PostSheet
from app.views.common.page import Key
from app.views.rent.dialogs import StatementSheet
from app.views.shell.crash import CrashSheet
from app.views.shell.help import HelpSheet, KeysSheet
from app.views.welcome.dialogs import ServerSheet
from tests.views.desktop import WEEKS, wait

PAGES = ("rent", "charges", "statements", "admin")


def focusable(root: QWidget) -> list[QWidget]:
    inside = [root, *root.findChildren(QWidget)]
    return [
        each
        for each in inside
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(root) and not isinstance(each, QScrollBar)
    ]


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def unnamed(root: QWidget) -> list[str]:
    own = [each for each in focusable(root) if not inside_a_field(each)]
    return [f"{type(each).__name__} {each.objectName()} in {each.parentWidget()}" for each in own if not name_of(each)]


def inside_a_field(widget: QWidget) -> bool:
    """The editor of a date field, the list of a box of choices: Qt's own, named by what they are in."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractSpinBox) or widget.objectName().startswith("qt_")


def clashing(root: QWidget) -> list[str]:
    texts = [each.text() for each in root.findChildren(QAbstractButton) if each.isVisibleTo(root)]
    texts += [each.text() for each in root.findChildren(QLabel) if each.buddy() and each.isVisibleTo(root)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text.replace("&&", "")]
    return [letter for letter, times in Counter(letters).items() if times > 1]


def reached(window: QWidget, start: QWidget) -> list[QWidget]:
    """What Tab comes by, in order, until it is back at the start."""
    order, now = [start], start
    for _ in range(20_000):
        now = now.nextInFocusChain()
        if now is start:
            break
        order.append(now)
    assert order[-1].window() is window.window()
    return order


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_heard_and_walked(name, desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    page = program.controllers[name].page
    program.window.go_to(page)
    wait(qtbot, lambda: not program.tasks.busy)
    assert unnamed(program.window) == []
    assert clashing(page) == []
    walked = reached(program.window, page.focusProxy())
    assert [f"{type(each).__name__} {name_of(each)}" for each in focusable(page) if each not in walked] == []
    assert page.keys
    assert page.help_topic


def test_the_welcome_page_can_be_heard_and_walked(program):
    program.show_welcome()
    page = program.welcome.page
    assert unnamed(program.window) == []
    assert clashing(page) == []
    walked = [each for each in reached(program.window, page.focusProxy()) if each in focusable(page)]
    assert walked[:4] == [page.demonstration.button, page.own.button, page.shared.button, page.file]


@pytest.fixture
def dialogs(desktop_over_landlord):
    program = desktop_over_landlord
    window, header = program.window, program.controllers["rent"].header
    return [
        StatementSheet(window, header, WEEKS[0], WEEKS[-1], "standard"),
        PostSheet(window, WEEKS),
        ReopenSheet(window, "2026-27 P08"),
        ServerSheet(window),
        HelpSheet(window, "rent"),
        KeysSheet(window, "Accounts", [Key("F8", "Explain")]),
        CrashSheet(window, "RB-1", "details"),
    ]


def test_every_dialog_can_be_heard_and_closed_by_esc(dialogs, qtbot):
    for dialog in dialogs:
        dialog.open()
        assert unnamed(dialog) == [], type(dialog).__name__
        assert clashing(dialog) == [], type(dialog).__name__
        gone = []
        dialog.finished.connect(gone.append)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert gone, type(dialog).__name__
    QApplication.processEvents()
