"""Scenes of the Statements page: before a run, rehearsed, and the runs there were."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage, tab


def _rehearsed(part: int, stage: Stage) -> QWidget:
    """A part of the card, after a rehearsal."""
    page = stage.controller("statements").page
    stage.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    stage.wait(lambda: page.groups.rowCount() > 0)
    page.parts.open_part(part)
    return stage.window


SCENES = (
    tab("statements"),
    Scene("statements-rehearsed", partial(_rehearsed, 0)),
    Scene("statements-groups", partial(_rehearsed, 1)),
    Scene("statements-runs", partial(_rehearsed, 2)),
)
