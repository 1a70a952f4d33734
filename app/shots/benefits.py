"""Scenes of benefits: the part of the card, the sheet of a claim, and the office's list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, BenefitKind, Money
from app.services.rent.dto import AccountHeader
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.rent.benefits.sheet import ClaimSheet
from app.views.rent.controller.keep_claim import ClaimController

_TENANTS = AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True)


def _account(stage: Stage, benefit: str) -> AccountHeader:
    """An account whose rent is paid by this benefit."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_TENANTS)
    stage.settle()
    model = accounts.page.finder.model
    for at in range(model.rowCount()):
        accounts.open_account(model.row_at(at).account_id)
        stage.settle()
        if any(mark.text.startswith(benefit) and mark.text.endswith("to us") for mark in accounts.header.marks):
            break
    return accounts.header  # type: ignore[no-any-return]


def _sheet(stage: Stage, benefit: str) -> ClaimSheet:
    header = _account(stage, benefit)
    assert stage.program.office is not None
    ClaimController(stage.program.office, stage.controller("rent").page, header)
    return stage.fresh(ClaimSheet)


def _part(stage: Stage, benefit: str) -> QWidget:
    _account(stage, benefit)
    stage.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return stage.window


def _housing_benefit(stage: Stage) -> QWidget:
    return _part(stage, "Housing Benefit")


def _universal_credit(stage: Stage) -> QWidget:
    return _part(stage, "Universal Credit")


def _change(stage: Stage) -> QWidget:
    """An award that changes: a room is spare from Monday on."""
    sheet = _sheet(stage, "Housing Benefit")
    sheet.fields.fill({"from_on": date(2026, 11, 23), "amount": Money(82_40), "spare": 1})
    sheet.tell()
    return sheet


def _refused(stage: Stage) -> QWidget:
    """A second live claim to the same benefit."""
    sheet = _sheet(stage, "Universal Credit")
    sheet.fields.fill({"claim": None})
    sheet.fields.fill({"kind": BenefitKind.UNIVERSAL_CREDIT, "claimed_on": date(2026, 11, 2)})
    sheet.tell()
    return sheet


def _register(stage: Stage) -> QWidget:
    return stage.register("claims")


SCENES = (
    Scene("rent-benefits-housing", _housing_benefit),
    Scene("rent-benefits-universal", _universal_credit),
    Scene("rent-claim-change", _change),
    Scene("rent-claim-refused", _refused),
    Scene("rent-claims", _register),
)
