"""What cases write off, part by part, and what was found: written anew each time they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert

from app.models.values import ZERO
from app.models.write_offs import WriteOffDebt, WriteOffFinding, WriteOffPart
from app.services.adjustments.write_offs import rules
from app.services.adjustments.write_offs.dto import Facts, NewCase, OwedPart, Tested
from app.services.core.chunks import in_chunks
from app.services.core.context import Context


def write(ctx: Context, cases: Sequence[tuple[int, NewCase, Facts, Tested]]) -> None:
    """Write the debts, their parts and the findings of some cases anew; in so many statements, however many cases."""
    for chunk in in_chunks([case_id for case_id, *_ in cases]):
        for table in (WriteOffPart, WriteOffDebt, WriteOffFinding):
            ctx.session.execute(delete(table).where(table.write_off_id.in_(chunk)))
    debts = [each for case_id, new, facts, _ in cases for each in _debts(case_id, new, facts)]
    ctx.session.execute(insert(WriteOffDebt), debts)
    _insert(ctx, [each for case_id, new, facts, _ in cases for each in _parts(case_id, new, facts)])
    rows = [
        {"write_off_id": case_id, "place": at, "what": each.what[:120], "words": each.words[:4000], "met": each.met}
        for case_id, _, _, result in cases
        for at, each in enumerate(result.findings, 1)
    ]
    rows.sort(key=lambda row: row["met"] is None)  # Rows are sent together as long as the same columns have a value.
    ctx.session.execute(insert(WriteOffFinding), rows)


def cut(ctx: Context, debts: Sequence[tuple[WriteOffDebt, int, Sequence[OwedPart]]]) -> None:
    """Write of each debt of some cases, whole, so many pence off in the end, of these parts: its oldest by now."""
    for chunk in in_chunks(sorted({debt.write_off_id for debt, _, _ in debts})):
        ctx.session.execute(delete(WriteOffPart).where(WriteOffPart.write_off_id.in_(chunk)))
    today = ctx.clock.today()
    for debt, pence, owed in debts:
        debt.pence, debt.barred_pence = pence, rules.barred(owed, today).pence
        debt.oldest_on = owed[0].due_on if owed else None
    _insert(ctx, [each for debt, _, owed in debts for each in _rows(debt.write_off_id, debt.account_id, owed)])


def _debts(case_id: int, new: NewCase, facts: Facts) -> Iterator[dict[str, Any]]:
    parts = {each.account_id: each for each in facts.debts}
    for account_id, amount in sorted(new.amounts.items()):
        yield {
            "write_off_id": case_id,
            "account_id": account_id,
            "pence": amount.pence,
            "oldest_on": parts[account_id].oldest_on,
            "barred_pence": rules.barred(parts[account_id].parts, facts.today, amount).pence,
            "back_pence": 0,
        }


def _parts(case_id: int, new: NewCase, facts: Facts) -> Iterator[dict[str, Any]]:
    """The oldest parts of each debt up to what is written off of it."""
    for debt in facts.debts:
        owed, _ = rules.first(debt.parts, new.amounts.get(debt.account_id, ZERO).pence)
        yield from _rows(case_id, debt.account_id, owed)


def _rows(case_id: int, account_id: int, owed: Sequence[OwedPart]) -> Iterator[dict[str, Any]]:
    for part in owed:
        yield {
            "write_off_id": case_id,
            "account_id": account_id,
            "due_on": part.due_on,
            "pence": part.amount.pence,
            "last_on": part.last_on,
        }


def _insert(ctx: Context, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        ctx.session.execute(insert(WriteOffPart), rows)
