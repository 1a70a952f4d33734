"""Payments on a statement that the ledger seems to have already: a bank file, or a desk, posted them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.services.core.context import Context
from app.services.reception_payments.bank.channels import BY_KEY
from app.services.reception_payments.bank.kept import Straight
from app.services.reception_payments.files import doubled

Paid = tuple[Straight, date]
"""A payment, and the day on which the bank had it."""


def like(ctx: Context, wanted: Iterable[Paid]) -> dict[Paid, int]:
    """Those of some payments whose like stands on their account, with its journal.

    The like has the same account, day and amount, and is the same kind of money.
    """
    groups = doubled.groups(ctx)
    keys = {
        (each, on): (each.account_id, on, each.pence, groups[BY_KEY[each.channel].code])
        for each, on in wanted
        if each.pence > 0 and BY_KEY[each.channel].code in groups
    }
    found = doubled.alike(ctx, keys.values())
    return {paid: found[key][0].journal for paid, key in keys.items() if found.get(key)}
