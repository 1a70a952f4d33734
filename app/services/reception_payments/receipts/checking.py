"""What is looked at before a payment is taken: who pays, and what the payer is asked; that is never refused by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.receipts import Receipt
from app.models.values import AccountKind, Money, PayerKind, TakenBy
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.callers.dto import OwedRow, Way
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.receipts.dto.asked import Question
from app.services.reception_payments.receipts.dto.new import NewReceipt

_LIVE: Final = frozenset({AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD})


def questions(ctx: Context, new: NewReceipt) -> tuple[Question, ...]:
    """What the payer is asked: far above what is owed, a tenancy that has ended, paid the same today already.

    Nothing is asked about an account of which nothing may be shown.
    """
    hidden = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    pence = {share.account_id: share.pence for share in new.shares if share.account_id is not None}
    shown = {key: part for key, part in pence.items() if key not in hidden}
    rows = callers.owed(ctx, shown)
    times = ctx.policy.number("reception.large_payment", new.taken_on)
    found: list[Question] = []
    for account_id, part in shown.items():
        if account_id in rows:
            found += _of(ctx, rows[account_id], Money(part), times, set(pence))
    return tuple(found)


def refuse_card(new: NewReceipt) -> None:
    """Refuse a card by telephone that no provider has taken: its receipt is made once the provider says that it was paid.

    Raises:
        UserError: it is one.
    """
    if new.taken_by is TakenBy.CARD:
        raise UserError(
            "A card by telephone is taken on the provider's page.", "Begin it there: its receipt follows.", "taken_by"
        )


def refuse_unproved(ctx: Context, new: NewReceipt, way: Way) -> None:
    """Refuse a holder who answered too few questions: then they pay as anybody may, and are told nothing.

    Raises:
        UserError: they did.
    """
    if new.payer is PayerKind.HOLDER:
        if new.person_id is None:
            raise UserError("It isn't said who of the account pays.", "Choose who calls, or somebody else.", "payer")
        refuse_few(ctx, len(set(new.proved_by)), way)


def refuse_unasked(ctx: Context, new: NewReceipt, asked: frozenset[str]) -> None:
    """Refuse a payment about which the payer wasn't asked what they should be; one that was taken already is not another.

    Raises:
        UserErrors: each question.
    """
    if ctx.session.scalar(select(Receipt.id).where(Receipt.entry_key == new.entry_key)) is not None:
        return
    left = [each for each in questions(ctx, new) if each.key not in asked]
    if left:
        raise UserErrors([UserError(each.words, "Ask the payer, then take it again.", "asked") for each in left])


def refuse_few(ctx: Context, proved: int, way: Way) -> None:
    """Refuse to tell anything to whoever answered too few questions rightly.

    Raises:
        UserError: they did.
    """
    needed = ctx.policy.number(f"reception.questions_{way}", ctx.clock.today())
    if proved < needed:
        raise UserError(
            f"{proved} of {needed} questions {'is' if proved == 1 else 'are'} answered rightly.",
            "Ask another one, or take it from somebody else, who is told nothing.",
            "payer",
        )


def _of(ctx: Context, row: OwedRow, part: Money, times: int, paid: set[int]) -> Iterator[Question]:
    usual = max(row.balance.pence, row.weekly.pence)
    if usual <= 0:
        yield Question(f"nothing:{row.account_id}", f"Nothing is owed on {row.reference}: is the amount right?")
    elif part.pence >= usual * times:
        yield Question(
            f"large:{row.account_id}",
            f"{part} is {part.pence // usual} times the {Money(usual)} of {row.reference}: is the amount right?",
        )
    if row.ended_on is not None and row.kind in _LIVE:
        former = _former(ctx, row.account_id)
        instead = (
            f" Should it go to the former tenancy's account {former[1]}?" if former else " Is it the right account?"
        )
        if former is None or former[0] not in paid:
            yield Question(f"ended:{row.account_id}", f"{row.reference} ended on {rules.spelt(row.ended_on)}.{instead}")
    if row.paid_today == part:
        yield Question(f"today:{row.account_id}", f"{part} was paid on {row.reference} today already: again?")


def _former(ctx: Context, account_id: int) -> tuple[int, str] | None:
    """The account of the former tenancy, where what is owed of an ended one is kept."""
    of = select(Account.tenancy_id).where(Account.id == account_id).scalar_subquery()
    statement = (
        select(Account.id, Account.payment_reference)
        .where(Account.tenancy_id == of, Account.kind == AccountKind.FORMER_TENANT, Account.closed_on.is_(None))
        .order_by(Account.id)
    )
    found = ctx.session.execute(statement).first()
    return (found.id, found.payment_reference or "") if found else None
