"""What benefit pays for the home, among the facts at the head of an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.models.accounts import Account
from app.models.values import ClaimState, Frequency
from app.services.benefits import reading, rules
from app.services.benefits.dto import EACH, KINDS, Claim
from app.services.core.context import Context
from app.services.rent.dto import Mark
from app.services.rent.marks import register as plug_in

_EACH: Final = {Frequency.WEEKLY: "a week", Frequency.MONTHLY: "a month"}


def register() -> None:
    """Plug the mark in."""
    plug_in("benefit", _marks)


def _marks(ctx: Context, account_id: int, today: date) -> Iterator[Mark]:
    account = ctx.session.get(Account, account_id)
    if account is None or account.tenancy_id is None:
        return
    for claim in reading.claims_of(ctx, [account.tenancy_id], rules.LIVE).get(account.tenancy_id, ()):
        yield Mark(words_of(claim, today), in_line=True)


def words_of(claim: Claim, today: date) -> str:
    """A claim in a few words: `Housing Benefit £60.00 a week to us`."""
    name = KINDS[claim.kind]
    award = claim.award_on(today)
    if claim.state is not ClaimState.LIVE or award is None:
        return f"{name} {'suspended' if claim.state is ClaimState.SUSPENDED else 'applied for'}"
    return f"{name} {award.amount} {_EACH[EACH[claim.kind]]} to {'us' if award.to_landlord else 'the tenant'}"
