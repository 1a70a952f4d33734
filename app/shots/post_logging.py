"""Scenes of logging: the entry screen while an item is typed, its scans, and putting right what was logged."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.common.documents_incoming import from_paths
from app.views.common.draft_offer import DraftOffer
from app.views.post_log.correct import CopySheet, CorrectSheet
from app.views.post_log.entry import EntrySheet

_PAUSE: Final = 0.5
"""Seconds after which what is typed is looked at."""


def _opened(stage: Stage) -> EntrySheet:
    page = stage.controller("post_log").page
    page.sections.open("")
    stage.settle()
    _work(stage, "Log post")
    sheet = stage.sheet(EntrySheet)
    for offer in sheet.findChildren(DraftOffer):
        offer.thrown_away.emit()
    stage.settle()
    return sheet


def _work(stage: Stage, title: str) -> None:
    """Do one of the works of the page, as its menu does."""
    page = stage.controller("post_log").page
    action = next(each for each in page.actions() if each.text() == title)
    action.trigger()
    stage.settle()


def _typed(stage: Stage) -> QWidget:
    reference = stage.controller("rent").header.reference
    sheet = _opened(stage)
    sheet.fields.fill({"sender": "Mr A Sample", "subject_line": f"About my rent, account {reference}"})
    _rest(stage)
    return sheet


def _scanned(stage: Stage) -> QWidget:
    sheet = _opened(stage)
    folder = Path(tempfile.mkdtemp(prefix="rentbook-scans-"))
    for number in (1, 2, 3):
        _letter(folder / f"scan {number}.png", number)
    sheet.files_dropped.emit(from_paths(sorted(folder.iterdir())))
    sheet.fields.fill({"sender": "Sample Advice Centre", "subject_line": "Freedom of information request"})
    _rest(stage)
    return sheet


def _letter(path: Path, number: int) -> None:
    """A letter that says plainly that it is made up."""
    paper = QImage(1240, 1754, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.setPen(QColor("black"))
    painter.scale(2, 2)
    for at, line in enumerate((f"Made-up letter {number}", "", "Dear Sir or Madam", "Please tell me what I owe.")):
        painter.drawText(60, 90 + 26 * at, line)
    painter.end()
    paper.save(str(path))


def _correct(stage: Stage) -> QWidget:
    _choose_first(stage)
    _work(stage, "Put right")
    return stage.sheet(CorrectSheet)


def _copy(stage: Stage) -> QWidget:
    _choose_first(stage)
    _work(stage, "A copy of another")
    return stage.sheet(CopySheet)


def _choose_first(stage: Stage) -> None:
    page = stage.controller("post_log").page
    page.sections.open("")
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()


def _rest(stage: Stage) -> None:
    stage.settle()
    time.sleep(_PAUSE)
    stage.settle()


SCENES: Final = (
    Scene("post-entry", _typed),
    Scene("post-entry-scans", _scanned),
    Scene("post-correct", _correct),
    Scene("post-copy", _copy),
)
