"""Every scene of every page and dialog, walked at large text: names, mnemonics, tab order, help, and nothing cut."""

import shutil
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from app.offscreen import SIZE
from app.services.core.resources import resource
from app.shots.stage import Stage
from app.shots.taking import MODULES, scenes
from app.views.common.record_form import LeaveSheet
from app.views.common.theme import Scheme
from app.views.welcome.dialogs import ServerSheet
from tests.views.desktop import wait
from tests.views.walking import clashing, faults, focusable, remembered_places, unnamed, unreached

TEXT_SIZE = 150
"""What is whole at this size is whole at a smaller one."""
GROUPS = [MODULES[at : at + 4] for at in range(0, len(MODULES), 4)]
"""Scenes that follow one another in one window, as they do when they are pictured: a window for each takes its time."""


@pytest.fixture(scope="module", autouse=True)
def _dressed(theme):
    """The text stays large until the last test of this file: dressing the program anew takes a moment each time."""
    yield
    theme.choose(Scheme.LIGHT, 100)


@pytest.fixture
def stage(program, theme, demonstration, tmp_path, qtbot):
    """The program over a copy of it, as a scene acts on it."""
    if (theme.scheme, theme.text_size) != (Scheme.LIGHT, TEXT_SIZE):
        theme.choose(Scheme.LIGHT, TEXT_SIZE)
    program.window.resize(SIZE)
    program.begin(str(shutil.copy(demonstration, tmp_path / "demonstration.db")))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return Stage(program, theme)


@pytest.mark.parametrize("modules", GROUPS, ids=" ".join)
def test_every_scene_can_be_heard_walked_and_read(modules, stage):
    found, before = {}, remembered_places()
    for scene in chain.from_iterable(map(scenes, modules)):
        stage.strike()
        shown = scene.show(stage)
        stage.settle()
        page, lock = stage.program.window.page(), stage.program.signing.lock.screen
        if wrong := faults(shown, lock if lock.isVisible() else page):
            found[scene.name] = wrong
        assert page.keys, scene.name
        assert resource("help", f"{page.help_topic}.md").is_file(), scene.name
        if isinstance(shown, QDialog):
            stage.press(Qt.Key.Key_Escape)
            left = not isValid(shown) or not shown.isVisible() or bool(shown.findChildren(LeaveSheet))
            assert left, f"{scene.name} is neither closed by Esc nor asks about what isn't saved"
    stage.strike()
    assert found == {}
    assert not remembered_places() - before


def test_the_welcome_page_can_be_heard_and_walked(program):
    program.show_welcome()
    page = program.welcome.page
    assert [*unnamed(program.window), *clashing(page), *unreached(page, page.focusProxy())] == []
    first = [each for each in focusable(page) if each is not page][:4]
    assert first == [page.demonstration.button, page.own.button, page.shared.button, page.file]


def test_the_sheet_for_a_server_can_be_heard_and_closed_by_esc(program, qtbot):
    program.show_welcome()
    sheet = ServerSheet(program.window)
    sheet.open()
    assert [*unnamed(sheet), *clashing(sheet)] == []
    gone = []
    sheet.finished.connect(gone.append)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert gone
    QApplication.processEvents()
