"""What the rows of a batch mean. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.models.values import ZERO, AdjustmentSheet, Money, Side
from app.services.adjustments.batches.dto import BatchRow, KindTotal, Standing, Usual
from app.services.adjustments.dto import KindRow, NewLine
from app.services.adjustments.rules import sums
from app.services.imports.dto import Heading, Mistake
from app.services.imports.mapping import read_twice

SHEETS: Final = frozenset({AdjustmentSheet.ADJUSTMENT, AdjustmentSheet.TRANSFER})
"""Kinds with a sheet of their own (recharges, refunds and so on) aren't made in batches."""
FIELDS: Final[Mapping[str, str]] = {
    "account_id": "account",
    "other_account_id": "other",
}
"""The fields of a line by other names in a row."""
WORDS: Final[Mapping[str, str]] = {
    "account": "Account",
    "other": "To account",
    "kind": "Kind",
    "reason": "Reason",
    "amount": "Amount",
    "effective_on": "Date",
    "from_on": "From",
    "to_on": "To",
    "narrative": "Narrative",
    "like_reason": "Why not the same again",
    "title": "Title",
    "declared": "Declared",
}
"""How an officer calls the fields of a row."""


def signed(amount: Money, side: Side) -> Money:
    """An amount as it is posted: without a sign it goes the way its kind goes; a wrong sign is left, to be refused."""
    return -amount if side is Side.CREDIT and amount.pence > 0 else amount


def wrong_column(row: BatchRow, kind: KindRow) -> tuple[Mistake, ...]:
    """What is wrong with a debit of a file whose kind is always a credit; nothing of any other row."""
    if not row.debit or kind.side is not Side.CREDIT:
        return ()
    told = f"{kind.title} is a credit, and the file says debit."
    return (Mistake(row.row, "amount", told, "Choose another kind, or put it in the Credit column."),)


def standing(
    rows: Iterable[BatchRow],
    usual: Usual,
    kinds: Mapping[str, KindRow],
    declared_count: int | None = None,
    declared: Money | None = None,
) -> Standing:
    """How rows stand to what was declared, while they are keyed; a total without a sign goes as the amounts do."""
    count = pence = 0
    credited = {key for key, kind in kinds.items() if kind.side is Side.CREDIT}
    for row in rows:
        count += 1
        if row.amount is not None:
            amount = row.amount.pence
            turned = amount > 0 and not row.debit and (row.kind or usual.kind) in credited
            pence += -amount if turned else amount
    total = Money(pence)
    of_all = kinds.get(usual.kind)
    if declared is not None and of_all is not None and total < ZERO:
        declared = signed(declared, of_all.side)
    return Standing(count, total, declared_count, declared)


def totals(lines: Sequence[NewLine], kinds: Mapping[str, KindRow]) -> tuple[KindTotal, ...]:
    """What the lines come to by kind, in the order of the kinds."""
    by_kind: dict[str, list[NewLine]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    found = []
    for key, kind in kinds.items():
        if of_it := by_kind.get(key):
            come_to = sums(of_it)
            found.append(KindTotal(key, kind.title, len(of_it), come_to.debit, come_to.credit))
    return tuple(found)


def differs(standing: Standing, *, whole: bool) -> tuple[Mistake, ...]:
    """How a batch differs from what was declared; `whole` says that every row could be read."""
    if standing.declared_count is None or standing.declared is None:
        told = "Declare how many lines there are and what they come to before it is submitted."
        return (Mistake(0, "declared", told, "Count and add up what is in front of you, not what was keyed."),)
    if standing.agrees or not whole:
        return ()
    said = []
    if standing.declared_count != standing.count:
        said.append(f"{standing.declared_count:,} lines were declared and there are {standing.count:,}")
    if standing.declared != standing.total:
        said.append(f"{standing.declared.dr_cr()} was declared and they come to {standing.total.dr_cr()}")
    return (Mistake(0, "declared", f"{'; '.join(said)}.", "Look for what is missing, or declare it anew."),)


def lacking(columns: Mapping[str, str]) -> str:
    """What the chosen columns of a file (ours by its headings) lack or have twice, as a sentence; empty where they will do."""
    chosen = [each for each in columns.values() if each]
    double = sorted({each.replace("_", " ") for each in chosen if chosen.count(each) > 1})
    if double:
        return f"Two headings are both the {double[0]}: leave one of them out."
    if "reference" not in chosen:
        return "Say which heading is the reference of the account."
    if not {"amount", "debit", "credit"} & set(chosen):
        return "Say which heading is the amount, or the debit and the credit."
    return _BOTH if "amount" in chosen and {"debit", "credit"} & set(chosen) else ""


def unclear(headings: Sequence[Heading]) -> str:
    """What keeps a file from being read as its headings are chosen, as a sentence; empty where they will do."""
    return read_twice(headings) or lacking({each.name: each.field for each in headings})


def twice(rows: Sequence[tuple[int, NewLine]]) -> tuple[str, ...]:
    """A warning for lines that stand in the batch more than once: the same account, kind, amount and day."""
    seen: dict[tuple[object, ...], int] = {}
    pairs: list[str] = []
    for number, line in rows:
        key = (line.account_id, line.other_account_id, line.kind, line.amount.pence, line.effective_on)
        first = seen.setdefault(key, number)
        if first != number:
            pairs.append(f"{number} as {first}")
    if not pairs:
        return ()
    more = f" and {len(pairs) - _SHOWN:,} more" if len(pairs) > _SHOWN else ""
    return (f"Rows that say the same: {', '.join(pairs[:_SHOWN])}{more}.",)


_SHOWN: Final = 5
_BOTH: Final = "Either one heading is the amount, or there are debits and credits: leave the others out."
