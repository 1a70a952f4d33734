"""Scenes of the Admin page: each of its sections, and its dialogs."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.admin.audit.dto import EVERYTHING, AuditFilter
from app.services.admin.policy.dto import Action
from app.services.core.clock import Clock
from app.shots.stage import Scene, Stage
from app.views.admin.calendar_sheets import ClosureSheet, YearStartSheet
from app.views.admin.dialogs import ReopenSheet
from app.views.admin.policy_sheets import PolicySheet, VerifySheet, WithdrawSheet
from app.views.admin.sections import SECTIONS
from app.views.admin.template_table import NewTemplateSheet
from app.views.common.dialogs import Sheet
from app.views.common.history import HistorySheet


def _section(key: str, stage: Stage) -> QWidget:
    admin = stage.controller("admin")
    admin.open(key)
    if key == "audit":
        admin.section(key).page.list.bar.ask(EVERYTHING)
    stage.settle()
    return stage.window


def _page(key: str, stage: Stage) -> Any:
    admin = stage.controller("admin")
    admin.open(key)
    stage.settle()
    return admin.section(key).page


def _clock(stage: Stage) -> Clock:
    assert stage.program.office is not None
    return stage.program.office.desk.clock


def _reopen(stage: Stage) -> QWidget:
    return _opened(ReopenSheet(stage.controller("admin").page, "2026-27 P08"))


def _value(action: Action, stage: Stage) -> QWidget:
    page, clock = _page("policy", stage), _clock(stage)
    row = next(each for each in page.model.rows if each.changeable)
    if action is Action.WITHDRAW:
        return _opened(WithdrawSheet(page, row))
    return _opened(PolicySheet(page, row, action, today=clock.today, earliest=clock.today(), codes={}))


def _verify(stage: Stage) -> QWidget:
    page = _page("policy", stage)
    return _opened(VerifySheet(page, next(each for each in page.model.rows if each.to_verify)))


def _closure(stage: Stage) -> QWidget:
    return _opened(ClosureSheet(_page("closures", stage), _clock(stage).today))


def _year(stage: Stage) -> QWidget:
    page = _page("calendar", stage)
    return _opened(YearStartSheet(page, page.sheet, _clock(stage).today))


def _history(stage: Stage) -> QWidget:
    """Who changed an account that was written to."""
    page = _page("audit", stage)
    page.list.bar.ask(AuditFilter(kind="flag"))
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    page.open.trigger()
    stage.settle()
    accounts = stage.controller("rent")
    stage.wait(lambda: accounts.header is not None)
    accounts.page.history_wanted.emit()
    return stage.sheet(HistorySheet)


def _template(stage: Stage) -> QWidget:
    _page("templates", stage).new_wanted.emit()
    return stage.sheet(NewTemplateSheet)


def _parts(at: int, stage: Stage) -> QWidget:
    """A part beside the wording of a template."""
    page = _page("templates", stage)
    page.parts.open_part(at)
    stage.settle()
    return stage.window


def _review(stage: Stage) -> QWidget:
    """A review that has begun."""
    page = _page("access_review", stage)
    if not page.model.rows:
        page.start_wanted.emit()
        stage.settle()
        stage.program.window.messages.clear()
    page.table.go_to(1)
    stage.settle()
    return stage.window


def _waiting(stage: Stage) -> QWidget:
    """A period that waits to be closed."""
    page = _page("periods", stage)
    page.table.go_to(next((at for at, each in enumerate(page.model.rows) if each.waiting is not None), 0))
    stage.settle()
    return stage.window


def _step(stage: Stage) -> QWidget:
    """What a request changes, as the audit has it."""
    page = _page("audit", stage)
    page.list.bar.ask(AuditFilter(kind="approval_detail"))
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return stage.window


def _searched(text: str, stage: Stage) -> None:
    bar = _page("audit", stage).list.bar
    bar.ask(EVERYTHING)
    bar.look_for(text)
    stage.settle()


def _own_record(stage: Stage) -> QWidget:
    """The audit of an officer's own record."""
    _searched("Demo Senior", stage)
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    _searched("nobody of that name", stage)
    return stage.window


def _opened(sheet: Sheet) -> QWidget:
    sheet.open()
    return sheet


SCENES = (
    *(Scene(f"admin-{section.key}", partial(_section, section.key)) for section in SECTIONS),
    Scene("admin-reopen", _reopen),
    Scene("admin-periods-waiting", _waiting),
    Scene("admin-review-begun", _review),
    Scene("admin-template-new", _template),
    *(Scene(f"admin-templates-part-{at}", partial(_parts, at)) for at in (1, 2, 3, 0)),
    Scene("admin-audit-request", _step),
    *(Scene(f"admin-policy-{action.value}", partial(_value, action)) for action in Action),
    Scene("admin-policy-verify", _verify),
    Scene("admin-closure", _closure),
    Scene("admin-year", _year),
    Scene("admin-audit-officer", _own_record),
    Scene("admin-audit-nothing", _nothing_found),
    Scene("admin-history", _history),
)
