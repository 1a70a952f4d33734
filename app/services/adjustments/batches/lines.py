"""The rows of a batch as lines: whose account each means, and what a row lacks or names that isn't there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import AccountKind, Side
from app.services.adjustments.batches import rules
from app.services.adjustments.batches.dto import BatchRow, NewBatch, Usual
from app.services.adjustments.dto import KindRow, NewLine
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.imports.dto import Mistake
from app.services.rent.rules import reference_key

STEP: Final = 2_000
"""Rows between two looks at whether to stop."""


@dataclass(slots=True)
class Found:
    """What is found on the way: the lines that stand, with the numbers of their rows, the mistakes, and the kinds of accounts."""

    rows: list[int] = field(default_factory=list)
    lines: list[NewLine] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    on: dict[int, AccountKind] = field(default_factory=dict)


def read_lines(
    ctx: Context, new: NewBatch, rows: Sequence[BatchRow], known: Mapping[str, KindRow], found: Found
) -> None:
    """Add the lines that rows mean, and what is wrong with the others.

    Raises:
        Cancelled: the officer asked for it.
    """
    accounts = _accounts(ctx, {each for row in rows for each in (row.reference, row.other_reference) if each}, found)
    usual = new.usual
    nowhere = _nowhere(rows, usual)
    found.mistakes += nowhere
    unread = {(each.row, each.field) for each in found.mistakes}
    unread.update((row.row, each.field) for each in nowhere for row in rows)
    for at, row in enumerate(rows):
        if not at % STEP:
            ctx.cancel.check()
            ctx.progress(at, len(rows), "Looking through the lines")
        kind = known.get(row.kind or usual.kind)
        account = row.account or accounts.get(row.reference)
        other = row.other or accounts.get(row.other_reference)
        line = None if kind is None or account is None else _line(row, usual, kind, account, other)
        if line is not None and (row.row, "amount") not in unread:
            found.rows.append(row.row)
            found.lines.append(line)
            continue
        lacks = _lacking(row, usual, kind, account, other)
        found.mistakes += (each for each in lacks if (row.row, each.field) not in unread)


def _line(row: BatchRow, usual: Usual, kind: KindRow, account: int, other: int | None) -> NewLine | None:
    """A row as a line; None where it lacks something."""
    reason, on = row.reason or usual.reason, row.effective_on or usual.effective_on
    if row.amount is None or not reason or on is None or rules.wrong_column(row, kind):
        return None
    if other is None and (row.other_reference or kind.side is Side.TRANSFER):
        return None
    return NewLine(
        account_id=account,
        kind=kind.key,
        amount=rules.signed(row.amount, kind.side),
        effective_on=on,
        reason=reason,
        narrative=row.narrative or usual.narrative,
        other_account_id=other,
        from_on=row.from_on or usual.from_on,
        to_on=row.to_on or usual.to_on,
        like_reason=row.like_reason,
    )


def _nowhere(rows: Sequence[BatchRow], usual: Usual) -> list[Mistake]:
    """What is said neither for the batch nor by any row is told once, not for every row."""
    asked = (
        ("kind", "No line says what kind it is.", "Choose a kind for all of them."),
        ("reason", "No line says why.", "Choose a reason for all of them."),
        ("effective_on", "No line has a date.", "Give the day that all of them belong to."),
    )
    return [
        Mistake(0, name, message, hint)
        for name, message, hint in asked
        if rows and not getattr(usual, name) and not any(getattr(row, name) for row in rows)
    ]


def _lacking(
    row: BatchRow, usual: Usual, kind: KindRow | None, account: int | None, other: int | None
) -> Iterator[Mistake]:
    """What a row lacks, or names that isn't there."""
    if account is None:
        yield _no_account(row.row, "account", row.reference)
    if other is None and (row.other_reference or (kind is not None and kind.side is Side.TRANSFER)):
        yield _no_account(row.row, "other", row.other_reference)
    if kind is None:
        said = row.kind or usual.kind
        told = f"{said} isn't made in a batch." if said else "Say what kind it is."
        yield Mistake(row.row, "kind", told, "Choose a kind for it, or for all rows.")
    else:
        yield from rules.wrong_column(row, kind)
    if not (row.reason or usual.reason):
        yield Mistake(row.row, "reason", "Say why.", "Choose a reason for it, or for all rows.")
    if row.amount is None:
        yield Mistake(row.row, "amount", "It has no amount.", "Type pounds and pence, such as 118.42.")
    if (row.effective_on or usual.effective_on) is None:
        yield Mistake(row.row, "effective_on", "It has no date.", "Give the day that it belongs to.")


def _no_account(row: int, name: str, reference: str) -> Mistake:
    if not reference:
        what = (
            "It names no account." if name == "account" else "A transfer names the account that takes the other side."
        )
        return Mistake(row, name, what, "Give its payment reference.")
    return Mistake(row, name, f"There is no account {reference}.", "Look at the reference, digit by digit.")


def _accounts(ctx: Context, references: set[str], looked: Found) -> dict[str, int]:
    """Accounts by their payment references as they were written."""
    found: dict[str, int] = {}
    keys = {each: reference_key(each) for each in references}
    for chunk in in_chunks(sorted(set(keys.values()))):
        rows = ctx.session.execute(
            select(Account.reference_key, Account.id, Account.kind).where(
                Account.reference_key.in_(chunk), Account.kind != AccountKind.CONTROL
            )
        )
        for key, account_id, kind in rows:
            found[key or ""] = account_id
            looked.on[account_id] = kind
    return {each: found[key] for each, key in keys.items() if key in found}
