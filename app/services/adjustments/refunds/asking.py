"""A refund with the files that show it: begun and put to the gate in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.values import Subject
from app.services.adjustments.refunds import commands, keeping
from app.services.adjustments.refunds.dto import NewRefund, Saved
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files


@dataclass(frozen=True, slots=True)
class WithFiles:
    """A refund that is asked for, and the files that show it."""

    new: NewRefund
    files: Sequence[NewFile] = ()


@requires(Permission.ASK_REFUNDS)
def ask_with(ctx: Context, asked: WithFiles) -> Saved:
    """Begin a refund with its evidence; the same key tells of the first.

    Raises:
        UserErrors, UserError: as `commands.ask`; a file can't be kept.
    """
    known = keeping.find(ctx.session, asked.new.entry_key) is not None
    saved = commands.ask(ctx, asked.new)
    if known or not asked.files:
        return saved
    keep_files(ctx, Subject.REFUND, saved.refund_id, asked.files)
    return commands.look_again(ctx, saved.refund_id)


@requires(Permission.ASK_REFUNDS)
def attach(ctx: Context, refund_id: int, files: Sequence[NewFile]) -> Saved:
    """Put files to a refund in the gate, and put it to the gate again.

    Raises:
        UserError: a file can't be kept, or the refund has left the gate.
    """
    keep_files(ctx, Subject.REFUND, refund_id, files)
    return commands.look_again(ctx, refund_id)
