"""Bank details changed with a second officer, opened for payments, and Bacs files made: for areas above.

Nothing here asks for a permission: the command that calls it has, and `approvals`, which lies above, holds the request. A
change of standing details goes so: the area that asks calls `propose` and puts the number of the details, never their digits,
into its request; when the request is approved it calls `approve`, when it is refused or taken back, `refuse`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.bacs import BankDetail
from app.models.values import DetailState
from app.services.bacs import sealing, writing
from app.services.bacs.dto import Destination, Kept, NewBankDetails
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError

_DAY: Final = timedelta(days=1)


def propose(ctx: Context, new: NewBankDetails) -> Kept:
    """Keep bank details that wait for a second officer; nothing is paid to them before `approve`.

    Raises:
        UserError: a field isn't as it must be, the modulus check refuses the number, or some of this payee wait already.
    """
    waiting = select(BankDetail.id).where(
        BankDetail.state == DetailState.PROPOSED,
        BankDetail.person_id == new.person_id,
        BankDetail.account_id == new.account_id,
    )
    if ctx.session.scalars(waiting).first() is not None:
        raise UserError(
            "Other bank details of this payee wait for a second officer already.",
            "Have that request answered or taken back first.",
        )
    return writing.make(ctx, new, DetailState.PROPOSED)


def approve(ctx: Context, detail_id: int) -> Changes:
    """Put proposed details in force from today; those of the same payee that were in force end the day before.

    Raises:
        UserError: they don't wait any more, the officer proposed them, or the number fails the check by a newer table.
    """
    row = _proposed(ctx, detail_id)
    if row.made_by == ctx.officer.id:
        raise UserError("Nobody approves bank details that they proposed.", "A second officer does.")
    writing.touch(ctx, row.person_id, row.account_id)
    checked = writing.recheck(ctx, row)
    if checked.refuses:
        raise UserError(checked.words, "Refuse the request, and ask for the number again.")
    today = ctx.clock.today()
    for old in writing.standing(ctx, row):
        old.state, old.to_on, old.superseded_by = DetailState.ENDED, max(today - _DAY, old.from_on), row.id
        old.reason = "Others took their place."
    row.state, row.from_on, row.approved_by, row.verdict = (
        DetailState.IN_FORCE,
        today,
        ctx.officer.id,
        checked.verdict,
    )
    ctx.session.flush()
    return writing.changes(row)


def refuse(ctx: Context, detail_id: int, reason: str) -> Changes:
    """Proposed details are refused, or the request for them was taken back; they are kept, and nothing is paid to them.

    Raises:
        UserError: they don't wait any more, or no reason is given.
    """
    row = _proposed(ctx, detail_id)
    row.reason = writing.reason(ctx, reason)
    row.state, row.to_on = DetailState.REFUSED, row.from_on
    ctx.session.flush()
    return writing.changes(row)


def destinations(ctx: Context, detail_ids: Collection[int]) -> Mapping[int, Destination]:
    """The accounts of bank details in force, unmasked, for a file of payments; the audit says how many were opened.

    Raises:
        UserError: some aren't in force any more, or the key isn't at this desk.
    """
    found: dict[int, Destination] = {}
    unseal = sealing.opener(ctx.session)
    wanted = sorted(set(detail_ids))
    for chunk in in_chunks(wanted):
        rows = select(BankDetail.id, BankDetail.sealed).where(
            BankDetail.id.in_(chunk), BankDetail.state == DetailState.IN_FORCE
        )
        for row in ctx.session.execute(rows):
            found[row.id] = unseal(sealing.about(row.id), row.sealed)
    if len(found) != len(wanted):
        raise UserError(
            f"Bank details of {len(wanted) - len(found)} of the payments are not in force any more.",
            "Look at the payments again; nothing was made.",
        )
    if found:
        audit.record_bulk(ctx, "bank_detail", "reveal", rows=len(found), opened_for="a file of payments")
    return found


def note_paid(ctx: Context, detail_ids: Collection[int], paid_on: date) -> None:
    """Something was paid to these details on a day: from now on they are not new. By whatever way it was paid."""
    for row in _rows(ctx, detail_ids):
        row.last_paid_on = max(paid_on, row.last_paid_on or paid_on)
    ctx.session.flush()


def note_returned(ctx: Context, detail_ids: Collection[int]) -> None:
    """What was paid to these details came back: they count as new again."""
    for row in _rows(ctx, detail_ids):
        row.last_paid_on = None
    ctx.session.flush()


def _rows(ctx: Context, detail_ids: Collection[int]) -> list[BankDetail]:
    found: list[BankDetail] = []
    for chunk in in_chunks(sorted(set(detail_ids))):
        found += ctx.session.scalars(select(BankDetail).where(BankDetail.id.in_(chunk)))
    return found


def _proposed(ctx: Context, detail_id: int) -> BankDetail:
    row = writing.found(ctx, detail_id)
    if row.state is not DetailState.PROPOSED:
        raise UserError("These bank details don't wait for a second officer any more.", "Look at the list again.")
    return row
