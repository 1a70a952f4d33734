"""Scenes of signing in, the lock, and the dialogs of officers and access."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from app.offscreen import SIZE
from app.services.core.errors import UserError
from app.services.core.sign_in import Colleague, Desks
from app.shots.stage import Scene, Stage
from app.views.admin.declared import DeclareSheet
from app.views.admin.delegations import DelegateSheet
from app.views.admin.limits import LimitsSheet
from app.views.admin.listed import ReasonSheet
from app.views.admin.officers import AddSheet, LeaveSheet, details_sheet, roles_sheet
from app.views.admin.restricted import RestrictSheet
from app.views.admin.roles import RoleSheet
from app.views.admin.told import ToldSheet
from app.views.common.parts import column
from app.views.shell.sign_in import PasswordSheet, SignInPage

_ROLES = ("Administrator", "Team leader", "Senior officer", "Rents officer", "Reception", "Finance", "Auditor")
_WRONG = UserError("That name and password don't go together.", "Check both, with Caps Lock off.", "password")


def _page(key: str, stage: Stage) -> Any:
    admin = stage.controller("admin")
    admin.open(key)
    stage.settle()
    return admin.section(key)


def _sheet(key: str, make: Callable[[Any, Stage], QDialog], stage: Stage) -> QWidget:
    """A dialog over a section, made with what the section shows."""
    sheet = make(_page(key, stage), stage)
    sheet.open()
    return sheet


def _officer(section: Any) -> Any:
    return next(row for row in section.shown.officers if row.username == "demo.officer")


def _sign_in(demonstration: bool, stage: Stage) -> QWidget:
    """The sign-in page in a window of its own, so that nobody signs out of the stage."""
    shown = QDialog(stage.window)
    page = SignInPage()
    column(shown, page, spacing=0)
    shown.resize(SIZE)
    people = tuple(Colleague(f"demo.{at}", f"Demo {role}", role) for at, role in enumerate(_ROLES))
    page.show_desks(Desks("Testford Homes", "demo.1", demonstration, "", people if demonstration else ()))
    shown.open()
    if not demonstration:
        page.show_error(_WRONG)
    return shown


def _lock(asks: bool, stage: Stage) -> QWidget:
    lock = stage.program.signing.lock
    lock.begin("Demo Team Leader", asks=asks, minutes=0)
    lock.lock()
    return stage.window


def _password(stage: Stage) -> QWidget:
    sheet = PasswordSheet(stage.window, first=False, least=12)
    sheet.open()
    return sheet


SCENES = (
    Scene("officers-sign-in", partial(_sign_in, False)),
    Scene("officers-sign-in-demonstration", partial(_sign_in, True)),
    Scene("officers-password", _password),
    Scene("officers-add", partial(_sheet, "officers", lambda at, _stage: AddSheet(at.page, at.shown))),
    Scene(
        "officers-roles",
        partial(_sheet, "officers", lambda at, _stage: roles_sheet(at.page, at.shown, _officer(at), own=False)),
    ),
    Scene(
        "officers-details",
        partial(_sheet, "officers", lambda at, _stage: details_sheet(at.page, at.shown, _officer(at))),
    ),
    Scene(
        "officers-leave",
        partial(
            _sheet,
            "officers",
            lambda at, stage: LeaveSheet(
                at.page,
                at.shown,
                _officer(at),
                stage.program.office.desk.clock.today(),  # type: ignore[union-attr]
            ),
        ),
    ),
    Scene(
        "officers-told",
        partial(_sheet, "officers", lambda at, _stage: ToldSheet(at.page, "Demo Officer", "heron-cotton-larch-otter")),
    ),
    Scene(
        "officers-role",
        partial(_sheet, "roles", lambda at, _stage: RoleSheet(at.page, at.shown[0].permissions, at.shown[0])),
    ),
    Scene("officers-limits", partial(_sheet, "limits", lambda at, _stage: LimitsSheet(at.page, at.page.chosen()))),
    Scene(
        "officers-delegate",
        partial(
            _sheet,
            "delegations",
            lambda at, stage: DelegateSheet(
                at.page,
                at.shown,
                stage.program.office.desk.clock.today(),  # type: ignore[union-attr]
            ),
        ),
    ),
    Scene("officers-declare", partial(_sheet, "declared", lambda at, _stage: DeclareSheet(at.page, at.shown))),
    Scene(
        "officers-restrict",
        partial(
            _sheet,
            "restricted",
            lambda at, stage: RestrictSheet(
                at.page,
                at.shown,
                stage.program.office.desk.clock.today(),  # type: ignore[union-attr]
            ),
        ),
    ),
    Scene(
        "officers-review",
        partial(
            _sheet,
            "access_review",
            lambda at, _stage: ReasonSheet(at.page, "Change the access of Demo Officer", "Sign"),
        ),
    ),
    Scene("officers-lock", partial(_lock, False)),
    Scene("officers-lock-password", partial(_lock, True)),
)
