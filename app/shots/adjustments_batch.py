"""Scenes of a batch of adjustments: keyed, and loaded from a file."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.shots.stage import Scene, Stage
from app.views.adjustments.batch import KeyedSheet, LoadedSheet
from app.views.adjustments.controller.batch_file import read_batch
from app.views.common.headings_sheet import HeadingsSheet

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_COMMON = {"kind": "credit", "reason": "disrepair", "narrative": "Heating failed, 9 to 13 November"}


def _references(stage: Stage) -> list[tuple[int, str, str]]:
    """The first accounts of the finder: id, name and reference."""
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.wait(lambda: accounts.header is not None)
    model = accounts.page.finder.model
    rows = [row for at in range(6) if (row := model.row_at(at)) is not None]
    return [(row.account_id, row.name, row.reference) for row in rows]


def _keyed(stage: Stage) -> QWidget:
    """Ctrl+Shift+B: three of four lines are keyed."""
    found = _references(stage)
    stage.controller("adjustments").page.setFocus()
    stage.press(Qt.Key.Key_B, CTRL_SHIFT)
    sheet = stage.fresh(KeyedSheet)
    sheet.fields.fill(
        {"title": "Heating failed at Sample House", "declared_count": 4, "declared": Money(62_00), **_COMMON}
    )
    amounts = ("12.50", "12.50", "25.00")
    rows = [
        {"account": [str(account), reference, name], "amount": amount}
        for (account, name, reference), amount in zip(found, amounts, strict=False)
    ]
    sheet.fields.retype({"rows": rows})
    stage.wait(lambda: "Difference" in sheet.effects.text())
    stage.settle()
    return sheet


def _loaded(stage: Stage, *, asks: bool = False) -> QWidget:
    """A file of which two rows are wrong; or what is asked of its headings."""
    accounts = _references(stage)
    controller = stage.controller("adjustments")
    rows = [f"{reference};12.50;{name}" for _account, name, reference in accounts]
    wrong = ["99 9999 99;12.50;Nobody", f"{accounts[0][2]};twelve;{accounts[0][1]}"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "heating_november.csv"
        path.write_text("\n".join(["Account;Amount;Name", *rows, *wrong]))
        read_batch(controller.office, controller.page, path)
        found = stage.sheet(HeadingsSheet)
        if asks:
            return found
        found.confirm_action.trigger()
        sheet = stage.fresh(LoadedSheet)
    sheet.fields.fill({"declared_count": 8, "declared": Money(100_00), **_COMMON})
    stage.wait(lambda: "Difference" in sheet.effects.text() and "Credit" in sheet.effects.text())
    stage.settle()
    return sheet


SCENES = (
    Scene("adjustments-batch", _keyed),
    Scene("adjustments-batch-headings", partial(_loaded, asks=True)),
    Scene("adjustments-batch-file", _loaded),
)
