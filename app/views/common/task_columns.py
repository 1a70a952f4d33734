"""The columns of tasks, the same on every page."""

from __future__ import annotations

from datetime import date

from app.services.diary.dto import Priority, TaskRow, TaskState
from app.views.common import formats
from app.views.common.columns import Column


def due_in_words(due_on: date, working_days: int) -> str:
    """`Due Fri 27 Nov 2026, in 5 working days`."""
    when = f"Due {formats.weekday(due_on)}"
    if working_days < 0:
        return f"{when}, {formats.count(-working_days, 'working day')} late"
    return when if working_days == 0 else f"{when}, in {formats.count(working_days, 'working day')}"


def due_tone(working_days: int, state: TaskState) -> str:
    """The colour of a task's day, besides its words."""
    if state is not TaskState.OPEN:
        return ""
    return "bad" if working_days < 0 else "warning" if working_days == 0 else ""


def day_words(row: TaskRow) -> str:
    """When it is due, seen from today: `2 days late`, `Today`, `Fri 27 Nov`; of one that is done `16 Nov, done`."""
    if row.state is TaskState.DONE:
        return f"{row.due_on.day} {formats.month(row.due_on)}, done"
    if row.state is not TaskState.OPEN:
        return formats.words(row.state)
    if row.working_days < 0:
        return f"{formats.count(-row.working_days, 'day')} late"
    return "Today" if row.working_days == 0 else formats.weekday(row.due_on).rpartition(" ")[0]


def _title(row: TaskRow) -> str:
    return f"! {row.title}" if row.priority is Priority.HIGH else row.title


DUE: Column[TaskRow] = Column(
    "due",
    "Due",
    lambda row: row.due_on,
    104,
    shown=day_words,
    tone=lambda row: due_tone(row.working_days, row.state),
)
TITLE: Column[TaskRow] = Column("title", "What", lambda row: row.title, 300, shown=_title)
ABOUT: Column[TaskRow] = Column("about", "About", lambda row: row.about, 148, least=1, floor=148)
ASKED: Column[TaskRow] = Column("requester", "Asked by", lambda row: row.requester, 150, least=2)
HOLDER: Column[TaskRow] = Column(
    "holder",
    "With",
    lambda row: row.holder,
    160,
    shown=lambda row: row.holder or "Nobody yet",
    tone=lambda row: "" if row.holder else "warning",
)

TASKS = (DUE, TITLE, ABOUT, ASKED, HOLDER)
TASKS_OF_A_RECORD = (DUE, TITLE, HOLDER)
