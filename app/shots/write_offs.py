"""Scenes of write-offs: a case as it is built, and the schedules that are put forward."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, Money, WriteOffState
from app.services.adjustments.register.dto import RegisterFilter, What
from app.services.adjustments.write_offs.dto import Band, ScheduleRow
from app.shots.stage import Scene, Stage
from app.views.adjustments.schedule import MinuteSheet
from app.views.adjustments.write_off import WriteOffSheet
from app.views.common.fields_pickers import Picked

_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _case(stage: Stage) -> QWidget:
    """Ctrl+Shift+W: what a former tenant owes, against what the reason asks for."""
    accounts = stage.controller("rent")
    model = accounts.page.finder.model
    rows = (model.row_at(at) for at in range(model.rowCount()))
    owed = next(row for row in rows if row.kind is AccountKind.FORMER_TENANT and row.balance.pence > 0)
    stage.controller("adjustments")
    stage.press(Qt.Key.Key_W, _KEYS)
    sheet = stage.fresh(WriteOffSheet)
    sheet.fields.fill(
        {
            "account_id": Picked(owed.account_id, owed.name, f"Account {owed.reference}"),
            "reason": "untraced",
            "trace": "Agency, 3 Oct 2026: not found",
        }
    )
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _schedules(stage: Stage) -> QWidget:
    """The section Write-off schedules."""
    page = stage.controller("adjustments").page
    page.sections.open("schedules")
    stage.settle()
    return stage.window


def _conditions(stage: Stage) -> QWidget:
    """A draft in the register, with what its reason asks for and what was found."""
    return _part(stage, "conditions")


def _limitation(stage: Stage) -> QWidget:
    """The weeks of a draft's debt, with the last day on which each can be sued for."""
    return _part(stage, "limitation")


def _part(stage: Stage, part: str) -> QWidget:
    adjustments = stage.controller("adjustments")
    adjustments.page.sections.open("")
    adjustments.show_only(RegisterFilter(whats=frozenset({What.WRITE_OFF})))
    stage.settle()
    parts = adjustments.page.card.parts
    parts.open_drawer(part)
    stage.settle()
    return stage.window


def _decision(stage: Stage) -> QWidget:
    """The decision of an authority outside, recorded on a schedule."""
    page = stage.controller("adjustments").page
    row = ScheduleRow(
        1,
        4,
        "Former tenants",
        Band.CABINET,
        "Cabinet",
        "",
        WriteOffState.DRAFT,
        3,
        Money(61_240_00),
        None,
        "Demo Rents Officer",
        datetime(2026, 11, 20, 9, tzinfo=UTC),
        "",
        "",
        None,
        "",
        1,
        own=True,
    )
    sheet = MinuteSheet(page, row, date(2026, 11, 21))
    sheet.open()
    stage.settle()
    return sheet


SCENES = (
    Scene("write-offs-case", _case),
    Scene("write-offs-schedules", _schedules),
    Scene("write-offs-conditions", _conditions),
    Scene("write-offs-limitation", _limitation),
    Scene("write-offs-decision", _decision),
)
