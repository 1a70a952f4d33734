"""What officers do with recharges, court costs, credit notes and the price list."""

from __future__ import annotations

import re

from sqlalchemy import func, select

from app.models.codes import TransactionCode
from app.models.recharges import RechargeItem
from app.models.values import CodeKind, RechargeState
from app.services.approvals import commands as approvals
from app.services.approvals import third
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.recharges import keeping, posting, requests
from app.services.recharges.dto import NewCosts, NewCredit, NewItem, NewRecharge, Raised

_LONGEST_TITLE = 120


@requires(Permission.RAISE_RECHARGES)
def recharge(ctx: Context, new: NewRecharge) -> Raised:
    """Invoice a rechargeable repair: raised at once within the officer's limits, else put to a second officer.

    Raises:
        UserErrors: it has faults.
        UserError: as `keeping.keep_invoice` and `keeping.submit`.
    """
    return _invoice(ctx, new)


@requires(Permission.RAISE_RECHARGES)
def award_costs(ctx: Context, new: NewCosts) -> Raised:
    """Post the costs that an order awards, belonging to the day of the order; else as `recharge`."""
    return _invoice(ctx, new)


@requires(Permission.RAISE_RECHARGES)
def credit(ctx: Context, new: NewCredit) -> Raised:
    """Take an invoice back by a credit note, wholly or in part.

    Raises:
        UserError: as `keeping.keep_credit` and `keeping.submit`.
    """
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        return keeping.again(before)
    return keeping.submit(ctx, keeping.keep_credit(ctx, new))


@requires(Permission.RAISE_RECHARGES)
def post(ctx: Context, recharge_id: int) -> Raised:
    """Raise what was approved and waits for an officer who neither asked for it nor approved it.

    Raises:
        UserError: it isn't approved, or the officer asked for it or approved it.
    """
    row = keeping.found(ctx, recharge_id)
    if row.state is not RechargeState.APPROVED:
        raise UserError(f"It is {row.state.value}, not approved.", "Look at it in the list.")
    if why_not := requests.why_not_raise(ctx, row):
        raise UserError(why_not, third.ASK)
    return posting.raise_now(ctx, row, authorised_by=requests.approver_of(ctx, row))


@requires(Permission.RAISE_RECHARGES)
def withdraw(ctx: Context, recharge_id: int) -> Raised:
    """Take back what one asked for, or approved, and isn't raised yet; it stays in the list.

    Raises:
        UserError: it is raised or over, or the officer neither asked for it nor approved it.
    """
    row = keeping.found(ctx, recharge_id)
    if row.state not in {RechargeState.WAITING, RechargeState.APPROVED}:
        raise UserError(f"It is {row.state.value} already.", "An invoice is taken back by a credit note.")
    theirs = {row.made_by}
    if row.state is RechargeState.APPROVED:
        theirs.add(requests.approver_of(ctx, row) or row.made_by)
    if ctx.officer.id not in theirs:
        raise UserError("Somebody else asked for this.", "Whoever asked for it or approved it can take it back.")
    if row.state is RechargeState.WAITING and row.request_id is not None:
        approvals.withdraw(ctx, row.request_id)
    row.state = RechargeState.WITHDRAWN
    ctx.session.flush()
    return posting.raised(row, f"{posting.number_of(row)} for {row.description} is withdrawn; nothing was posted.")


@requires(Permission.KEEP_ADJUSTMENT_KINDS)
def keep_item(ctx: Context, new: NewItem) -> Changes:
    """Keep a line of the price list, or make a new one; its prices are policy values.

    Raises:
        UserError: it has no title, its code is no charge, or there is no such line.
        ChangedMeanwhile: somebody else saved it in between.
    """
    title = new.title.strip()
    if not title or len(title) > _LONGEST_TITLE:
        raise UserError(f"Give a title of up to {_LONGEST_TITLE} characters.", field="title")
    refuse_card_number(ctx, title, "title", "title")
    code = ctx.session.get(TransactionCode, new.code)
    if code is None or not code.active or code.kind is not CodeKind.CHARGE:
        raise UserError("Choose the code that it posts by.", field="code")
    row = _item(ctx, new, title)
    row.title, row.code, row.vat, row.active = title, new.code, new.vat, new.active
    ctx.session.flush()
    return Changes(frozenset({"adjustments"}))


def _invoice(ctx: Context, new: NewRecharge | NewCosts) -> Raised:
    before = keeping.find(ctx.session, new.entry_key)
    if before is not None:
        return keeping.again(before)
    return keeping.submit(ctx, keeping.keep_invoice(ctx, new))


def _item(ctx: Context, new: NewItem, title: str) -> RechargeItem:
    if new.key:
        row = ctx.session.get(RechargeItem, new.key)
        if row is None:
            raise UserError("That line isn't on the price list any more.", "Look at the list again.")
        refuse_old(row.version, new.version)
        return row
    key = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:40].strip("_")
    if not key or ctx.session.get(RechargeItem, key) is not None:
        raise UserError("There is a line with that title.", "Give another title.", "title")
    last = ctx.session.scalar(select(func.max(RechargeItem.place))) or 0
    row = RechargeItem(key=key, place=last + 1)
    ctx.session.add(row)
    return row
