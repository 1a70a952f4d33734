"""What was receipted and isn't at the bank yet: entries of the channels' control accounts that no match has cleared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from app.models.reception_payments.bank import BankCleared, BankMatch, CouncilBank
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.dto import ControlEntry
from app.services.ledger.sql import ACCOUNT, ENTRY
from app.services.reception_payments.bank.channels import KEYS, expected_by

CLEARED: Final[Any] = BankCleared.__table__
Found = dict[tuple[int, int], ControlEntry]
"""Entries by their journal and line."""
_BEFORE: Final = 31
"""Days before the first that are looked at for what was still on its way then."""


def since(ctx: Context) -> date | None:
    """From when the ledger is held against the bank: the first day of the earliest bank account; None where there is none."""
    return ctx.session.scalar(select(func.min(CouncilBank.starts_on)))


def standing(ctx: Context, keys: Collection[str] = KEYS, as_at: date | None = None) -> tuple[ControlEntry, ...]:
    """The entries in transit, the oldest first; an entry and its reversal that are both there are nothing.

    What was receipted before the first day, and could still be on its way then, may come to the bank too.

    `as_at`: those that were in transit at the end of a day, going by the day of the bank's lines; from the first day alone,
    since nobody knows of the others whether the bank had them before.
    """
    first = since(ctx)
    if first is None:
        return ()
    if as_at is None:
        from_on = {key: _on_its_way(ctx, key, first) for key in keys}
        found = clearing.standing(ctx, keys, min(from_on.values(), default=first), CLEARED)
        return without_reversed(each for each in found if each.on >= from_on[each.key])
    seen = (
        select(BankCleared.journal, BankCleared.line)
        .join(BankMatch, BankMatch.id == BankCleared.match_id)
        .where(BankMatch.on <= as_at)
        .subquery("seen")
    )
    of_day = clearing.standing(ctx, keys, first, seen)
    return without_reversed(each for each in of_day if each.on <= as_at)


def by_key(ctx: Context) -> Found:
    """The entries in transit by their journal and line."""
    return {(each.journal, each.line): each for each in standing(ctx)}


def take_out(found: Found | None, entries: Iterable[ControlEntry]) -> None:
    """Take entries that came to the bank out of what was read before."""
    if found is not None:
        for each in entries:
            found.pop((each.journal, each.line), None)


def from_before(ctx: Context, as_at: date) -> dict[str, int]:
    """What was receipted before the first day and has come to the bank since, up to a day; pence, by the channel's key.

    Begun at what the bank has, which is little: asked for its day, or summed by account, SQLite reads all that was ever
    receipted.
    """
    first = since(ctx)
    if first is None:
        return {}
    rows = (
        select(ENTRY.c.account_id, ENTRY.c.pence, ENTRY.c.effective_on)
        .select_from(BankMatch)
        .join(CLEARED, CLEARED.c.match_id == BankMatch.id)
        .join(ENTRY, (CLEARED.c.journal == ENTRY.c.journal) & (CLEARED.c.line == ENTRY.c.line))
        .where(BankMatch.on <= as_at)
    )
    channels = select(ACCOUNT.c.id, ACCOUNT.c.control_key).where(ACCOUNT.c.control_key.in_(sorted(KEYS)))
    keys = {row.id: row.control_key for row in ctx.session.execute(channels)}
    found: dict[str, int] = {}
    for account_id, pence, effective_on in ctx.session.execute(rows):
        if effective_on < first and account_id in keys:
            found[keys[account_id]] = found.get(keys[account_id], 0) + pence
    return found


def _on_its_way(ctx: Context, key: str, first: date) -> date:
    """The earliest day whose money of a channel could still be in transit on the first day."""
    earliest = first
    for back in range(1, _BEFORE + 1):
        day = first - timedelta(days=back)
        if expected_by(ctx, key, day) < first:
            break
        earliest = day
    return earliest


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
