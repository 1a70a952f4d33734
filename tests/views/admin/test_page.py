"""The Admin page: its sections by keyboard, each made when it is first opened and remembered."""

import pytest
from PySide6.QtCore import Qt

from app.services.core.permissions import Permission
from app.views.admin.controller import AdminController
from app.views.admin.page import AdminPage
from app.views.admin.sections import SECTIONS, Group
from app.views.common.page import Page
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def admin(office, qtbot):
    made = AdminController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1400, 800)
    made.page.show()
    made.page.setFocus()
    wait(qtbot, lambda: not office.tasks.busy)
    return made


def test_sections_stand_in_the_order_of_their_groups():
    order = [list(Group).index(section.group) for section in SECTIONS]
    assert order == sorted(order)
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)


def test_a_section_is_made_when_it_is_first_opened(admin):
    first, second = admin.page.list.keys()[:2]
    assert list(admin._made) == [first]
    press(admin.page, Qt.Key.Key_Down)
    assert admin.page.list.key() == second
    assert list(admin._made) == [first, second]


def test_the_first_letter_of_a_name_finds_its_section(admin):
    type_text(admin.page, "T")
    assert admin.page.list.key() == "teams"


def test_the_next_section_from_anywhere(admin):
    admin.open("load")
    keys = admin.page.list.keys()
    press(admin.page, Qt.Key.Key_PageDown, CTRL)
    assert admin.page.list.key() == keys[keys.index("load") + 1]
    press(admin.page, Qt.Key.Key_PageUp, CTRL)
    assert admin.page.list.key() == "load"


def test_enter_goes_into_the_section_and_its_keys_are_told(admin):
    admin.open("periods")
    press(admin.page, Qt.Key.Key_Return)
    assert admin.section("periods").page.table.hasFocus()
    assert "Ctrl+Return" in [key.keys for key in admin.page.keys]


def test_the_section_is_remembered(admin, office, qtbot):
    admin.open("periods")
    again = AdminController(office)
    qtbot.addWidget(again.page)
    assert again.page.list.key() == "periods"


def test_only_what_an_officer_may_see_is_listed():
    seen = [section.key for section in SECTIONS if section.shown_to({Permission.LOAD_LANDLORD})]
    assert seen == ["load"]
    hidden = [section.key for section in SECTIONS if not section.shown_to({Permission.VIEW_AUDIT})]
    assert hidden == ["load"]


def test_a_section_that_is_not_seen_waits_until_it_is(qtbot):
    page = AdminPage(SECTIONS[:2])
    qtbot.addWidget(page)
    asked = []

    def make(key):
        made = Page(key, areas=frozenset({"admin"}))
        made.refresh_wanted.connect(lambda _changes: asked.append(key))
        page.put_section(key, made)

    page.section_wanted.connect(make)
    page.open_section(SECTIONS[0].key)
    assert asked == []
    page.show()
    assert asked == [SECTIONS[0].key]
    page.open_section(SECTIONS[1].key)
    assert asked == [SECTIONS[0].key, SECTIONS[1].key]


def test_ctrl_enter_does_nothing_where_nothing_waits(admin, qtbot):
    admin.open("load")
    page = admin.section("load").page
    with qtbot.assertNotEmitted(page.load_wanted), qtbot.assertNotEmitted(page.sign_wanted):
        press(admin.page, Qt.Key.Key_Return, CTRL)


def test_the_button_that_chooses_a_file_keeps_its_picture_when_another_is_primary(admin):
    page = admin.section("load").page
    first = page.file.icon().pixmap(16, 16).toImage()
    page._mark("load")
    assert page.file.property("role") == ""
    assert page.file.icon().pixmap(16, 16).toImage() != first
