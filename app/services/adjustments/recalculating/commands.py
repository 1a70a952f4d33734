"""Putting a charge right that was wrong for some time."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import Subject
from app.services.adjustments import keeping
from app.services.adjustments.dto import Saved
from app.services.adjustments.recalculating import proposing, records
from app.services.adjustments.recalculating.dto import Recalculation
from app.services.adjustments.recalculating.reading import worked
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.evidence import keep_files


@requires(Permission.ADJUST_ACCOUNTS)
def submit(ctx: Context, wanted: Recalculation) -> Saved:
    """Work it out, keep it with its evidence, and post it at once or put it to a second officer.

    Once it is posted the charge is recorded as it should have been, so that nothing compares the weeks with what was wrong.

    Raises:
        UserError: a field won't do, nothing that was charged differs, the account isn't theirs to work on, a file can't be
            kept, or as `keeping.submit`.
    """
    before = keeping.find(ctx.session, wanted.entry_key)
    if before is not None:
        return keeping.again(ctx, before)
    access.touch(ctx, (wanted.account_id,))
    wanted = replace(wanted, code=wanted.code.strip().upper())
    if not wanted.reason:
        raise UserError("Choose why it is put right.", field="reason")
    ready = worked(ctx, wanted)
    new = proposing.adjustment(ready, wanted)
    if not new.lines:
        raise UserError(
            "Nothing that was charged differs from this, so there is nothing to post.",
            "Look at the amounts and the days.",
            "rates",
        )
    row = keeping.keep(ctx, new)
    records.note(ctx, row.id, wanted)
    keep_files(ctx, Subject.ADJUSTMENT, row.id, wanted.files)
    return keeping.submit(ctx, row)
