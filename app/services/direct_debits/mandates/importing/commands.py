"""A file of mandates loaded: all of it, or nothing."""

from __future__ import annotations

import json
from typing import Final

from app.models.imports import LoadBatch
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.mandates.importing.checking import KIND, look
from app.services.direct_debits.mandates.importing.collecting import day_of, frequency_of
from app.services.direct_debits.mandates.importing.dto import Collected, FileRow, Loaded, MandateFile, NewLoad
from app.services.direct_debits.mandates.importing.writing import keep_all
from app.services.imports.headings import key_of
from app.services.imports.one_sheet import refusal

_MOST_REMEMBERED: Final = 2_000
_AT_ONCE: Final = 500
"""Mandates that are kept by the same statements."""


@requires(Permission.KEEP_DIRECT_DEBITS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Load the mandates of a file, in force at once and known to the bank: nothing is lodged. The file itself isn't kept.

    Raises:
        UserErrors: something in it is wrong; nothing was kept.
        UserError: rows pay an account that another mandate pays, and the officer hasn't said that all of them collect.
        Cancelled: the officer asked for it; nothing was kept.
    """
    found = look(ctx, new)
    if found.mistakes:
        raise refusal(sorted(found.mistakes, key=lambda each: each.row))
    if found.doubled and not new.despite:
        rows = "1 row pays" if found.doubled == 1 else f"{found.doubled:,} rows pay"
        words = f"{rows} an account that another mandate pays too: the instalment would be collected twice."
        raise UserError(words, "Look at them; if all of them are to collect, say so and load again.", "despite")
    batch = LoadBatch(
        kind=KIND,
        file_sha256=new.file.sha256,
        file_name=new.file.file_name[:200],
        loaded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        summary=_summary(new.file, len(found.made)),
    )
    ctx.session.add(batch)
    ctx.session.flush()
    every = [made for _, made in found.made]
    collected: list[Collected] = []
    for part in in_chunks(found.made, _AT_ONCE):
        ctx.cancel.check()
        ids = keep_all(ctx, [made for _, made in part], f"Loaded from {new.file.file_name}"[:400])
        collected += [_collected(row, ids[made.entry_key]) for row, made in part]
        ctx.progress(len(collected), len(every), "Keeping mandates")
    ctx.cancel.check()
    accounts = {each for made in every for each in (made.account_id, *made.beside)}
    several = "1 mandate" if len(found.made) == 1 else f"{len(found.made):,} mandates"
    told = f"Loaded and live: {several} of {new.file.file_name}."
    return Loaded(batch.id, len(found.made), told, Changes(keeping.AREAS, frozenset(accounts)), tuple(collected))


def _summary(file: MandateFile, count: int) -> str:
    """How many were loaded, and how the headings were read, which is proposed again for the next such file."""
    told: dict[str, object] = {"mandates": count}
    columns = {name: field for name, field in file.columns if field}
    if sum(map(len, columns)) <= _MOST_REMEMBERED:
        told |= {"headings": key_of(name for name, _field in file.columns), "columns": columns}
    return json.dumps(told, ensure_ascii=False)


def _collected(row: FileRow, mandate_id: int) -> Collected:
    last = row.last_collected_on or row.first_collected_on
    return Collected(mandate_id, frequency_of(row), day_of(row), last)
