"""A file of budgets held against what there is: what is wrong, what is new, and what would be another budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from app.models.officers import Officer
from app.models.purchase_orders.budgets import BudgetMove
from app.models.values import BudgetMoveKind, BudgetMoveState, Money
from app.services.core.cards import card_numbers
from app.services.core.context import Context
from app.services.imports.dto import Mistake
from app.services.purchase_orders.budgets import originals, rules
from app.services.purchase_orders.budgets.loading.dto import FileRow, LoadCheck, NewLoad, PreviewRow
from app.services.purchase_orders.budgets.moves import LINES
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE

_PREVIEWED = 500

Code = tuple[str, str]
"""A cost centre and a subjective code."""


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of the codes of a year.

    Attributes:
        centres, codes: (id, in use) by code.
        officers: ids by sign-in name in small letters.
        budgets: (id, original with the revisions that were posted) by code.
        waiting: budgets of which a revision or the original one waits.
    """

    centres: dict[str, tuple[int, bool]]
    codes: dict[str, tuple[int, bool]]
    officers: dict[str, int]
    budgets: dict[Code, tuple[int, int]]
    waiting: frozenset[int]


@dataclass(slots=True)
class Found:
    """What a file would do: the rows that are new, those that revise a budget by so many pence, and the same ones."""

    mistakes: list[Mistake] = field(default_factory=list)
    new: list[FileRow] = field(default_factory=list)
    revised: dict[int, int] = field(default_factory=dict)
    rows: list[PreviewRow] = field(default_factory=list)
    same: int = 0


def check(ctx: Context, new: NewLoad) -> LoadCheck:
    """What loading a file would do, and what is wrong in it; nothing is kept."""
    found = look(ctx, new, known(ctx, new.year))
    given = sum(row.original.pence for row in found.new if row.original is not None)
    return LoadCheck(
        tuple(found.mistakes),
        len(found.new),
        Money(given),
        len(found.revised),
        Money(sum(found.revised.values())),
        found.same,
        tuple(found.rows[:_PREVIEWED]),
        bool(found.new) and originals.in_use(ctx, new.year),
    )


def known(ctx: Context, year: int) -> Known:
    """What there is of the codes of a year."""
    revised = (
        select(LINES.c.budget_id, func.sum(LINES.c.pence).label("pence"))
        .join(BudgetMove, BudgetMove.id == LINES.c.move_id)
        .where(BudgetMove.kind == BudgetMoveKind.REVISION, BudgetMove.state == BudgetMoveState.POSTED)
        .group_by(LINES.c.budget_id)
        .subquery()
    )
    budgets = (
        select(
            CENTRE.c.code,
            CODE.c.code.label("subjective"),
            BUDGET.c.id,
            (BUDGET.c.original_pence + func.coalesce(revised.c.pence, 0)).label("pence"),
        )
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .outerjoin(revised, revised.c.budget_id == BUDGET.c.id)
        .where(BUDGET.c.year == year)
    )
    waiting = (
        select(LINES.c.budget_id)
        .join(BudgetMove, BudgetMove.id == LINES.c.move_id)
        .where(
            BudgetMove.kind != BudgetMoveKind.VIREMENT,
            BudgetMove.state == BudgetMoveState.WAITING,
            BudgetMove.year == year,
        )
    )
    return Known(
        _halves(ctx, CENTRE),
        _halves(ctx, CODE),
        {row.username.casefold(): row.id for row in ctx.session.execute(select(Officer.id, Officer.username))},
        {(row.code, row.subjective): (row.id, row.pence) for row in ctx.session.execute(budgets)},
        frozenset(ctx.session.scalars(waiting)),
    )


def look(ctx: Context, new: NewLoad, there: Known) -> Found:
    """Each row of a file with what it would do, or what is wrong with it."""
    found = Found(list(new.file.mistakes))
    if not new.file.rows and not found.mistakes:
        found.mistakes.append(Mistake(0, "file", "The file has no budgets.", "Fill in a row for each code."))
    wrong = {each.row for each in found.mistakes}
    seen: dict[Code, int] = {}
    named: tuple[set[str], set[str]] = (set(), set())
    for row in new.file.rows:
        ctx.cancel.check()
        faults = list(_faults(row, there, seen, named))
        found.mistakes += [each for each in faults if row.row not in wrong]
        seen.setdefault((row.cost_centre, row.subjective), row.row)
        if not faults and row.row not in wrong:
            _does(row, there, found)
    found.mistakes.sort(key=lambda each: each.row)
    return found


def _does(row: FileRow, there: Known, found: Found) -> None:
    assert row.original is not None
    code = rules.spelt_code(row.cost_centre, row.subjective)
    standing = there.budgets.get((row.cost_centre, row.subjective))
    if standing is None:
        found.new.append(row)
        found.rows.append(PreviewRow(row.row, code, row.name, None, row.original, "New budget"))
        return
    budget_id, pence = standing
    if pence == row.original.pence:
        found.same += 1
        return
    if budget_id in there.waiting:
        words = f"A change of {code} waits for a second officer already."
        found.mistakes.append(Mistake(row.row, "original", words, "Have it answered first."))
        return
    found.revised[budget_id] = row.original.pence - pence
    found.rows.append(PreviewRow(row.row, code, row.name, Money(pence), row.original, "Asked for as a revision"))


def _faults(row: FileRow, there: Known, seen: dict[Code, int], named: tuple[set[str], set[str]]) -> Iterator[Mistake]:
    code = (row.cost_centre, row.subjective)
    if not all(code) or row.original is None:
        return
    if code in seen:
        yield Mistake(
            row.row, "subjective", f"{rules.spelt_code(*code)} is in row {seen[code]} too.", "Put both in one row."
        )
    if row.original.pence < 0:
        yield Mistake(
            row.row, "original", "A budget is nothing or more.", "Income is no budget to spend: leave it out."
        )
    if row.holder and row.holder.casefold() not in there.officers:
        yield Mistake(
            row.row, "holder", f"Nobody signs in as {row.holder}.", "Write a sign-in name, or leave it empty."
        )
    halves = (
        ("cost_centre", row.cost_centre, row.cost_centre_name, there.centres, named[0], "cost centre"),
        ("subjective", row.subjective, row.name, there.codes, named[1], "subjective code"),
    )
    for column, half, name, known_, before, what in halves:
        if half in known_ and not known_[half][1]:
            yield Mistake(
                row.row, column, f"The {what} {half} is out of use.", "Take it into use first, or leave it out."
            )
        elif half not in known_ and half not in before and not name:
            yield Mistake(row.row, column, f"The {what} {half} is new and has no name.", "Write its name beside it.")
        else:
            before.add(half)
    for text in (row.cost_centre, row.cost_centre_name, row.subjective, row.name, row.heading):
        if any(card_numbers(text)):
            yield Mistake(row.row, "name", "It holds what looks like a card number.", "Take it out.")


def _halves(ctx: Context, table: Any) -> dict[str, tuple[int, bool]]:
    rows = ctx.session.execute(select(table.c.id, table.c.code, table.c.active))
    return {row.code: (row.id, row.active) for row in rows}
