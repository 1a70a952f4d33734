"""Refunds on their way: kept, posted when they are paid, put back when they return; what other services' commands build on.

Nothing here asks for a permission: the commands that call it do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.refunds import Refund
from app.models.values import ZERO, AccountKind, JournalKind, Money, RefundMethod, RefundState, Stop, Subject
from app.services.adjustments.refunds import rules
from app.services.adjustments.refunds.dto import OPEN, NewRefund
from app.services.approvals import third
from app.services.benefits.keeping import refunded
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.documents.evidence import show
from app.services.holds.queries import stopped
from app.services.ledger import numbering
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append, append_reversal

AREAS: Final = frozenset({"adjustments", "rent", "approvals", "home"})
CODES: Final = {
    RefundMethod.BACS: "RDR",
    RefundMethod.FINANCE: "RDR",
    RefundMethod.CHEQUE: "REF",
    RefundMethod.CARD: "RCP",
}
"""What a refund posts by: a payment to a bank account, a cheque, and a card payment that goes back (rules.md 2.1)."""


def find(session: Session, entry_key: str) -> Refund | None:
    """The refund that this key made already."""
    return session.scalar(select(Refund).where(Refund.entry_key == entry_key))


def found(ctx: Context, refund_id: int) -> Refund:
    """A refund by its id, if the officer may work on its account.

    Raises:
        UserError: there is none, or its account is one that they may not work on.
    """
    row = record(ctx, Refund, refund_id, "refund")
    access.touch(ctx, [row.account_id])
    return row


def touch_account(ctx: Context, account_id: int) -> None:
    """Refuse an account that no credit of is given back.

    Raises:
        UserError: there is none of that number, it is a control account, or the officer may not work on it.
    """
    access.touch(ctx, [account_id])
    kind = ctx.session.scalar(select(Account.kind).where(Account.id == account_id))
    if kind is None or kind is AccountKind.CONTROL:
        raise UserError("There is no such account.", "Choose it by its reference or name.", "account_id")


def keep(ctx: Context, new: NewRefund) -> Refund:
    """Keep a refund as a draft with its evidence; the same key gives the one that it made before.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: the account isn't one that is refunded or may not be worked on, or a text holds a card number.
    """
    before = find(ctx.session, new.entry_key)
    if before is not None:
        return before
    touch_account(ctx, new.account_id)
    rules.refuse_faults(new, ctx.clock.today())
    for name in ("payee_name", "payee_address", "reason"):
        refuse_card_number(ctx, getattr(new, name), name, name)
    row = _row(ctx, new)
    ctx.session.add(row)
    ctx.session.flush()
    index_record(ctx, Subject.REFUND, row.id, f"refund {row.number}", row.reason)
    show(ctx, Subject.REFUND, row.id, new.evidence)
    return row


def promised(ctx: Context, account_ids: Collection[int], but: int | None = None) -> dict[int, Money]:
    """What refunds on their way take of some accounts; `but` is a refund that isn't counted."""
    found_: dict[int, Money] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = (
            select(Refund.account_id, func.sum(Refund.pence))
            .where(Refund.account_id.in_(chunk), Refund.state.in_(OPEN), Refund.id != (but or 0))
            .group_by(Refund.account_id)
        )
        found_.update({account_id: Money(int(pence)) for account_id, pence in ctx.session.execute(rows)})
    return found_


def to_pay(ctx: Context, method: RefundMethod | None = None, ids: Collection[int] | None = None) -> list[Refund]:
    """The refunds that are approved and not paid, by their number; only those of a method or of some ids, if any are given."""
    rows = select(Refund).where(Refund.state == RefundState.APPROVED).order_by(Refund.number)
    if method is not None:
        rows = rows.where(Refund.method == method)
    every = ctx.session.scalars(rows).all()
    return [row for row in every if ids is None or row.id in ids]


