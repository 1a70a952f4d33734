"""Scenes of the Adjustments tab: the register, the entry screen, a line of the ledger put right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.adjustments.register.dto import EVERYTHING, RegisterFilter, View
from app.shots.stage import Scene, Stage
from app.views.adjustments.entry import EntrySheet
from app.views.adjustments.fix import FixSheet


def _listed(stage: Stage, wanted: RegisterFilter = EVERYTHING) -> QWidget:
    page = stage.controller("adjustments").page
    page.card.parts.tabs.setCurrentIndex(0)
    page.show_only(wanted)
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return stage.window


def _history(stage: Stage) -> QWidget:
    _listed(stage)
    stage.controller("adjustments").page.card.parts.tabs.setCurrentIndex(1)
    stage.settle()
    return stage.window


def _account(stage: Stage) -> Any:
    """An account, on its ledger; the Accounts page."""
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.wait(lambda: accounts.header is not None)
    stage.settle()
    return accounts.page


def _enter(stage: Stage) -> QWidget:
    """F4 on an account: a credit that looks like nothing before."""
    _account(stage)
    stage.press(Qt.Key.Key_F4)
    sheet = stage.sheet(EntrySheet)
    sheet.fields.fill({"kind": "credit", "amount": Money(25_00), "narrative": "Charged twice for a lock"})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _transfer(stage: Stage) -> QWidget:
    _account(stage)
    stage.press(Qt.Key.Key_F4)
    sheet = stage.sheet(EntrySheet)
    sheet.fields.fill({"kind": "transfer"})
    stage.settle()
    return sheet


def _fix(stage: Stage) -> QWidget:
    """Shift+F4 on a line of the ledger."""
    page = _account(stage)
    page.account.ledger.table.setFocus()
    page.account.ledger.table.go_to(0)
    stage.settle()
    stage.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    return stage.sheet(FixSheet)


def _reports(stage: Stage) -> QWidget:
    page = stage.controller("adjustments").page
    page.sections.open("reports")
    stage.settle()
    return stage.window


SCENES = (
    Scene("adjustments", _listed),
    Scene("adjustments-mine", partial(_listed, wanted=RegisterFilter(view=View.MINE))),
    Scene("adjustments-history", _history),
    Scene("adjustments-enter", _enter),
    Scene("adjustments-transfer", _transfer),
    Scene("adjustments-fix", _fix),
    Scene("adjustments-reports", _reports),
)
