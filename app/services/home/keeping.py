"""What the home page remembers of runs that leave no record of their own: checks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.landlord import Setting
from app.services.core.context import Context


class Run(StrEnum):
    """What was run."""

    CHECK = "run.check"


@dataclass(frozen=True, slots=True)
class LastRun:
    """When something was run last (UTC), whether it went well, and what it said."""

    at: datetime
    good: bool
    words: str


def record_run(ctx: Context, run: Run, *, good: bool, words: str) -> None:
    """Remember that a check was run now, and how it went."""
    value = json.dumps({"at": ctx.clock.now().isoformat(), "good": good, "words": words})
    row = ctx.session.get(Setting, run.value)
    if row is None:
        ctx.session.add(Setting(key=run.value, value=value))
    else:
        row.value = value
    ctx.session.flush()


def last_run(ctx: Context, run: Run) -> LastRun | None:
    """The last time; None if it was never run."""
    row = ctx.session.get(Setting, run.value)
    if row is None:
        return None
    said = json.loads(row.value)
    return LastRun(datetime.fromisoformat(said["at"]), bool(said["good"]), str(said["words"]))
