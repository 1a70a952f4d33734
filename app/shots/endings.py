"""Scenes of ending a tenancy and of taking an ending back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind
from app.services.rent.dto import AccountHeader, Link
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.rent.controller.end_tenancy import EndingController
from app.views.rent.controller.reverse_ending import TakeBackController
from app.views.rent.ending import EndingSheet, TakeBackSheet
from app.views.rent.void_sheet import VoidSheet

_GARAGES = AccountFilter(kinds=frozenset({AccountKind.GARAGE}), live=True)


def _home(stage: Stage, place: int) -> AccountHeader:
    """A home whose people rent the garage near it too."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_GARAGES)
    stage.settle()
    model = accounts.page.finder.model
    for at in range(model.rowCount()):
        accounts.open_account(model.row_at(at).account_id)
        stage.settle()
        home = next((each for each in accounts.header.linked if each.link is Link.HOME), None)
        if home is not None and not place:
            accounts.open_account(home.account_id)
            stage.settle()
            return accounts.header  # type: ignore[no-any-return]
        place -= home is not None
    raise AssertionError("the demonstration has homes with a garage")


def _sheet(stage: Stage, place: int = 0) -> EndingSheet:
    return _opened(stage, _home(stage, place))


def _opened(stage: Stage, home: AccountHeader) -> EndingSheet:
    assert stage.program.office is not None
    EndingController(stage.program.office, stage.controller("rent").page, home)
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


def _given(stage: Stage) -> QWidget:
    """The account of a home with a notice, of those that the demonstration has."""
    stage.register("endings")
    accounts = stage.controller("rent")
    row = accounts.page.sections.page.model.rows[0]
    accounts.page.sections.open("")
    accounts.open_account(row.account_id)
    stage.wait(lambda: accounts.header is not None and accounts.header.account_id == row.account_id)
    return stage.window


def _back(stage: Stage) -> QWidget:
    """A notice that was given is withdrawn."""
    _given(stage)
    accounts = stage.controller("rent")
    assert stage.program.office is not None
    TakeBackController(stage.program.office, accounts.page, accounts.header)
    return _shown(stage, stage.sheet(TakeBackSheet))


def _shown(stage: Stage, sheet: EndingSheet | TakeBackSheet) -> QWidget:
    sheet.typed_changed.emit()
    stage.wait(lambda: bool(sheet.effects.effects) or "days ahead" in sheet.effects.text())
    return sheet


def _endings(stage: Stage) -> QWidget:
    return stage.register("endings")


def _voids(stage: Stage) -> QWidget:
    return stage.register("voids")


def _void(stage: Stage) -> QWidget:
    """The reason of a void."""
    stage.register("voids")
    stage.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return stage.sheet(VoidSheet)


SCENES = (
    Scene("rent-ending-notice", _notice),
    Scene("rent-ending-finish", _finishing),
    Scene("rent-ending-refused", _refused),
    Scene("rent-ending-given", _given),
    Scene("rent-ending-back", _back),
    Scene("rent-endings", _endings),
    Scene("rent-voids", _voids),
    Scene("rent-void-reason", _void),
)
