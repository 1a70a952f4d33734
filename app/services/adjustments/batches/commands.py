"""Submitting a batch; it is approved, posted and reversed as any other adjustment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from app.models.adjustments import Adjustment, BatchHeadings
from app.models.values import AdjustmentOrigin, Subject
from app.services.adjustments import keeping
from app.services.adjustments.batches import checking, rules
from app.services.adjustments.batches.dto import BatchFile, Checked, NewBatch
from app.services.adjustments.dto import NewAdjustment, NewLine, Saved
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile, NewLink
from app.services.documents.evidence import keep_files
from app.services.documents.keeping import link, put
from app.services.imports.headings import key_of
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering

_MEDIA: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_MOST_REMEMBERED: Final = 4_000
"""Characters of what the headings were read as, as the column of the database holds them."""


@requires(Permission.ADJUST_ACCOUNTS)
def submit(ctx: Context, new: NewBatch, files: Sequence[NewFile] = (), found: Checked | None = None) -> Saved:
    """Keep a batch with its evidence and submit it: posted at once within the officer's limits, else put to a second officer.

    All of it or nothing. The same key tells of the first; the same file is refused, naming what it was loaded as. `found` is
    what was shown of it: unless something that it hangs on has changed since, it isn't looked through line by line again.

    Raises:
        UserErrors: it has mistakes; of a keyed batch each is about `rows.3.amount` (the row as the officer counts).
        UserError: as `adjustments.keeping.submit`.
        Cancelled: the officer asked for it; nothing was kept.
    """
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        return keeping.again(ctx, before)
    if found is None or found.mistakes or found.basis != checking.basis(ctx, new):
        found = checking.check(ctx, new)
    if found.mistakes:
        raise refusal(found.mistakes, rules.WORDS)
    ctx.progress(0, 0, "Posting")
    row = keeping.write(ctx, _asked(ctx, new, found))
    checking.refuse_changed(ctx, row.id, found)
    if new.file is not None:
        about = NewLink(Subject.ADJUSTMENT, row.id, "batch", f"File of adjustment {row.number}", new.file.file_name)
        link(ctx, new.file.sha256, about)
        _remember(ctx, new.file)
    keep_files(ctx, Subject.ADJUSTMENT, row.id, files)
    ctx.cancel.check()
    return keeping.submit(ctx, row)


def _asked(ctx: Context, new: NewBatch, found: Checked) -> NewAdjustment:
    if new.file is not None:
        _keep(ctx, new.file)
    return NewAdjustment(
        entry_key=new.entry_key,
        title=new.title,
        lines=_with_likes(new, found),
        note=new.note,
        origin=AdjustmentOrigin.BATCH if new.file is None else AdjustmentOrigin.FILE,
        declared_count=new.declared_count,
        declared=found.standing.declared,
        evidence=new.evidence,
        file_sha256=None if new.file is None else new.file.sha256,
    )


def _keep(ctx: Context, file: BatchFile) -> None:
    """Keep the file as it came; a batch of the same file that was refused or withdrawn keeps it as evidence only.

    Raises:
        UserError: somebody loaded the same file since it was looked through.
    """
    numbering.take(ctx, "adjustment", 0)  # Holds off every other adjustment before it is looked at again.
    if (before := checking.earlier(ctx, file.sha256)) is not None:
        raise UserError(
            f"This very file was loaded meanwhile, as adjustment {before.number}.", "Look at that one.", "file"
        )
    put(ctx, file.content, _MEDIA.get(file.file_name.rpartition(".")[2].lower(), "text/csv"))
    over = (Adjustment.file_sha256 == file.sha256, Adjustment.state.in_(checking.OVER))
    for row in ctx.session.scalars(select(Adjustment).where(*over)):
        row.file_sha256 = None
    ctx.session.flush()


def _remember(ctx: Context, file: BatchFile) -> None:
    """How the headings were read is proposed to the officer again for the next such file, unless there is too much of it."""
    columns = json.dumps({name: field for name, field in file.columns if field}, ensure_ascii=False)
    if len(columns) > _MOST_REMEMBERED:
        return
    key = key_of(name for name, _field in file.columns)
    kept = ctx.session.get(BatchHeadings, (ctx.officer.id, key))
    if kept is None:
        kept = BatchHeadings(officer_id=ctx.officer.id, headings=key)
        ctx.session.add(kept)
    kept.columns, kept.used_at = columns, ctx.clock.now()


def _with_likes(new: NewBatch, found: Checked) -> tuple[NewLine, ...]:
    """The lines, each with the earlier one that it looks like."""
    if not found.alike:
        return found.lines
    numbers = [row.row for row in (new.rows if new.file is None else new.file.rows)]
    like = {row: earlier.line_id for row, earlier in found.alike}
    return tuple(
        replace(line, like_id=like[number]) if number in like else line
        for number, line in zip(numbers, found.lines, strict=True)
    )
