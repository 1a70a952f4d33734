"""What a new batch begins with, and what it would be."""

from __future__ import annotations

import json

from app.models.adjustments import BatchHeadings
from app.services.adjustments import kinds
from app.services.adjustments.batches import checking, rules
from app.services.adjustments.batches.dto import BatchForm, Checked, NewBatch
from app.services.core.context import Context


def form(ctx: Context) -> BatchForm:
    """The kinds and reasons in use that the lines of a batch may have."""
    found = tuple(each for each in kinds.kinds(ctx).values() if each.active and each.sheet in rules.SHEETS)
    reasons = tuple(each for each in kinds.reasons(ctx).values() if each.active)
    return BatchForm(ctx.clock.today(), found, reasons)


def chosen_columns(ctx: Context, key: str) -> dict[str, str] | None:
    """Which of our columns the officer chose last for the headings with this key (`headings.key_of`); None: never."""
    kept = ctx.session.get(BatchHeadings, (ctx.officer.id, key))
    return None if kept is None else dict(json.loads(kept.columns))


def checked(ctx: Context, new: NewBatch) -> Checked:
    """What a batch would do, and everything that is wrong with it.

    Raises:
        Cancelled: the officer asked for it.
    """
    return checking.check(ctx, new)
