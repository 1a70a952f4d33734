"""What officers do about credits that nobody asked for: note what was tried, and what came of it."""

from __future__ import annotations

from typing import Final

from app.models.refunds import CreditAttempt
from app.services.adjustments.credits import keeping, rules
from app.services.adjustments.credits.dto import OUTCOMES, WAYS, Answered, NewAttempt, Saved
from app.services.adjustments.refunds.keeping import touch_account
from app.services.core import access, versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

AREAS: Final = frozenset({"adjustments"})


@requires(Permission.ASK_REFUNDS)
def note(ctx: Context, new: NewAttempt) -> Saved:
    """Note what was tried to give a credit back, or why nothing could be; the same key tells of the first.

    Raises:
        UserErrors: fields have faults.
        UserError: the account isn't there or may not be worked on, or the note holds a card number.
    """
    touch_account(ctx, new.account_id)
    rules.refuse_faults(new, ctx.clock.today())
    refuse_card_number(ctx, new.note, "note", "note")
    row = keeping.add(ctx, new.entry_key, new.account_id, new.way, new.tried_on, new.note.strip(), new.outcome)
    return _saved(row, f"{WAYS[row.way]} is noted.")


@requires(Permission.ASK_REFUNDS)
def answer(ctx: Context, answered: Answered) -> Saved:
    """Note what came of an attempt.

    Raises:
        UserErrors: fields have faults.
        UserError: there is no such attempt, somebody changed it meanwhile, or the note holds a card number.
    """
    row = ctx.session.get(CreditAttempt, answered.attempt_id)
    if row is None:
        raise UserError("There is no such attempt.", "Look at the list again.")
    access.touch(ctx, [row.account_id])
    versions.refuse_old(row.version, answered.version)
    rules.refuse_unanswered(answered)
    refuse_card_number(ctx, answered.note, "note", "note")
    row.outcome = answered.outcome
    row.note = answered.note.strip() or row.note
    ctx.session.flush()
    return _saved(row, f"{WAYS[row.way]}: {OUTCOMES[row.outcome].lower()}.")


def _saved(row: CreditAttempt, told: str) -> Saved:
    return Saved(row.id, told, Changes(AREAS, frozenset({row.account_id})))
