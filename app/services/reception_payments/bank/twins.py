"""Payments on a statement, or in suspense, that the ledger seems to have already: a bank file, or a desk, posted them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from app.services.core.context import Context
from app.services.reception_payments.bank.channels import BY_KEY
from app.services.reception_payments.bank.kept import Straight
from app.services.reception_payments.files import doubled

_DAYS: Final = "bank.twin_days"
"""The policy that says within how many days one payment may be dated differently."""
Paid = tuple[Straight, date]
"""A payment, and the day on which the bank had it."""


class Like(NamedTuple):
    """What a payment is like: the journal, and the day to which it belongs."""

    journal: int
    on: date


def like(ctx: Context, wanted: Iterable[Paid]) -> dict[Paid, Like]:
    """Those of some payments whose like stands on their account.

    The like has the same account and amount, is the same kind of money, and is of the same day or a few days about.
    """
    groups = doubled.groups(ctx)
    keys = {
        (each, on): (each.account_id, on, each.pence, groups[BY_KEY[each.channel].code])
        for each, on in wanted
        if each.pence > 0 and BY_KEY[each.channel].code in groups
    }
    found = doubled.alike_about(ctx, keys.values(), ctx.policy.number(_DAYS, ctx.clock.today()))
    return {paid: Like(found[key][1].journal, found[key][0]) for paid, key in keys.items() if key in found}


def like_on(ctx: Context, account_ids: Iterable[int], on: date, pence: int, code: str) -> dict[int, Like]:
    """The same for one payment, on each of some accounts on which it has its like."""
    groups = doubled.groups(ctx)
    if pence <= 0 or code not in groups:
        return {}
    keys = {(account_id, on, pence, groups[code]) for account_id in account_ids}
    found = doubled.alike_about(ctx, keys, ctx.policy.number(_DAYS, ctx.clock.today()))
    return {key[0]: Like(alike.journal, day) for key, (day, alike) in found.items()}
