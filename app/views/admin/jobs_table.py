"""The columns of scheduled jobs and of what they said."""

from __future__ import annotations

from app.services.jobs.dto import STATES, JobRow, RunRow
from app.services.workbench.listing import Holds
from app.views.common.columns import Column

_MINUTE = 60


def took(seconds: float | None) -> str:
    """How long something took: `3 s`, `4 min 10 s`."""
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole} s" if whole < _MINUTE else f"{whole // _MINUTE} min {whole % _MINUTE} s"


def _standing(row: JobRow) -> str:
    return f"Request {row.request} waits" if row.request is not None else row.standing


def _tone(row: JobRow) -> str:
    if row.request is not None:
        return "warning"
    return row.tone if row.active else "muted"


JOBS: tuple[Column[JobRow], ...] = (
    Column("title", "Job", lambda row: row.title, 170, floor=160),
    Column("when", "When", lambda row: row.when, 170, floor=150, least=2),
    Column("standing", "How it stands", _standing, 130, tone=_tone, floor=110, firm=True),
    Column("last", "Last", lambda row: row.started_at, 136, holds=Holds.MOMENT, least=1),
    Column("took", "Took", lambda row: took(row.takes), 84, right=True, least=4),
    Column("next", "Next", lambda row: row.next_at, 136, holds=Holds.MOMENT, least=3),
)

RUNS: tuple[Column[RunRow], ...] = (
    Column("at", "When", lambda row: row.started_at, 144, holds=Holds.MOMENT, firm=True),
    Column("title", "Job", lambda row: row.title, 170),
    Column("state", "How it went", lambda row: STATES[row.state], 130, tone=lambda row: "bad" if row.wrong else ""),
    Column("took", "Took", lambda row: took(row.seconds), 84, right=True),
    Column("said", "What it said", lambda row: row.said, 360),
)
