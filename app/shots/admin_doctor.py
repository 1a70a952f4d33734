"""Scenes of the doctor: findings made up for the picture, and the bundle before it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.diagnostics.dto import Finding, Health, Report
from app.shots.stage import Scene, Stage
from app.views.admin.doctor import BundleSheet, DoctorSection

_FINDINGS = (
    Finding("Schema", Health.OK, "The database is as this program needs it."),
    Finding("Room for the database", Health.OK, "212.4 GB are free."),
    Finding(
        "Key",
        Health.FAULT,
        "This desk lacks the key 4be1c9d2a07f6358: what is sealed with it is shown masked.",
        "Read in the file of whoever has it: rentbook key import FILE.",
    ),
    Finding(
        "Backup",
        Health.WARNING,
        "The last good backup is 9 days old.",
        "Make one: rentbook db backup, or Admin, Backups.",
    ),
    Finding(
        "Weight table",
        Health.WARNING,
        "The table that account numbers are checked by is 14 months old or more.",
        "Load the newest of Pay.UK in Admin, Weight tables.",
    ),
    Finding("Calendar", Health.OK, "Bank holidays are known for every year, but for those that are proclaimed."),
    Finding("Chain", Health.OK, "The last 200 journals follow from each other."),
    Finding("Ledger", Health.OK, "The whole ledger was checked 1 day ago, and was whole."),
    Finding("Printers", Health.OK, "2 printers: Office A4, Counter receipts."),
    Finding("Log", Health.OK, "No unexpected error in the last seven days."),
)
_FILES = {
    "README.txt": "What Rentbook says of itself for whoever helps.",
    "database.json": '{\n "revision": "0045",\n "engine": "sqlite",\n "rows": {\n  "account": 10618,\n  "entry": 842311\n }\n}',
    "doctor.json": "{}",
    "log/rentbook.log": "",
    "packages.json": "{}",
}


def _list(stage: Stage) -> QWidget:
    page = _page(stage)
    assert stage.program.office is not None
    page.show_report(Report(stage.program.office.desk.clock.now(), _FINDINGS))
    page.table.go_to(0)
    stage.settle()
    return stage.window


def _bundle(stage: Stage) -> QWidget:
    sheet = BundleSheet(_page(stage), _FILES)
    sheet.open()
    stage.settle()
    return sheet


def _page(stage: Stage) -> DoctorSection:
    admin = stage.controller("admin")
    admin.open("doctor")
    stage.settle()
    found: DoctorSection = admin.section("doctor").page
    return found


SCENES = (Scene("admin-doctor", _list), Scene("admin-doctor-bundle", _bundle))
