"""An adjustment with the files that show it: kept together, then submitted, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.models.values import Subject
from app.services.adjustments import alike, commands, keeping
from app.services.adjustments.dto import NewAdjustment, Saved
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files


@dataclass(frozen=True, slots=True)
class WithFiles:
    """What is asked for, and the files that show it."""

    new: NewAdjustment
    files: Sequence[NewFile] = ()


@requires(Permission.ADJUST_ACCOUNTS)
def enter_with(ctx: Context, asked: WithFiles) -> Saved:
    """Keep an adjustment with its evidence and submit it; the same key tells of the first.

    Raises:
        UserErrors, UserError: as `commands.enter`; a file can't be kept.
    """
    if not asked.files or keeping.find(ctx.session, asked.new.entry_key) is not None:
        return commands.enter(ctx, asked.new)
    lines = alike.explained(ctx, asked.new.lines)
    row = keeping.keep(ctx, replace(asked.new, lines=lines))
    keep_files(ctx, Subject.ADJUSTMENT, row.id, asked.files)
    return keeping.submit(ctx, row)
