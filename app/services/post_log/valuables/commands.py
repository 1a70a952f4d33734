"""Entering what of value came in the post, handing it on, paying it in and giving it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.values import PostStep
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.ledger import numbering
from app.services.post_log import keeping as log
from app.services.post_log.valuables import rules
from app.services.post_log.valuables.dto import KINDS, MONEY, GiveBack, HandOn, NewValuable, PayIn, Receipted

_COUNTER: Final = "post receipt"
_LONGEST_DETAILS: Final = 200
_LONGEST_TO: Final = 200
_LONGEST_REFERENCE: Final = 60


@requires(Permission.LOG_POST)
def enter(ctx: Context, new: NewValuable) -> Receipted:
    """Enter something of value that the officer and a colleague took out of an envelope; it gets the next receipt.

    Raises:
        UserError: there is no such item, it is the officer's own or a relative's, the other officer is missing or the same,
            money has no amount, a document has one, or a text is too long or holds a card number.
    """
    item = log.item(ctx, new.item_id)
    _check_witness(ctx, new.witness_id)
    pence = new.amount.pence if new.amount is not None else None
    if wrong := rules.wrong_amount(new.kind, pence):
        raise UserError(wrong, "Type it as it stands on it." if new.kind in MONEY else "Leave it empty.", "amount")
    details = _text(ctx, new.details, "details", _LONGEST_DETAILS)
    if not details and new.kind not in MONEY:
        raise UserError("Say what it is.", "Such as: passport of the tenant.", "details")
    made = PostValuable(
        item_id=item.id,
        receipt=numbering.take(ctx, _COUNTER),
        kind=new.kind,
        pence=pence,
        details=details,
        opened_by=ctx.officer.id,
        witness_id=new.witness_id,
        opened_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    receipt = rules.receipt_number(made.receipt)
    worth = f", {new.amount}" if new.amount is not None else ""
    log.record(ctx, item.id, PostStep.CHANGED, f"{KINDS[new.kind]}{worth} entered, receipt {receipt}")
    return Receipted(made.id, receipt, log.changes(item))


@requires(Permission.LOG_POST)
def hand_on(ctx: Context, new: HandOn) -> Changes:
    """Note to whom valuables were handed, by the officer, now; it may be handed on again until it is paid in or given back.

    Raises:
        UserError: none is chosen, one is done with, or it isn't said to whom.
    """
    found = _open(ctx, new.valuable_ids)
    to = _text(ctx, new.to, "to", _LONGEST_TO)
    if not to:
        raise UserError("Say to whom.", "A name, or an office such as the cash office.", "to")
    for each in found:
        each.handed_to, each.handed_at, each.handed_by = to, ctx.clock.now(), ctx.officer.id
    return _noted(ctx, found, f"handed to {to}")


@requires(Permission.LOG_POST)
def pay_in(ctx: Context, new: PayIn) -> Changes:
    """Note that money was paid in. Of several the sum must be the slip's; a single one may differ, and stays in sight then.

    Raises:
        UserError: none is chosen, one is no money or done with, the slip has no reference, its day can't be, or its total
            isn't the sum.
    """
    found = _open(ctx, new.valuable_ids)
    if any(each.kind not in MONEY for each in found):
        raise UserError("Only money is paid in.", "Choose cheques, postal orders and cash; give documents back.")
    reference = _text(ctx, new.reference, "reference", _LONGEST_REFERENCE)
    if not reference:
        raise UserError("The paying-in reference is missing.", "It stands on the slip.", "reference")
    _check_day(ctx, found, new.on)
    came = sum(each.pence or 0 for each in found)
    if len(found) > 1 and new.total.pence != came:
        less = "less" if new.total.pence < came else "more"
        by = type(new.total)(abs(new.total.pence - came))
        raise UserError(
            f"The slip is {by} {less} than the {len(found)} that are chosen.",
            "Choose just what is on the slip. If one was paid in as another amount, pay that one in by itself.",
            "total",
        )
    if new.total.pence <= 0:
        raise UserError("Type what the slip says.", field="total")
    for each in found:
        each.paid_in, each.paid_in_on = reference, new.on
        each.paid_in_pence = new.total.pence if len(found) == 1 else each.pence
    return _noted(ctx, found, f"paid in, {reference}")


@requires(Permission.LOG_POST)
def give_back(ctx: Context, new: GiveBack) -> Changes:
    """Note that valuables went back to whoever they belong to.

    Raises:
        UserError: none is chosen, one is done with, it isn't said how, or the day can't be.
    """
    found = _open(ctx, new.valuable_ids)
    how = _text(ctx, new.how, "how", _LONGEST_REFERENCE)
    if not how:
        raise UserError("Say how it was given back.", "Such as: recorded delivery, with its number.", "how")
    _check_day(ctx, found, new.on)
    for each in found:
        each.paid_in, each.paid_in_on, each.paid_in_pence = how, new.on, None
    return _noted(ctx, found, f"given back, {how}")


def _open(ctx: Context, valuable_ids: Sequence[int]) -> list[PostValuable]:
    """Valuables that are neither paid in nor given back, which the officer may touch.

    Raises:
        UserError: there are none, or one is done with.
    """
    found: list[PostValuable] = []
    for chunk in in_chunks(sorted(set(valuable_ids))):
        found += ctx.session.scalars(select(PostValuable).where(PostValuable.id.in_(chunk)).order_by(PostValuable.id))
    if not found:
        raise UserError("Nothing is chosen.", "Choose one or more in the list.")
    if done := next((each for each in found if each.paid_in_on is not None), None):
        raise UserError(
            f"{rules.receipt_number(done.receipt)} was paid in or given back already.", "Look at the list again."
        )
    log.items(ctx, {each.item_id for each in found})
    return found


def _noted(ctx: Context, found: Sequence[PostValuable], words: str) -> Changes:
    for each in found:
        log.record(ctx, each.item_id, PostStep.CHANGED, f"{rules.receipt_number(each.receipt)} {words}")
    ctx.session.flush()
    return log.changes(*(ctx.session.get_one(PostItem, each.item_id) for each in found))


def _check_witness(ctx: Context, witness_id: int) -> None:
    if witness_id == ctx.officer.id:
        raise UserError("You and a colleague open it together.", "Name the colleague who was there.", "witness_id")
    witness = ctx.session.get(Officer, witness_id)
    if witness is None or not witness.active or witness.username == SYSTEM:
        raise UserError("Name the colleague who was there.", "Two officers open what is of value.", "witness_id")


def _check_day(ctx: Context, found: Sequence[PostValuable], on: date) -> None:
    if on > ctx.clock.today():
        raise UserError("That day is still to come.", "Give today or an earlier day.", "on")
    if any(on < log.office_day(each.opened_at) for each in found):
        raise UserError("That is before it was opened.", "Change the day.", "on")


def _text(ctx: Context, text: str, field: str, longest: int) -> str:
    words = " ".join(text.split())
    if len(words) > longest:
        raise UserError(f"That has more than {longest} characters.", "Shorten it.", field)
    refuse_card_number(ctx, words, "text", field)
    return words
