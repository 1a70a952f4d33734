"""Sections and sheets of cards by telephone over a desk, for tests of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.views.common.changes import ChangeBus
from app.views.common.message_bar import MessageBar
from app.views.common.office import Office
from app.views.reception_payments.card_waiting import WaitingSheet
from app.views.reception_payments.controller.card_waiting import CardWaiting
from app.views.reception_payments.controller.cards import CardsController
from tests.services.reception_payments.cards.conftest import cards, pay, reach
from tests.services.reception_payments.cards.test_refunding import limits
from tests.services.reception_payments.conftest import clerk, reception
from tests.views.desktop import sheet_of, wait

__all__ = ["cards", "clerk", "limits", "pay", "reach", "reception"]
CONTROL = Qt.KeyboardModifier.ControlModifier
CARD = "4000 0582 6000 0005"
REFERENCE = "7000123456"


@pytest.fixture
def office_of(tasks, qtbot, crashes):
    """An office as pages have it, over a desk; what other pages are asked to show is in `opened`."""

    def make(desk):
        messages = MessageBar()
        qtbot.addWidget(messages)
        opened = []
        found = Office(
            desk,
            tasks,
            ChangeBus(),
            messages,
            crashes.append,
            open_record=lambda subject, record_id: opened.append((subject, record_id)),
        )
        return found, opened

    yield make
    tasks.drain()


@pytest.fixture
def section(office_of, tasks, qtbot):
    """A section over a desk, on the screen."""

    def begin(desk, kind=CardsController):
        office, opened = office_of(desk)
        made = kind(office)
        made.opened_records = opened
        office.bus.changed.connect(made.page.take_changes)
        qtbot.addWidget(made.page)
        made.page.resize(1400, 800)
        made.page.show()
        made.page.activateWindow()
        wait(qtbot, lambda: not tasks.busy)
        return made

    return begin


@pytest.fixture
def board(qtbot):
    """What a sheet stands over."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    return page


@pytest.fixture
def waiting(office_of, board, qtbot, tasks):
    """The sheet of a payment over a desk; the pages that it opened in the browser; what it told when it was over."""

    def begin(desk, payment_id):
        office, _ = office_of(desk)
        pages, told = [], []
        made = CardWaiting(office, board, told.append, pages.append)
        made.begin(payment_id)
        sheet = sheet_of(qtbot, WaitingSheet, board)
        wait(qtbot, lambda: not tasks.busy)
        return made, sheet, pages, told

    return begin
