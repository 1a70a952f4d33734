"""Scenes of the window itself: help, keys, and what is said when something goes wrong."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.shell.about import AboutSheet
from app.views.shell.crash_sheet import CrashSheet
from app.views.shell.help import HelpSheet, KeysSheet

_DETAILS = 'RB-1A2B3C4D\nRentbook on a made-up computer\n\n  File "app/somewhere.py", line 1, in something\nValueError'


def _help(stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.press(Qt.Key.Key_F1)
    return stage.sheet(HelpSheet)


def _keys(stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.program.window.show_keys()
    return stage.sheet(KeysSheet)


def _about(stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.program.window.show_about()
    return stage.sheet(AboutSheet)


def _crash(stage: Stage) -> QWidget:
    sheet = CrashSheet(stage.window, "RB-1A2B3C4D", _DETAILS)
    sheet.open()
    return sheet


def _message(stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.program.window.messages.bad("The folder can't be written. Choose another place.")
    return stage.window


def _palette(text: str, stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.program.window.find_anything()
    stage.write(text)
    return stage.window


def _tour(steps: int, stage: Stage) -> QWidget:
    stage.controller("rent")
    stage.program.window.tour.begin()
    for _ in range(steps):
        stage.press(Qt.Key.Key_Return)
    return stage.window


def _away(stage: Stage) -> QWidget:
    stage.controller("rent")
    words = (
        "The database file rentbook.db was moved or removed. Rentbook tries again by itself; nothing you typed is lost."
    )
    stage.program.window.banner.say(words, "warning", "Try &again", list)
    return stage.window


def _menu(stage: Stage) -> QWidget:
    """The officer's own menu, as it drops from the name."""
    officer = stage.program.window.top.officer
    menu = stage.program.window.top.menu
    menu.popup(officer.mapToGlobal(officer.rect().bottomLeft()))
    return menu


SCENES = (
    Scene("shell-menu", _menu),
    Scene("shell-palette-nothing", partial(_palette, "zzzz")),
    Scene("shell-tour", partial(_tour, 1)),
    Scene("shell-tour-end", partial(_tour, 4)),
    Scene("shell-away", _away),
    Scene("shell-palette", partial(_palette, "mar")),
    Scene("shell-palette-commands", partial(_palette, "go")),
    Scene("shell-palette-empty", partial(_palette, "")),
    Scene("shell-help", _help),
    Scene("shell-keys", _keys),
    Scene("shell-about", _about),
    Scene("shell-crash", _crash),
    Scene("shell-message", _message),
)
