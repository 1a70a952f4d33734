"""Scenes of who is here: desks made up for the picture, the sheets, and what a desk shows before and during maintenance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

import app
from app.services.admin.sessions.dto import Announced, AskedOut, Heard, SessionRow, SessionsPage
from app.services.core.sign_in import Desks
from app.shots.stage import Scene, Stage
from app.views.admin.who_is_here import AskSheet, MaintenanceSheet, OpenSheet, WhoIsHereSection
from app.views.common.parts import column
from app.views.shell.here import in_words
from app.views.shell.sign_in import SignInPage

_WORDS = "Upgrade to the new version"


def _page(stage: Stage) -> WhoIsHereSection:
    admin = stage.controller("admin")
    admin.open("who_is_here")
    stage.settle()
    found: WhoIsHereSection = admin.section("who_is_here").page
    return found


def _shown(stage: Stage) -> SessionsPage:
    assert stage.program.office is not None
    now = stage.program.office.desk.clock.now()
    one = SessionRow(
        1,
        "Demo Administrator",
        "DESK-0712",
        app.__version__,
        "Admin",
        now - timedelta(hours=3, minutes=12),
        now,
        "Here",
        here=True,
    )
    others = (
        ("Demo Officer", "DESK-0714", "Accounts", "Here"),
        ("Demo Leader", "DESK-0709", "Approvals", "Asked to sign out"),
        ("Demo Reception", "COUNTER-02", "Reception", "Here"),
    )
    rows = [
        replace(one, session_id=at, officer=officer, computer=computer, page=page, how=how)
        for at, (officer, computer, page, how) in enumerate(others, 2)
    ]
    left = replace(rows[0], session_id=9, computer="HOME-31", how="Lost", here=False)
    return SessionsPage((one, *rows, left), None, now)


def _announced(stage: Stage, minutes: int, *, stays: bool) -> Announced:
    return Announced(_shown(stage).moment + timedelta(minutes=minutes), "Demo Administrator", _WORDS, stays)


def _list(stage: Stage) -> QWidget:
    page = _page(stage)
    page.show_page(_shown(stage))
    page.table.go_to(1)
    stage.settle()
    return stage.window


def _closing(stage: Stage) -> QWidget:
    """As an administrator has it, who may call it off."""
    page = WhoIsHereSection(may_change=True)
    page.show_page(replace(_shown(stage), maintenance=_announced(stage, 15, stays=True)))
    page.table.go_to(1)
    around = QDialog(stage.window)
    column(around, page)
    around.resize(1180, 560)
    around.open()
    stage.settle()
    return around


def _counting(stage: Stage) -> QWidget:
    stage.controller("rent")
    moment = _shown(stage).moment
    words = in_words(Heard(moment, _announced(stage, 4, stays=True), None, ""), moment)
    stage.program.window.announcement.say(words, "warning", "Who is &here")
    stage.settle()
    return stage.window


def _asked(stage: Stage) -> QWidget:
    stage.controller("rent")
    moment = _shown(stage).moment
    asked = AskedOut("Demo Administrator", "Please go home", moment + timedelta(seconds=95))
    stage.program.window.announcement.say(in_words(Heard(moment, None, asked, ""), moment))
    stage.settle()
    return stage.window


def _closed(stage: Stage) -> QWidget:
    page = SignInPage()
    told = (
        "Rentbook is closed for maintenance since 14:00. Sign in when it is open again: this page sees that by itself."
    )
    page.show_desks(Desks("Testford Council", "demo", without_password=False, problem=told, closed=True))
    around = QDialog(stage.window)
    column(around, page)
    around.resize(900, 620)
    around.open()
    stage.settle()
    return around


def _announce(stage: Stage) -> QWidget:
    sheet = MaintenanceSheet(_page(stage))
    sheet.open()
    return sheet


def _ask(stage: Stage) -> QWidget:
    sheet = AskSheet(_page(stage), _shown(stage).rows[1])
    sheet.open()
    return sheet


def _open(stage: Stage) -> QWidget:
    sheet = OpenSheet(_page(stage), begun=True)
    sheet.open()
    return sheet


SCENES = (
    Scene("admin-who-is-here", _list),
    Scene("admin-who-is-here-closing", _closing),
    Scene("admin-who-is-here-announce", _announce),
    Scene("admin-who-is-here-ask", _ask),
    Scene("admin-who-is-here-open", _open),
    Scene("shell-maintenance-counting", _counting),
    Scene("shell-asked-to-sign-out", _asked),
    Scene("shell-maintenance-closed", _closed),
)
