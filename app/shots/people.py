"""Scenes of the people of an account: the part that shows them, and the sheets by which what is kept of them changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Authority, PersonFlagKind
from app.services.core.session import Desk
from app.services.people.merging import commands as merging
from app.services.people.merging.dto import MergePeople, UndoMerge
from app.services.people.merging.queries import candidates, merges
from app.services.rent.dto import AccountHeader
from app.services.rent.header import account_header
from app.services.rent.queries import account_ids
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.common.effects import WorkSheet
from app.views.rent.controller.person_address import AddressController
from app.views.rent.controller.person_associate import AssociateController
from app.views.rent.controller.person_consent import ConsentController
from app.views.rent.controller.person_flag import FlagController
from app.views.rent.controller.person_merge import MergeController
from app.views.rent.controller.person_unmerge import UnmergeController

_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _header(stage: Stage, wanted: Callable[[AccountHeader], bool]) -> AccountHeader:
    """The first account that fits."""
    desk = _desk(stage)
    return next(found for each in desk.ask(account_ids)[:2_000] if wanted(found := desk.ask(account_header, each)))


def _desk(stage: Stage) -> Desk:
    office = stage.program.office
    assert office is not None
    return office.desk


def _helped(header: AccountHeader) -> bool:
    return bool(header.speakers)


def _unsafe(header: AccountHeader) -> bool:
    return any(flag.kind is PersonFlagKind.SAFETY for flag in header.flags)


def _part(stage: Stage) -> QWidget:
    return _opened(stage, _helped)


def _safety(stage: Stage) -> QWidget:
    return _opened(stage, _unsafe)


def _opened(stage: Stage, wanted: Callable[[AccountHeader], bool]) -> QWidget:
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.settle()
    accounts.open_account(_header(stage, wanted).account_id)
    stage.settle()
    stage.press(Qt.Key.Key_P, _SHIFT)
    return stage.window


def _sheet(stage: Stage, controller: Any, values: dict[str, Any], wanted: Callable[[AccountHeader], bool]) -> QWidget:
    accounts = stage.controller("rent")
    controller(stage.program.office, accounts.page, _header(stage, wanted))
    sheet = stage.sheet(WorkSheet)
    for offer in sheet.findChildren(DraftOffer):
        if offer.isVisible():
            offer.throw.click()
    stage.settle()
    typed: Any = sheet
    typed.fields.fill(values)
    sheet.effects.say("")
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _address(stage: Stage) -> QWidget:
    values = {"lines": ("Care of Sample", "7 Example Road", "Othertown"), "postcode": "ZZ9 9ZZ"}
    return _sheet(stage, AddressController, values, _helped)


def _address_unsafe(stage: Stage) -> QWidget:
    values = {"lines": ("Care of Sample", "7 Example Road", "Othertown"), "postcode": "ZZ9 9ZZ"}
    return _sheet(stage, AddressController, values, _unsafe)


def _associate(stage: Stage) -> QWidget:
    values = {
        "name": "Mr C Example",
        "relation": "deputy",
        "authority": Authority.ACT,
        "evidence": "Order of the Court of Protection",
        "review_on": date(2027, 11, 1),
    }
    return _sheet(stage, AssociateController, values, _helped)


def _flag(stage: Stage) -> QWidget:
    values = {
        "kind": PersonFlagKind.SAFETY,
        "flag": "Address is secret",
        "note": "Tell nobody where they live.",
        "seen_by": "team_leader",
        "review_on": _desk(stage).clock.today() + timedelta(days=90),
    }
    return _sheet(stage, FlagController, values, _helped)


def _consent(stage: Stage) -> QWidget:
    return _sheet(stage, ConsentController, {"what": "Surveys", "agreed": True}, _helped)


def _merge(stage: Stage) -> QWidget:
    desk, header = _desk(stage), _header(stage, _helped)
    for done in desk.ask(merges, header.account_id):  # by the scene below, in another look
        desk.do(merging.undo_merge, UndoMerge(done.merge_id, done.version))
    values = {"reason": "Same date of birth and telephone; spoken to on the telephone"}
    return _sheet(stage, MergeController, values, _helped)


def _unmerge(stage: Stage) -> QWidget:
    desk, header = _desk(stage), _header(stage, _helped)
    person = header.people[0].person_id
    if not desk.ask(merges, header.account_id):
        other = desk.ask(candidates, person)[0].person_id
        desk.do(merging.merge_people, MergePeople(person, other, "Same date of birth and telephone"))
    return _sheet(stage, UnmergeController, {}, _helped)


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
