"""Scenes of refunds: the credit list, the sheet of a refund, and its gate with what stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import Money, RefundState
from app.services.adjustments.refunds.dto import CreditRow
from app.shots.stage import Scene, Stage
from app.views.adjustments.bank import BankSheet
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.payments import SendSheet
from app.views.adjustments.refund import RefundSheet


def _credits(stage: Stage) -> QWidget:
    stage.controller("adjustments").section("credits")
    stage.settle()
    return stage.window


def _sheet(stage: Stage) -> RefundSheet:
    """A refund of the largest credit that has none."""
    page = stage.controller("adjustments").section("credits").page
    stage.settle()
    rows: tuple[CreditRow, ...] = page.model.rows
    at = next(at for at, row in enumerate(rows) if row.refundable and row.refund_id is None and not row.held)
    page.table.go_to(at)
    next(action for action in page.actions() if action.text() == "New refund").trigger()
    sheet = stage.fresh(RefundSheet)
    sheet.fields.fill({"reason": "Asked for it by telephone: paid twice in October", "amount": Money(25_00)})
    sheet.effects.say("")
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _gate(stage: Stage) -> GateSheet:
    """The refund of the demonstration that is in the gate."""
    page = stage.controller("adjustments").section("credits").page
    stage.settle()
    rows: tuple[CreditRow, ...] = page.model.rows
    page.table.go_to(next(at for at, row in enumerate(rows) if row.refund_state is RefundState.DRAFT))
    next(action for action in page.actions() if action.text() == "Its refund").trigger()
    return stage.sheet(GateSheet)


def _bank(stage: Stage) -> QWidget:
    _gate(stage).giving_bank.emit()
    return stage.sheet(BankSheet)


def _payments(stage: Stage) -> QWidget:
    stage.controller("adjustments").section("payments")
    stage.settle()
    return stage.window


def _send(stage: Stage) -> SendSheet:
    """The approved refund of the demonstration is about to be sent."""
    page = stage.controller("adjustments").section("payments").page
    stage.settle()
    next(action for action in page.actions() if action.text() == "Send").trigger()
    return stage.sheet(SendSheet)


SCENES = (
    Scene("refunds-credits", _credits),
    Scene("refunds-sheet", _sheet),
    Scene("refunds-gate", _gate),
    Scene("refunds-bank", _bank),
    Scene("refunds-payments", _payments),
    Scene("refunds-send", _send),
)
