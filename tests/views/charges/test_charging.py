"""While the Weekly charge page works it says so and posts nothing twice; however that ends, it goes on."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.views.charges.controller import ChargesController
from tests.views.desktop import held, wait

WEEK = date(2026, 11, 16)


@pytest.fixture
def controller(office, accounts, qtbot):
    """The page alone with a week rehearsed that may be posted."""
    made = ChargesController(office)
    qtbot.addWidget(made.page)
    made.rehearse(WEEK)
    wait(qtbot, lambda: made.page.codes.rows and not office.tasks.busy)
    return made


def test_what_was_rehearsed_is_shown_again_when_another_rehearsal_breaks_down(
    controller, office, landlord_desk, crashes, qtbot
):
    page = controller.page
    rested = page._said.text()
    assert page._post.isEnabled()
    with landlord_desk.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE charge_run RENAME TO mislaid"))
    controller.rehearse(WEEK)
    assert page._said.text() == "Working out the week …"
    assert not page._post.isEnabled()
    wait(qtbot, lambda: not office.tasks.busy)
    (crashed,) = crashes
    assert isinstance(crashed, OperationalError)
    crashes.clear()
    assert page._said.text() == rested
    assert page._post.isEnabled()


def test_a_stopped_rehearsal_leaves_the_page_ready(controller, office, qtbot):
    with held(office.desk):
        controller.rehearse(WEEK)
        controller._asked.cancel()
    wait(qtbot, lambda: not office.tasks.busy)
    assert "Rehearse a week first" in controller.page._said.text()
    assert not controller.page._post.isEnabled()
    controller.rehearse(WEEK)
    wait(qtbot, lambda: not office.tasks.busy)
    assert controller.page._post.isEnabled()
