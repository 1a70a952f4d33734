"""Scenes of the sheets by which a tenancy is changed, and of its history."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, Subject
from app.services.rent import queries as accounts
from app.services.rent.dto import AccountFilter, AccountSort
from app.services.rent.header import account_header
from app.services.tenancies.changes import commands, queries
from app.services.tenancies.changes.dto import ToJoint
from app.services.tenancies.starting.dto import NewTenant
from app.shots.stage import Scene, Stage
from app.views.common.draft_offer import DraftOffer
from app.views.rent.changing.sheet import ChangeSheet
from app.views.rent.controller.change_tenants import TenantsController
from app.views.rent.controller.changing import ChangingController
from app.views.rent.controller.correct_dates import DatesController
from app.views.rent.controller.move_tenants import MovingController
from app.views.rent.controller.pass_on import PassingController

_HOME = AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True)
_EMPTY_HOME = "D00070"
"""A home of the demonstration that stands empty."""
_ROBIN = NewTenant(title="Mx", first_name="Robin", last_name="Newcome", date_of_birth=date(1990, 2, 3))


def _sheet(stage: Stage, controller: type[ChangingController], what: str) -> ChangeSheet:
    """The sheet of a home whose people rent a garage too, if there is one."""
    page = stage.controller("rent").page
    office = stage.program.office
    assert office is not None
    desk = office.desk
    ids = desk.ask(accounts.account_ids, _HOME, AccountSort.REFERENCE, descending=False)
    found = [desk.ask(account_header, each) for each in ids[:60]]
    homes = sorted(found, key=lambda each: -sum(linked.kind is AccountKind.GARAGE for linked in each.linked))
    controller(office, page, homes[0])
    sheet = stage.sheet(ChangeSheet)
    for offer in sheet.findChildren(DraftOffer):
        if offer.isVisible():
            offer.throw.click()
    stage.settle()
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
    QTest.keyClicks(sheet.place, _EMPTY_HOME)
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
    controller, office = stage.controller("rent"), stage.program.office
    assert office is not None
    desk = office.desk
    account_id = desk.ask(accounts.account_ids, _HOME, AccountSort.REFERENCE, descending=False)[4]
    form = desk.ask(queries.form, account_id)
    if not desk.ask(queries.history, account_id).rows:
        change = ToJoint(form.tenancy_id, form.version, date(2026, 11, 9), (_ROBIN,), letter=False)
        desk.do(commands.save, change)
    controller.open_record(Subject.ACCOUNT, account_id)
    stage.wait(lambda: controller.header is not None and controller.header.account_id == account_id)
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
