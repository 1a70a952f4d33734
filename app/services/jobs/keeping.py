"""What an office has another than shipped: checked, and kept; for commands that asked for a permission."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from app.models.jobs import Job
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import missing
from app.services.jobs import rules
from app.services.jobs.declared import job_of
from app.services.jobs.dto import Change
from app.services.jobs.rules import Schedule

_MOST_FOLDER: Final = 400
_MOST_REASON: Final = 200


def row_of(ctx: Context, name: str) -> Job:
    """A job's row.

    Raises:
        UserError: there is no such job.
    """
    row = ctx.session.get(Job, job_of(name).name)
    if row is None:
        raise missing("job")
    return row


def schedule_of(row: Job) -> Schedule:
    """A job's schedule: the office's own, else as shipped."""
    return rules.read(row.schedule) if row.schedule else job_of(row.name).schedule


def checked(ctx: Context, change: Change) -> Change:
    """A change with its schedule as it is kept, empty where it is the one shipped.

    Raises:
        UserError: the schedule is none, the folder is missing or not given whole, a reason is missing or too long.
    """
    job = job_of(change.name)
    schedule = rules.written(rules.read(change.schedule)) if change.schedule.strip() else ""
    folder, reason = change.folder.strip(), " ".join(change.reason.split())
    if schedule == rules.written(job.schedule):
        schedule = ""
    if job.folder and change.active:
        _refuse_folder(folder)
    if len(folder) > _MOST_FOLDER:
        raise UserError(f"A folder's name has at most {_MOST_FOLDER} characters.", field="folder")
    if len(reason) > _MOST_REASON:
        raise UserError(f"That has {len(reason)} characters, and {_MOST_REASON} fit.", "Shorten it.", "reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    refuse_card_number(ctx, folder, "folder", "folder")
    return replace(change, schedule=schedule, folder=folder if job.folder else "", reason=reason)


def apply(ctx: Context, change: Change) -> None:
    """Keep a checked change. A job that is switched on, or has another schedule, begins with its next time: what went by isn't owed."""
    row = row_of(ctx, change.name)
    anew = (change.active and not row.active) or change.schedule != row.schedule
    row.schedule, row.folder, row.active = change.schedule, change.folder, change.active
    row.reason = "" if change.active else change.reason
    row.changed_by, row.changed_at = ctx.officer.id, ctx.clock.now()
    if anew:
        row.done_for, row.tried_for, row.again_at, row.tries = ctx.clock.now(), None, None, 0
    ctx.session.flush()


def _refuse_folder(folder: str) -> None:
    if not folder:
        raise UserError("Choose the folder in which the files arrive.", field="folder")
    if not PurePosixPath(folder).is_absolute() and not PureWindowsPath(folder).is_absolute():
        raise UserError(
            "Give the whole path of the folder.", r"Such as \\server\share\receipts or D:\receipts.", "folder"
        )
