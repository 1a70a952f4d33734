"""Bars: heard in words, walked by arrow keys, opened by Enter, drawn in the colours in force."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart import load_library
from app.views.common.theme import Scheme

BARS = (Bar("a", (3.0, 1.0), "a: 3 and 1"), Bar("b", (0.0, 2.0), "b: 0 and 2"))


@pytest.fixture(params=["standing", "lying", "stacked"])
def chart(request, qtbot, theme):
    load_library()
    kind = {"stacked": True, "lying": True} if request.param == "stacked" else {"lying": request.param == "lying"}
    made = BarChart("Tasks", (Series("One", "bad"), Series("Two", "brand")), **kind)
    qtbot.addWidget(made)
    made.resize(400, 240)
    made.show_bars(BARS)
    made.show()
    made.activateWindow()
    return made


def test_it_says_its_figures(chart):
    chart.clearFocus()
    assert chart.accessibleName() == "Tasks: a: 3 and 1; b: 0 and 2"
    chart.show_bars(())
    assert chart.accessibleName() == "Tasks: nothing to draw"


def test_arrows_walk_and_enter_opens(chart, qtbot):
    opened = []
    chart.opened.connect(opened.append)
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    assert chart.accessibleName().startswith("Tasks: a: 3 and 1. Of: ")
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Down)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.keyClick(chart, Qt.Key.Key_Home)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert opened == [1, 0]


def test_it_is_drawn_again_in_the_dark(chart, theme):
    assert chart.drawn
    light = chart.grab().toImage()
    theme.choose(Scheme.DARK)
    assert chart.grab().toImage() != light


def test_without_the_library_it_is_asked_for(qtbot, monkeypatch):
    monkeypatch.setattr("app.views.common.bars.LIBRARY", "not_loaded_yet")
    made = BarChart("Tasks", (Series("One", "bad"),))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.library_wanted):
        made.show_bars((Bar("a", (3.0,), "a: 3"),))
    assert not made.drawn
