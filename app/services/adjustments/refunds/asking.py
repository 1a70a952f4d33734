"""A refund begun and put to the gate in one transaction: with the files that show it, or anew because it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.values import ZERO, Money, RefundState, Subject
from app.services.adjustments.refunds import commands, gathering, keeping
from app.services.adjustments.refunds.dto import NewRefund, Saved
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files, links_of


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
def again(ctx: Context, refund_id: int, entry_key: str) -> Saved:
    """Begin a refund that came back anew, with the same payee and evidence; the gate asks where it is to be paid now.

    Raises:
        UserError: it didn't come back, nothing of its credit is left, or as `commands.ask`.
    """
    before = keeping.found(ctx, refund_id)
    if before.state is not RefundState.RETURNED:
        raise UserError(f"Refund {before.number} is {before.state.value}, not returned.", "Look at the list again.")
    account_id = before.account_id
    promised = keeping.promised(ctx, [account_id]).get(account_id, ZERO)
    amount = min(Money(before.pence), gathering.credit_of(ctx, account_id) - promised)
    if amount <= ZERO and keeping.find(ctx.session, entry_key) is None:
        raise UserError("Nothing of its credit is left to refund.", "Look at the account, and at what is on its way.")
    new = NewRefund(
        entry_key,
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
