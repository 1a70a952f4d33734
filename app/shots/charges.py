"""Scenes of the Weekly charge page."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage, tab
from app.views.charges.dialogs import PostSheet


def _post(stage: Stage) -> QWidget:
    sheet = PostSheet(stage.controller("charges").page, (date(2026, 11, 16), date(2026, 11, 23)))
    sheet.open()
    return sheet


SCENES = (tab("charges"), Scene("charges-post", _post))
