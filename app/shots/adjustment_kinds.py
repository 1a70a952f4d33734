"""Scenes of the kinds of adjustment and their reasons."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.adjustments.kinds import KindSheet, ReasonSheet
from app.views.common.dialogs import Sheet


def _section(key: str, stage: Stage) -> QWidget:
    stage.controller("adjustments").section(key)
    stage.settle()
    return stage.window


def _acted(key: str, does: str, kind: type[Sheet], stage: Stage) -> QWidget:
    """The sheet of an action of a section, on its first line."""
    page = stage.controller("adjustments").section(key).page
    stage.settle()
    next(action for action in page.actions() if action.text() == does).trigger()
    stage.settle()
    return stage.sheet(kind)


SCENES = (
    Scene("adjustments-kinds", partial(_section, "kinds")),
    Scene("adjustments-kind", partial(_acted, "kinds", "Change", KindSheet)),
    Scene("adjustments-reasons", partial(_section, "reasons")),
    Scene("adjustments-reason", partial(_acted, "reasons", "Change", ReasonSheet)),
)
