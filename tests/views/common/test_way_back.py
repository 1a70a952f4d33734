"""A part of a page that Esc leaves, in a window that has a shortcut of the same key."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout

from app.views.common.way_back import WayBack


def test_esc_in_a_field_of_it_leaves_though_the_window_has_the_key_too(qtbot):
    window, part = QMainWindow(), WayBack()
    field = QLineEdit()
    QVBoxLayout(part).addWidget(field)
    window.setCentralWidget(part)
    qtbot.addWidget(window)
    said = []
    QShortcut(QKeySequence("Esc"), window).activated.connect(lambda: said.append("closed"))
    part.left.connect(lambda: said.append("left"))
    window.show()
    window.activateWindow()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert said == ["left"]
    QTest.keyClick(field, Qt.Key.Key_A)
    assert (field.text(), said) == ("a", ["left"])