def post_now(ctx: Context, row: Refund, sent_on: date, payment_id: int | None = None) -> int:
    """Post a refund today and say that it is paid; the journal. Asked again it gives the first.

    Whoever pays benefit there is told; of a refund in a Bacs file once the file was sent.

    The credit is looked at again in this moment: another officer may have got there first, and from here on every other
    writer waits. Whoever pays many calls this for each of them in one transaction, so that all are posted or none.

    Raises:
        UserError: it isn't approved, the credit doesn't cover it any more, refunds of the account are stopped, the period is
            closed, or policy wants somebody else to pay it.
    """
    if row.state is RefundState.SENT and row.journal is not None:
        return row.journal
    numbering.move(ctx, "journal", 0)
    if row.state is not RefundState.APPROVED:
        raise UserError(f"Refund {row.number} is {row.state.value}, not approved.", "Look at it in the list.")
    if told := why_not_pay(ctx, row):
        raise UserError(told, third.ASK)
    _refuse_gone(ctx, row)
    header = JournalHeader(
        JournalKind.ADJUSTMENT,
        ctx.clock.today(),
        f"refund {row.number}",
        f"refund:{row.id}:{row.version}",
        narrative=f"Refund {row.number}",
        authorised_by=row.approved_by,
        approval=row.request_id if row.approved_by is not None else None,
    )
    posted = append(
        ctx, header, [Line(row.account_id, CODES[row.method], row.pence, sent_on, None, f"Refund {row.number}")]
    )
    row.state, row.journal = RefundState.SENT, posted.journal
    row.sent_by, row.sent_on, row.payment_id = ctx.officer.id, sent_on, payment_id
    ctx.session.flush()
    if row.method is not RefundMethod.BACS:
        tell_benefit(ctx, row, "is paid")
    return posted.journal


def put_back(ctx: Context, row: Refund, returned_on: date, why: str) -> int:
    """Put a refund that came back on its account again, by the opposite of its journal; the journal.

    Raises:
        UserError: it isn't paid, no reason is given, or the period is closed.
    """
    if row.state is RefundState.RETURNED and row.return_journal is not None:
        return row.return_journal
    if row.state is not RefundState.SENT or row.journal is None:
        raise UserError(f"Refund {row.number} is {row.state.value}, not paid.", "Look at it in the list.")
    posted = append_reversal(ctx, row.journal, why, f"refund-returned:{row.id}")
    row.state, row.return_journal = RefundState.RETURNED, posted.journal
    row.returned_on, row.returned_why = returned_on, why.strip()[:200]
    ctx.session.flush()
    tell_benefit(ctx, row, "came back")
    return posted.journal


def never_paid(ctx: Context, row: Refund, why: str) -> int:
    """Take a refund out of a payment that never was, by the opposite of its journal: it is to be paid again; the journal.

    Raises:
        UserError: it isn't paid, no reason is given, or the period is closed.
    """
    if row.state is not RefundState.SENT or row.journal is None:
        raise UserError(f"Refund {row.number} is {row.state.value}, not paid.", "Look at it in the list.")
    posted = append_reversal(ctx, row.journal, why, f"refund-never-paid:{row.id}:{row.journal}")
    row.state = RefundState.APPROVED
    row.journal = row.payment_id = row.sent_by = row.sent_on = None
    ctx.session.flush()
    return posted.journal


def tell_benefit(ctx: Context, row: Refund, what: str) -> None:
    """Whoever pays benefit to the tenancy of a refund is told what became of it: it "is paid", or "came back"."""
    refunded(ctx, row.account_id, f"Refund {row.number} of {Money(row.pence)} {what}")


def why_not_pay(ctx: Context, row: Refund) -> str:
    """Why the officer who acts may not pay a refund that was approved, as a sentence; empty where they may."""
    return third.why_not(ctx, ("refund",), {row.made_by, row.approved_by}, "pays")


def changes(row: Refund) -> Changes:
    """What it touches."""
    return Changes(AREAS, frozenset({row.account_id}))


def _row(ctx: Context, new: NewRefund) -> Refund:
    return Refund(
        number=numbering.take(ctx, "refund"),
        entry_key=new.entry_key,
        account_id=new.account_id,
        pence=new.amount.pence,
        state=RefundState.DRAFT,
        method=new.method,
        payee=new.payee,
        person_id=new.person_id,
        payee_name=" ".join(new.payee_name.split()),
        payee_address=new.payee_address.strip(),
        bank_detail_id=new.bank_detail_id,
        cause=new.cause,
        reason=new.reason.strip(),
        asked_on=new.asked_on,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )


def _refuse_gone(ctx: Context, row: Refund) -> None:
    balance = Money(ctx.session.scalar(select(Account.balance_pence).where(Account.id == row.account_id)) or 0)
    credit = max(-balance, ZERO)
    if credit < Money(row.pence):
        raise UserError(
            f"Refund {row.number} is for {Money(row.pence)}, and only {credit} stands to the credit of the account now; "
            "nothing was posted.",
            "Somebody posted to the account meanwhile. Withdraw the refund, and ask for what is left.",
        )
    hold = stopped(ctx, row.account_id, Stop.REFUNDS)
    if hold is not None:
        raise UserError(
            f"Refunds of this account are stopped: {hold.reason}; refund {row.number} was not posted.",
            "Release the hold, or wait until it ends.",
        )
