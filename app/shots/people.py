"""Scenes of the people of an account: the part that shows them, and the sheets by which what is kept of them changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Authority, PersonFlagKind
from app.services.rent.dto import AccountHeader
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.common.effects import WorkSheet
from app.views.rent.controller.person_address import AddressController
from app.views.rent.controller.person_associate import AssociateController
from app.views.rent.controller.person_consent import ConsentController
from app.views.rent.controller.person_flag import FlagController
from app.views.rent.controller.person_merge import MergeController
from app.views.rent.controller.person_unmerge import UnmergeController
from app.views.rent.people.merging import UnmergeSheet

_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_HELPED, _UNSAFE = "Hard of hearing", "Address is secret"
"""The flags by which the accounts of the demonstration are told: somebody whose daughter speaks for them, and another."""
_REFERENCES = {_HELPED: ("7000007700", "7000007409"), _UNSAFE: ("7000007808", "7000007603")}
"""Where they are in the demonstration, small and smaller."""


def _opened(stage: Stage, flag: str) -> AccountHeader:
    """Open the account of the demonstration on whose tenant this flag stands."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    for reference in _REFERENCES[flag]:
        accounts.look_for(reference)
        stage.settle()
        if accounts.page.finder.model.rowCount() != 1:
            continue
        accounts.open_account(accounts.page.finder.model.row_at(0).account_id)
        stage.settle()
        header: AccountHeader = accounts.header
        if any(each.flag == flag for each in header.flags):
            return header
    raise AssertionError(f"the demonstration has somebody flagged '{flag}'")


def _part(stage: Stage) -> QWidget:
    _opened(stage, _HELPED)
    stage.press(Qt.Key.Key_P, _SHIFT)
    return stage.window


def _safety(stage: Stage) -> QWidget:
    _opened(stage, _UNSAFE)
    stage.press(Qt.Key.Key_P, _SHIFT)
    return stage.window


def _sheet(stage: Stage, controller: Any, values: dict[str, Any], flag: str = _HELPED) -> QWidget:
    controller(stage.program.office, stage.controller("rent").page, _opened(stage, flag))
    sheet = stage.sheet(WorkSheet)
    for offer in sheet.findChildren(DraftOffer):
        if offer.isVisible():
            offer.throw.click()
    stage.settle()
    typed: Any = sheet
    typed.fields.fill(values)
    return _told(stage, sheet)


def _told(stage: Stage, sheet: WorkSheet) -> QWidget:
    sheet.effects.say("")
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _address(stage: Stage) -> QWidget:
    values = {"lines": ("Care of Sample", "7 Example Road", "Othertown"), "postcode": "ZZ9 9ZZ"}
    return _sheet(stage, AddressController, values)


def _address_unsafe(stage: Stage) -> QWidget:
    values = {"lines": ("Care of Sample", "7 Example Road", "Othertown"), "postcode": "ZZ9 9ZZ"}
    return _sheet(stage, AddressController, values, _UNSAFE)


def _associate(stage: Stage) -> QWidget:
    values = {
        "name": "Mr C Example",
        "relation": "deputy",
        "authority": Authority.ACT,
        "evidence": "Order of the Court of Protection",
        "review_on": date(2027, 11, 1),
    }
    return _sheet(stage, AssociateController, values)


def _flag(stage: Stage) -> QWidget:
    values = {
        "kind": PersonFlagKind.SAFETY,
        "flag": "Address is secret",
        "note": "Tell nobody where they live.",
        "seen_by": "team_leader",
        "review_on": date(2027, 2, 19),
    }
    return _sheet(stage, FlagController, values)


def _consent(stage: Stage) -> QWidget:
    return _sheet(stage, ConsentController, {"what": "Surveys", "agreed": True})


def _merge(stage: Stage) -> QWidget:
    if (standing := _standing_merge(stage)) is not None:  # made by the scene below, in another look
        standing.confirm_action.trigger()
        stage.wait(lambda: standing.over)
    return _sheet(stage, MergeController, {"reason": "Same date of birth and telephone; spoken to on the telephone"})


def _unmerge(stage: Stage) -> QWidget:
    if (standing := _standing_merge(stage)) is not None:
        return _told(stage, standing)
    sheet: Any = _sheet(stage, MergeController, {"reason": "Same date of birth and telephone"})
    sheet.confirm_action.trigger()
    stage.wait(lambda: sheet.over)
    made = _standing_merge(stage)
    assert made is not None
    return _told(stage, made)


def _standing_merge(stage: Stage) -> UnmergeSheet | None:
    """The sheet by which a merge is undone, where there is one to undo."""
    assert stage.program.office is not None
    UnmergeController(stage.program.office, stage.controller("rent").page, _opened(stage, _HELPED))
    stage.settle()
    found = stage.window.findChildren(UnmergeSheet)
    return next((each for each in found if each.isVisible()), None)


SCENES = (
    Scene("rent-people", _part),
    Scene("rent-people-safety", _safety),
    Scene("rent-people-address", _address),
    Scene("rent-people-address-safety", _address_unsafe),
    Scene("rent-people-speaks", _associate),
    Scene("rent-people-flag", _flag),
    Scene("rent-people-consent", _consent),
    Scene("rent-people-merge", _merge),
    Scene("rent-people-merge-undo", _unmerge),
)
