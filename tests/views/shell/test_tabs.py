"""The tabs across the top where there is room for some of them only."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from app.views.shell.tabs import TabStrip

TITLES = ("Home", "Accounts", "Weekly charge", "Statements", "Letters", "Approvals", "Admin")


def test_the_first_tabs_and_the_chosen_one_stand_whole_beside_more(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    strip = TabStrip()
    strip.setParent(window)
    for title in TITLES:
        strip.add_tab(title, "home-outline")
    strip.resize(420, 40)
    window.show()
    for place in (6, 0, 4, 6):
        strip.go_to(place)
        qtbot.waitUntil(strip.more.isVisible)
        shown = [at for at in range(len(TITLES)) if strip.bar.isTabVisible(at)]
        assert {0, place} <= set(shown)
        assert all(strip.bar.rect().contains(strip.bar.tabRect(at)) for at in shown)
        assert strip.bar.tabAt(QPoint(5, 5)) == 0
    strip.resize(1_600, 40)
    qtbot.waitUntil(strip.more.isHidden)
    assert all(strip.bar.isTabVisible(at) for at in range(len(TITLES)))
