"""The parts of a card are made when they are first opened, and never say how many another record had."""

import sys
from types import ModuleType

import pytest
from PySide6.QtWidgets import QLabel

from app.views.common.part_desk import PartDesk, PartsOfCard
from app.views.common.tabbed_card import TabbedCard
from app.views.common.works import Part
from tests.views.desktop import wait

PARTS = (Part("sample_letters", "Letters", "LettersController"),)


class LettersController(PartDesk):
    """Shows as many letters as the record's id says."""

    def __init__(self, office):
        self.words = QLabel()
        super().__init__(office, self.words, lambda _ctx, record_id: "x" * record_id)

    def fill(self, found):
        self.words.setText(found or "")

    def count(self, found):
        return len(found)


@pytest.fixture
def card(office, qtbot, monkeypatch):
    """A card with a part of its own and one that is made later."""
    module = ModuleType("app.views.post_log.controller.sample_letters")
    module.LettersController = LettersController
    monkeypatch.setitem(sys.modules, module.__name__, module)
    made = TabbedCard("The record")
    qtbot.addWidget(made)
    made.add_part("History", QLabel("It came."))
    made.add_drawers(PARTS)
    made.joined = PartsOfCard(office, "post_log", PARTS, made)
    return made


def test_a_part_is_asked_when_it_is_turned_to_and_not_again_for_the_same(card, office, qtbot):
    card.joined.show(3, "three")
    with pytest.raises(KeyError):
        card.joined.of("sample_letters")
    card.open_drawer("sample_letters")
    wait(qtbot, lambda: card.tabs.tabText(1) == "Letters  3")
    part = card.joined.of("sample_letters")
    assert (part.record_id, part.record) == (3, "three")
    card.open_part(0)
    card.open_drawer("sample_letters")
    assert not office.tasks.busy


def test_how_many_another_record_had_is_said_no_longer(card, office, qtbot):
    card.joined.show(3, "three")
    card.open_drawer("sample_letters")
    wait(qtbot, lambda: card.tabs.tabText(1) == "Letters  3")
    card.open_part(0)
    card.joined.show(2, "two")
    assert card.tabs.tabText(1) == "Letters"
    card.open_drawer("sample_letters")
    wait(qtbot, lambda: card.tabs.tabText(1) == "Letters  2")
    card.joined.clear()
    assert (card.tabs.tabText(1), card.joined.of("sample_letters").words.text()) == ("Letters", "")
    wait(qtbot, lambda: not office.tasks.busy)
