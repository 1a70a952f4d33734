"""Scenes of the Home page, and of tasks and recurring tasks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services.diary.dto import Shown, TaskFilter, TaskRow, Whose
from app.shots.stage import Scene, Stage
from app.views.admin.leave import LeaveSheet
from app.views.admin.recurring import RecurringSheet
from app.views.common.task_sheets import HandOverSheet, LaterSheet, OpenTaskSheet, TaskSheet, WhySheet

_EVERYTHING = TaskFilter(Whose.ALL, Shown.OPEN)


def _home(stage: Stage) -> Any:
    """The controller of the page, its charts drawn."""
    home = stage.controller("home")
    stage.wait(lambda: home.page.arrears.chart.drawn)
    return home


def _begun(stage: Stage) -> QWidget:
    _listed(stage, TaskFilter())
    return stage.window


def _listed(stage: Stage, wanted: TaskFilter) -> Any:
    home = _home(stage)
    home.show_only(wanted)
    stage.settle()
    return home


def _late(stage: Stage) -> QWidget:
    _listed(stage, TaskFilter(Whose.TEAM, Shown.OVERDUE))
    return stage.window


def _done(stage: Stage) -> QWidget:
    _listed(stage, TaskFilter(Whose.ALL, Shown.DONE))
    return stage.window


def _tables(stage: Stage) -> QWidget:
    """The figures of the charts as tables; the scene after it finds the charts again."""
    page = _listed(stage, TaskFilter()).page
    charts = (page.arrears, page.collection, page.workload)
    for card in charts:
        card.show_table(table=True)
    stage.settle()
    stage.reveal(page.arrears)
    return stage.window


def _charts(stage: Stage) -> QWidget:
    page = _listed(stage, TaskFilter()).page
    for card in (page.collection, page.workload, page.arrears):
        card.show_table(table=False)
    stage.settle()
    stage.reveal(page.arrears)
    return stage.window


def _task(stage: Stage, fits: Callable[[TaskRow], bool], wanted: TaskFilter = _EVERYTHING) -> QWidget:
    home = _listed(stage, wanted)
    rows: tuple[TaskRow, ...] = home.page.tasks.model.rows
    home.work.open(next(each for each in rows if fits(each)))
    return stage.sheet(OpenTaskSheet)


def _new(stage: Stage) -> QWidget:
    stage.controller("home")
    stage.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    return stage.sheet(TaskSheet)


def _hand_over(stage: Stage) -> QWidget:
    home = _listed(stage, _EVERYTHING)
    home.work.hand_over(home.page.tasks.model.rows[:2])
    return stage.sheet(HandOverSheet)


def _later(stage: Stage) -> QWidget:
    home = _listed(stage, _EVERYTHING)
    home.work.later(home.page.tasks.model.rows[:1])
    return stage.sheet(LaterSheet)


def _cancel(stage: Stage) -> QWidget:
    home = _listed(stage, _EVERYTHING)
    home.work.cancel(home.page.tasks.model.rows[:1])
    return stage.sheet(WhySheet)


def _account(stage: Stage) -> QWidget:
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.settle()
    stage.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    return stage.window


def _recurring(stage: Stage) -> QWidget:
    admin = stage.controller("admin")
    admin.open("recurring")
    stage.settle()
    page = admin.section("recurring").page
    page.change_wanted.emit(page.model.rows[0])
    return stage.sheet(RecurringSheet)


def _leave(stage: Stage) -> QWidget:
    admin = stage.controller("admin")
    admin.open("leave")
    stage.settle()
    admin.section("leave").page.new_wanted.emit()
    return stage.sheet(LeaveSheet)


SCENES = (
    Scene("home", _begun),
    Scene("home-late", _late),
    Scene("home-done", _done),
    Scene("home-tables", _tables),
    Scene("home-charts", _charts),
    Scene("home-new", _new),
    Scene("home-task", lambda stage: _task(stage, lambda row: bool(row.requester))),
    Scene("home-task-signed", lambda stage: _task(stage, lambda row: row.needs_proof)),
    Scene(
        "home-task-done",
        lambda stage: _task(stage, lambda row: bool(row.evidence_wanted), TaskFilter(Whose.ALL, Shown.DONE)),
    ),
    Scene("home-hand-over", _hand_over),
    Scene("home-later", _later),
    Scene("home-cancel", _cancel),
    Scene("home-account", _account),
    Scene("home-recurring", _recurring),
    Scene("home-leave", _leave),
)
