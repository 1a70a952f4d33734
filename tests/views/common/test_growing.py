"""What was laid out before the text size changed stands as if it were laid out after it."""

import pytest
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QSplitter, QWidget

from app.views.common.boxes import spaces
from app.views.common.growing import Growing, hold_width
from app.views.common.parts import Card, column
from app.views.common.theme import scaled


@pytest.fixture
def window(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    card, splitter, field, form = Card(), QSplitter(), QLineEdit(), QFormLayout()
    form.setHorizontalSpacing(scaled(16))
    splitter.setHandleWidth(scaled(12))
    hold_width(field, 136)
    column(made, card, 5, QLabel("Words"), splitter, field, form, spacing=7, margin=3)
    made.parts = (card, splitter, field, form)
    Growing(made, theme)
    yield made
    theme.choose(text_size=100)


def lengths(window):
    card, splitter, field, form = window.parts
    layout = window.layout()
    return (
        layout.spacing(),
        layout.contentsMargins().top(),
        *(space.sizeHint().height() for space in spaces(layout)),
        card.column.contentsMargins().left(),
        form.horizontalSpacing(),
        splitter.handleWidth(),
        field.width(),
    )


def test_margins_gaps_handles_and_held_widths_follow_the_text_size(window, theme):
    drawn = (7, 3, 5, 14, 16, 12, 136)
    assert lengths(window) == drawn
    for size in (150, 110, 200, 125, 175):
        theme.choose(text_size=size)
        assert lengths(window) == tuple(round(each * size / 100) for each in drawn)
    theme.choose(text_size=100)
    assert lengths(window) == drawn
