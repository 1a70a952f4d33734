"""Scenes of the time to answer, and of valuables."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import PostState
from app.services.post_log.register.dto import RegisterFilter, Way
from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.post_log.categories import CategorySheet
from app.views.post_log.clock import ExtendSheet, PauseSheet, ResumeSheet
from app.views.post_log.retention import AskSheet
from app.views.post_log.valuables import EnterSheet, PayInSheet


def _item(stage: Stage, category: str) -> Any:
    """The page, with the first open item of a category beside its list, its time shown."""
    page = stage.controller("post_log").page
    open_ones = frozenset({PostState.OPEN})
    page.show_only(RegisterFilter(ways=frozenset({Way.IN}), categories=frozenset({category}), states=open_ones))
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    page.card.parts.open_drawer("clock")
    stage.settle()
    return page


def _time(stage: Stage, category: str) -> QWidget:
    stage.reveal(_item(stage, category).card.parts)
    return stage.window


def _sheet(title: str, category: str, kind: type[Sheet], stage: Stage) -> QWidget:
    page = _item(stage, category)
    work = next(each for each in page.works if each.title == title)
    page.work_wanted.emit(work)
    stage.settle()
    return stage.sheet(kind)


def _valuables(stage: Stage) -> Any:
    """The register of valuables, all of them."""
    controller = stage.controller("post_log").section("valuables")
    stage.settle()
    next(each for each in controller.page.findChildren(QPushButton) if each.text().startswith("All")).click()
    stage.settle()
    return controller


def _register(stage: Stage) -> QWidget:
    _valuables(stage)
    return stage.window


def _pay_in(stage: Stage) -> QWidget:
    page = _valuables(stage).page
    page.table.go_to(1)
    next(action for action in page.actions() if action.text() == "Pay in").trigger()
    stage.settle()
    return stage.sheet(PayInSheet)


def _section(key: str, stage: Stage) -> QWidget:
    stage.controller("post_log").section(key)
    stage.settle()
    return stage.window


def _acted(key: str, does: str, kind: type[Sheet], stage: Stage) -> QWidget:
    """The sheet of an action of a section, on its first line."""
    page = stage.controller("post_log").section(key).page
    stage.settle()
    next(action for action in page.actions() if action.text() == does).trigger()
    stage.settle()
    return stage.sheet(kind)


SCENES: Final = (
    Scene("post-time", partial(_time, category="complaint_1")),
    Scene("post-time-waits", partial(_time, category="foi")),
    Scene("post-pause", partial(_sheet, "Stop the clock", "subject_access", PauseSheet)),
    Scene("post-resume", partial(_sheet, "Let the clock go on", "foi", ResumeSheet)),
    Scene("post-extend", partial(_sheet, "Extend the time to answer", "complaint_1", ExtendSheet)),
    Scene("post-valuable", partial(_sheet, "Enter something of value", "payment", EnterSheet)),
    Scene("post-valuables", _register),
    Scene("post-valuables-pay-in", _pay_in),
    Scene("post-retention", partial(_section, "retention")),
    Scene("post-retention-ask", partial(_acted, "retention", "Ask for deletion", AskSheet)),
    Scene("post-categories", partial(_section, "categories")),
    Scene("post-category", partial(_acted, "categories", "Change", CategorySheet)),
)
