"""Scenes of the Approvals page: its parts, several requests chosen, its evidence and its dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services.approvals.dto import Decided, Refusal, View
from app.services.core.changes import Changes
from app.shots.stage import Scene, Stage
from app.views.approvals.controller import ApprovalsController
from app.views.approvals.dialogs import ManySheet, RefusedSheet
from app.views.common.documents_sheets import ReasonSheet


def _view(stage: Stage, view: View, kind: str = "") -> ApprovalsController:
    found = stage.controller("approvals")
    assert isinstance(found, ApprovalsController)
    found.page.open_view(view, kind)
    stage.settle()
    return found


def _for_me(stage: Stage) -> QWidget:
    found = _view(stage, View.FOR_ME)
    found.page.table.clearSelection()
    found.page.table.go_to(1)
    found.page.table.go_to(0)
    found.page.detail.parts.open_part(0)
    stage.settle()
    return stage.window


def _evidence(stage: Stage) -> QWidget:
    _for_me(stage)
    detail = stage.controller("approvals").page.detail
    detail.parts.open_part(0)
    detail.evidence.view.focus_document()
    stage.settle()
    stage.reveal(detail.evidence)
    return stage.window


def _decided(stage: Stage) -> QWidget:
    found = _view(stage, View.DECIDED)
    found.page.detail.parts.open_part(found.page.detail.trail_at)
    stage.settle()
    return stage.window


def _chosen(stage: Stage) -> QWidget:
    found = _view(stage, View.FOR_ME, "officer_limits")
    found.page.table.selectAll()
    stage.settle()
    return stage.window


def _many(stage: Stage) -> QWidget:
    _chosen(stage)
    stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return stage.sheet(ManySheet)


def _refuse(stage: Stage) -> QWidget:
    _for_me(stage)
    stage.press(Qt.Key.Key_F7)
    return stage.sheet(ReasonSheet)


def _mine(stage: Stage) -> QWidget:
    _view(stage, View.MINE)
    return stage.window


def _refused(stage: Stage) -> QWidget:
    """Of several approved at once, two that couldn't be."""
    found = _view(stage, View.FOR_ME)
    reasons = ("It was changed meanwhile. Ask whoever asked to ask again.", "You asked for this yourself.")
    refused = tuple(
        Refusal(row.request_id, row.summary, words)
        for row, words in zip(found.page.requests.rows, reasons, strict=False)
    )
    sheet = RefusedSheet(found.page, Decided((), refused, Changes(frozenset())))
    sheet.open()
    return sheet


SCENES = (
    Scene("approvals", _for_me),
    Scene("approvals-evidence", _evidence),
    Scene("approvals-chosen", _chosen),
    Scene("approvals-many", _many),
    Scene("approvals-refuse", _refuse),
    Scene("approvals-not-approved", _refused),
    Scene("approvals-mine", _mine),
    Scene("approvals-decided", _decided),
)
