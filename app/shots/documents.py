"""Scenes of the documents of an account: a picture, text, and the dialogs of the panel."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_incoming import Incoming
from app.views.common.documents_sheets import LinkSheet, NotAttachedSheet, OutsideSheet, ReasonSheet, TrailSheet

_NOTE = "Made-up note of a visit\n\nThe garage door is mended. The tenant agrees with the balance.\n"
_PICTURE, _TEXT = "Scan of the agreement.png", "Note of a visit.txt"


def _panel(stage: Stage) -> DocumentsPanel:
    """The documents part of the first account, with a picture and a text in it."""
    page = stage.controller("rent").page
    stage.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    panel = page.account.documents
    assert isinstance(panel, DocumentsPanel)
    if _PICTURE not in _titles(panel):
        scan = QImage(840, 1188, QImage.Format.Format_RGB32)
        scan.fill(Qt.GlobalColor.lightGray)
        with tempfile.TemporaryDirectory() as folder:
            note = Path(folder) / _TEXT
            note.write_text(_NOTE, "utf-8")
            panel.attach_wanted.emit([Incoming(_PICTURE, picture=scan), Incoming(note.name, note)])
            stage.settle()
        stage.program.window.messages.clear()
    return panel


def _titles(panel: DocumentsPanel) -> list[str]:
    return [row.title for row in panel.model.rows]


def _shown(stage: Stage, title: str) -> DocumentsPanel:
    panel = _panel(stage)
    panel.table.go_to(_titles(panel).index(title))
    stage.settle()
    return panel


def _picture(stage: Stage) -> QWidget:
    _shown(stage, _PICTURE)
    return stage.window


def _text(stage: Stage) -> QWidget:
    _shown(stage, _TEXT)
    return stage.window


def _refused(stage: Stage) -> QWidget:
    panel = _panel(stage)
    with tempfile.TemporaryDirectory() as folder:
        fake, empty = Path(folder) / "photo.png", Path(folder) / "letter.pdf"
        fake.write_text("not a picture", "utf-8")
        empty.write_bytes(b"")
        panel.attach_wanted.emit([Incoming(each.name, each) for each in (fake, empty)])
        stage.settle()
    return stage.sheet(NotAttachedSheet)


def _link(stage: Stage) -> QWidget:
    panel = _shown(stage, _TEXT)
    panel.link_wanted.emit(panel.row())
    sheet = stage.sheet(LinkSheet)
    sheet.text.setText("close")
    stage.wait(lambda: sheet.found.count() > 0)
    return sheet


def _take_away(stage: Stage) -> QWidget:
    panel = _shown(stage, _TEXT)
    panel.unlink_wanted.emit(panel.row())
    return stage.sheet(ReasonSheet)


def _trail(stage: Stage) -> QWidget:
    panel = _shown(stage, _TEXT)
    panel.trail_wanted.emit(panel.row())
    return stage.sheet(TrailSheet)


def _outside(stage: Stage) -> QWidget:
    panel = _shown(stage, _PICTURE)
    panel.outside_wanted.emit(panel.row())
    return stage.sheet(OutsideSheet)


SCENES = (
    Scene("documents-picture", _picture),
    Scene("documents-text", _text),
    Scene("documents-refused", _refused),
    Scene("documents-link", _link),
    Scene("documents-take-away", _take_away),
    Scene("documents-history", _trail),
    Scene("documents-outside", _outside),
)
