"""The section of the categories: who gets them, and the letter that acknowledges them."""

import pytest
from PySide6.QtCore import Qt

from app.services.post_log.categories.queries import categories
from app.views.post_log.controller.categories import CategoriesController
from tests.views.desktop import press, wait


@pytest.fixture
def section(office, qtbot):
    """The section, with what it shows."""
    made = CategoriesController(office)
    qtbot.addWidget(made.page)
    made.page.show()
    wait(qtbot, lambda: made.found is not None and not office.tasks.busy)
    return made


def test_the_letter_that_acknowledges_a_category_is_chosen_on_its_sheet(section, office, qtbot):
    rows, _, letters = section.found
    general = next(each for each in rows if each.key == "general")
    key, _ = next(each for each in letters if each[0] != general.acknowledgement)
    section.page.opened.emit(general)
    fields = section.sheet.fields
    fields.field("acknowledgement").set_value(key)
    assert fields.values()["acknowledgement"] == key
    section.sheet.confirmed.emit()
    wait(qtbot, lambda: office.messages.text == "The category is saved." and not office.tasks.busy)
    kept = next(each for each in office.desk.ask(categories) if each.key == "general")
    assert kept.acknowledgement == key


def test_categories_are_found_by_their_words(section):
    section.page.text.setText("INFORMATION freedom")
    section.page.asked.emit()
    assert [each.key for each in section.page.model.rows] == ["foi"]


def test_a_category_is_begun_also_where_none_is_found(section, qtbot):
    section.page.text.setText("no such words")
    section.page.asked.emit()
    assert not section.page.model.rows
    press(section.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: section.sheet is not None)
    assert section.sheet.windowTitle() == "New category"
    section.sheet.close()
