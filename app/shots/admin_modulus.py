"""Scenes of the weight tables: the one that came with Rentbook, newer ones made up for the picture, and the sheet."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.models.values import TableKind
from app.services.bacs.dto import TableInfo, TableInForce
from app.shots.stage import Scene, Stage
from app.views.admin.modulus import ModulusSection, TablesSheet


def _page(stage: Stage) -> ModulusSection:
    admin = stage.controller("admin")
    admin.open("modulus")
    stage.settle()
    found: ModulusSection = admin.section("modulus").page
    return found


def _shipped(stage: Stage) -> QWidget:
    _page(stage).show_tables(
        (), TableInForce("specification 3.10, before 2016", date(2016, 1, 1), 130, old=True, shipped=True)
    )
    stage.settle()
    return stage.window


def _loaded(stage: Stage) -> QWidget:
    page = _page(stage)
    assert stage.program.office is not None
    now = stage.program.office.desk.clock.now()
    kinds = (TableKind.WEIGHTS, TableKind.SUBSTITUTIONS)
    versions = ((2, "v8.50", date(2026, 8, 3), True), (1, "v8.10", date(2026, 2, 2), False))
    rows = [
        TableInfo(
            10 * number + at, kind, name, since, (21, 1_151)[kind is TableKind.WEIGHTS], now - timedelta(days=90 * number),
            "Demo Administrator", used,
        )
        for number, name, since, used in versions
        for at, kind in enumerate(kinds)
    ]  # fmt: skip
    page.show_tables(rows, TableInForce("v8.50", date(2026, 8, 3), 3, old=False))
    stage.settle()
    return stage.window


def _load(stage: Stage) -> QWidget:
    assert stage.program.office is not None
    sheet = TablesSheet(_page(stage), ["valacdos.txt", "scsubtab.txt"], stage.program.office.desk.clock.today)
    sheet.open()
    return sheet


SCENES = (
    Scene("admin-tables-shipped", _shipped),
    Scene("admin-tables-loaded", _loaded),
    Scene("admin-tables-load", _load),
)
