"""A section of the Reception tab by itself, with the hands of the officer at it."""

import pytest

from app.views.common.dialogs import Sheet
from tests.views.purchase_orders.hands import Hands


@pytest.fixture
def section(office, reception, qtbot):
    """Opens a section; gives it with the hands of the officer at it."""
    opened = []

    def open_section(made):
        controller = made(office)
        qtbot.addWidget(controller.page)
        controller.page.resize(1300, 800)
        controller.page.show()
        office.bus.changed.connect(controller.page.refresh_wanted)
        controller.page.refresh_wanted.emit(None)
        hands = Hands(office, controller.page, qtbot)
        hands.until(lambda: True)
        opened.append((controller, hands))
        return controller, hands

    yield open_section
    for controller, hands in opened:
        for sheet in controller.page.findChildren(Sheet):
            sheet.close()
        hands.until(lambda: True)
