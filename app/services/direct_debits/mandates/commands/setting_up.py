"""Mandates set up and confirmed."""

from __future__ import annotations

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.values import BacsCode, Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.diary.keeping import finish_for
from app.services.direct_debits.mandates import checking, keeping, letters, rules, writing
from app.services.direct_debits.mandates.dto import NewMandate, Saved
from app.services.direct_debits.mandates.saving import saved
from app.services.documents.evidence import show


@requires(Permission.KEEP_DIRECT_DEBITS)
def set_up(ctx: Context, new: NewMandate) -> Saved:
    """Set up a mandate, to be lodged by the next run; the same key gives the one that it made before.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: the account or payer can have none, the number fails the modulus check, the reference was used, a text holds
            a card number, or the officer hasn't said that they have read the warnings.
    """
    before = ctx.session.scalar(select(Mandate).where(Mandate.entry_key == new.entry_key))
    if before is not None:
        return saved(ctx, before, f"Mandate {before.reference} was set up already.")
    made, warned = checking.checked(ctx, new)
    if warned and not new.despite:
        raise UserError(" ".join(warned), "If it is right all the same, say so and save again.", "despite")
    row = writing.keep(ctx, made, " ".join(warned))
    code = BacsCode.CONVERT if new.converts else BacsCode.NEW
    keeping.instruct(ctx, row, code, keeping.bank_of(ctx, row.id), "Set up")
    show(ctx, Subject.MANDATE, row.id, new.evidence)
    for account_id in (new.account_id, *new.beside):
        finish_for(ctx, Subject.ACCOUNT, account_id, "mandate_request", f"Mandate {row.reference} was set up")
    sent, said = letters.confirm_or_say(ctx, row) if new.confirm else (None, "")
    return saved(ctx, row, f"Mandate {row.reference} is set up and waits to be lodged. {said}".strip(), sent)


@requires(Permission.KEEP_DIRECT_DEBITS)
def confirm(ctx: Context, mandate_id: int) -> Saved:
    """Write the confirmation with the Guarantee to the payer, again if need be.

    Raises:
        UserError: the mandate is over, or the payer can't be written to.
    """
    row = keeping.found(ctx, mandate_id)
    rules.refuse_over(row.state, row.reference, "confirmed")
    sent = letters.confirm(ctx, row)
    return saved(ctx, row, f"{sent.title} to {sent.addressee} is in the queue.", sent.id)
