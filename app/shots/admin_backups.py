"""Scenes of backups: a folder with good and bad ones, the sheets, and a shared server."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.models.values import BackupState
from app.services.backups.dto import BackupRow, Board, Difference, Facts, Keep, Rehearsal, RestoreRow, Standing, Tried
from app.services.backups.proving import UNLIKE, Seal, doubt
from app.shots.stage import Scene, Stage
from app.views.admin.backups import BackupsSection
from app.views.admin.backups_sheets import FolderSheet, PutBackSheet, RehearsalSheet

_FOLDER = "R:\\Housing\\Rentbook backups"
_WHOLE = "It was restored, and every check found it whole."
_KEY = (
    "The key that opens what is encrypted is not in a backup: keep that apart (rentbook key export). This desk has it."
)
_KEEP = Keep(14, 8, 12)


def _page(stage: Stage) -> BackupsSection:
    admin = stage.controller("admin")
    admin.open("backups")
    stage.settle()
    found: BackupsSection = admin.section("backups").page
    found.may_change = True
    return found


def _now(stage: Stage) -> datetime:
    assert stage.program.office is not None
    return stage.program.office.desk.clock.now()


def _rows(now: datetime) -> tuple[BackupRow, ...]:
    one = BackupRow(
        backup_id=5,
        made_at=now - timedelta(hours=14),
        made_by="Scheduled jobs",
        folder=_FOLDER,
        file_name="rentbook-20261120-220004Z.db",
        regular=True,
        size_bytes=812_404_736,
        sha256="5eed" * 16,
        last_journal=48_211,
        state=BackupState.GOOD,
        words=_WHOLE,
        seconds=96,
        checked_at=now - timedelta(hours=14),
        removed_at=None,
    )
    changed = "Its bytes are not those that were written: it was changed, or its disk spoils it."
    full = f"The disk is full: {_FOLDER} could not be written. Nothing half done is left there."
    days = (replace(one, backup_id=5 - at, made_at=one.made_at - timedelta(days=at)) for at in range(5))
    first, second, third, fourth, fifth = days
    return (
        first,
        replace(second, state=BackupState.FAILED, words=full, size_bytes=0, sha256="", checked_at=None),
        replace(third, state=BackupState.CHANGED, words=changed),
        fourth,
        replace(fifth, removed_at=now - timedelta(days=1)),
    )


def _restored(now: datetime) -> RestoreRow:
    return RestoreRow(
        restored_at=now - timedelta(days=2),
        by="Robin Demo",
        reason="The week was charged twice",
        file_name="rentbook-20261118-220003Z.db",
        last_journal=48_190,
        journal_before=48_197,
        kept_as="C:\\Rentbook\\rentbook-before-restore-20261119-091502.db",
    )


def _list(stage: Stage) -> QWidget:
    page, now = _page(stage), _now(stage)
    page.show_board(Board(_rows(now), Standing(now, "", _WHOLE), _FOLDER, True, _KEEP, _KEY, False, _restored(now)))
    page.table.go_to(0)
    stage.settle()
    return stage.window


def _warned(stage: Stage) -> QWidget:
    page, now = _page(stage), _now(stage)
    rows = tuple(row for row in _rows(now) if row.backup_id < 5)
    stands = Standing(now, "The last backup is not good: The disk is full.", "")
    page.show_board(Board(rows, stands, "C:\\Rentbook\\rentbook backups", False, _KEEP, _KEY))
    page.table.go_to(1)
    stage.settle()
    return stage.window


def _server(stage: Stage) -> QWidget:
    page, now = _page(stage), _now(stage)
    words = "The server's last whole backup is 3 days old: tell its administrator."
    page.show_board(Board((), Standing(now, words, "", server=True), "", False, _KEEP, _KEY))
    stage.settle()
    return stage.window


def _found(now: datetime, doubted: str = "") -> Rehearsal:
    lost = (
        Difference("Lines of journals", 1_204_551, 1_203_904),
        Difference("Journals", 48_219, 48_211),
        Difference("Receipts", 9_412, 9_377),
        Difference("Everything else", 88_412, 88_236),
    )
    told = (
        _WHOLE,
        *([f"{doubted} {UNLIKE}"] if doubted else []),
        "It ends with journal 48211. 8 later journals would be lost, the first recorded on 21 Nov 2026 at 08:31.",
        _KEY,
    )
    return Rehearsal(
        file=Path("rentbook-20261120-220004Z.db"),
        made_at="",
        tried=Tried(BackupState.GOOD, _WHOLE),
        same=True,
        facts=Facts("0045", 48_211, "0" * 64),
        now_journal=48_219,
        lost_from=now,
        differences=lost,
        key=_KEY,
        behind=False,
        told=told,
        doubt=doubted,
        unlike=bool(doubted),
    )


def _rehearsal(stage: Stage, doubted: str = "") -> QWidget:
    page = _page(stage)
    sheet = RehearsalSheet(page, _found(_now(stage), doubted), may_restore=True)
    sheet.open()
    return sheet


def _put_back(stage: Stage) -> QWidget:
    sheet = PutBackSheet(_page(stage), _found(_now(stage)))
    sheet.fields.fill({"reason": "The week was charged twice", "words": "lose 8"})
    sheet.open()
    sheet.agreed(sheet.fields.values())
    stage.settle()
    return sheet


def _doubtful(stage: Stage) -> QWidget:
    return _rehearsal(stage, doubt(Seal.NONE))


def _folder(stage: Stage) -> QWidget:
    sheet = FolderSheet(_page(stage), _FOLDER)
    sheet.open()
    return sheet


SCENES = (
    Scene("admin-backups", _list),
    Scene("admin-backups-warned", _warned),
    Scene("admin-backups-server", _server),
    Scene("admin-backups-rehearsal", _rehearsal),
    Scene("admin-backups-doubtful", _doubtful),
    Scene("admin-backups-put-back", _put_back),
    Scene("admin-backups-folder", _folder),
)
