"""What the pages need of the diary, handed in by bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Query = Callable[..., Any]
"""A query, command or job as the services have it: its context, or its desk, first."""


@dataclass(frozen=True, slots=True)
class TaskDoors:
    """The services behind tasks and notes, each by its own name in `app.services.diary`."""

    tasks: Query
    task: Query
    holders: Query
    notes: Query
    task_form: Query
    save_task: Query
    hand_over: Query
    take: Query
    snooze: Query
    finish_task: Query
    finish_tasks: Query
    reopen_task: Query
    cancel_tasks: Query
    add_note: Query
