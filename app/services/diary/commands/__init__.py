"""What officers do with notes, tasks, recurring tasks and leave."""

from app.services.diary.commands.notes import add_note
from app.services.diary.commands.office import add_absence, make_due, remove_absence, reset_template, save_template
from app.services.diary.commands.tasks import (
    cancel_tasks,
    finish_task,
    finish_tasks,
    hand_over,
    new_task,
    reopen_task,
    save_task,
    snooze,
    take,
)

__all__ = [
    "add_absence",
    "add_note",
    "cancel_tasks",
    "finish_task",
    "finish_tasks",
    "hand_over",
    "make_due",
    "new_task",
    "remove_absence",
    "reopen_task",
    "reset_template",
    "save_task",
    "save_template",
    "snooze",
    "take",
]
