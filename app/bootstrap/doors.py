"""The services behind what every page shares: documents, tasks and notes, drafts, presence, tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.core.session import Desk
from app.views.common.begin_work import BeginWork
from app.views.common.changes import ChangeBus
from app.views.common.document_doors import DocumentDoors
from app.views.common.drafts import Drafts
from app.views.common.letter_doors import LetterDoors
from app.views.common.presence import Presence
from app.views.common.table_doors import TableDoors
from app.views.common.task_doors import TaskDoors
from app.views.shell.window import Window

if TYPE_CHECKING:
    from app.bootstrap.program import Rentbook
    from app.views.common.dialogs import Sheet
    from app.views.common.fields_pickers import Picked

_FIND = Later("app.services.core.finding", "find")
_DOCUMENTS, _DOCUMENT_COMMANDS = "app.services.documents.queries", "app.services.documents.commands"
DOCUMENTS = DocumentDoors(
    listed=Later(_DOCUMENTS, "listed"),
    opened=Later(_DOCUMENTS, "opened"),
    trail=Later(_DOCUMENTS, "trail"),
    limits=Later(_DOCUMENTS, "limits_of_today"),
    attach=Later(_DOCUMENT_COMMANDS, "attach"),
    link_to=Later(_DOCUMENT_COMMANDS, "link_to"),
    unlink=Later(_DOCUMENT_COMMANDS, "unlink"),
    find=_FIND,
)
"""The services behind every documents panel."""

_DIARY_QUERIES, _DIARY_COMMANDS = "app.services.diary.queries", "app.services.diary.commands"
DIARY = TaskDoors(
    tasks=Later(_DIARY_QUERIES, "tasks"),
    task=Later(_DIARY_QUERIES, "task"),
    holders=Later(_DIARY_QUERIES, "holders"),
    notes=Later(_DIARY_QUERIES, "notes"),
    task_form=Later(_DIARY_QUERIES, "task_form"),
    save_task=Later(_DIARY_COMMANDS, "save_task"),
    hand_over=Later(_DIARY_COMMANDS, "hand_over"),
    take=Later(_DIARY_COMMANDS, "take"),
    snooze=Later(_DIARY_COMMANDS, "snooze"),
    finish_task=Later(_DIARY_COMMANDS, "finish_task"),
    finish_tasks=Later(_DIARY_COMMANDS, "finish_tasks"),
    reopen_task=Later(_DIARY_COMMANDS, "reopen_task"),
    cancel_tasks=Later(_DIARY_COMMANDS, "cancel_tasks"),
    add_note=Later(_DIARY_COMMANDS, "add_note"),
)
"""The services behind tasks and notes wherever they are shown."""


def find_accounts(ctx: Context, text: str) -> list[Picked]:
    """Accounts by whatever is typed, for a picker."""
    from app.views.common.fields_pickers import Picked

    groups = _FIND(ctx, text)
    return [
        Picked(each.subject_id, each.title, each.detail)
        for group in groups
        for each in group.found
        if each.subject is Subject.ACCOUNT
    ]


LETTERS = LetterDoors(
    Later("app.services.letters.queries.templates", "usable"),
    Later("app.services.letters.queries.templates", "preview"),
    Later("app.services.letters.commands.queue", "write"),
    find_accounts,
)
"""The services behind writing a letter wherever it is offered."""

_DRAFTS = Later("app.services.workbench.drafts.desk", "DeskDrafts")


def drafts(desk: Desk, refused: Callable[[UserError], object], bus: ChangeBus, owner: QObject) -> Drafts:
    """Where forms in progress are kept; pages that list them are told."""
    made = Drafts(partial(_DRAFTS, desk), desk.clock, refused, owner)
    made.changed.connect(lambda: bus.publish(Changes(frozenset({"drafts"}))))
    return made


class _Sheets(QObject):
    """Hands every dialog that opens to what keeps it as a draft, which is read with the first of them."""

    def __init__(self, kept: Drafts, area: Callable[[], str]) -> None:
        super().__init__(kept)
        self._kept = kept
        self._area = area

    def join(self, sheet: Sheet) -> None:
        from app.views.common.sheet_drafts import SheetDrafts

        SheetDrafts(self._kept, self._area, sheet).join(sheet)


def keep_sheets(kept: Drafts | None, window: Window, area: Callable[[], str]) -> None:
    """What is written in a dialog is kept as a draft, whichever page opens it; `area` tells whose page is shown."""
    if kept is not None:
        window.sheet_opened.connect(_Sheets(kept, area).join)


def presence(desk: Desk, owner: QObject) -> Presence:
    """Who has what open."""
    beat = Later("app.services.workbench.presence", "beat")
    return Presence(lambda window, records: desk.do(beat, window, records), owner)


_EXPORTS = "app.services.workbench.exporting"
_FILTERS, _FILTER_COMMANDS = "app.services.workbench.filters.queries", "app.services.workbench.filters.commands"


def tables(database: str) -> TableDoors:
    """The services behind every table of the window."""
    return TableDoors(
        database,
        export=Later(_EXPORTS, "export"),
        pages=Later(_EXPORTS, "pages"),
        filters=Later(_FILTERS, "saved_filters"),
        save=Later(_FILTER_COMMANDS, "save_filter"),
        rename=Later(_FILTER_COMMANDS, "rename_filter"),
        share=Later(_FILTER_COMMANDS, "share_filter"),
        delete=Later(_FILTER_COMMANDS, "delete_filter"),
        open_with=Later(_FILTER_COMMANDS, "open_with"),
    )


def begin_payment(program: Rentbook) -> None:
    """F5 on any tab: take a payment, for the account that is shown if one is."""
    shown = program.window.page()
    if program.office is None or shown is None:
        return
    account_id = next(
        (getattr(each, "account_id", None) for each in program.controllers.values() if each.page is shown), None
    )
    program.show_only("reception_payments", BeginWork(account_id or 0, "taking"))
