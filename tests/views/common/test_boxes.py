"""Nothing is remembered of the places of a layout: what Qt puts at the address of one that has gone is what it is."""

import gc

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QLayout, QSpacerItem, QWidget

from app.views.common.boxes import HBox, VBox, emptied, let_go, placed, spaces
from tests.views.walking import remembered_places


@pytest.fixture
def boxes(qtbot):
    """A column with a row and a label in it; the row has a label, a stretch and a space."""
    before = remembered_places()
    window = QWidget()
    qtbot.addWidget(window)
    column, line = VBox(window), HBox()
    line.addWidget(QLabel("In the row"))
    line.addStretch(1)
    line.addSpacing(7)
    column.addLayout(line)
    column.addWidget(QLabel("Under it"))
    window.column, window.line, window.before = column, line, before
    return window


def gone():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def test_a_filled_row_is_put_in_and_none_of_its_places_is_remembered(boxes):
    assert not remembered_places() - boxes.before


def test_what_stands_at_a_place_is_the_widget_or_the_layout(boxes):
    assert placed(boxes.column, 0) is boxes.line
    assert placed(boxes.column, 1).text() == "Under it"
    assert placed(boxes.line, 1) is None
    assert placed(boxes.column, 2) is None
    assert not remembered_places() - boxes.before


def test_spaces_can_be_changed_and_are_then_forgotten(boxes):
    for space in spaces(boxes.line):
        space.changeSize(2 * space.sizeHint().width(), 0)
    assert [space.sizeHint().width() for space in spaces(boxes.line)] == [0, 14]
    assert not remembered_places() - boxes.before


def test_an_emptied_column_is_empty_and_its_widgets_go(boxes):
    labels = boxes.findChildren(QLabel)
    emptied(boxes.column)
    gone()
    assert boxes.column.count() == 0
    assert not any(shiboken6.isValid(each) for each in labels)
    assert not remembered_places() - boxes.before


def test_widgets_that_are_let_go_stay(boxes):
    let_go(boxes.line)
    assert [each.text() for each in boxes.findChildren(QLabel)] == ["In the row", "Under it"]
    assert boxes.line.count() == 0


def test_a_widget_that_is_deleted_leaves_nothing_to_be_taken_for_another(boxes):
    placed(boxes.line, 0).deleteLater()
    boxes.line.deleteLater()
    gone()
    assert not remembered_places() - boxes.before


def test_a_space_made_here_is_known_for_as_long_as_it_is_there(boxes):
    mine = QSpacerItem(3, 3)
    boxes.line.addItem(mine)
    assert [shiboken6.isValid(each) for each in spaces(boxes.line)][-1]
    assert shiboken6.isValid(mine)
    assert not isinstance(mine, QLayout)
