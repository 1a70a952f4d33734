"""Codes and their budgets kept: cost centres, subjective codes, the original budgets of a year, and the next year's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import func, select

from app.models.officers import Officer
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.values import Money
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.purchase_orders.budgets import originals, rules
from app.services.purchase_orders.budgets.dto import CentreRow, CodeRow, NewBudget, Saved
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE

_CODE, _NAME, _HEADING = 20, 120, 80
_MOST_PERCENT: Final = 10_000
"""Budgets of a new year are raised by at most 100 %, in hundredths of one percent."""


@requires(Permission.KEEP_BUDGETS)
def keep_centre(ctx: Context, asked: CentreRow) -> Saved:
    """Keep a cost centre, or make a new one (`centre_id` 0).

    Raises:
        UserError: it has no code or name, or another has that code.
        ChangedMeanwhile: somebody else saved it in between.
    """
    code, name = _codes(ctx, CostCentre, asked.centre_id, asked.code, asked.name)
    row = _kept(ctx, CostCentre, asked.centre_id, asked.version, "cost centre")
    _officer(ctx, asked.holder_id)
    row.code, row.name, row.holder_id, row.active = code, name, asked.holder_id, asked.active
    ctx.session.add(row)
    ctx.session.flush()
    return Saved(row.id, f"Cost centre {row.code} is kept.")


@requires(Permission.KEEP_BUDGETS)
def keep_code(ctx: Context, asked: CodeRow) -> Saved:
    """Keep a subjective code, or make a new one (`code_id` 0).

    Raises:
        UserError: it has no code or name, or another has that code.
        ChangedMeanwhile: somebody else saved it in between.
    """
    code, name = _codes(ctx, SubjectiveCode, asked.code_id, asked.code, asked.name)
    row = _kept(ctx, SubjectiveCode, asked.code_id, asked.version, "code")
    row.code, row.name, row.active = code, name, asked.active
    row.heading = _text(ctx, asked.heading, "heading", _HEADING)
    ctx.session.add(row)
    ctx.session.flush()
    return Saved(row.id, f"Code {row.code} is kept.")


@requires(Permission.KEEP_BUDGETS)
def remove_centre(ctx: Context, centre_id: int, version: int) -> Saved:
    """Delete a cost centre on which no budget was ever.

    Raises:
        UserError: a budget is on it: it can go out of use.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = _kept(ctx, CostCentre, centre_id, version, "cost centre")
    return _removed(ctx, row, Budget.cost_centre_id == row.id, f"Cost centre {row.code}")


@requires(Permission.KEEP_BUDGETS)
def remove_code(ctx: Context, code_id: int, version: int) -> Saved:
    """Delete a subjective code on which no budget was ever.

    Raises:
        UserError: a budget is on it: it can go out of use.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = _kept(ctx, SubjectiveCode, code_id, version, "code")
    return _removed(ctx, row, Budget.subjective_id == row.id, f"Code {row.code}")


@requires(Permission.KEEP_BUDGETS)
def add(ctx: Context, new: NewBudget) -> Saved:
    """Give a code its original budget for a financial year, once; later it is revised with a second officer.

    Where the year is in use already, the code has nothing until a second officer approves it (`originals`).

    Raises:
        UserError: the code has a budget in that year, a half of it is not used, the amount is below nothing, or a second officer
            has to approve it and the office has one.
    """
    centre = record(ctx, CostCentre, new.centre_id, "cost centre")
    code = record(ctx, SubjectiveCode, new.code_id, "code")
    year = originals.checked_year(new.year)
    written = rules.spelt_code(centre.code, code.code)
    if not (centre.active and code.active):
        raise UserError(f"The code {written} is not used any more.", "Choose one that is.", "code_id")
    if new.original.pence < 0:
        raise UserError("A budget is nothing or more.", field="original")
    there = select(Budget.id).where(
        Budget.year == year, Budget.cost_centre_id == centre.id, Budget.subjective_id == code.id
    )
    if ctx.session.scalars(there).first() is not None:
        raise UserError(
            f"{written} has a budget in {rules.spelt_year(year)} already.",
            "Ask for a revision, or move money to it by a virement.",
            "code_id",
        )
    _officer(ctx, new.holder_id)
    row = Budget(year=year, cost_centre_id=centre.id, subjective_id=code.id, holder_id=new.holder_id)
    ctx.session.add(row)
    ctx.session.flush()
    waits = originals.give(ctx, {row.id: new.original.pence}, year)
    told = f"{written} has {new.original} in {rules.spelt_year(year)}."
    return Saved(row.id, f"{written} has its budget once it is approved. {waits.told}" if waits is not None else told)


@requires(Permission.KEEP_BUDGETS)
def change_holder(ctx: Context, budget_id: int, holder_id: int | None, version: int) -> Saved:
    """Say who answers for a budget; None: whoever answers for its cost centre.

    Raises:
        UserError: there is no such officer.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = record(ctx, Budget, budget_id, "budget")
    refuse_old(row.version, version)
    _officer(ctx, holder_id)
    row.holder_id = holder_id
    ctx.session.flush()
    return Saved(row.id, "The budget's holder is kept.")


