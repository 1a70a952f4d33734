"""A payment taken back: voided on its day, or returned or charged back later. It asks no permission of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.post_valuables import PostValuable
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import JournalKind, MoneyReceiptState, Subject, TakenBy
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.ledger import numbering, periods, reversing
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append_received, append_reversal
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.tills import sessions

CHARGED_BACK: Final = "card_charged_back"
"""The kind of the task that asks for a card payment to be taken back, since its dispute was lost."""
_LONGEST: Final = 200


def register() -> None:
    """Tell the ledger which journals are of receipts; a line of one that went to a wrong account may be moved by itself."""
    reversing.register(reversing.Keeper(_made, _put_right, "Reception", lines_move=True))


def undo(ctx: Context, receipt: Receipt, on: date, state: MoneyReceiptState, why: str) -> int:
    """Take a payment off its accounts again; returns the journal. `on` is the day on which it came back.

    A void is the opposite of the whole journal; what comes back later is a debit on each account on that day, less what went
    back to the card before.

    Raises:
        UserError: it was taken back before, is voided on another day, can't come back that way, no reason is given, or one
            of its lines was put right by itself.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    written = number_of(ctx, receipt)
    refuse(ctx, receipt, written, on, state, why)
    if state is MoneyReceiptState.VOID:
        journal = append_reversal(ctx, receipt.journal, why.strip(), f"receipt:{receipt.id}:void").journal
    else:
        left = left_of(ctx, receipt, written)
        journal = post_back(ctx, receipt, on, left, f"receipt:{receipt.id}:back")
        diary.finish_for(ctx, Subject.RECEIPT, receipt.id, CHARGED_BACK, "It is off its accounts")
    receipt.state, receipt.undone_journal, receipt.undone_on = state, journal, on
    receipt.undone_by, receipt.undone_why = ctx.officer.id, why.strip()
    if state is MoneyReceiptState.VOID and receipt.valuable_id is not None:
        valuable = ctx.session.get_one(PostValuable, receipt.valuable_id)
        valuable.paid_in, valuable.paid_in_on, valuable.paid_in_pence = "", None, None
    ctx.session.flush()
    return journal


def number_of(ctx: Context, receipt: Receipt) -> str:
    """The number of a receipt as it is written."""
    return rules.numbered(ctx.session.get_one(PaymentDesk, receipt.desk_id).prefix, receipt.number)


def shares_of(ctx: Context, receipt_id: int) -> list[ReceiptShare]:
    """What a receipt put where, in its order."""
    rows = select(ReceiptShare).where(ReceiptShare.receipt_id == receipt_id).order_by(ReceiptShare.place)
    return list(ctx.session.scalars(rows))


def refuse(ctx: Context, receipt: Receipt, written: str, on: date, state: MoneyReceiptState, why: str) -> None:
    """Refuse to take a payment back so, on that day.

    Raises:
        UserError: as of `undo`.
    """
    if receipt.state not in {MoneyReceiptState.TAKEN, MoneyReceiptState.VOID_ASKED}:
        raise UserError(f"Receipt {written} was taken back already.", "Look at it in the list of receipts.")
    refuse_why(ctx, why)
    if on > ctx.clock.today():
        raise UserError(f"{rules.spelt(on)} is still to come.", "Give the day on which it came back.", "on")
    if on < receipt.taken_on:
        raise UserError(f"It was taken on {rules.spelt(receipt.taken_on)}, after that day.", "Look again.", "on")
    if state is MoneyReceiptState.VOID:
        refuse_late_void(ctx, receipt, written)
        sessions.refuse_void(ctx, receipt)
    elif receipt.taken_by is TakenBy.CASH:
        raise UserError("Cash doesn't come back from a bank.", "Give it back as a refund, on the page Adjustments.")


def refuse_why(ctx: Context, why: str) -> None:
    """Refuse a reason that says nothing, too much, or a card number.

    Raises:
        UserError: it does.
    """
    if not why.strip():
        raise UserError("Say why it is taken back.", field="why")
    if len(why.strip()) > _LONGEST:
        raise UserError(f"The reason is longer than {_LONGEST} characters.", "Shorten it.", "why")
    refuse_card_number(ctx, why, "reason", "why")


