"""The first-day tour: by keyboard, once for each officer, and again from the menu."""

import pytest
from PySide6.QtCore import Qt

from app.bootstrap import Rentbook
from app.views.shell import settings
from tests.views.desktop import press, wait


def test_enter_goes_through_it_and_it_is_remembered(desktop_over_landlord):
    window, memory = desktop_over_landlord.window, desktop_over_landlord.office.memory
    desktop_over_landlord.window.top.menu.tour_wanted.emit()
    seen = []
    while window.tour.isVisible():
        seen.append(window.tour.title.text())
        assert window.rect().contains(window.tour.geometry())
        press(window, Qt.Key.Key_Return)
    assert len(seen) == len(set(seen)) == 5
    assert settings.TOURED.read(memory) == "yes"
    window.begin_tour()
    assert window.tour.isHidden()


def test_esc_leaves_it_where_the_officer_was(desktop_over_landlord, qtbot):
    window = desktop_over_landlord.window
    field = desktop_over_landlord.controllers["rent"].page.finder.text
    window.activateWindow()
    field.setFocus()
    wait(qtbot, field.hasFocus)
    window.begin_tour()
    press(window, Qt.Key.Key_Return)
    window.tour.back.click()
    assert window.tour.place.text() == "1 of 5"
    press(window, Qt.Key.Key_Escape)
    assert window.tour.isHidden()
    assert field.hasFocus()


@pytest.mark.parametrize("seen", ["", "yes"])
def test_it_begins_by_itself_for_an_officer_who_has_not_seen_it(qapp, theme, clock, landlord_file, qtbot, seen):
    program = Rentbook(qapp, theme, clock, tours=True)
    qtbot.addWidget(program.window)
    program.window.show()
    try:
        program.begin(str(landlord_file))
        wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
        settings.TOURED.write(seen, program.office.memory)
        program._follow()
        assert program.window.tour.isVisible() is not bool(seen)
        program.window.tour.end()
        wait(qtbot, lambda: not program.tasks.busy)
    finally:
        program.tasks.drain()
        qapp.processEvents()
        program.window.close()
        program.close_database()
        program.deleteLater()
