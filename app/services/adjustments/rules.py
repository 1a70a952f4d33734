"""What a line of an adjustment must be, and what its lines come to. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.models.values import ZERO, AccountKind, LimitKind, Money, Side
from app.services.adjustments.dto import KindRow, NewLine, ReasonRow

MOST: Final = Money(1_000_000_00)
"""No adjustment of one line is for more: a figure like that is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: the field of `NewLine`, what is wrong, what to do."""

    field: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What some lines come to, all without a sign; of a transfer the amount counts once in each of the two sums."""

    debit: Money
    credit: Money
    largest: Money

    @property
    def limit(self) -> LimitKind:
        """The limit that the larger side falls under."""
        return LimitKind.ADJUSTMENT_DEBIT if self.debit >= self.credit else LimitKind.ADJUSTMENT_CREDIT

    @property
    def total(self) -> Money:
        """The larger of the two sums."""
        return max(self.debit, self.credit)


def sums(lines: Iterable[NewLine]) -> Sums:
    """What the lines come to."""
    debit = credit = largest = ZERO
    for line in lines:
        amount = abs(line.amount)
        largest = max(largest, amount)
        if line.amount > ZERO or line.other_account_id is not None:
            debit += amount
        if line.amount < ZERO or line.other_account_id is not None:
            credit += amount
    return Sums(debit, credit, largest)


def faults(line: NewLine, kind: KindRow | None, reason: ReasonRow | None, on: AccountKind | None) -> tuple[Fault, ...]:
    """What is wrong with a line by itself; `on` is the kind of its account, None where there is no such account."""
    found: list[Fault] = []
    if on is None:
        found.append(Fault("account_id", "There is no such account.", "Choose it by its reference or name."))
    if kind is None or not kind.active:
        return (*found, Fault("kind", "That kind of adjustment isn't in use.", "Choose another kind."))
    if reason is None or not reason.active or (reason.kinds and kind.key not in reason.kinds):
        found.append(
            Fault("reason", f"That reason doesn't fit {kind.title.lower()}.", "Choose a reason from the list.")
        )
    if on is not None and on not in kind.account_kinds:
        found.append(Fault("kind", f"{kind.title} isn't made on a {on.value.replace('_', ' ')} account."))
    found += _amount(line, kind)
    found += _days(line, kind)
    if not line.narrative.strip():
        found.append(Fault("narrative", "Say what it is for.", "The tenant reads it on the statement."))
    if kind.side is Side.TRANSFER:
        found += _other(line)
    return tuple(found)


def undeclared(lines: Sequence[NewLine], count: int | None, total: Money | None) -> str:
    """How the lines differ from what was declared, as a sentence; empty where they don't."""
    come_to = sum((line.amount for line in lines), ZERO)
    said = []
    if count is not None and count != len(lines):
        said.append(f"{count:,} lines were declared and there are {len(lines):,}")
    if total is not None and total != come_to:
        said.append(f"{total.dr_cr()} was declared and they come to {come_to.dr_cr()}")
    return f"{'; '.join(said)}. Nothing is posted until they agree." if said else ""


def _amount(line: NewLine, kind: KindRow) -> list[Fault]:
    if not line.amount:
        return [Fault("amount", "An adjustment of £0.00 does nothing.", "Give an amount.")]
    if abs(line.amount) > MOST:
        return [
            Fault("amount", f"{abs(line.amount)} is more than an adjustment may be ({MOST}).", "Look at the figure.")
        ]
    wrong = (kind.side is Side.DEBIT and line.amount < ZERO) or (kind.side is Side.CREDIT and line.amount > ZERO)
    if wrong:
        return [Fault("amount", f"{kind.title} is always a {kind.side.value}.", "Choose the kind for the other side.")]
    return []


def _days(line: NewLine, kind: KindRow) -> list[Fault]:
    if kind.needs_period and (line.from_on is None or line.to_on is None):
        return [Fault("from_on", f"{kind.title} needs the days that it is for.", "Give the first and the last day.")]
    if line.from_on is not None and line.to_on is not None and line.to_on < line.from_on:
        return [Fault("to_on", "The last day is before the first.")]
    return []


def _other(line: NewLine) -> list[Fault]:
    if line.other_account_id is None:
        return [Fault("other_account_id", "Choose the account that takes the other side.")]
    if line.other_account_id == line.account_id:
        return [Fault("other_account_id", "A transfer to the same account does nothing.", "Choose another account.")]
    return []
