"""Scenes of repayment arrangements: what if, refused, cancelled, and the register."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, Frequency, Money
from app.services.rent.dto import AccountHeader
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.rent.arranging import ArrangementSheet, CancelArrangementSheet
from app.views.rent.controller.end_arrangement import CancelArrangementController
from app.views.rent.controller.make_arrangement import ArrangementController

_BEHIND = AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True, owing=True, at_least=Money(400_00))


def _account(stage: Stage, *, arranged: bool = False) -> AccountHeader:
    """An account with a debt, with an arrangement or without."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_BEHIND)
    stage.settle()
    model = accounts.page.finder.model
    for at in range(model.rowCount()):
        accounts.open_account(model.row_at(at).account_id)
        stage.settle()
        if (any(each.text.startswith("Arrangement") for each in accounts.header.marks)) is arranged:
            break
    return accounts.header  # type: ignore[no-any-return]


def _sheet(stage: Stage, *, arranged: bool = False) -> ArrangementSheet:
    header = _account(stage, arranged=arranged)
    assert stage.program.office is not None
    ArrangementController(stage.program.office, stage.controller("rent").page, header)
    return stage.fresh(ArrangementSheet)


def _what_if(stage: Stage) -> QWidget:
    sheet = _sheet(stage)
    sheet.fields.fill({"amount": Money(12_50), "starts_on": date(2026, 11, 27), "first": Money(40_00)})
    sheet.tell()
    return sheet


def _never(stage: Stage) -> QWidget:
    """A payment that is all they pay, and leaves nothing for the debt."""
    sheet = _sheet(stage)
    sheet.fields.fill(
        {
            "amount": Money(60_00),
            "every": Frequency.FORTNIGHTLY,
            "starts_on": date(2026, 11, 27),
            "in_all": True,
            "direct_debit": False,
        }
    )
    sheet.tell()
    return sheet


def _again(stage: Stage) -> QWidget:
    """One that takes the place of another."""
    sheet = _sheet(stage, arranged=True)
    sheet.fields.fill({"amount": Money(30_00), "every": Frequency.MONTHLY, "starts_on": date(2026, 11, 30)})
    sheet.tell()
    return sheet


def _cancel(stage: Stage) -> QWidget:
    header = _account(stage, arranged=True)
    assert stage.program.office is not None
    CancelArrangementController(stage.program.office, stage.controller("rent").page, header)
    sheet = stage.fresh(CancelArrangementSheet)
    sheet.fields.fill({"reason": "They pay by Direct Debit from now on"})
    return sheet


def _register(stage: Stage) -> QWidget:
    return stage.register("arrangements")


def _marked(stage: Stage) -> QWidget:
    """The header of an account with an arrangement."""
    _account(stage, arranged=True)
    return stage.window


SCENES = (
    Scene("rent-arrangement-what-if", _what_if),
    Scene("rent-arrangement-never", _never),
    Scene("rent-arrangement-again", _again),
    Scene("rent-arrangement-cancel", _cancel),
    Scene("rent-arrangements", _register),
    Scene("rent-arrangement-header", _marked),
)
