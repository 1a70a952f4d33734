"""Scenes of a charge that was wrong for some time."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind
from app.shots.stage import Scene, Stage
from app.views.adjustments.recalculation import RecalculationSheet
from app.views.common import formats


def _recalculate(stage: Stage) -> QWidget:
    """Ctrl+F4 on an account: the rent of its last ten weeks, the first of them begun on a Thursday."""
    accounts = stage.controller("rent")
    model = accounts.page.finder.model
    rows = (model.row_at(at) for at in range(model.rowCount()))
    accounts.open_account(next(row.account_id for row in rows if row.kind is AccountKind.RENT))
    stage.settle()
    stage.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ControlModifier)
    sheet = stage.fresh(RecalculationSheet)
    stage.settle()
    last = sheet.fields.values()["to_on"]
    first = last - timedelta(days=66)
    changed = first + timedelta(days=35)
    rates = [{"from_on": formats.day(on), "weekly": weekly} for on, weekly in ((first, "98.50"), (changed, "96.00"))]
    sheet.fields.retype({"rates": rates})
    stage.wait(lambda: bool(sheet.weeks.rowCount()))
    stage.settle()
    return sheet


SCENES = (Scene("adjustments-recalculation", _recalculate),)
