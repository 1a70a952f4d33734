"""A form gives each of its lines the room that it needs."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.services.core.errors import UserError
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.forms import Form
from app.views.common.parts import column, scrolled


def test_a_choice_that_has_no_room_is_whole_in_the_tip_and_in_the_list(qtbot):
    long = "Flat 22, Heron House, Heron Close, Testford, ZZ2 1AD, let to Mx Robin Newcome"
    field = ChoiceField([("No home of theirs", None), (long, 7)])
    qtbot.addWidget(field)
    field.setFixedWidth(160)
    field.set_value(7)
    assert field.toolTip() == long
    field.offer([("No home of theirs", None)])
    assert field.toolTip() == "No home of theirs"
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    field.setParent(window)
    field.offer([("No home of theirs", None), (long, 7)])
    window.show()
    field.show()
    field.showPopup()
    assert field.view().width() >= field.fontMetrics().horizontalAdvance(long)
    field.hidePopup()


@pytest.mark.parametrize("times", [1, 2, 4])
def test_what_is_said_under_a_field_takes_no_height_from_the_others(qtbot, times):
    window = QWidget()
    qtbot.addWidget(window)
    inside = QWidget()
    form = Form(inside)
    for name in ("first", "second", "third"):
        form.add(name, name.title(), LineField(), "A hint of so many words that at this width they stand in two lines")
    form.add("note", "Note", AreaField(height=90))
    column(window, scrolled(inside))
    window.resize(330, 260)
    window.show()
    QApplication.processEvents()
    before = [field.height() for field in form.fields()]
    form.show_error(
        UserError("It can't be that day: it lies before the first week that was charged. " * times, field="second")
    )
    for _pass in range(4):
        QApplication.processEvents()
    assert [field.height() for field in form.fields()] == before
    said = [each for each in inside.findChildren(QLabel) if each.wordWrap() and each.isVisible()]
    assert len(said) == 4
    assert all(each.height() >= each.heightForWidth(each.width()) for each in said)


def test_two_fields_of_one_row_are_read_told_and_hidden_each_by_its_name(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    form = Form(window)
    form.add_beside(("sort_code", "&Sort code", LineField()), ("number", "&Number", LineField()))
    window.show()
    form.fill({"sort_code": "08-99-99", "number": "66374958"})
    assert form.values() == {"sort_code": "08-99-99", "number": "66374958"}
    assert form.field("sort_code").y() == form.field("number").y()
    form.show_error(UserError("It doesn't fit.", field="number"))
    assert (form.error_of("number"), form.error_of("sort_code")) == ("It doesn't fit.", "")
    form.setRowVisible(form.labels["number"], False)
    assert not form.field("sort_code").isVisible()
