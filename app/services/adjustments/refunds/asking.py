"""A refund begun and put to the gate in one transaction: with the files that show it, or anew because it came back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.refunds import Refund
from app.models.values import ZERO, Money, RefundState, Subject
from app.services.adjustments.refunds import commands, gathering, keeping
from app.services.adjustments.refunds.dto import NewRefund, Saved
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files, links_of
from app.services.ledger import numbering

_AGAIN: Final = "again"
"""What the keys of refunds begun anew begin with, before the id of the first of them and how many were begun before."""
_OVER: Final = frozenset({RefundState.REFUSED, RefundState.WITHDRAWN, RefundState.RETURNED})


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


@requires(Permission.ASK_REFUNDS)
def again(ctx: Context, refund_id: int) -> Saved:
    """Begin a refund that came back anew, with the same payee and evidence; the gate asks where it is to be paid now.

    Raises:
        UserError: it didn't come back, it was begun anew before and that stands, nothing of its credit is left, or as
            `commands.ask`.
    """
    numbering.take(ctx, "refund", 0)  # Holds off every other refund before it is looked which there are.
    before = keeping.found(ctx, refund_id)
    if before.state is not RefundState.RETURNED:
        raise UserError(f"Refund {before.number} is {before.state.value}, not returned.", "Look at the list again.")
    first_id = _first_of(before)
    begun = _begun(ctx, first_id)
    _refuse_standing(before, begun)
    account_id = before.account_id
    promised = keeping.promised(ctx, [account_id]).get(account_id, ZERO)
    amount = min(Money(before.pence), gathering.credit_of(ctx, account_id) - promised)
    if amount <= ZERO:
        raise UserError("Nothing of its credit is left to refund.", "Look at the account, and at what is on its way.")
    new = NewRefund(
        f"{_AGAIN}:{first_id}:{len(begun)}",
        account_id,
        amount,
        before.method,
        before.payee,
        before.payee_name,
        f"Refund {before.number} came back: {before.returned_why}",
        ctx.clock.today(),
        before.person_id,
        before.payee_address,
        cause=before.cause,
        evidence=links_of(ctx, Subject.REFUND, refund_id),
    )
    return commands.ask(ctx, new)


def _first_of(row: Refund) -> int:
    """The refund that was the first of those begun anew, one after the other: itself, where it wasn't begun anew."""
    anew = re.fullmatch(rf"{_AGAIN}:(\d+):\d+", row.entry_key)
    return int(anew[1]) if anew else row.id


def _begun(ctx: Context, first_id: int) -> Sequence[Refund]:
    """The refunds that were begun anew because this one came back, or one of them did."""
    keys = Refund.entry_key.like(f"{_AGAIN}:{first_id}:%")
    return ctx.session.scalars(select(Refund).where(keys).order_by(Refund.id)).all()


def _refuse_standing(before: Refund, begun: Sequence[Refund]) -> None:
    """Refuse to pay one credit twice: of the refunds begun anew one at most stands."""
    standing = next((row for row in begun if row.state not in _OVER), None)
    if standing is not None:
        told = f"Refund {before.number} was begun again before: refund {standing.number} is {standing.state.value}."
        raise UserError(told, f"Go on with refund {standing.number}.")
