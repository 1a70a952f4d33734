"""Scenes of what happens to tenants, and of everything that can be done on the Accounts page."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, LifeEvent
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.rent.life_event import LifeEventSheet
from app.views.rent.life_events import LifeEventsPage, TickSheet

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _works(stage: Stage) -> QWidget:
    stage.controller("rent").look_for("")
    stage.settle()
    stage.press(Qt.Key.Key_J, _CTRL)
    return stage.window


def _works_narrowed(stage: Stage) -> QWidget:
    _works(stage)
    stage.write("ten")
    return stage.window


def _sheet(stage: Stage) -> LifeEventSheet:
    """The sheet over the first home in the list that two people hold."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(AccountFilter(kinds=frozenset({AccountKind.RENT}), live=True))
    stage.settle()
    model = accounts.page.finder.model
    rows = [row for at in range(model.rowCount()) if (row := model.row_at(at)) is not None]
    joint = (row for row in rows if " and " in row.name)
    accounts.open_account(next(joint).account_id)
    stage.settle()
    stage.press(Qt.Key.Key_H, _CTRL | _SHIFT)
    sheet = stage.fresh(LifeEventSheet)
    today = stage.program.office.desk.clock.today() if stage.program.office else None
    assert today is not None
    sheet.fields.fill({"kind": LifeEvent.DEATH, "happened_on": today - timedelta(days=9)})
    stage.wait(lambda: bool(sheet.hangs.rows) and bool(sheet.effects.effects))
    return sheet


def _refused(stage: Stage) -> QWidget:
    sheet = _sheet(stage)
    assert stage.program.office is not None
    tomorrow = stage.program.office.desk.clock.today() + timedelta(days=1)
    sheet.fields.fill({"happened_on": tomorrow})
    stage.wait(lambda: not sheet.hangs.rows and not sheet.effects.effects)
    return sheet


def _register(stage: Stage) -> LifeEventsPage:
    controller = stage.controller("rent")
    page: LifeEventsPage = controller.section("life_events").page
    stage.wait(lambda: bool(page.steps.rows))
    return page


def _listed(stage: Stage) -> QWidget:
    _register(stage)
    return stage.window


def _ticking(stage: Stage) -> QWidget:
    page = _register(stage)
    page.tick.trigger()
    return stage.sheet(TickSheet)


SCENES = (
    Scene("rent-works", _works),
    Scene("rent-works-narrowed", _works_narrowed),
    Scene("rent-life-event", _sheet),
    Scene("rent-life-event-refused", _refused),
    Scene("rent-life-events", _listed),
    Scene("rent-life-events-tick", _ticking),
)
