"""Scenes of what every table can do, on the list of accounts: a filter, rows chosen, export, print preview, saving."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.common.export_sheet import ExportSheet
from app.views.common.filter_sheets import NameSheet
from app.views.common.print_preview import PreviewSheet

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _filtered(stage: Stage) -> QWidget:
    """The accounts that owe £250 or more, three of them chosen."""
    accounts = stage.controller("rent")
    accounts.show_only(AccountFilter(owing=True, at_least=Money(25_000)))
    stage.settle()
    table = accounts.page.finder.table
    table.go_to(0)
    table.setFocus()
    for _ in range(2):
        stage.press(Qt.Key.Key_Down, _SHIFT)
    stage.wait(lambda: "£" in accounts.page.finder.list.foot.in_words())
    return stage.window


def _everything(stage: Stage) -> None:
    stage.controller("rent").show_only(AccountFilter())
    stage.settle()


def _export(stage: Stage) -> QWidget:
    _filtered(stage)
    stage.press(Qt.Key.Key_E, _CONTROL)
    sheet = stage.sheet(ExportSheet)
    _everything(stage)
    return sheet


def _preview(stage: Stage) -> QWidget:
    _filtered(stage)
    stage.press(Qt.Key.Key_P, _CONTROL)
    sheet = stage.sheet(PreviewSheet)
    stage.wait(lambda: sheet.document.pageCount() > 0)
    _everything(stage)
    return sheet


def _save(stage: Stage) -> QWidget:
    _filtered(stage)
    accounts = stage.controller("rent")
    accounts.filters.save()
    sheet = stage.sheet(NameSheet)
    sheet.name.setText("Owing £250 or more")
    _everything(stage)
    return sheet


SCENES = (
    Scene("rent-filtered", _filtered),
    Scene("rent-export", _export),
    Scene("rent-preview", _preview),
    Scene("rent-save-filter", _save),
)
