"""While the Statements page works it says so and starts nothing twice; however that ends, it goes on."""

import pytest

from app.views.statements.controller import StatementsController
from tests.views.desktop import held, wait


@pytest.fixture
def controller(office, accounts, qtbot):
    """The page alone, about to make the first quarter's statements."""
    made = StatementsController(office)
    qtbot.addWidget(made.page)
    made.page.request.quarter.setCurrentIndex(0)
    return made


def test_a_stopped_rehearsal_may_be_asked_for_again(controller, office, qtbot):
    page = controller.page
    with held(office.desk):
        page.rehearse_wanted.emit(page.request.request())
        assert page._said.text() == "Counting the statements …"
        assert not page._make.isEnabled()
        controller._rehearsing.cancel()
    wait(qtbot, lambda: not office.tasks.busy)
    assert "Rehearse first" in page._said.text()
    assert page._make.isEnabled()


def test_a_refused_run_may_be_made_after_all(controller, office, tmp_path, qtbot):
    page = controller.page
    in_the_way = tmp_path / "out"
    in_the_way.write_text("a file where the folder should be")
    page.request.set_folder(str(in_the_way))
    page.make_wanted.emit(page.request.request())
    assert page._said.text() == "Making the statements …"
    assert not page._make.isEnabled()
    wait(qtbot, lambda: not office.tasks.busy)
    assert page._make.isEnabled()
    in_the_way.unlink()
    page.make_wanted.emit(page.request.request())
    wait(qtbot, lambda: "made" in page._said.text() and not office.tasks.busy)
    assert page._make.isEnabled()


def test_work_that_overlaps_ends_with_the_last_of_it(controller):
    page = controller.page
    first, second = page.work.on("First …"), page.work.on("Second …")
    first(True)
    second(True)
    assert page._said.text() == "Second …"
    second(False)
    assert page._said.text() == "First …"
    assert not page._make.isEnabled()
    first(False)
    assert page._make.isEnabled()
