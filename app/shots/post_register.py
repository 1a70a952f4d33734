"""Scenes of the Post tab: the register with what came in and what went out, giving items away, the reports."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.post_log.register.dto import EVERYTHING, RegisterFilter, View, Way
from app.shots.stage import Scene, Stage
from app.views.post_log.giving import GiveSheet


def _listed(stage: Stage, wanted: RegisterFilter) -> QWidget:
    page = stage.controller("post_log").page
    page.card.parts.tabs.setCurrentIndex(0)
    page.show_only(wanted)
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return stage.window


def _give(stage: Stage) -> QWidget:
    _listed(stage, RegisterFilter(view=View.UNALLOCATED))
    page = stage.controller("post_log").page
    next(action for work, action in page.works.items() if work.title == "Give to").trigger()
    sheet = stage.sheet(GiveSheet)
    sheet.to.setCurrentIndex(1)
    return sheet


def _works(stage: Stage) -> QWidget:
    _listed(stage, RegisterFilter(view=View.UNALLOCATED))
    stage.controller("post_log").page.open_works()
    return stage.window


def _reports(stage: Stage) -> QWidget:
    page = stage.controller("post_log").page
    page.sections.open("reports")
    stage.settle()
    return stage.window


def _of_account(stage: Stage) -> QWidget:
    """The account of the first item that has one, with its post."""
    _listed(stage, RegisterFilter(ways=frozenset({Way.IN})))
    post = stage.controller("post_log").page
    for at in range(post.list.model.rowCount()):
        post.list.table.go_to(at)
        stage.settle()
        if post.detail is not None and post.detail.row.account_id is not None:
            account_id = post.detail.row.account_id
            accounts = stage.controller("rent")
            accounts.open_account(account_id)
            stage.settle()
            part = accounts.page.account
            names = part.ledger.tabs
            names.setCurrentIndex(next(i for i in range(names.count()) if names.tabText(i).startswith("Post")))
            stage.settle()
            break
    return stage.window


SCENES = (
    Scene("post", partial(_listed, wanted=RegisterFilter(view=View.UNALLOCATED))),
    Scene("post-everything", partial(_listed, wanted=EVERYTHING)),
    Scene("post-out", partial(_listed, wanted=RegisterFilter(ways=frozenset({Way.OUT})))),
    Scene("post-works", _works),
    Scene("post-give", _give),
    Scene("post-reports", _reports),
    Scene("post-account", _of_account),
)
