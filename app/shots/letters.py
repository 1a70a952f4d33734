"""Scenes of the Letters page, and of writing a letter from an account."""

from __future__ import annotations

import time
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.letters.dto import OutgoingFilter, OutgoingState
from app.shots.stage import Scene, Stage, tab
from app.views.common.letter_sheet import LetterSheet
from app.views.letters.batch import BatchSheet
from app.views.letters.dialogs import CancelSheet, PrintSheet, ReturnedSheet

_PAUSE: Final = 0.4
"""Seconds after which what is typed is shown."""


def _batches(stage: Stage) -> QWidget:
    stage.controller("letters").page.parts.open_part(1)
    stage.settle()
    return stage.window


def _letter(state: OutgoingState, stage: Stage) -> QWidget:
    """A letter of this state, shown beside the list."""
    page = stage.controller("letters").page
    page.show_only(OutgoingFilter())
    stage.settle()
    for at in range(page.list.model.rowCount()):
        page.list.table.go_to(at)
        stage.settle()
        if page.shown is not None and page.shown.state is state:
            break
    return stage.window


def _write(stage: Stage) -> QWidget:
    stage.controller("letters").page.parts.open_part(0)
    stage.controller("letters").page.write_wanted.emit()
    return _filled(stage, "appointment")


def _write_from_account(stage: Stage) -> QWidget:
    stage.controller("rent").page.letter_wanted.emit()
    return _filled(stage, "account_balance")


def _filled(stage: Stage, template: str) -> QWidget:
    sheet = stage.sheet(LetterSheet)
    sheet.template.set_value(template)
    _rest(stage)
    return sheet


def _print(stage: Stage) -> QWidget:
    stage.controller("letters").page.print_wanted.emit([])
    return stage.sheet(PrintSheet)


def _batch(stage: Stage) -> QWidget:
    stage.controller("letters").page.batch_wanted.emit()
    sheet = stage.sheet(BatchSheet)
    stage.settle()
    sheet.check.trigger()
    _rest(stage)
    return sheet


def _cancel(stage: Stage) -> QWidget:
    stage.controller("letters").page.cancel_wanted.emit([1])
    return stage.sheet(CancelSheet)


def _returned(stage: Stage) -> QWidget:
    page = stage.controller("letters").page
    page.parts.open_part(0)
    page.list.table.go_to(0)
    stage.settle()
    page.returned_wanted.emit(page.shown)
    return stage.sheet(ReturnedSheet)


def _rest(stage: Stage) -> None:
    stage.settle()
    time.sleep(_PAUSE)
    stage.settle()


SCENES = (
    tab("letters"),
    Scene("letters-queued", partial(_letter, OutgoingState.QUEUED)),
    Scene("letters-printed", partial(_letter, OutgoingState.PRINTED)),
    Scene("letters-came-back", partial(_letter, OutgoingState.RETURNED)),
    Scene("letters-failed", partial(_letter, OutgoingState.FAILED)),
    Scene("letters-batches", _batches),
    Scene("letters-write", _write),
    Scene("letters-write-account", _write_from_account),
    Scene("letters-print", _print),
    Scene("letters-batch", _batch),
    Scene("letters-cancel", _cancel),
    Scene("letters-returned", _returned),
)
