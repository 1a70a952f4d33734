"""What was receipted and isn't at the bank yet: entries of the channels' control accounts that no match has cleared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import func, select

from app.models.reception_payments.bank import BankCleared, CouncilBank
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.clearing import ControlEntry
from app.services.reception_payments.bank.channels import KEYS

CLEARED = BankCleared.__table__


def since(ctx: Context) -> date | None:
    """From when the ledger is held against the bank: the first day of the earliest bank account; None where there is none."""
    return ctx.session.scalar(select(func.min(CouncilBank.starts_on)))


def standing(ctx: Context, keys: Collection[str] = KEYS) -> tuple[ControlEntry, ...]:
    """The entries in transit, the oldest first; a journal and its reversal that are both there are nothing."""
    first = since(ctx)
    if first is None:
        return ()
    return without_reversed(clearing.standing(ctx, keys, first, CLEARED))


def without_reversed(entries: Iterable[ControlEntry]) -> tuple[ControlEntry, ...]:
    """The entries but those of journals that stand beside their own reversal."""
    found = tuple(entries)
    there = {each.journal for each in found}
    pairs = {each.journal for each in found if each.reverses in there}
    pairs |= {each.reverses for each in found if each.journal in pairs and each.reverses is not None}
    return tuple(each for each in found if each.journal not in pairs)
