"""A file of mandates loaded: all of it, or nothing."""

from __future__ import annotations

import json
from typing import Final

from app.models.imports import LoadBatch
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.mandates.importing.checking import KIND, look
from app.services.direct_debits.mandates.importing.dto import Loaded, NewLoad
from app.services.direct_debits.mandates.importing.writing import keep_all
from app.services.imports.one_sheet import refusal

_AT_ONCE: Final = 500
"""Mandates that are kept by the same statements."""


@requires(Permission.KEEP_DIRECT_DEBITS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Load the mandates of a file, in force at once and known to the bank: nothing is lodged. The file itself isn't kept.

    Raises:
        UserErrors: something in it is wrong; nothing was kept.
        Cancelled: the officer asked for it; nothing was kept.
    """
    found = look(ctx, new)
    if found.mistakes:
        raise refusal(sorted(found.mistakes, key=lambda each: each.row))
    batch = LoadBatch(
        kind=KIND,
        file_sha256=new.file.sha256,
        file_name=new.file.file_name[:200],
        loaded_at=ctx.clock.now(),
        officer_id=ctx.officer.id,
        summary=json.dumps({"mandates": len(found.made)}),
    )
    ctx.session.add(batch)
    ctx.session.flush()
    every = [made for _, made in found.made]
    done = 0
    for part in in_chunks(every, _AT_ONCE):
        ctx.cancel.check()
        keep_all(ctx, part, f"Loaded from {new.file.file_name}"[:400])
        done += len(part)
        ctx.progress(done, len(every), "Keeping mandates")
    ctx.cancel.check()
    accounts = {each for made in every for each in (made.account_id, *made.beside)}
    several = "1 mandate" if len(found.made) == 1 else f"{len(found.made):,} mandates"
    told = f"Loaded and live: {several} of {new.file.file_name}."
    return Loaded(batch.id, len(found.made), told, Changes(keeping.AREAS, frozenset(accounts)))
