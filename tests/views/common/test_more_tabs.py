"""Tabs without room stand in a menu; the one that is turned to is always seen."""

import pytest
from PySide6.QtWidgets import QLabel

from app.views.common.tabbed_card import TabbedCard

NAMES = ("Ledger", "By week", "Charges", "Notes", "Documents", "Tasks", "People", "Tenancy", "Benefits")


@pytest.fixture
def card(qtbot):
    made = TabbedCard("Parts of the account")
    for name in NAMES:
        made.add_part(name, QLabel(name))
    qtbot.addWidget(made)
    made.resize(1400, 300)
    made.show()
    return made


def test_with_room_every_name_stands_in_the_bar(card):
    assert card.more.hidden_tabs() == []
    assert not card.more.isVisible()


def test_names_without_room_stand_in_the_menu(card):
    card.resize(420, 300)
    hidden = card.more.hidden_tabs()
    assert hidden
    assert tuple(hidden) == NAMES[-len(hidden) :]
    assert card.more.isVisible()
    assert card.more.geometry().right() <= card.width()
    card.resize(1400, 300)
    assert card.more.hidden_tabs() == []


def test_the_part_that_is_turned_to_is_seen(card):
    card.resize(420, 300)
    card.open_part(8)
    assert card.tabs.isTabVisible(8)
    assert card.stack.currentWidget().text() == "Benefits"
    assert "Benefits" not in card.more.hidden_tabs()


def test_the_menu_turns_to_a_part(card):
    card.resize(420, 300)
    wanted = card.more.hidden_tabs()[-1]
    card.more._rest.aboutToShow.emit()
    next(action for action in card.more._rest.actions() if action.text() == wanted).trigger()
    assert card.stack.currentWidget().text() == wanted


def test_a_count_takes_its_room(card):
    card.resize(520, 300)
    before = len(card.more.hidden_tabs())
    for at in range(4):
        card.count_part(at, 12_345)
    assert len(card.more.hidden_tabs()) >= before
    assert card.tabs.tabText(0) == "Ledger  12,345"
