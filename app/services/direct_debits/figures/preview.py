"""A run before it is asked for: what it would take, and its file as it would be."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.figures.records import records
from app.services.direct_debits.runs import queries
from app.services.direct_debits.runs.dto import RunPreview, RunQuestion


@dataclass(frozen=True, slots=True)
class Look:
    """What a run would take with the records of its file; `no_file` says why none can be made, where none can."""

    preview: RunPreview
    records: tuple[FileRecord, ...]
    no_file: str = ""


def look(ctx: Context, question: RunQuestion) -> Look:
    """What a run would take, and the file of it, digits masked.

    Raises:
        UserError: Bacs takes no file for that day.
    """
    found = queries.preview(ctx, question)
    try:
        return Look(found, records(ctx, found.lines))
    except UserError as error:
        return Look(found, (), str(error))


def of_run(ctx: Context, run_id: int) -> tuple[FileRecord, ...]:
    """The records of a run that was asked for, digits masked and restricted names left out.

    Raises:
        UserError: there is no such run.
    """
    return records(ctx, queries.lines(ctx, run_id))
