"""Scenes of the Weekly charge page."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.charges.dialogs import PostSheet


def _post(stage: Stage) -> QWidget:
    sheet = PostSheet(stage.controller("charges").page, (date(2026, 11, 16), date(2026, 11, 23)))
    sheet.open()
    return sheet


def _part(at: int, stage: Stage) -> QWidget:
    """A part of the week's charge."""
    stage.controller("charges").page.parts.open_part(at)
    return stage.window


SCENES = (
    Scene("charges", partial(_part, 0)),
    Scene("charges-by-charge", partial(_part, 1)),
    Scene("charges-by-group", partial(_part, 2)),
    Scene("charges-differences", partial(_part, 3)),
    Scene("charges-post", _post),
)
