"""Scenes of ending a tenancy and of taking an ending back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind
from app.services.rent import queries as accounts
from app.services.rent.dto import AccountFilter, AccountSort
from app.services.rent.header import account_header
from app.services.tenancies.endings import commands
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.rent.controller.end_tenancy import EndingController
from app.views.rent.controller.reverse_ending import TakeBackController
from app.views.rent.ending import EndingSheet, TakeBackSheet
from app.views.rent.void_sheet import VoidSheet

_HOME = AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True)


def _sheet(stage: Stage, place: int = 0) -> EndingSheet:
    """The sheet of a home whose people rent a garage too, if there is one."""
    page = stage.controller("rent").page
    page.sections.open("")
    office = stage.program.office
    assert office is not None
    desk = office.desk
    ids = desk.ask(accounts.account_ids, _HOME, AccountSort.REFERENCE, descending=False)
    found = [desk.ask(account_header, each) for each in ids[:60]]
    homes = sorted(found, key=lambda each: -sum(linked.kind is AccountKind.GARAGE for linked in each.linked))
    EndingController(office, page, homes[place])
    return _fresh(stage, stage.sheet(EndingSheet))


def _fresh(stage: Stage, sheet: EndingSheet) -> EndingSheet:
    """What another picture left half typed is thrown away."""
    for offer in sheet.findChildren(DraftOffer):
        if offer.isVisible():
            offer.throw.click()
    stage.settle()
    return sheet


def _notice(stage: Stage) -> QWidget:
    sheet = _sheet(stage)
    sheet.fields.fill({"notice_on": date(2026, 10, 6)})
    return _shown(stage, sheet)


def _finishing(stage: Stage) -> QWidget:
    """Keys that came back late, and the tenancy ended at once."""
    sheet = _sheet(stage)
    sheet.fields.fill(
        {
            "notice_on": date(2026, 10, 6),
            "keys_on": date(2026, 11, 11),
            "forwarding_address": "7 Sample Road\nTestford\nZZ12 3AB",
            "now": True,
        }
    )
    return _shown(stage, sheet)


def _refused(stage: Stage) -> QWidget:
    """What can't be stands beside its field."""
    sheet = _sheet(stage)
    sheet.fields.fill({"notice_on": date(2026, 10, 6), "agreed_on": date(2036, 11, 8)})
    _shown(stage, sheet)
    sheet.confirm_action.trigger()
    return sheet


def _back(stage: Stage) -> QWidget:
    """A notice that was given is withdrawn."""
    sheet = _sheet(stage, 1)
    office = stage.program.office
    assert office is not None
    account_id = sheet.account_id
    if sheet.is_new:
        sheet.fields.fill({"notice_on": date(2026, 10, 6)})
        command = sheet.command()
        assert command is not None
        office.desk.do(commands.save, command)
    sheet.close()
    page = stage.controller("rent").page
    TakeBackController(office, page, office.desk.ask(account_header, account_id))
    return _shown(stage, stage.sheet(TakeBackSheet))


def _shown(stage: Stage, sheet: EndingSheet | TakeBackSheet) -> QWidget:
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects) or "days ahead" in sheet.effects.text())
    return sheet


def _endings(stage: Stage) -> QWidget:
    """The register, with notices under way."""
    office = stage.program.office
    assert office is not None
    for place in (2, 3):
        sheet = _sheet(stage, place)
        if sheet.is_new:
            keys = {"keys_on": date(2026, 11, 11)} if place == 3 else {}
            sheet.fields.fill({"notice_on": date(2026, 10, 6)} | keys)
            command = sheet.command()
            assert command is not None
            office.desk.do(commands.save, command)
        sheet.close()
    return _register(stage, "endings")


def _voids(stage: Stage) -> QWidget:
    return _register(stage, "voids")


def _void(stage: Stage) -> QWidget:
    """The reason of a void."""
    _register(stage, "voids")
    stage.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return stage.sheet(VoidSheet)


def _register(stage: Stage, key: str) -> QWidget:
    page = stage.controller("rent").page
    page.sections.open(key)
    stage.settle()
    register = page.sections.page
    assert register is not None
    register.asked.emit()
    stage.settle()
    register.table.setFocus()
    return stage.window


SCENES = (
    Scene("rent-ending-notice", _notice),
    Scene("rent-ending-finish", _finishing),
    Scene("rent-ending-refused", _refused),
    Scene("rent-ending-back", _back),
    Scene("rent-endings", _endings),
    Scene("rent-voids", _voids),
    Scene("rent-void-reason", _void),
)
