"""What the tests of the Accounts page's sheets open them over."""

import pytest
from PySide6.QtWidgets import QWidget

from app.services.rent.header import account_header
from tests.views.desktop import wait


@pytest.fixture
def page(qtbot):
    """Something to open a sheet over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1300, 900)
    made.show()
    return made


@pytest.fixture
def open_sheet(office, page, qtbot):
    """Opens the sheet of a work on an account; what the test leaves open is closed after it."""
    made = []

    def open_(controller, account_id, **named):
        work = controller(office, page, office.desk.ask(account_header, account_id), **named)
        wait(qtbot, lambda: work.sheet is not None and work.sheet.isVisible() and not office.tasks.busy)
        made.append(work.sheet)
        return work.sheet

    yield open_
    for sheet in made:
        if not sheet.over:
            sheet.done(0)
