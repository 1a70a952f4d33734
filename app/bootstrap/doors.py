"""The services behind what every page shares: documents, tasks and notes, drafts, presence, tables."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.core.session import Desk
from app.services.documents import commands as document_commands
from app.services.documents import queries as documents
from app.services.workbench import exporting
from app.services.workbench import presence as presences
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.filters import commands as filter_commands
from app.services.workbench.filters import queries as filter_queries
from app.views.common.changes import ChangeBus
from app.views.common.document_doors import DocumentDoors
from app.views.common.drafts import Drafts
from app.views.common.fields_pickers import Picked
from app.views.common.letter_doors import LetterDoors
from app.views.common.presence import Presence
from app.views.common.table_doors import TableDoors
from app.views.common.task_doors import TaskDoors


def later(module: str, name: str) -> Callable[..., Any]:
    """A service whose module is imported when it is first asked for, so that the program starts without it."""

    def ask(*args: Any, **named: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*args, **named)

    return ask


DOCUMENTS = DocumentDoors(
    documents.listed,
    documents.opened,
    documents.trail,
    documents.limits_of_today,
    document_commands.attach,
    document_commands.link_to,
    document_commands.unlink,
    find,
)
"""The services behind every documents panel."""

_DIARY_QUERIES, _DIARY_COMMANDS = "app.services.diary.queries", "app.services.diary.commands"
DIARY = TaskDoors(
    tasks=later(_DIARY_QUERIES, "tasks"),
    task=later(_DIARY_QUERIES, "task"),
    holders=later(_DIARY_QUERIES, "holders"),
    notes=later(_DIARY_QUERIES, "notes"),
    task_form=later(_DIARY_QUERIES, "task_form"),
    save_task=later(_DIARY_COMMANDS, "save_task"),
    hand_over=later(_DIARY_COMMANDS, "hand_over"),
    take=later(_DIARY_COMMANDS, "take"),
    snooze=later(_DIARY_COMMANDS, "snooze"),
    finish_task=later(_DIARY_COMMANDS, "finish_task"),
    finish_tasks=later(_DIARY_COMMANDS, "finish_tasks"),
    reopen_task=later(_DIARY_COMMANDS, "reopen_task"),
    cancel_tasks=later(_DIARY_COMMANDS, "cancel_tasks"),
    add_note=later(_DIARY_COMMANDS, "add_note"),
)
"""The services behind tasks and notes wherever they are shown."""


def find_accounts(ctx: Context, text: str) -> list[Picked]:
    """Accounts by whatever is typed, for a picker."""
    groups = find(ctx, text)
    return [
        Picked(each.subject_id, each.title, each.detail)
        for group in groups
        for each in group.found
        if each.subject is Subject.ACCOUNT
    ]


LETTERS = LetterDoors(
    later("app.services.letters.queries.templates", "usable"),
    later("app.services.letters.queries.templates", "preview"),
    later("app.services.letters.commands.queue", "write"),
    find_accounts,
)
"""The services behind writing a letter wherever it is offered."""


def drafts(desk: Desk, refused: Callable[[UserError], object], bus: ChangeBus, owner: QObject) -> Drafts:
    """Where forms in progress are kept; pages that list them are told."""
    made = Drafts(DeskDrafts(desk), desk.clock, refused, owner)
    made.changed.connect(lambda: bus.publish(Changes(frozenset({"drafts"}))))
    return made


def presence(desk: Desk, owner: QObject) -> Presence:
    """Who has what open."""
    return Presence(lambda window, records: desk.do(presences.beat, window, records), owner)


def tables(database: str) -> TableDoors:
    """The services behind every table of the window."""
    return TableDoors(
        database,
        exporting.export,
        exporting.pages,
        filter_queries.saved_filters,
        filter_commands.save_filter,
        filter_commands.rename_filter,
        filter_commands.share_filter,
        filter_commands.delete_filter,
        filter_commands.open_with,
    )
