"""Saying where money in suspense belongs, and who looks after it."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.desks import IncomeStream
from app.models.reception_payments.suspense import KnownPayer, SuspenseItem, SuspenseMove
from app.models.values import AccountKind, Money, Subject, SuspenseMoveKind, SuspenseMoveState, SuspenseState
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.documents.evidence import keep_files
from app.services.ledger.controls import control, fund_of
from app.services.reception_payments.files.rules import BENEFITS, refused_by
from app.services.reception_payments.suspense import clearing, listing, looking_after, requests
from app.services.reception_payments.suspense.dto import AREAS, STANDING, Cleared, ClearItem, NewPart, Told

_REFUNDS = "refunds"
_MOST_WHY, _MOST_NOTE = 200, 400


@requires(Permission.CLEAR_SUSPENSE)
def clear(ctx: Context, new: ClearItem) -> Cleared:
    """Say where an item goes. Above what policy lets one officer do, and back to a sender always, a second one approves it.

    The whole item counts for that, however small its parts.

    Raises:
        ChangedMeanwhile: somebody changed the item since it was looked at.
        UserError: it is cleared or waits already, the parts come to more than it holds, one is of nothing or goes nowhere, an
            account is one that the officer may not work on, or nothing says why.
    """
    item = record(ctx, SuspenseItem, new.item_id, "suspense item")
    if item.version != new.version:
        raise ChangedMeanwhile("Somebody changed this item meanwhile.", "Look at it again.")
    if item.state is not SuspenseState.OPEN:
        raise UserError(f"Item {item.number} is cleared, or waits for a second officer.", "Look at it again.")
    _refuse_parts(item, new.parts)
    access.touch(ctx, {each.account_id for each in new.parts if each.account_id is not None})
    if new.note.strip():
        item.note = _checked(ctx, new.note, _MOST_NOTE, "note")
    keep_files(ctx, Subject.SUSPENSE_ITEM, item.id, new.files)
    moves = [_move(ctx, item, each, learn=new.learn) for each in new.parts]
    ctx.session.add_all(moves)
    ctx.session.flush()
    accounts = frozenset(move.account_id for move in moves)
    sent_back = any(move.kind is SuspenseMoveKind.REFUND for move in moves)
    if not sent_back and abs(item.pence) <= ctx.policy.money("suspense.alone_up_to", ctx.clock.today()).pence:
        clearing.post(ctx, item, moves)
        return Cleared(None, f"Item {item.number} is cleared.", Changes(AREAS | {"ledger"}, accounts))
    why = "; ".join(dict.fromkeys(move.why for move in moves if move.why))
    item.request_id = requests.ask(ctx, item, moves, why)
    item.state = SuspenseState.REFUND_ASKED if sent_back else SuspenseState.PROPOSED
    ctx.session.flush()
    told = f"Item {item.number} waits for a second officer."
    return Cleared(item.request_id, told, Changes(AREAS | {"approvals"}, accounts))


@requires(Permission.CLEAR_SUSPENSE)
def give(ctx: Context, item_ids: Sequence[int], officer_id: int | None) -> Told:
    """Give items to an officer to look after, or to nobody; whoever gets one from somebody else has a task of it.

    Raises:
        UserError: there is no such officer or item, the officer may not clear suspense, or nothing is left of an item.
    """
    if officer_id is not None and officer_id not in dict(listing.keepers(ctx)):
        name = record(ctx, Officer, officer_id, "officer").name
        raise UserError(f"{name} may not clear suspense, or has left.", "Choose another officer.", "officer_id")
    for item_id in item_ids:
        item = record(ctx, SuspenseItem, item_id, "suspense item")
        if item.state not in STANDING:
            raise UserError(f"Nothing is left of item {item.number}.", "Leave it where it is.")
        if item.officer_id != officer_id:
            item.officer_id = officer_id
            looking_after.given(ctx, item, officer_id)
    ctx.session.flush()
    many = "The item is" if len(item_ids) == 1 else f"{len(item_ids):,} items are"
    return Told(f"{many} given on." if officer_id is not None else f"{many} nobody's.", Changes(AREAS | {"diary"}))


@requires(Permission.CLEAR_SUSPENSE)
def note(ctx: Context, item_id: int, version: int, words: str) -> Told:
    """Write down what was found out about an item, in place of what stood there.

    Raises:
        ChangedMeanwhile: somebody changed the item since it was looked at.
        UserError: it is too long, or holds a card number.
    """
    item = record(ctx, SuspenseItem, item_id, "suspense item")
    if item.version != version:
        raise ChangedMeanwhile("Somebody changed this item meanwhile.", "Look at it again.")
    item.note = _checked(ctx, words, _MOST_NOTE, "note")
    ctx.session.flush()
    return Told(f"The note of item {item.number} is kept.", Changes(AREAS))


@requires(Permission.CLEAR_SUSPENSE)
def forget_payer(ctx: Context, payer_id: int) -> Told:
    """Propose an account for a payer no more.

    Raises:
        UserError: there is no such payer, or the officer may not work on the account.
    """
    known = record(ctx, KnownPayer, payer_id, "known payer")
    access.touch(ctx, (known.account_id,))
    known.active = False
    ctx.session.flush()
    return Told("The account is not proposed for this payer any more.", Changes(AREAS, frozenset({known.account_id})))


def _refuse_parts(item: SuspenseItem, parts: Sequence[NewPart]) -> None:
    if not parts:
        raise UserError("Say where it goes.", "Choose an account, other income, or to send it back.", "parts")
    sign = 1 if item.left_pence > 0 else -1
    if any(each.pence * sign <= 0 for each in parts):
        raise UserError("Each part is of more than nothing.", "Leave out what goes nowhere.", "parts")
    if any(each.account_id is not None and each.stream_id is not None for each in parts):
        raise UserError("A part goes to an account or to other income, not to both.", field="parts")
    total = sum(each.pence for each in parts)
    if abs(total) > abs(item.left_pence):
        raise UserError(
            f"The parts come to {Money(total)}, and the item holds {Money(item.left_pence)}.", "Look again.", "parts"
        )
    if any(each.account_id is None and each.stream_id is None for each in parts) and item.left_pence < 0:
        raise UserError(
            "Money that went out can't be sent back.", "Choose the account that it was taken from.", "parts"
        )


def _move(ctx: Context, item: SuspenseItem, part: NewPart, *, learn: bool) -> SuspenseMove:
    kind, account_id = _place(ctx, item, part)
    if kind is SuspenseMoveKind.REFUND and not part.why.strip():
        raise UserError("Say why it goes back, and how.", field="why")
    return SuspenseMove(
        item_id=item.id,
        kind=kind,
        state=SuspenseMoveState.WAITING,
        account_id=account_id,
        stream_id=part.stream_id,
        pence=part.pence,
        why=_checked(ctx, part.why, _MOST_WHY, "why"),
        learn=learn,
        confirmed_by=ctx.officer.id,
        confirmed_at=ctx.clock.now(),
    )


def _place(ctx: Context, item: SuspenseItem, part: NewPart) -> tuple[SuspenseMoveKind, int]:
    if part.account_id is not None:
        account = ctx.session.get(Account, part.account_id)
        if account is None or account.kind is AccountKind.CONTROL:
            raise UserError("There is no such account.", "Find it again.", "parts")
        if why := refused_by(item.code, account.kind):
            raise UserError(why, "Choose the rent account.", "parts")
        return SuspenseMoveKind.ACCOUNT, account.id
    if part.stream_id is not None:
        if item.code in BENEFITS:
            raise UserError("Benefit goes to rent only, not to other income.", "Choose the rent account.", "parts")
        stream = record(ctx, IncomeStream, part.stream_id, "income")
        if not stream.active:
            raise UserError(f"{stream.name} isn't taken any more.", "Choose another income.", "parts")
        return SuspenseMoveKind.STREAM, stream.account_id
    return SuspenseMoveKind.REFUND, control(ctx, _REFUNDS, fund_of(ctx, item.account_id))


def _checked(ctx: Context, text: str, most: int, field: str) -> str:
    words = text.strip()
    if len(words) > most:
        raise UserError(f"That is longer than {most} characters.", "Shorten it.", field)
    refuse_card_number(ctx, words, "reason", field)
    return words
