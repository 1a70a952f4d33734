"""A credit that was written on and is asked for later: the write-on is put right, and the refund begun with what is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.refunds import Refund
from app.models.values import ZERO, AdjustmentState, LineFix, Money, Payee, RefundMethod
from app.services.adjustments import commands as adjustments
from app.services.adjustments import fixing, kinds
from app.services.adjustments.credits import writing_on
from app.services.adjustments.credits.dto import Claimed
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.adjustments.refunds import commands as refunds
from app.services.adjustments.refunds import gathering, keeping
from app.services.adjustments.refunds.dto import OPEN, NewRefund, Saved
from app.services.adjustments.refunds.queries import people_of
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger.standing import lines_of
from app.services.rent.dto import AccountHeader
from app.services.rent.header import account_header

_REASON: Final = "claimed"
"""The key of the reason of an adjustment that puts a write-on right."""


@requires(Permission.ASK_REFUNDS)
def claim(ctx: Context, claimed: Claimed) -> Saved:
    """Put a written-on credit back on its account, and begin the refund of it; the gate asks for what else is needed.

    Above the officer's limits the first waits for a second officer, and the gate of the refund for it.

    Raises:
        UserErrors: fields have faults.
        UserError: nothing of the account was written on there, it was put right already, a refund of it is on its
            way, the officer may not adjust accounts, or as `refunds.commands.ask`.
    """
    known = keeping.find(ctx.session, claimed.entry_key)
    if known is not None:
        told = f"Refund {known.number} was begun for it already."
        return Saved(known.id, known.number, known.state, known.request_id, told, keeping.changes(known))
    _refuse_begun(ctx, claimed)
    header = account_header(ctx, claimed.account_id)
    back = _back(ctx, claimed, header, _write_on(ctx, claimed))
    made = adjustments.enter(ctx, back)
    row = keeping.keep(ctx, _refund(ctx, claimed, header, -sum((line.amount for line in back.lines), ZERO)))
    row.write_on_id = claimed.adjustment_id
    begun = refunds.look_again(ctx, row.id)
    touched = Changes(made.changes.areas | begun.changes.areas, made.changes.account_ids | begun.changes.account_ids)
    return replace(begun, told=f"{made.told} {begun.told}", changes=touched)


def _refuse_begun(ctx: Context, claimed: Claimed) -> None:
    own = (Refund.write_on_id == claimed.adjustment_id, Refund.account_id == claimed.account_id)
    number = ctx.session.scalar(select(func.min(Refund.number)).where(*own, Refund.state.in_(OPEN)))
    if number is not None:
        raise UserError(f"Refund {number} was begun for it, and isn't withdrawn.", "Look at its gate first.")


def _write_on(ctx: Context, claimed: Claimed) -> Adjustment:
    row = ctx.session.get(Adjustment, claimed.adjustment_id)
    of_it = (AdjustmentLine.adjustment_id == claimed.adjustment_id, AdjustmentLine.account_id == claimed.account_id)
    kinds_of_it = ctx.session.scalars(select(AdjustmentLine.kind).where(*of_it).distinct()).all()
    if row is None or row.state is not AdjustmentState.POSTED or writing_on.KIND not in kinds_of_it:
        raise UserError("No credit of this account is written on there any more.", "Look at the list again.")
    return row


def _back(ctx: Context, claimed: Claimed, header: AccountHeader, write_on: Adjustment) -> NewAdjustment:
    """The opposite of the account's own lines of the write-on, on the same control account."""
    assert write_on.journal is not None, "It is posted."
    known = kinds.kinds(ctx)
    standing = _standing(ctx, claimed, write_on.journal)
    found = fixing.standing_line(ctx, write_on.journal, standing[0][0])
    _debit, credit, _move = fixing.kinds_for(found, header.kind, known)
    back = tuple(
        NewLine(
            claimed.account_id,
            credit,
            -amount,
            ctx.clock.today(),
            _REASON,
            "Credit claimed",
            code=fixing.code_for(found),
            fix=LineFix.REVERSE,
            fixed_journal=write_on.journal,
            fixed_line=line,
            like_reason=f"It takes write-on {write_on.number} back.",
        )
        for line, amount in standing
    )
    title = f"Written-on credit of adjustment {write_on.number} claimed"
    return NewAdjustment(f"{claimed.entry_key}:back"[-80:], title, back, claimed.reason)


def _standing(ctx: Context, claimed: Claimed, journal: int) -> list[tuple[int, Money]]:
    """The account's own lines of the write-on in its journal, by the code that it posted by, whatever the kind's is today."""
    own = select(AdjustmentLine.code).where(
        AdjustmentLine.adjustment_id == claimed.adjustment_id,
        AdjustmentLine.account_id == claimed.account_id,
        AdjustmentLine.kind == writing_on.KIND,
    )
    codes = ctx.session.scalars(own.distinct().order_by(AdjustmentLine.code)).all()
    found = [each for code in codes for each in lines_of(ctx, journal, claimed.account_id, code)]
    if not found:
        raise UserError("No line of this account is in the journal of that write-on.", "Ask an administrator.")
    return found


def _refund(ctx: Context, claimed: Claimed, header: AccountHeader, amount: Money) -> NewRefund:
    """The refund as far as it is known: to the first tenant, by cheque where there is an address, else by finance."""
    people = people_of(ctx, header)
    first = people[0] if people else None
    address = gathering.address_of(ctx, claimed.account_id)
    return NewRefund(
        entry_key=claimed.entry_key,
        account_id=claimed.account_id,
        amount=amount,
        method=RefundMethod.CHEQUE if address else RefundMethod.FINANCE,
        payee=first.payee if first else Payee.OTHER,
        payee_name=first.name if first else header.name,
        reason=claimed.reason,
        asked_on=claimed.asked_on,
        person_id=first.person_id if first else None,
        payee_address=address,
        cause=gathering.cause_of(ctx, header),
    )
