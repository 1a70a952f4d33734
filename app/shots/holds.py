"""Scenes of holds: the sheets by which one is placed and released, of a case and its search, the register, the header."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, HoldKind
from app.services.rent.dto import AccountHeader
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.common.effects import WorkSheet
from app.views.common.office import Office
from app.views.rent.controller.hold_case import HoldCaseController
from app.views.rent.controller.place_hold import PlaceHoldController
from app.views.rent.controller.release_hold import ReleaseHoldController
from app.views.rent.holds.case_sheet import CaseSheet
from app.views.rent.holds.hold_sheets import HoldSheet, StandingSheet
from app.views.rent.holds.standing_case import StandingCaseSheet

_HOMES = AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True)


def _home(stage: Stage, *, couple: bool = False) -> AccountHeader:
    """A home with something owed, on which nothing is stopped; if asked, the one of two people that owes most."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_HOMES)
    stage.settle()
    model = accounts.page.finder.model
    stage.wait(lambda: None not in [model.row_at(at) for at in range(model.rowCount())])
    rows = [model.row_at(at) for at in range(model.rowCount())]
    if couple:  # owed before the day of the application too
        rows.sort(key=lambda row: -row.balance.pence)
    for row in rows:
        if row.balance.pence <= 0 or (couple and " and " not in row.name):
            continue
        accounts.open_account(row.account_id)
        stage.settle()
        header: AccountHeader = accounts.header
        if not header.holds:
            return header
    raise AssertionError("the demonstration has homes with something owed")


def _fresh(stage: Stage, sheet: QWidget) -> None:
    """What another picture left half typed is thrown away."""
    for offer in sheet.findChildren(DraftOffer):
        if offer.isVisible():
            offer.throw.click()
    stage.settle()


def _told(stage: Stage, sheet: WorkSheet) -> QWidget:
    sheet.effects.say("")
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _place(stage: Stage) -> QWidget:
    header = _home(stage)
    PlaceHoldController(_office(stage), stage.controller("rent").page, header)
    sheet = stage.sheet(HoldSheet)
    _fresh(stage, sheet)
    sheet.fields.fill({"reason": "Disputes the heating charge", "review_on": date(2026, 12, 14)})
    return _told(stage, sheet)


def _placed(stage: Stage) -> AccountHeader:
    """An account in a breathing space, from the register."""
    _register(stage)
    accounts = stage.controller("rent")
    register = accounts.page.sections.page
    assert register is not None
    stage.wait(lambda: bool(register.model.rows))
    row = next(row for row in register.model.rows if row.kind is HoldKind.BREATHING_SPACE)
    accounts.page.sections.open("")
    accounts.open_account(row.account_id)
    stage.wait(lambda: accounts.header is not None and accounts.header.account_id == row.account_id)
    header: AccountHeader = accounts.header
    return header


def _release(stage: Stage) -> QWidget:
    header = _placed(stage)
    ReleaseHoldController(_office(stage), stage.controller("rent").page, header)
    sheet = stage.sheet(StandingSheet)
    _fresh(stage, sheet)
    return _told(stage, sheet)


def _header(stage: Stage) -> QWidget:
    _placed(stage)
    return stage.window


def _case(stage: Stage) -> QWidget:
    """A breathing space of one of two joint tenants, with what else they owe."""
    header = _home(stage, couple=True)
    HoldCaseController(_office(stage), stage.controller("rent").page, header)
    sheet = stage.sheet(CaseSheet)
    _fresh(stage, sheet)
    first = header.people[0].person_id
    sheet.fields.fill(
        {
            "reference": "BS-2026-0417",
            "people": [first],
            "applied_on": date(2026, 11, 10),
            "start_on": date(2026, 11, 11),
            "adviser": "Sample Debt Advice, 01632 960111",
        }
    )
    sheet.search()
    stage.settle()
    sheet.fields.fill({"debts": [header.account_id]})
    return _told(stage, sheet)


def _standing(stage: Stage) -> QWidget:
    header = _placed(stage)
    HoldCaseController(_office(stage), stage.controller("rent").page, header)
    sheet = stage.sheet(StandingCaseSheet)
    _fresh(stage, sheet)
    sheet.fields.fill({"reviewed_on": date(2026, 11, 21)})
    return _told(stage, sheet)


def _register(stage: Stage) -> QWidget:
    return stage.register("holds")


def _office(stage: Stage) -> Office:
    assert stage.program.office is not None
    return stage.program.office


SCENES = (
    Scene("rent-hold", _place),
    Scene("rent-hold-release", _release),
    Scene("rent-hold-header", _header),
    Scene("rent-hold-case", _case),
    Scene("rent-hold-standing", _standing),
    Scene("rent-holds", _register),
)
"""The states of holds."""
