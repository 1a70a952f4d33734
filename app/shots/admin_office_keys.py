"""Scenes of the keys: made up for the picture."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.services.admin.office_keys import KeyRow, KeysPage
from app.shots.stage import Scene, Stage
from app.views.admin.office_keys import KeysSection, PassphraseSheet

_OLD = (("Bank details of mandates", 3_118), ("Bank details of payees", 412), ("Kept files", 87))


def _list(stage: Stage) -> QWidget:
    page = _page(stage)
    assert stage.program.office is not None
    now = stage.program.office.desk.clock.now()
    rows = (
        KeyRow(2, "b7d04c5512ea9f38", now, here=True, newest=True, seals=(("Signing certificates", 1),)),
        KeyRow(1, "4be1c9d2a07f6358", now - timedelta(days=402), here=True, newest=False, seals=_OLD),
    )
    page.show_page(KeysPage(rows, None, allowed=False))
    page.table.go_to(1)
    stage.settle()
    return stage.window


def _missing(stage: Stage) -> QWidget:
    page = _page(stage)
    assert stage.program.office is not None
    made = stage.program.office.desk.clock.now() - timedelta(days=402)
    page.show_page(
        KeysPage((KeyRow(1, "4be1c9d2a07f6358", made, here=False, newest=True, seals=_OLD),), 7, allowed=False)
    )
    stage.settle()
    return stage.window


def _write(stage: Stage) -> QWidget:
    sheet = PassphraseSheet(_page(stage), writes=True)
    sheet.open()
    stage.settle()
    return sheet


def _page(stage: Stage) -> KeysSection:
    admin = stage.controller("admin")
    admin.open("office_keys")
    stage.settle()
    found: KeysSection = admin.section("office_keys").page
    return found


SCENES = (
    Scene("admin-keys", _list),
    Scene("admin-keys-missing", _missing),
    Scene("admin-keys-write", _write),
)
