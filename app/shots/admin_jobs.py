"""Scenes of scheduled jobs: a Monday on which a check failed, the sheets, and what was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.models.values import JobState
from app.services.jobs.dto import JobList, JobRow, RunRow
from app.shots.stage import Scene, Stage
from app.views.admin.jobs import JobsSection
from app.views.admin.jobs_sheets import JobHistorySheet, JobSheet
from app.views.admin.listed import ReasonSheet

_BY = "Demo Administrator on RENTS-SCHED, the scheduler"
_FAULT = "1 fault. balances: account 700482 keeps 412.86 DR, and its lines come to 402.86 DR."


def _page(stage: Stage) -> JobsSection:
    admin = stage.controller("admin")
    admin.open("jobs")
    stage.settle()
    found: JobsSection = admin.section("jobs").page
    return found


def _now(stage: Stage) -> datetime:
    assert stage.program.office is not None
    return stage.program.office.desk.clock.now()


def _done(row: JobRow, now: datetime, hours: int, said: str) -> JobRow:
    return replace(
        row,
        state=JobState.DONE,
        standing="Done",
        tone="good",
        said=said,
        started_at=now - timedelta(hours=hours),
        takes=4.0 if hours > 1 else 1.0,
        next_at=now + timedelta(hours=24 - hours),
        by=_BY,
    )


def _stands(rows: tuple[JobRow, ...], now: datetime) -> JobList:
    """A morning on which the checks failed, and held what comes after them."""
    made = []
    for row in rows:
        if row.name == "checks":
            bad = replace(_done(row, now, 2, f"{_FAULT} Run `rentbook check` for all of them."), state=JobState.FAILED)
            made.append(replace(bad, standing="Failed", tone="bad", takes=252.0, next_at=now + timedelta(minutes=10)))
        elif row.name == "weekly_charge":
            held = _done(row, now, 170, f"Not begun: Checks of the ledger comes first. Failed: {_FAULT}")
            made.append(replace(held, active=True, standing="Held", tone="warning", reason="", next_at=now))
        elif row.name == "mailboxes":
            made.append(replace(row, running=True, standing="Under way", started_at=now, next_at=None, by=_BY))
        elif row.active:
            made.append(_done(row, now, 3, "Nothing was due."))
        else:
            made.append(row)
    return JobList(tuple(made))


def _morning(stage: Stage) -> JobsSection:
    page = _page(stage)
    page.show_jobs(_stands(page.model.rows, _now(stage)))
    return page


def _chosen(name: str, stage: Stage) -> QWidget:
    page = _morning(stage)
    page.table.go_to(next(at for at, each in enumerate(page.model.rows) if each.name == name))
    stage.settle()
    return stage.window


def _row(page: JobsSection, name: str) -> JobRow:
    return next(each for each in page.model.rows if each.name == name)


def _change(name: str, stage: Stage) -> QWidget:
    page = _page(stage)
    sheet = JobSheet(page, _row(page, name), switch_on=not _row(page, name).active)
    sheet.open()
    return sheet


def _off(stage: Stage) -> QWidget:
    page = _morning(stage)
    page.table.go_to(0)
    page.switch_wanted.emit(_row(page, "letters"))
    return stage.sheet(ReasonSheet)


def _history(stage: Stage) -> QWidget:
    page, now = _page(stage), _now(stage)
    sheet = JobHistorySheet(page, "all jobs", lambda _wrong, show: show(_runs(now)))
    sheet.open()
    return sheet


def _runs(now: datetime) -> tuple[RunRow, ...]:
    told = (
        ("checks", "Checks of the ledger", JobState.FAILED, _FAULT, 252.0),
        (
            "backup",
            "Backup",
            JobState.DONE,
            "Copied to R:\\backups. It was restored, and every check found it whole.",
            48,
        ),
        ("tasks", "Tasks of the day", JobState.DONE, "3 tasks made, 1 hold ended.", 2.0),
        ("backup", "Backup", JobState.LOST, "Cut off: the program or its computer stopped before it had ended.", 19.0),
    )
    return tuple(
        RunRow(at, name, title, state, said, now - timedelta(hours=3 * at), seconds, _BY)
        for at, (name, title, state, said, seconds) in enumerate(told)
    )


SCENES = (
    Scene("admin-jobs-failed", partial(_chosen, "checks")),
    Scene("admin-jobs-held", partial(_chosen, "weekly_charge")),
    Scene("admin-jobs-off", partial(_chosen, "receipt_files")),
    Scene("admin-jobs-change", partial(_change, "letters")),
    Scene("admin-jobs-switch-on", partial(_change, "receipt_files")),
    Scene("admin-jobs-weekly", partial(_change, "weekly_charge")),
    Scene("admin-jobs-switch-off", _off),
    Scene("admin-jobs-history", _history),
)
