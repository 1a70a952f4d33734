"""How cards are ordered and ended, for commands that have asked for a permission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.pay_cards import PayCard
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, PayCardReason, PayCardState, Subject
from app.services.core import search_index
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.ledger import numbering
from app.services.reception_payments.pay_cards import rules

COUNTER: Final = "pay_card"
ASKED: Final = "payment_card_request"
"""The task by which a new tenancy asks for a card."""
_OPEN: Final = (PayCardState.ORDERED, PayCardState.IN_FILE)


def order(
    ctx: Context, account_ids: Sequence[int], reason: PayCardReason
) -> tuple[list[PayCard], list[tuple[int, str]]]:
    """Order a card for each of some accounts; the first card of an account that has one already is not ordered.

    A lost or stolen card has ended by then; a damaged one, or one with another name, goes on until the new one is there.

    Raises:
        UserError: policy doesn't say how references are made, so that no card can be ordered.
    """
    scheme = _scheme(ctx)
    accounts = _accounts(ctx, account_ids)
    standing = _standing(ctx, account_ids)
    made: list[PayCard] = []
    refused: list[tuple[int, str]] = []
    for account_id in account_ids:
        why = _why_not(accounts.get(account_id), standing.get(account_id, []), reason)
        if why:
            refused.append((account_id, why))
            continue
        now = next((card for card in standing.get(account_id, []) if card.state is PayCardState.ISSUED), None)
        card = PayCard(
            reference=_next_reference(ctx, scheme),
            account_id=account_id,
            state=PayCardState.ORDERED,
            reason=reason,
            replaces_id=now.id if now else None,
            ordered_by=ctx.officer.id,
            ordered_at=ctx.clock.now(),
        )
        ctx.session.add(card)
        made.append(card)
        if now and reason in {PayCardReason.LOST, PayCardReason.STOLEN}:
            end(ctx, now, "Lost" if reason is PayCardReason.LOST else "Stolen")
        diary.finish_for(ctx, Subject.ACCOUNT, account_id, ASKED, "A card is ordered")
    ctx.session.flush()
    search_index.index_records(ctx, Subject.PAY_CARD, {card.id: (card.reference,) for card in made})
    return made, refused


def why_not(ctx: Context, account: Account, reason: PayCardReason) -> str:
    """Why no card can be ordered for an account, as a sentence; empty where one can."""
    return _why_not(account, _standing(ctx, [account.id]).get(account.id, []), reason)


def end(ctx: Context, card: PayCard, why: str) -> None:
    """End a card; what is still paid with it goes to its account."""
    card.state = PayCardState.ENDED
    card.ended_on = ctx.clock.today()
    card.ended_by = ctx.officer.id
    card.ended_why = why


def _scheme(ctx: Context) -> tuple[str, int, str]:
    today = ctx.clock.today()
    prefix = ctx.policy.value("pay_cards.prefix", today)
    length = ctx.policy.number("pay_cards.length", today)
    scheme = ctx.policy.value("pay_cards.check", today)
    fault = rules.fault_in_scheme(prefix, length, scheme)
    if fault:
        raise UserError(fault, "An administrator enters what the supplier says in Admin, Policy: Pay point cards.")
    return prefix, length, scheme


def _next_reference(ctx: Context, scheme: tuple[str, int, str]) -> str:
    while True:
        try:
            made = rules.reference(*scheme, numbering.take(ctx, COUNTER))
        except ValueError as error:
            raise UserError(
                "No numbers are left for cards.",
                "The supplier gives another prefix or length: Admin, Policy: Pay point cards.",
            ) from error
        if made is not None and not _is_taken(ctx, made):
            return made


def _is_taken(ctx: Context, reference: str) -> bool:
    """Whether a card has a reference, or had it, or an account or a tenancy has."""
    queries = (
        select(PayCard.id).where(PayCard.reference == reference),
        select(Account.id).where(Account.reference_key == reference),
        select(Tenancy.id).where(Tenancy.ref_key == reference),
    )
    return any(ctx.session.scalars(each).first() is not None for each in queries)


def _accounts(ctx: Context, account_ids: Sequence[int]) -> dict[int, Account]:
    found: dict[int, Account] = {}
    for chunk in in_chunks(account_ids):
        found.update((row.id, row) for row in ctx.session.scalars(select(Account).where(Account.id.in_(chunk))))
    return found


def _standing(ctx: Context, account_ids: Sequence[int]) -> dict[int, list[PayCard]]:
    """The cards of each account that are ordered or issued."""
    found: dict[int, list[PayCard]] = {}
    for chunk in in_chunks(account_ids):
        rows = select(PayCard).where(PayCard.account_id.in_(chunk), PayCard.state.in_((*_OPEN, PayCardState.ISSUED)))
        for card in ctx.session.scalars(rows.order_by(PayCard.id)):
            found.setdefault(card.account_id, []).append(card)
    return found


def _why_not(account: Account | None, cards: Sequence[PayCard], reason: PayCardReason) -> str:
    """Why no card is ordered for an account, as a sentence; empty where one is."""
    if account is None or account.kind is AccountKind.CONTROL:
        return "There is no such account."
    name = account.payment_reference or account.name
    if account.closed_on is not None:
        return f"Account {name} is closed."
    if any(card.state in _OPEN for card in cards):
        return f"A card for account {name} is on order already."
    issued = [card for card in cards if card.state is PayCardState.ISSUED]
    if reason is PayCardReason.FIRST and issued:
        return f"Account {name} has a card; say why it is replaced."
    if reason is not PayCardReason.FIRST and not issued:
        return f"Account {name} has no card that could be replaced: order a first one."
    return ""
