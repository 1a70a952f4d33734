"""Scenes of the exit export: what was made before, and the sheet with what is sealed allowed in plain text."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.services.exit_export.dto import ExportBoard, ExportRow
from app.shots.stage import Scene, Stage
from app.views.admin.exit_export import ExitSection, ExportSheet


def _page(stage: Stage) -> ExitSection:
    admin = stage.controller("admin")
    admin.open("exit_export")
    stage.settle()
    found: ExitSection = admin.section("exit_export").page
    found.may_change = True
    return found


def _rows(now: datetime) -> tuple[ExportRow, ...]:
    folder = "E:\\rentbook-exit-20261119-101500"
    return (
        ExportRow(3, now - timedelta(days=3), "Robin Demo", folder, False, True, 3_204_118, "5eed" * 16),
        ExportRow(
            2, now - timedelta(days=3, minutes=20), "Robin Demo", "E:\\rentbook-exit-20261119-095500", False, False
        ),
        ExportRow(
            1, now - timedelta(days=90), "Robin Demo", "E:\\rentbook-exit-20260824", True, True, 2_911_402, "cafe" * 16
        ),
    )


def _list(stage: Stage) -> QWidget:
    page = _page(stage)
    assert stage.program.office is not None
    now = stage.program.office.desk.clock.now()
    page.show_board(ExportBoard(_rows(now), 208, 41_233, 6_204_118_000, None, False))
    page.table.go_to(0)
    stage.settle()
    return stage.window


def _sheet(stage: Stage) -> QWidget:
    sheet = ExportSheet(_page(stage), allowed=True)
    sheet.open()
    stage.settle()
    return sheet


SCENES = (Scene("admin-exit", _list), Scene("admin-exit-sheet", _sheet))
