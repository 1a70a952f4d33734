"""Scenes of the Admin page: each of its sections, and its dialogs."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.admin.dialogs import ReopenSheet
from app.views.admin.sections import SECTIONS


def _section(key: str, stage: Stage) -> QWidget:
    stage.controller("admin").open(key)
    stage.settle()
    return stage.window


def _reopen(stage: Stage) -> QWidget:
    sheet = ReopenSheet(stage.controller("admin").page, "2026-27 P08")
    sheet.open()
    return sheet


SCENES = (
    *(Scene(f"admin-{section.key}", partial(_section, section.key)) for section in SECTIONS),
    Scene("admin-reopen", _reopen),
)
