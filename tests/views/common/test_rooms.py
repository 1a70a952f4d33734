"""Parts of a page stand under each other where there is no room beside."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from app.views.common.parts import SideCard, scrolled
from app.views.common.rooms import Beside, Pane, Panes, Room


def inside(qtbot, shown, width, height=600):
    window = scrolled(shown)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    return window


def test_a_card_stands_over_the_rest_where_both_have_no_room_beside_each_other(qtbot, theme):
    card, rest = SideCard(340), QLabel("Words")
    rest.setMinimumWidth(500)
    both = Beside(card, rest)
    window = inside(qtbot, both, 1_000)
    assert both.layout().direction() == QBoxLayout.Direction.LeftToRight
    assert card.width() <= 340
    window.resize(600, 600)
    qtbot.waitUntil(lambda: both.layout().direction() == QBoxLayout.Direction.TopToBottom)
    qtbot.waitUntil(lambda: card.geometry().bottom() < rest.geometry().top() and card.width() > 340)
    rest.setMinimumWidth(100)  # what is in it needs less: there is room beside it again
    qtbot.waitUntil(lambda: both.layout().direction() == QBoxLayout.Direction.LeftToRight)


def test_panes_stand_under_each_other_as_high_as_they_need(qtbot, theme):
    shown = [QWidget() for _ in range(3)]
    panes = Panes(*(Pane(each, 200, 300, 250) for each in shown))
    window = inside(qtbot, panes, 900)
    assert panes.orientation() is Qt.Orientation.Horizontal
    window.resize(500, 600)
    qtbot.waitUntil(lambda: panes.orientation() is Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: panes.height() >= 750)
    theme.choose(text_size=200)
    window.resize(1_100, 600)
    assert panes.orientation() is Qt.Orientation.Vertical  # three times 400 have no room in 1,100


def test_a_room_is_never_lower_than_it_was_given(qtbot, theme):
    room = Room(QLabel("Words"), 370)
    qtbot.addWidget(room)
    assert room.minimumSizeHint().height() == room.sizeHint().height() == 370
    theme.choose(text_size=150)
    assert room.minimumSizeHint().height() == 555
