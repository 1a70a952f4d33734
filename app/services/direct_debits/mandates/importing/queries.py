"""What a file of mandates would do, and how headings like its own were read before."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import select

from app.models.imports import LoadBatch
from app.services.core.context import Context
from app.services.direct_debits.mandates.importing.checking import KIND, check

__all__ = ["check", "chosen_columns"]

_LATEST: Final = 50


def chosen_columns(ctx: Context, key: str) -> dict[str, str] | None:
    """Which of our columns the headings with this key (`headings.key_of`) were when the officer loaded such a file last.

    None: not among their latest loads.
    """
    mine = select(LoadBatch.summary).where(LoadBatch.kind == KIND, LoadBatch.officer_id == ctx.officer.id)
    for summary in ctx.session.scalars(mine.order_by(LoadBatch.id.desc()).limit(_LATEST)):
        told = json.loads(summary)
        if told.get("headings") == key:
            return dict(told["columns"])
    return None
