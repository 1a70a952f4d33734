"""Changing the kinds of adjustment and their reasons."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.adjustments import AdjustmentReason
from app.services.adjustments.catalogue import requests, rules
from app.services.adjustments.catalogue.dto import Kept
from app.services.adjustments.dto import NewKind, NewReason
from app.services.adjustments.kinds import kinds, reasons
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old


@requires(Permission.KEEP_ADJUSTMENT_KINDS)
def keep_kind(ctx: Context, new: NewKind) -> Kept:
    """Keep a kind as written. What lets more through than before, and a new kind, is put to a second officer.

    Raises:
        UserErrors: the kind can't be so, with the field of each fault.
        UserError: a change that lets more through has no reason, or the office has one officer.
        ChangedMeanwhile: a colleague changed it.
    """
    for text, field in ((new.title, "title"), (new.explained, "explained")):
        refuse_card_number(ctx, text, field, field)
    standing = requests.checked(ctx, new)
    why = rules.loosened(standing, new)
    if not why:
        key = requests.write(ctx, new)
        return Kept(key, None, "The kind of adjustment is saved.", requests.CHANGED)
    return requests.put(new.key, why, new.reason, lambda: requests.ask(ctx, new, why))


@requires(Permission.KEEP_ADJUSTMENT_KINDS)
def keep_reason(ctx: Context, new: NewReason) -> Kept:
    """Keep a reason as written; a new one is listed last.

    Raises:
        UserErrors: it has no name or another's.
        UserError: it is for a kind that isn't there.
        ChangedMeanwhile: a colleague changed it.
    """
    refuse_card_number(ctx, new.title, "name", "title")
    known = reasons(ctx)
    wrong = rules.title_faults(new.title, [each.title for key, each in known.items() if key != new.key], "reason")
    if wrong:
        raise UserErrors([UserError(each.message, each.hint, each.field) for each in wrong])
    if new.kinds - kinds(ctx).keys():
        raise UserError("It is for a kind of adjustment that isn't there.", "Look at the list again.", "kinds")
    row = ctx.session.get(AdjustmentReason, new.key) if new.key else None
    if new.key and row is None:
        raise UserError("That reason is no longer there.", "Look at the list again.")
    if row is None:
        last = ctx.session.scalar(select(func.max(AdjustmentReason.place))) or 0
        row = AdjustmentReason(key=rules.key_of(new.title, known, "reason"), place=last + 1)
        ctx.session.add(row)
    else:
        refuse_old(row.version, new.version)
    row.title, row.kinds, row.active = " ".join(new.title.split()), " ".join(sorted(new.kinds)), new.active
    ctx.session.flush()
    return Kept(row.key, None, "The reason is saved.", requests.CHANGED)
