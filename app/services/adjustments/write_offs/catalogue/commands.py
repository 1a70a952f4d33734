"""Changing the reasons of write-offs."""

from __future__ import annotations

from app.services.adjustments.catalogue.dto import Kept
from app.services.adjustments.catalogue.requests import put
from app.services.adjustments.write_offs.catalogue import requests, rules
from app.services.adjustments.write_offs.catalogue.dto import NewWriteOffReason
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires


@requires(Permission.KEEP_ADJUSTMENT_KINDS)
def keep_reason(ctx: Context, new: NewWriteOffReason) -> Kept:
    """Keep a reason as written. What lets more through than before, and a new reason, is put to a second officer.

    Raises:
        UserErrors: the reason can't be so, with the field of each fault.
        UserError: a change that lets more through has no reason, or the office has one officer.
        ChangedMeanwhile: a colleague changed it.
    """
    for text, field in ((new.title, "title"), (new.explained, "explained"), (new.needs_evidence, "needs_evidence")):
        refuse_card_number(ctx, text, field, field)
    why = rules.loosened(requests.checked(ctx, new), new)
    if not why:
        return Kept(requests.write(ctx, new), None, "The reason is saved.", requests.CHANGED)
    return put(new.key, why, new.reason, lambda: requests.ask(ctx, new, why))
