"""Money of closed sessions put into a bag for the bank, sealed by a second officer, and found on the bank's statement."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.tills import Banking, BankingLine, Till, TillSession
from app.models.values import BankingState, Money, Subject, TillState
from app.services.core import search_index
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.ledger import numbering
from app.services.reception_payments.tills import rules
from app.services.reception_payments.tills.dto import AREAS, NewBanking

COUNTER = "banking"
_MOST_BAG, _MOST_WHY = 40, 200


@requires(Permission.TAKE_PAYMENTS)
def make(ctx: Context, new: NewBanking) -> int:
    """Put the money of closed sessions into a bag, with the next paying-in slip; once for each `entry_key`.

    The float stays in the till. Returns the banking's id.

    Raises:
        UserError: a session isn't closed, is in a bag already or of another desk, the bag has no number or one that was used,
            there is nothing to bank, or the notes and coins don't come to it.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: a session goes into one bag.
    before = ctx.session.scalars(select(Banking).where(Banking.entry_key == new.entry_key)).one_or_none()
    if before is not None:
        return before.id
    bag = _bag(ctx, new.bag)
    sessions = _sessions(ctx, new)
    cash, cheques = _worth(sessions)
    _refuse_other_sum(new, cash)
    made = Banking(
        number=numbering.take(ctx, COUNTER),
        entry_key=new.entry_key,
        desk_id=new.desk_id,
        state=BankingState.MADE,
        bag=bag,
        cash_pence=cash,
        cheque_pence=cheques,
        cheque_count=sum(each.cheque_count or 0 for each in sessions),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    for each in sessions:
        each.banking_id = made.id
    _write_slip(ctx, made, new)
    ctx.session.flush()
    search_index.index_record(ctx, Subject.BANKING, made.id, made.bag, f"{made.number}")
    return made.id


def _write_slip(ctx: Context, made: Banking, new: NewBanking) -> None:
    lines = [
        {"banking_id": made.id, "denomination_pence": denomination, "quantity": quantity}
        for denomination, quantity in sorted(new.quantities.items(), reverse=True)
        if quantity
    ]
    if lines:
        ctx.session.execute(insert(BankingLine), lines)


def _refuse_other_sum(new: NewBanking, cash: int) -> None:
    """The notes and coins on the slip are what goes to the bank, to the penny."""
    fault = rules.fault_in_count(new.quantities)
    if fault:
        raise UserError(fault, "Count again.", "quantities")
    total = rules.total(new.quantities)
    if new.quantities and total != cash:
        raise UserError(
            f"{Money(total)} is counted, and {Money(cash)} in cash goes to the bank.",
            "Count again: the float stays in the till.",
            "quantities",
        )


def _worth(sessions: Sequence[TillSession]) -> tuple[int, int]:
    """The cash and the cheques of some sessions, in pence; their floats stay."""
    cash = sum((each.counted_pence or 0) - each.float_pence for each in sessions)
    cheques = sum(each.cheque_pence or 0 for each in sessions)
    if cash < 0:
        raise UserError(
            "These sessions hold less cash than their floats.",
            "Bank them with a session that makes up for it, or make up the float first.",
            "session_ids",
        )
    if not cash and not cheques:
        raise UserError("These sessions have nothing to bank.", field="session_ids")
    return cash, cheques


@requires(Permission.SIGN_BANKING)
def seal(ctx: Context, banking_id: int) -> Changes:
    """Say as the second officer that the money went into its bag.

    Raises:
        UserError: the officer made it, or it is sealed or cancelled already.
    """
    banking = _made(ctx, banking_id)
    if banking.made_by == ctx.officer.id:
        raise UserError("You made this banking.", "A second officer sees it sealed.")
    banking.state = BankingState.SEALED
    banking.sealed_by, banking.sealed_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


@requires(Permission.TAKE_PAYMENTS)
def cancel(ctx: Context, banking_id: int, why: str) -> Changes:
    """Cancel a banking that isn't sealed; its sessions wait to be banked again, and its slip's number isn't used again.

    Raises:
        UserError: it is sealed or cancelled already, or nothing says why.
    """
    banking = _made(ctx, banking_id)
    words = why.strip()
    if not words or len(words) > _MOST_WHY:
        raise UserError(f"Say why in at most {_MOST_WHY} characters.", field="why")
    refuse_card_number(ctx, words, "reason", "why")
    banking.state, banking.cancelled_why = BankingState.CANCELLED, words
    ctx.session.execute(update(TillSession).where(TillSession.banking_id == banking.id).values(banking_id=None))
    ctx.session.flush()
    return Changes(AREAS)


def _made(ctx: Context, banking_id: int) -> Banking:
    banking = record(ctx, Banking, banking_id, "banking")
    if banking.state is not BankingState.MADE:
        raise UserError(f"Banking {banking.number} is sealed or cancelled already.", "Look at it again.")
    return banking


def _bag(ctx: Context, text: str) -> str:
    bag = " ".join(text.split())
    if not bag or len(bag) > _MOST_BAG:
        raise UserError("Give the number printed on the bag.", field="bag")
    refuse_card_number(ctx, bag, "number of the bag", "bag")
    used = select(Banking.number).where(Banking.bag == bag, Banking.state != BankingState.CANCELLED)
    number = ctx.session.scalars(used).first()
    if number is not None:
        raise UserError(f"Bag {bag} was used for banking {number}.", "Look at the number again.", "bag")
    return bag


def _sessions(ctx: Context, new: NewBanking) -> Sequence[TillSession]:
    desk = record(ctx, PaymentDesk, new.desk_id, "desk")
    wanted = sorted(set(new.session_ids))
    found = (
        select(TillSession)
        .join(Till, Till.id == TillSession.till_id)
        .where(TillSession.id.in_(wanted), Till.desk_id == desk.id)
        .order_by(TillSession.id)
    )
    sessions = ctx.session.scalars(found).all() if wanted else []
    if not wanted or len(sessions) != len(wanted):
        raise UserError(f"Choose closed sessions of {desk.name}.", field="session_ids")
    for each in sessions:
        if each.state is not TillState.CLOSED:
            raise UserError(f"Session {each.number} isn't signed yet.", "It is banked once it is.", "session_ids")
        if each.banking_id is not None:
            raise UserError(f"Session {each.number} is in a bag already.", field="session_ids")
    return sessions
