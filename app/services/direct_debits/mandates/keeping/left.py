"""What a bank tells of an account that a mandate has left: the mandate stays, only what that bank holds is put right."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.values import BacsCode, MandateEvent, ToldBy
from app.services.core.context import Context
from app.services.direct_debits.mandates.keeping import instructions
from app.services.direct_debits.mandates.keeping.steps import move


def last_on(ctx: Context, mandate: Mandate, fingerprint: str) -> MandateBank | None:
    """The last row of an account that a mandate is or was on, by its keyed hash; None if it never was."""
    rows = select(MandateBank).where(MandateBank.mandate_id == mandate.id, MandateBank.fingerprint == fingerprint)
    return ctx.session.scalars(rows.order_by(MandateBank.id.desc())).first()


def hear(
    ctx: Context,
    mandate: Mandate,
    bank: MandateBank,
    why: str,
    *,
    held: bool,
    gone: bool,
    on: date | None = None,
    report_item_id: int | None = None,
) -> None:
    """The bank of an account that a mandate has left says what it holds; where the instruction is `gone`, it needs no 0C."""
    bank.held = held
    if gone:
        instructions.withdraw_instructions(ctx, bank, (BacsCode.CANCEL,))
    words = f"{why}. It is of the account ending {bank.last_two}, which it has left."
    how = {"on": on, "told_by": ToldBy.BANK, "report_item_id": report_item_id}
    move(ctx, mandate, mandate.state, MandateEvent.CHANGED, words, **how)  # type: ignore[arg-type]
