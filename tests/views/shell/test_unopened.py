"""Ctrl+K offers the commands of pages that nobody has opened yet: named as data, and exactly the pages' own."""

import pytest
from PySide6.QtCore import Qt

from app.services.core.permissions import ROLE_PERMISSIONS, Role
from app.views.admin.sections import SECTIONS
from app.views.common.letter_sheet import LetterSheet
from app.views.common.table_desk import EXPORT_KEY, PREVIEW_KEY
from app.views.shell.areas import AREAS, area_named
from app.views.shell.unopened import commands_of, unopened_commands
from tests.views.desktop import press, wait

CTRL = Qt.KeyboardModifier.ControlModifier


def offered(program) -> dict:
    return {item.title: item for item in program._commands()}


@pytest.mark.parametrize("name", [area.name for area in AREAS if area.name != "admin"])
def test_the_commands_that_are_named_are_those_of_the_page(desktop_over_landlord, qtbot, name):
    program = desktop_over_landlord
    page = program.controllers[name].page
    actions = {
        action.text().replace("&", ""): action.shortcut().toString().replace("Return", "Enter")
        for action in page.actions()
        if action.shortcut().toString() not in {EXPORT_KEY, PREVIEW_KEY}
    }
    commands = commands_of(name, program.office.desk.officer.permissions)
    assert {each.title: each.keys for each in commands} == actions
    at_once = {each.title for each in commands if each.at_once}
    assert all(each.isEnabled() for each in page.actions() if each.text().replace("&", "") in at_once)
    wait(qtbot, lambda: not program.tasks.busy)


def test_a_command_opens_its_page_and_is_given(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    assert "letters" not in program.controllers
    press(program.window, Qt.Key.Key_K, CTRL)
    palette = program.window.palette_of_all
    palette.field.setText("write letter")
    wait(qtbot, lambda: palette._answered == "write letter" and not program.tasks.busy)
    assert palette.list.item().title == "Write a letter (Letters)"
    press(program.window, Qt.Key.Key_Return)
    letters = program.controllers["letters"].page
    assert program.window.page() is letters
    wait(qtbot, lambda: letters.findChild(LetterSheet) is not None and not program.tasks.busy)
    letters.findChild(LetterSheet).reject()


def test_what_acts_on_a_record_opens_the_page_and_no_more(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    offered(program)["Post the week (Weekly charge)"].act()
    posted = []
    program.controllers["charges"].page.post_wanted.connect(posted.append)
    assert program.window.page() is program.controllers["charges"].page
    wait(qtbot, lambda: not program.tasks.busy)
    assert posted == []


def test_every_section_of_admin_is_offered_before_and_after_its_page_is_made(desktop_over_landlord, qtbot):
    program = desktop_over_landlord
    wanted = {f"Admin: {section.title}" for section in SECTIONS}
    assert wanted <= set(offered(program))
    offered(program)["Admin: Officers"].act()
    wait(qtbot, lambda: not program.tasks.busy)
    assert program.controllers["admin"].page.list.key() == "officers"
    assert wanted <= set(offered(program))


def test_an_officer_is_offered_the_sections_that_they_see():
    held = ROLE_PERMISSIONS[Role.AUDITOR]
    titles = [item.title for item in unopened_commands([area_named("admin")], held, str, str)]
    assert "Admin: Audit" in titles
    assert "Admin: Load a spreadsheet" not in titles
