"""Bankings that wait for the bank, for whoever matches its statement; it asks no permission of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import case, or_, select

from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.tills import Banking, TillReceipt, TillSession
from app.models.values import BankingState, Money, MoneyReceiptState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.reception_payments.tills.dto import Deposit
from app.services.reception_payments.tills.sessions import IN_HAND


def awaiting(ctx: Context) -> tuple[Deposit, ...]:
    """The bankings that are sealed and on no statement yet, the oldest first."""
    rows = (
        select(Banking, PaymentDesk.name)
        .join(PaymentDesk, PaymentDesk.id == Banking.desk_id)
        .where(Banking.state == BankingState.SEALED)
        .order_by(Banking.number)
    )
    return tuple(
        Deposit(
            banking.id,
            banking.number,
            banking.bag,
            desk,
            (banking.sealed_at or banking.made_at).astimezone().date(),
            Money(banking.cash_pence),
            Money(banking.cheque_pence),
        )
        for banking, desk in ctx.session.execute(rows)
    )


def mark(ctx: Context, banking_id: int, match_id: int, on: date, pence: int) -> None:
    """Say by which match of a statement's lines the bank has it, and what it counted.

    Raises:
        UserError: it isn't sealed, or was found already.
    """
    banking = record(ctx, Banking, banking_id, "banking")
    if banking.state is not BankingState.SEALED:
        raise UserError(f"Banking {banking.number} isn't on its way to the bank.", "Look at it again.")
    banking.state, banking.match_id, banking.banked_on, banking.banked_pence = BankingState.BANKED, match_id, on, pence
    ctx.session.flush()


def unmark(ctx: Context, match_id: int) -> None:
    """Take back what a match said: its bankings are on their way again."""
    found = select(Banking).where(Banking.match_id == match_id, Banking.state == BankingState.BANKED)
    for banking in ctx.session.scalars(found).all():
        banking.state, banking.match_id = BankingState.SEALED, None
        banking.banked_on, banking.banked_pence = None, None
    ctx.session.flush()


def journals(ctx: Context, banking_ids: Collection[int]) -> dict[int, list[int]]:
    """The journals of what lies in each bag: its sessions' cash, cheques and postal orders, voids, and what was over or under."""
    rows = (
        select(
            TillSession.banking_id,
            Receipt.journal,
            case((Receipt.state == MoneyReceiptState.VOID, Receipt.undone_journal), else_=None),
        )
        .join(TillReceipt, TillReceipt.session_id == TillSession.id)
        .join(Receipt, Receipt.id == TillReceipt.receipt_id)
        .where(TillSession.banking_id.in_(sorted(banking_ids)), Receipt.taken_by.in_(sorted(IN_HAND)))
    )
    found: dict[int, list[int]] = {banking_id: [] for banking_id in banking_ids}
    for banking_id, journal, undone in ctx.session.execute(rows):
        found[banking_id] += [journal, *([undone] if undone is not None else [])]
    differences = select(TillSession.banking_id, TillSession.journal).where(
        TillSession.banking_id.in_(sorted(banking_ids)), TillSession.journal.is_not(None)
    )
    for banking_id, journal in ctx.session.execute(differences):
        if banking_id is not None and journal is not None:
            found[banking_id].append(journal)
    return found


def unsealed(ctx: Context) -> frozenset[int]:
    """The journals of what lies in tills and in bags that nobody sealed: no bank can have it yet."""
    of_session = or_(TillSession.banking_id.is_(None), Banking.state.in_((BankingState.MADE, BankingState.CANCELLED)))
    sessions = TillSession.__table__.outerjoin(Banking.__table__, Banking.id == TillSession.banking_id)
    rows = (
        select(Receipt.journal, case((Receipt.state == MoneyReceiptState.VOID, Receipt.undone_journal), else_=None))
        .select_from(sessions)
        .join(TillReceipt, TillReceipt.session_id == TillSession.id)
        .join(Receipt, Receipt.id == TillReceipt.receipt_id)
        .where(of_session, Receipt.taken_by.in_(sorted(IN_HAND)))
    )
    found = {journal for row in ctx.session.execute(rows) for journal in row if journal is not None}
    differences = select(TillSession.journal).select_from(sessions).where(of_session, TillSession.journal.is_not(None))
    found |= {journal for journal in ctx.session.scalars(differences) if journal is not None}
    return frozenset(found)
