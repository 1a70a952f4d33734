"""The Landlord page by its keys."""

from PySide6.QtCore import Qt

from app.views.admin.page import LandlordPage
from tests.views.desktop import press

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot):
    page = LandlordPage()
    qtbot.addWidget(page)
    page.resize(1400, 800)
    page.show()
    return page


def test_each_part_takes_the_focus_when_its_key_opens_it(qtbot):
    page = shown(qtbot)
    press(page, Qt.Key.Key_D, CTRL)
    assert page.details.name.hasFocus()
    press(page, Qt.Key.Key_P, CTRL)
    assert page.periods.table.hasFocus()
    press(page, Qt.Key.Key_L, CTRL)
    assert page.load.file.hasFocus()


def test_ctrl_enter_saves_the_details(qtbot):
    page = shown(qtbot)
    press(page, Qt.Key.Key_D, CTRL)
    with qtbot.waitSignal(page.details.save_wanted):
        press(page, Qt.Key.Key_Return, CTRL)


def test_ctrl_enter_does_nothing_where_nothing_waits(qtbot):
    page = shown(qtbot)
    with qtbot.assertNotEmitted(page.load.load_wanted), qtbot.assertNotEmitted(page.load.sign_wanted):
        press(page, Qt.Key.Key_Return, CTRL)


def test_the_button_that_chooses_a_file_keeps_its_picture_when_another_is_primary(qtbot):
    page = shown(qtbot)
    first = page.load.file.icon().pixmap(16, 16).toImage()
    page.load._mark("load")
    assert page.load.file.property("role") == ""
    assert page.load.file.icon().pixmap(16, 16).toImage() != first
