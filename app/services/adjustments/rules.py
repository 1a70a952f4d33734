"""What a line of an adjustment must be, and what its lines come to. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, AccountKind, LimitKind, LineFix, Money, Side
from app.services.adjustments.dto import FixForm, KindRow, NewLine, ReasonRow
from app.services.ledger.rules import fault_in_text

MOST: Final = Money(1_000_000_00)
"""No adjustment of one line is for more: a figure like that is a slip of the hand."""
MOST_WORKING: Final = 4_000
MOST_LIKE_REASON: Final = 200
RECALCULATED: Final = "rent_change"
"""The key of the kind whose lines are the weeks of a charge that was worked out anew."""
FIRST_DAY: Final = date(1948, 1, 1)
"""An earlier day is a slip of the hand."""
_WEEK: Final = timedelta(days=6)


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

    def turned(self) -> Sums:
        """What their reversal comes to."""
        return Sums(self.credit, self.debit, self.largest)


def sums(lines: Iterable[NewLine]) -> Sums:
    """What the lines come to. The weeks of a recalculation are one correction, so together they count as one line."""
    debit = credit = largest = 0
    recalculated: defaultdict[int, int] = defaultdict(int)
    for line in lines:
        pence, transfer = line.amount.pence, line.other_account_id is not None
        amount = abs(pence)
        if line.kind == RECALCULATED:
            recalculated[line.account_id] += pence
            largest = max(largest, abs(recalculated[line.account_id]))
        largest = max(largest, amount)
        if pence > 0 or transfer:
            debit += amount
        if pence < 0 or transfer:
            credit += amount
    return Sums(Money(debit), Money(credit), Money(largest))


def faults(
    line: NewLine,
    kind: KindRow | None,
    reason: ReasonRow | None,
    on: AccountKind | None,
    other: AccountKind | None = None,
) -> tuple[Fault, ...]:
    """What is wrong with a line by itself.

    `on` is the kind of its account, None where there is no such account; `other`, of a transfer, that of the other one, None
    where it isn't known.
    """
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
        found.append(Fault("kind", f"{kind.title} isn't made on a {in_words(on)} account."))
    found += _amount(line, kind)
    found += _days(line, kind)
    found += _texts(line)
    if kind.side is Side.TRANSFER:
        found += _other(line, kind, other)
    elif line.other_account_id is not None:
        found.append(Fault("other_account_id", f"{kind.title} is made on one account.", "Choose a transfer instead."))
    return tuple(found)


def in_words(kind: AccountKind) -> str:
    """A kind of account in the middle of a sentence."""
    return "HB overpayment" if kind is AccountKind.HB_OVERPAYMENT else kind.value.replace("_", " ")


def undeclared(lines: Sequence[NewLine], count: int | None, total: Money | None) -> str:
    """How the lines differ from what was declared, as a sentence; empty where they don't."""
    come_to = sum((line.amount for line in lines), ZERO)
    said = []
    if count is not None and count != len(lines):
        said.append(f"{count:,} lines were declared and there are {len(lines):,}")
    if total is not None and total != come_to:
        said.append(f"{total.dr_cr()} was declared and they come to {come_to.dr_cr()}")
    return f"{'; '.join(said)}. Nothing is posted until they agree." if said else ""


def proposed(
    form: FixForm,
    fix: LineFix,
    reason: str,
    *,
    to: int | None = None,
    wanted: Money | None = None,
    narrative: str = "",
) -> NewLine:
    """The line that puts a line of the ledger right, on the day and in the week that it belongs to.

    `to` is the account that a moved line should have been on; `wanted` what a corrected one should have been, a debit
    positive; `reason` the key of a reason. `form.offers` says what can be asked for.
    """
    amount = (wanted if wanted is not None else form.amount) - form.amount if fix is LineFix.CORRECT else -form.amount
    first = form.rent_week or form.effective_on
    line = NewLine(
        account_id=form.account.account_id,
        kind=form.debit_kind if amount > ZERO else form.credit_kind,
        amount=amount,
        effective_on=form.effective_on,
        reason=reason,
        narrative=narrative.strip() or _said(form, fix),
        rent_week=form.rent_week,
        from_on=first,
        to_on=first + _WEEK if form.rent_week else first,
        code=form.fix_code,
        fix=fix,
        fixed_journal=form.journal,
        fixed_line=form.line,
    )
    return replace(line, kind=form.move_kind, code="", other_account_id=to) if fix is LineFix.MOVE else line


def _said(form: FixForm, fix: LineFix) -> str:
    """What the statement says of it, if the officer says nothing else."""
    on = f"{form.what} of {form.effective_on.day} {form.effective_on:%b %Y}"
    words = {
        LineFix.MOVE: f"{on}, moved to the right account",
        LineFix.REVERSE: f"{on}, taken back",
        LineFix.CORRECT: f"{on}, put right",
    }
    return words[fix]


def _amount(line: NewLine, kind: KindRow) -> list[Fault]:
    pence = line.amount.pence
    if not pence:
        return [Fault("amount", "An adjustment of £0.00 does nothing.", "Give an amount.")]
    if abs(pence) > MOST.pence:
        return [
            Fault("amount", f"{abs(line.amount)} is more than an adjustment may be ({MOST}).", "Look at the figure.")
        ]
    wrong = (kind.side is Side.DEBIT and pence < 0) or (kind.side is Side.CREDIT and pence > 0)
    if wrong:
        return [Fault("amount", f"{kind.title} is always a {kind.side.value}.", "Choose the kind for the other side.")]
    return []


def _days(line: NewLine, kind: KindRow) -> list[Fault]:
    if kind.needs_period and (line.from_on is None or line.to_on is None):
        return [Fault("from_on", f"{kind.title} needs the days that it is for.", "Give the first and the last day.")]
    if line.from_on is not None and line.to_on is not None and line.to_on < line.from_on:
        return [Fault("to_on", "The last day is before the first.")]
    if line.effective_on < FIRST_DAY:
        return [Fault("effective_on", f"{line.effective_on:%d %b %Y} can't be right.", "Look at the year.")]
    return []


def _texts(line: NewLine) -> list[Fault]:
    found: list[Fault] = []
    if not line.narrative.strip():
        found.append(Fault("narrative", "Say what it is for.", "The tenant reads it on the statement."))
    elif told := fault_in_text(line.narrative):
        found.append(Fault("narrative", told))
    if len(line.working) > MOST_WORKING:
        found.append(Fault("working", f"The working is over {MOST_WORKING:,} characters.", "Make two lines of it."))
    if len(line.like_reason) > MOST_LIKE_REASON:
        found.append(
            Fault("like_reason", f"That is over {MOST_LIKE_REASON} characters.", "Put the rest into the note.")
        )
    return found


def _other(line: NewLine, kind: KindRow, other: AccountKind | None) -> list[Fault]:
    if line.other_account_id is None:
        return [Fault("other_account_id", "Choose the account that takes the other side.")]
    if line.other_account_id == line.account_id:
        return [Fault("other_account_id", "A transfer to the same account does nothing.", "Choose another account.")]
    if other is not None and other not in kind.account_kinds:
        return [Fault("other_account_id", f"{kind.title} isn't made to a {in_words(other)} account.")]
    return []
