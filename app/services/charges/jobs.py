"""Charging several weeks in order."""

from __future__ import annotations

from datetime import date

from app.services.charges import commands, queries
from app.services.charges.dto import ChargeResult
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk


def catch_up(
    desk: Desk,
    to_week: date,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[ChargeResult, ...]:
    """Charge every week that is due up to the week of `to_week`, in order, each in a transaction of its own.

    Stopped part of the way, the weeks done stay charged, and doing it again goes on from there.

    Raises:
        UserError: as `commands.charge_week`.
        Cancelled: the officer stopped it.
    """
    cancel = cancel or CancelToken()
    due = desk.ask(queries.weeks_due, to_week)
    done: list[ChargeResult] = []
    for week in due:
        cancel.check()
        progress(len(done), len(due), f"Charging the week of {week:%d %b %Y}")
        done.append(desk.run(commands.charge_week, progress, cancel, week))
    progress(len(due), len(due), "Charged")
    return tuple(done)
