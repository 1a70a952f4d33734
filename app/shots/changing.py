"""Scenes of the sheets by which a tenancy is changed, and of its history."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind
from app.services.rent.dto import AccountHeader, Link
from app.services.rent.listed_dto import AccountFilter
from app.services.tenancies.starting.dto import NewTenant
from app.shots.stage import Scene, Stage
from app.views.rent.changing.sheet import ChangeSheet
from app.views.rent.controller.change_tenants import TenantsController
from app.views.rent.controller.changing import ChangingController
from app.views.rent.controller.correct_dates import DatesController
from app.views.rent.controller.move_tenants import MovingController
from app.views.rent.controller.pass_on import PassingController

_GARAGES = AccountFilter(kinds=frozenset({AccountKind.GARAGE}), live=True)
_ROBIN = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))


def _home(stage: Stage) -> AccountHeader:
    """The first home whose people rent the garage near it too; it is the account that is open."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_GARAGES)
    stage.settle()
    model = accounts.page.finder.model
    for at in range(model.rowCount()):
        accounts.open_account(model.row_at(at).account_id)
        stage.settle()
        home = next((each for each in accounts.header.linked if each.link is Link.HOME), None)
        if home is not None:
            accounts.open_account(home.account_id)
            stage.settle()
            return accounts.header  # type: ignore[no-any-return]
    raise AssertionError("the demonstration has homes with a garage")


def _sheet(stage: Stage, controller: type[ChangingController], what: str) -> ChangeSheet:
    """A sheet of changes with nothing typed yet."""
    assert stage.program.office is not None
    controller(stage.program.office, stage.controller("rent").page, _home(stage))
    sheet = stage.fresh(ChangeSheet)
    sheet.fields.fill({"what": what})
    return sheet


def _joint(stage: Stage) -> QWidget:
    sheet = _sheet(stage, TenantsController, "to_joint")
    sheet.tenants.add(_ROBIN, "Mx Robin Newcome", "New, born 3 Feb 1990")
    sheet.fields.fill({"on": date(2026, 11, 9), "reason": "Married"})
    return _shown(stage, sheet)


def _succession(stage: Stage) -> QWidget:
    """Family, on a tenancy that passes to a partner only."""
    sheet = _sheet(stage, PassingController, "succeed")
    sheet.tenants.add(_ROBIN, "Mx Robin Newcome", "New, born 3 Feb 1990")
    sheet.fields.fill({"on": date(2026, 11, 8), "relation": "family"})
    return _shown(stage, sheet)


def _transfer(stage: Stage) -> QWidget:
    sheet = _sheet(stage, MovingController, "transfer")
    sheet.place.setFocus()
    QTest.keyClicks(sheet.place, "void")
    popup = sheet.place.completer_popup()
    stage.wait(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    sheet.fields.fill({"on": date(2026, 11, 16)})
    return _shown(stage, sheet)


def _start(stage: Stage) -> QWidget:
    sheet = _sheet(stage, DatesController, "start")
    sheet.fields.fill({"on": date(2026, 11, 4)})
    return _shown(stage, sheet)


def _refused(stage: Stage) -> QWidget:
    """A day to come stands beside its field."""
    sheet = _sheet(stage, TenantsController, "rename")
    sheet.fields.fill({"on": date(2026, 11, 16), "name": ""})
    stage.settle()
    sheet.confirm_action.trigger()
    stage.settle()
    return sheet


def _history(stage: Stage) -> QWidget:
    """The tenancy beside the ledger: its facts, and what happened to it."""
    sheet = _sheet(stage, TenantsController, "rename")
    named = "Tenants of {} Sample House".format
    now = stage.controller("rent").header.name
    sheet.fields.fill({"name": named(5) if now == named(6) else named(6), "letter": False})
    sheet.confirm_action.trigger()
    stage.wait(lambda: sheet.over)
    stage.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    return stage.window


def _shown(stage: Stage, sheet: ChangeSheet) -> QWidget:
    sheet.typed_changed.emit()
    stage.settle()
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


SCENES = (
    Scene("rent-change-joint", _joint),
    Scene("rent-change-succession", _succession),
    Scene("rent-change-transfer", _transfer),
    Scene("rent-change-first-day", _start),
    Scene("rent-change-refused", _refused),
    Scene("rent-change-history", _history),
)
