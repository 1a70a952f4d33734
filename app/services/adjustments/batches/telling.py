"""What is told of a batch before it is submitted, beside what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.services.adjustments.batches.dto import Checked, Standing
from app.services.adjustments.batches.rules import WORDS
from app.services.core.effects import Effect

COUNTED: Final = "Declared and keyed"
TO_PUT_RIGHT: Final = "To put right"
_MOST: Final = 8


def effects(found: Checked, *, listed: bool = False) -> tuple[Effect, ...]:
    """What was declared and what is there, what must be put right, the totals by kind, and who approves it.

    `listed`: every mistake stands in a table besides, so that only their number is told.
    """
    return (*_counted(found.standing), *_mistakes(found, 0 if listed else _MOST), *_kinds(found), *_follows(found))


def _counted(standing: Standing) -> Iterator[Effect]:
    """Before is what was declared, after what is there: the running difference stands under them."""
    count, total = standing.declared_count, standing.declared
    lines = "not declared" if count is None else f"{count:,} declared"
    pounds = "not declared" if total is None else f"{total.dr_cr()} declared"
    yield Effect(COUNTED, "Lines", lines, f"{standing.count:,} here")
    yield Effect(COUNTED, "Total", pounds, f"{standing.total.dr_cr()} here")
    if count is None or total is None:
        return
    if standing.agrees:
        yield Effect(COUNTED, "They agree")
        return
    out = standing.lines_out
    many = "1 line" if abs(out) == 1 else f"{abs(out):,} lines"
    lines = "the lines agree" if not out else f"{many} {'to come' if out > 0 else 'too many'}"
    pounds = f"{standing.out.dr_cr()} to come" if standing.out else "the totals agree"
    yield Effect(COUNTED, f"Difference: {lines}, {pounds}", warns=True)


def _mistakes(found: Checked, most: int) -> Iterator[Effect]:
    """Those of the rows; what is still to be declared stands under the count."""
    wrong = [each for each in found.mistakes if each.field not in {"declared", "rows", "title"}]
    for each in wrong[:most]:
        where = f"Row {each.row}, {WORDS.get(each.field, each.field).lower()}: " if each.row else ""
        yield Effect(TO_PUT_RIGHT, f"{where}{each.message}", warns=True)
    if len(wrong) > most:
        more = f"And {len(wrong) - most:,} more" if most else f"{len(wrong):,}, listed below the fields"
        yield Effect(TO_PUT_RIGHT, more, warns=True)


def _kinds(found: Checked) -> Iterator[Effect]:
    for each in found.kinds:
        sums = [f"{each.debit} debited"] if each.debit else []
        sums += [f"{each.credit} credited"] if each.credit else []
        lines = "1 line" if each.lines == 1 else f"{each.lines:,} lines"
        yield Effect("By kind", f"{each.title}, {lines}", after=" and ".join(sums))


def _follows(found: Checked) -> Iterator[Effect]:
    if not found.lines:
        return
    group = "When it is submitted"
    many = "1 account" if found.accounts == 1 else f"{found.accounts:,} accounts"
    if found.needs:
        yield Effect(group, found.needs[:1].upper() + found.needs[1:], warns=True)
    else:
        yield Effect(group, f"It is posted at once, as one journal, on {many}")
    for each in found.warnings:
        yield Effect(group, each, warns=True)
    for row, earlier in found.alike[:_MOST]:
        yield Effect(group, f"Row {row} looks like adjustment {earlier.number} by {earlier.made_by}", warns=True)
