"""What is done once a day beside the recurring tasks, by whoever opens Rentbook first or by `rentbook tasks make`.

Areas plug their jobs into the slot `daily` of `app/registered.py`; each is a command that does nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.services.core import plugs
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk

_JOBS: dict[str, Callable[..., Any]] = {}


def register(key: str, job: Callable[..., Any]) -> None:
    """Plug a job in: a command, `job(ctx)`, that whoever makes the recurring tasks may run."""
    _JOBS[key] = job


def keys() -> tuple[str, ...]:
    """What is plugged in, in the order in which it is done."""
    plugs.fill("daily")
    return tuple(sorted(_JOBS))


def run(desk: Desk, key: str, progress: Progress, cancel: CancelToken) -> None:
    """Run one job in a transaction of its own."""
    plugs.fill("daily")
    desk.run(_JOBS[key], progress, cancel)


def run_all(desk: Desk, progress: Progress, cancel: CancelToken) -> None:
    """Run every job, each in a transaction of its own."""
    for key in keys():
        run(desk, key, progress, cancel)