def refuse_late_void(ctx: Context, receipt: Receipt, written: str) -> None:
    """Refuse to void what wasn't entered today, or what a card provider has: that goes back to the card.

    The day of what lies in an open till lasts as long as the till takes payments, also past midnight.

    Raises:
        UserError: it was entered on an earlier day, or is a card payment by telephone.
    """
    if receipt.taken_by is TakenBy.CARD:
        raise UserError(
            f"Receipt {written} is a card payment by telephone: the provider has the money, so it can't be void.",
            "Give it back to the card: Reception, Card payments.",
        )
    today = receipt.recorded_at.astimezone().date() == ctx.clock.today()
    if not today and not sessions.goes_on(ctx, receipt):
        raise UserError(
            f"Receipt {written} is not of today, so it can't be void.",
            "Put it right by an adjustment, or give the money back as a refund.",
        )


def came_back(ctx: Context, receipt: Receipt) -> int:
    """What of a receipt came back once it did, in pence: all of it, less what went back to the card, or was challenged, before."""
    from app.services.reception_payments.cards.refunds import keeping as refunding

    return sum(refunding.left_of(ctx, receipt.id).values())


def left_of(ctx: Context, receipt: Receipt, written: str) -> dict[int, int]:
    """By place of its shares what can come back still.

    Raises:
        UserError: a line of it was put right otherwise, or a refund of it is on its way, or took all of it.
    """
    from app.services.reception_payments.cards.refunds import keeping as refunding

    reversing.reversible(ctx, receipt.journal, but=refunding.put_right)
    if refunding.on_its_way(ctx, receipt.id):
        raise UserError(
            f"A refund of receipt {written} to the card is asked for and not given yet.",
            "Refuse or withdraw it first, or wait until the provider has it: Reception, Card refunds.",
        )
    left = refunding.left_of(ctx, receipt.id)
    if not any(left.values()):
        raise UserError(
            f"All of receipt {written} went back to the card already, so nothing is left on the accounts.",
            "Tell the provider so: the dispute is answered with the refund.",
        )
    return left


def post_back(ctx: Context, receipt: Receipt, on: date, left: Mapping[int, int], key: str) -> int:
    """Debit what came back of each share of a receipt, by its place, in one journal under a key; returns the journal."""
    what = "Card payment charged back" if receipt.slip else "Cheque returned"
    words = f"{what}, receipt {number_of(ctx, receipt)}"
    code = rules.BACK_CODES[receipt.taken_by]
    lines = [
        Line(share.account_id, code, left[share.place], on, week_monday(on), words)
        for share in shares_of(ctx, receipt.id)
        if left[share.place]
    ]
    header = JournalHeader(
        JournalKind.RECEIPTS,
        periods.first_open_day(ctx.session, on),
        words,
        key,
        declared_pence=sum(left.values()),
        narrative=words,
    )
    return append_received(ctx, header, lines).journal


def _put_right(ctx: Context, journal: int) -> str:
    """The return of a receipt, or its chargeback: nothing of it comes off its accounts again."""
    back = (Receipt.journal == journal, Receipt.state == MoneyReceiptState.RETURNED)
    rows = select(PaymentDesk.prefix, Receipt.number).join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
    found = ctx.session.execute(rows.where(*back)).first()
    return f"the return of receipt {rules.numbered(found.prefix, found.number)}" if found else ""


def _made(ctx: Context, journal: int) -> str:
    of_it = (Receipt.journal == journal) | (Receipt.undone_journal == journal)
    rows = select(PaymentDesk.prefix, Receipt.number).join(PaymentDesk, PaymentDesk.id == Receipt.desk_id).where(of_it)
    found = ctx.session.execute(rows).first()
    return f"receipt {rules.numbered(found.prefix, found.number)}" if found else ""