@requires(Permission.KEEP_BUDGETS)
def make_year(ctx: Context, year: int, percent: int | None) -> Saved:
    """Make the budgets of a financial year from those of the year before, on every code that is in use and has none yet.

    Args:
        ctx: of the command.
        year: the financial year that they are made for, named by its first year.
        percent: the original budgets of the year before are raised by so much, in hundredths of one percent (below nothing:
            lowered), to whole pounds; None: the codes are made with budgets of nothing.

    Raises:
        UserError: the year before has no budgets, every code has one already, or the year is in use, so that a second officer has
            to approve it, and the office has one.
    """
    year = originals.checked_year(year)
    if percent is not None and not -_MOST_PERCENT <= percent <= _MOST_PERCENT:
        raise UserError("Budgets are raised or lowered by at most 100 percent.", field="percent")
    rows = _without(ctx, year)
    if not rows:
        raise UserError(
            f"Nothing is to be made for {rules.spelt_year(year)}.",
            f"Either {rules.spelt_year(year - 1)} has no budgets, or every code has its budget.",
        )
    made = [
        Budget(year=year, cost_centre_id=row.cost_centre_id, subjective_id=row.subjective_id, holder_id=row.holder_id)
        for row in rows
    ]
    ctx.session.add_all(made)
    ctx.session.flush()
    waits = None
    if percent is not None:
        given = {new.id: _raised(row.original_pence, percent) for new, row in zip(made, rows, strict=True)}
        waits = originals.give(ctx, given, year)
    many = "1 code has a budget" if len(made) == 1 else f"{len(made):,} codes have a budget"
    told = f"{many} in {rules.spelt_year(year)}{', once it is approved' if waits is not None else ''}."
    return Saved(made[0].id, f"{told} {waits.told}" if waits is not None else told)


def _without(ctx: Context, year: int) -> Sequence[Any]:
    """The budgets of the year before, on codes in use, that have none in this year."""
    there = BUDGET.alias("there")
    same = (there.c.cost_centre_id == BUDGET.c.cost_centre_id) & (there.c.subjective_id == BUDGET.c.subjective_id)
    rows = (
        select(BUDGET.c.cost_centre_id, BUDGET.c.subjective_id, BUDGET.c.holder_id, BUDGET.c.original_pence)
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .outerjoin(there, same & (there.c.year == year))
        .where(BUDGET.c.year == year - 1, CENTRE.c.active, CODE.c.active, there.c.id.is_(None))
        .order_by(BUDGET.c.id)
    )
    return ctx.session.execute(rows).all()


def _raised(pence: int, percent: int) -> int:
    pounds = Money(pence).times(10_000 + percent, 10_000 * 100).pence
    return max(0, pounds) * 100


def _codes(ctx: Context, table: Any, record_id: int, code: str, name: str) -> tuple[str, str]:
    kept = "".join(code.split()).upper()
    if not kept:
        raise UserError("Give it its code.", field="code")
    if len(kept) > _CODE:
        raise UserError(f"A code has up to {_CODE} characters.", field="code")
    refuse_card_number(ctx, kept, "code", "code")
    same = select(table.id).where(func.upper(table.code) == kept, table.id != record_id)
    if ctx.session.scalars(same).first() is not None:
        raise UserError(f"There is {kept} already.", "Give another code.", "code")
    text = _text(ctx, name, "name", _NAME)
    if not text:
        raise UserError("Give it a name.", field="name")
    return kept, text


def _kept(ctx: Context, table: Any, record_id: int, version: int, what: str) -> Any:
    if not record_id:
        return table()
    row = record(ctx, table, record_id, what)
    refuse_old(row.version, version)
    return row


def _removed(ctx: Context, row: Any, used: Any, what: str) -> Saved:
    if ctx.session.scalars(select(Budget.id).where(used)).first() is not None:
        raise UserError(f"{what} has budgets, so it can't be deleted.", "Take it out of use instead.")
    row_id = row.id
    ctx.session.delete(row)
    ctx.session.flush()
    return Saved(row_id, f"{what} is deleted.")


def _text(ctx: Context, text: str, field: str, most: int) -> str:
    kept = " ".join(text.split())
    if len(kept) > most:
        raise UserError(f"That is longer than {most} characters.", "Shorten it.", field)
    refuse_card_number(ctx, kept, field, field)
    return kept


def _officer(ctx: Context, officer_id: int | None) -> None:
    if officer_id is not None and ctx.session.get(Officer, officer_id) is None:
        raise UserError("There is no such officer.", "Choose one of the list.", "holder_id")
