"""Whose an item may be: accounts ranked by reasons that an officer can check, found in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select, true

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.reception_payments.suspense import KnownPayer, SuspenseItem
from app.models.tenancies import Tenancy
from app.models.values import ZERO, AccountKind, ArrangementState, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.imports.values import fold
from app.services.ledger import usual
from app.services.reception_payments.bank import twins
from app.services.reception_payments.bank.twins import Like
from app.services.reception_payments.pay_cards.references import accounts_of
from app.services.reception_payments.suspense import rules
from app.services.reception_payments.suspense.dto import Candidate
from app.services.reception_payments.suspense.rules import Weight
from app.services.rent import queries as rent
from app.services.rent.listed_dto import AccountRow
from app.services.rent.rules import references_in

_LATELY: Final = timedelta(days=120)
_MOST_NAMES: Final = 5
"""A name that more accounts have says nothing."""
_MOST_KNOWN: Final = 5
"""So does a payer of more accounts, such as a benefit office."""

Found = Iterator[tuple[int, Weight, str]]
"""An account, what the reason counts, and the reason."""


def ranked(ctx: Context, item: SuspenseItem) -> tuple[Candidate, ...]:
    """The likeliest accounts of an item, the likeliest first; none where nothing speaks for any."""
    scores: dict[int, list[tuple[Weight, str]]] = defaultdict(list)
    for account_id, weight, reason in _found(ctx, item):
        scores[account_id].append((weight, reason))
    rows = {row.account_id: row for row in rent.account_rows(ctx, sorted(scores))}
    closed = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    found = [_candidate(row, scores[account_id], open_=account_id not in closed) for account_id, row in rows.items()]
    likely = [each for each in found if each.score >= rules.LEAST]
    best = sorted(likely, key=lambda each: (-each.score, each.account.account_id))[: rules.MOST]
    shown = [each.account.account_id for each in best if each.open]
    paid = usual.last_paid(ctx, shown)
    there = twins.like_on(ctx, shown, item.received_on, item.left_pence, item.code)
    return tuple(
        replace(
            each,
            paid=tuple(paid.get(each.account.account_id, ())),
            reasons=(*each.reasons, *_twin(there.get(each.account.account_id), item)),
        )
        if each.open
        else _shut(each)
        for each in best
    )


def _twin(like: Like | None, item: SuspenseItem) -> Iterator[str]:
    """What is said of an account that has such a payment already."""
    if like is not None:
        on = f"{like.on.day} {like.on:%b %Y}"
        yield f"It has {Money(item.left_pence)} of {on} already, by journal {like.journal}: is it the same payment?"


def _shut(found: Candidate) -> Candidate:
    """Of an account that isn't the officer's to work on its reference is told, and nothing else."""
    account = replace(found.account, name=access.RESTRICTED_NAME, address="", postcode="", balance=ZERO)
    return replace(found, account=account, reasons=())


def _candidate(row: AccountRow, reasons: Iterable[tuple[Weight, str]], *, open_: bool) -> Candidate:
    best: dict[Weight, str] = {}
    for weight, reason in reasons:
        best.setdefault(weight, reason)
    ended = row.ended_on is not None
    if ended:
        best[Weight.FORMER] = "The tenancy has ended"
    score = sum(best)
    return Candidate(row, score, tuple(best[weight] for weight in sorted(best, reverse=True)), open_)


def _found(ctx: Context, item: SuspenseItem) -> Found:
    given = references_in(item.reference_given) | references_in(item.narrative)
    yield from _by_reference(ctx, given)
    for reference, account_id in accounts_of(ctx, given).items():
        yield account_id, Weight.CARD, f"{reference} is, or was, its pay point card"
    yield from _by_payer(ctx, item)
    yield from _by_name(ctx, item)
    yield from _by_amount(ctx, item)


def _by_reference(ctx: Context, given: frozenset[str]) -> Found:
    """Accounts whose payment or tenancy reference was given, or is near to one that was."""
    near = rules.near(given)
    for reference, account_id in _accounts(ctx, given | near.keys()):
        if reference in given:
            yield account_id, Weight.REFERENCE, f"Its reference {reference} was given"
        else:
            typed, weight = near[reference]
            differs = "Two digits are swapped" if weight is Weight.SWAPPED else "One digit is another"
            yield account_id, weight, f"{differs}: {typed} was given for {reference}"


def _accounts(ctx: Context, keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    for chunk in in_chunks(sorted(keys)):
        payment = select(Account.reference_key, Account.id).where(
            Account.reference_key.in_(chunk), Account.kind != AccountKind.CONTROL
        )
        tenancy = (
            select(Tenancy.ref_key, Account.id)
            .join(Account, Account.tenancy_id == Tenancy.id)
            .where(Tenancy.ref_key.in_(chunk))
        )
        for statement in (payment, tenancy):
            for key, account_id in ctx.session.execute(statement):
                yield key or "", account_id


def _by_payer(ctx: Context, item: SuspenseItem) -> Found:
    payer = payer_key(item)
    if not payer:
        return
    known = select(KnownPayer).where(KnownPayer.payer == payer, KnownPayer.active == true())
    found = ctx.session.scalars(known.order_by(KnownPayer.last_on.desc()).limit(_MOST_KNOWN + 1)).all()
    if len(found) > _MOST_KNOWN:
        return
    for each in found:
        on = f"{each.last_on.day} {each.last_on:%b %Y}"
        yield each.account_id, Weight.PAYER, f"The same payer paid for it before, last on {on}"


def _by_name(ctx: Context, item: SuspenseItem) -> Found:
    words = rules.name_words(item.payer_name)
    if not words:
        return
    rows = rent.find(ctx, words, limit=_MOST_NAMES + 1)
    if len(rows) <= _MOST_NAMES:
        for row in rows:
            yield row.account_id, Weight.NAME, f"The payer's name: {row.name}"


def _by_amount(ctx: Context, item: SuspenseItem) -> Found:
    if item.pence <= 0:
        return
    since = item.received_on - _LATELY
    often = usual.paid(ctx, item.pence, since)
    days = usual.days(ctx, [each.account_id for each in often], item.pence, since)
    for each in often:
        yield each.account_id, Weight.USUAL, f"{Money(item.pence)} was paid {each.times} times lately"
        if day := rules.usual_day(days[each.account_id], item.received_on):
            yield each.account_id, Weight.DAY, f"It came {day}"
    live = select(Arrangement.account_id).where(
        Arrangement.amount_pence == item.pence, Arrangement.state == ArrangementState.LIVE
    )
    for account_id in ctx.session.scalars(live.limit(_MOST_NAMES * 10)):
        yield account_id, Weight.INSTALMENT, f"{Money(item.pence)} is the instalment of its arrangement"


def payer_key(item: SuspenseItem) -> str:
    """A payer's name as it is remembered; empty where none was given."""
    return fold(item.payer_name)[:120]
