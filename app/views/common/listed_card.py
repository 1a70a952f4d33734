"""A card with a table under its title: what can be done stands beside the title, and what it is about between the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, row
from app.views.common.theme import scaled


def title_row(title: QLabel, buttons: Iterable[QWidget]) -> QHBoxLayout:
    """A title with buttons at its right, which go on under each other where there is no room.

    It stands in the middle of the first line of them.
    """
    flow = FlowLayout(right=True)
    shown = list(buttons)
    for each in shown:
        each.ensurePolished()
        flow.addWidget(each)
    title.ensurePolished()
    first = max((each.sizeHint().height() for each in shown), default=0)
    head = column(None, title, None)
    head.setContentsMargins(0, max(0, (first - title.sizeHint().height()) // 2), 0, 0)
    made = row(head, flow)
    made.setStretch(1, 1)
    made.setContentsMargins(scaled(14), 0, scaled(14), 0)
    return made


def listed_card(title: str, actions: Sequence[tuple[QAction, str, str]], table: QWidget, about: str = "") -> Card:
    """The card.

    Args:
        title: what stands over the table.
        actions: what can be done, each with its icon and the role of its button, such as `primary`.
        table: what is listed.
        about: a sentence over the table.
    """
    card = Card(margins=(0, 12, 0, 6))
    buttons = (action_button(action, role=role, icon=icon) for action, icon, role in actions)
    card.column.addLayout(title_row(label(title, "heading"), buttons))
    if about:
        said = row(label(about, "muted", wrap=True))
        said.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(said)
    card.column.addWidget(table, 1)
    return card
