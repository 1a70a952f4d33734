"""A file of invoices logged: all of it, or nothing."""

from __future__ import annotations

import json

from app.models.imports import LoadBatch, LoadLine
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.purchase_orders.invoices.dto.listed import CHANGED
from app.services.purchase_orders.invoices.loading.dto import FileLogged, NewFileLoad
from app.services.purchase_orders.invoices.loading.looking import KIND, plan
from app.services.purchase_orders.invoices.loading.writing import write_all

_SHEET = "invoices"


@requires(Permission.LOG_INVOICES)
def load(ctx: Context, new: NewFileLoad) -> FileLogged:
    """Log the invoices and credit notes of a file; rows that an earlier file brought are left out. The file isn't kept.

    One that is suspected to be a copy is logged: its match stands until somebody accepts that with a reason.

    Raises:
        UserErrors: something in it is wrong; nothing was logged.
        UserError: the order of its dates has to be said, it was loaded before, or it brings nothing new.
        Cancelled: the officer asked for it; nothing was logged.
    """
    numbering.move(ctx, "supplier_invoice", 0)
    found = plan(ctx, new)
    if found.question:
        raise UserError(found.question, "Say the order of the dates.", "dates")
    looked = found.looked
    if looked.mistakes:
        raise refusal(looked.mistakes)
    if not found.made:
        raise UserError(f"{new.file.file_name} brings nothing new.", "Every row of it was loaded before.", "path")
    batch = _batch(ctx, new, len(found.made))
    numbers = write_all(ctx, [invoice for _, invoice, _ in found.made])
    ctx.session.add_all(
        LoadLine(fingerprint=line.fingerprint, occurrence=line.occurrence, sheet=_SHEET, load_id=batch.id)
        for *_, lines in found.made
        for line in lines
    )
    ctx.session.flush()
    count = "1 invoice" if len(numbers) == 1 else f"{len(numbers):,} invoices and credit notes"
    told = f"{count} of {new.file.file_name} logged: {numbers[0]} to {numbers[-1]}."
    return FileLogged(looked, numbers[0], numbers[-1], told, CHANGED)


def _batch(ctx: Context, new: NewFileLoad, count: int) -> LoadBatch:
    batch = LoadBatch(
        kind=KIND,
        file_sha256=new.file.sha256,
        file_name=new.file.file_name[:200],
        loaded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        summary=_summary(new, count),
    )
    ctx.session.add(batch)
    ctx.session.flush()
    return batch


def _summary(new: NewFileLoad, count: int) -> str:
    """How many were logged, and how the file was read, which is the profile of the next one."""
    columns = {name: ours for name, ours in new.file.columns if ours}
    told = {"invoices": count, "profile": new.profile, "columns": columns, "dates": new.dates}
    return json.dumps(told, ensure_ascii=False)
