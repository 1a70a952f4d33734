"""Scenes of the Accounts page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services.rent.dto import Link
from app.shots.stage import Scene, Stage, tab
from app.views.rent.dialogs import StatementSheet


def _linked(stage: Stage) -> QWidget:
    """An account with others that belong with it."""
    accounts = stage.controller("rent")
    filters = accounts.page.finder.filters
    filters["garages"].setChecked(True)
    stage.settle()
    linked = accounts.header.linked if accounts.header else ()
    home = next((each for each in linked if each.link is Link.HOME), None)
    filters["garages"].setChecked(False)
    stage.settle()
    if home:
        accounts.open_account(home.account_id)
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    stage.controller("rent").look_for("nobody of that name")
    stage.settle()
    return stage.window


def _statement(stage: Stage) -> QWidget:
    stage.controller("rent").look_for("")
    stage.settle()
    stage.press(Qt.Key.Key_F6)
    return stage.sheet(StatementSheet)


SCENES = (
    tab("rent"),
    Scene("rent-linked", _linked),
    Scene("rent-nothing", _nothing_found),
    Scene("rent-statement", _statement),
)
