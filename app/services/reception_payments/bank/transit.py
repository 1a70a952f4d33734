"""What was receipted and isn't at the bank yet: entries of the channels' control accounts that no match has cleared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import func, select

from app.models.reception_payments.bank import BankCleared, BankMatch, CouncilBank
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank.channels import KEYS

CLEARED = BankCleared.__table__


def since(ctx: Context) -> date | None:
    """From when the ledger is held against the bank: the first day of the earliest bank account; None where there is none."""
    return ctx.session.scalar(select(func.min(CouncilBank.starts_on)))


def standing(ctx: Context, keys: Collection[str] = KEYS, as_at: date | None = None) -> tuple[ControlEntry, ...]:
    """The entries in transit, the oldest first; an entry and its reversal that are both there are nothing.

    `as_at`: those that were in transit at the end of a day, going by the day of the bank's lines.
    """
    first = since(ctx)
    if first is None:
        return ()
    if as_at is None:
        return without_reversed(clearing.standing(ctx, keys, first, CLEARED))
    seen = (
        select(BankCleared.journal, BankCleared.line)
        .join(BankMatch, BankMatch.id == BankCleared.match_id)
        .where(BankMatch.on <= as_at)
        .subquery("seen")
    )
    found = clearing.standing(ctx, keys, first, seen)
    return without_reversed(each for each in found if each.on <= as_at)


def without_reversed(entries: Iterable[ControlEntry]) -> tuple[ControlEntry, ...]:
    """The entries but those that stand beside their own opposite; one whose opposite came to the bank stays."""
    found = tuple(entries)
    there = {(each.journal, each.account_id, each.amount.pence): each for each in found}
    gone: set[tuple[int, int]] = set()
    for each in found:
        taken_back = there.get((each.reverses or 0, each.account_id, -each.amount.pence))
        if taken_back is not None:
            gone |= {(each.journal, each.line), (taken_back.journal, taken_back.line)}
    return tuple(each for each in found if (each.journal, each.line) not in gone)
