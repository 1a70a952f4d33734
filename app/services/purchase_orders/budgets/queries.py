"""Budgets of a year with what is left of each, the book of one, changes of budgets, and pickers of codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, select

from app.models.officers import Officer
from app.models.purchase_orders.budgets import BudgetMove, CostCentre, SubjectiveCode
from app.models.values import ZERO, Money
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM, officer_names
from app.services.purchase_orders.budgets import documents, moves, rules
from app.services.purchase_orders.budgets.dto import (
    BookRow,
    BudgetFilter,
    BudgetForm,
    BudgetList,
    BudgetRow,
    BudgetView,
    CentreRow,
    CodeChoice,
    CodeRow,
    GroupRow,
    MoveRow,
)
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE, ENTRY, LEFT

_NEAR: Final = 90
_MOST_BOOK: Final = 5_000


def budgets(ctx: Context, wanted: BudgetFilter) -> BudgetList:
    """The budgets of a year that fit, by code, with their sums by cost centre and by heading."""
    every = [_row(row) for row in ctx.session.execute(_rows().where(BUDGET.c.year == wanted.year))]
    words = wanted.text.casefold().split()
    found = [row for row in every if all(word in _said(row) for word in words)]
    counts = {view: sum(_in_view(ctx, view, row) for row in found) for view in BudgetView}
    rows = tuple(row for row in found if _in_view(ctx, wanted.view, row))
    return BudgetList(
        rows,
        _groups(rows, lambda row: f"{row.cost_centre} {row.cost_centre_name}"),
        _groups(rows, lambda row: row.heading or "No heading"),
        counts,
    )


def one(ctx: Context, budget_id: int) -> BudgetRow:
    """One budget.

    Raises:
        UserError: there is none.
    """
    row = ctx.session.execute(_rows().where(BUDGET.c.id == budget_id)).one_or_none()
    if row is None:
        raise UserError("There is no such budget.", "Look at the list again.")
    return _row(row)


def book(ctx: Context, budget_id: int) -> tuple[BookRow, ...]:
    """The book of a budget, the newest line first, each with what was left after it; at most the newest 5,000 lines."""
    rows = (
        select(ENTRY, Officer.name.label("officer"))
        .join(Officer, Officer.id == ENTRY.c.officer_id)
        .where(ENTRY.c.budget_id == budget_id)
        .order_by(ENTRY.c.id.desc())
        .limit(_MOST_BOOK)
    )
    found = ctx.session.execute(rows).all()
    left = ctx.session.scalar(select(LEFT).where(BUDGET.c.id == budget_id)) or 0
    names = documents.numbers(ctx, {(row.subject, row.subject_id) for row in found})
    shown: list[BookRow] = []
    for row in found:
        shown.append(
            BookRow(
                entry_id=row.id,
                accounting_on=row.accounting_on,
                recorded_at=row.recorded_at,
                kind=row.kind,
                amount=Money(row.pence),
                left=Money(left),
                document=names.get((row.subject, row.subject_id), ""),
                subject=row.subject,
                subject_id=row.subject_id,
                officer=row.officer,
                words=row.words,
            )
        )
        left -= row.pence if row.kind in rules.GIVES else -row.pence
    return tuple(shown)


def choices(ctx: Context, year: int | None = None) -> tuple[CodeChoice, ...]:
    """The codes in use that have a budget in a year (today's where none is named), with what is left of each."""
    of = rules.year_of(ctx.clock.today()) if year is None else year
    rows = ctx.session.execute(_rows().where(BUDGET.c.year == of, CENTRE.c.active, CODE.c.active))
    found = (_row(row) for row in rows)
    return tuple(CodeChoice(row.budget_id, row.code, row.name, row.cost_centre_name, row.left) for row in found)


def form(ctx: Context) -> BudgetForm:
    """What the page and the sheets of budgets offer."""
    year = rules.year_of(ctx.clock.today())
    years = set(ctx.session.scalars(select(BUDGET.c.year).distinct())) | {year}
    working = select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    return BudgetForm(
        tuple(sorted(years, reverse=True)),
        year,
        tuple((row.id, row.name) for row in ctx.session.execute(working)),
        centres(ctx),
        codes(ctx),
    )


def centres(ctx: Context) -> tuple[CentreRow, ...]:
    """Every cost centre, those out of use too."""
    used = set(ctx.session.scalars(select(BUDGET.c.cost_centre_id).distinct()))
    rows = ctx.session.scalars(select(CostCentre).order_by(CostCentre.code)).all()
    names = officer_names(ctx.session, {row.holder_id for row in rows})
    return tuple(
        CentreRow(
            row.id,
            row.code,
            row.name,
            row.holder_id,
            names.get(row.holder_id or 0, ""),
            row.active,
            row.id in used,
            row.version,
        )
        for row in rows
    )


def codes(ctx: Context) -> tuple[CodeRow, ...]:
    """Every subjective code, those out of use too."""
    used = set(ctx.session.scalars(select(BUDGET.c.subjective_id).distinct()))
    rows = ctx.session.scalars(select(SubjectiveCode).order_by(SubjectiveCode.code))
    return tuple(
        CodeRow(row.id, row.code, row.name, row.heading, row.active, row.id in used, row.version) for row in rows
    )


def changes(ctx: Context, year: int) -> tuple[MoveRow, ...]:
    """The changes of budgets of a year, the newest first."""
    rows = ctx.session.scalars(
        select(BudgetMove).where(BudgetMove.year == year).order_by(BudgetMove.number.desc())
    ).all()
    lines = _lines(ctx, [row.id for row in rows])
    names = officer_names(ctx.session, {each for row in rows for each in (row.made_by, row.posted_by)})
    return tuple(
        MoveRow(
            move_id=row.id,
            number=moves.spelt(row.number),
            kind=row.kind,
            state=row.state,
            year=row.year,
            reason=row.reason,
            total=Money(sum(amount.pence for *_, amount in lines[row.id] if amount.pence > 0)),
            made_by=names.get(row.made_by, ""),
            made_at=row.made_at,
            posted_by=names.get(row.posted_by or 0, ""),
            posted_on=row.posted_on,
            request_id=row.request_id,
            lines=tuple(lines[row.id]),
        )
        for row in rows
    )


def year_of_change(ctx: Context, move_id: int) -> int:
    """The financial year of a change of budgets, for whoever opens it; today's where there is none."""
    year = ctx.session.scalar(select(BudgetMove.year).where(BudgetMove.id == move_id))
    return rules.year_of(ctx.clock.today()) if year is None else year


def _lines(ctx: Context, move_ids: Sequence[int]) -> dict[int, list[tuple[str, str, Money]]]:
    found: dict[int, list[tuple[str, str, Money]]] = defaultdict(list)
    lines = moves.LINES
    for chunk in in_chunks(move_ids):
        rows = (
            select(lines.c.move_id, lines.c.pence, CENTRE.c.code, CODE.c.code.label("subjective"), CODE.c.name)
            .join(BUDGET, BUDGET.c.id == lines.c.budget_id)
            .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
            .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
            .where(lines.c.move_id.in_(chunk))
            .order_by(CENTRE.c.code, CODE.c.code)
        )
        for row in ctx.session.execute(rows):
            found[row.move_id].append((rules.spelt_code(row.code, row.subjective), row.name, Money(row.pence)))
    return found


def _rows() -> Select[Any]:
    holder = func.coalesce(BUDGET.c.holder_id, CENTRE.c.holder_id)
    return (
        select(
            BUDGET,
            CENTRE.c.code,
            CENTRE.c.name.label("centre"),
            CODE.c.code.label("subjective"),
            CODE.c.name,
            CODE.c.heading,
            Officer.name.label("holder"),
            holder.label("answers"),
            CENTRE.c.active,
            CODE.c.active.label("code_active"),
        )
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .outerjoin(Officer, Officer.id == holder)
        .order_by(CENTRE.c.code, CODE.c.code)
    )


def _row(row: Any) -> BudgetRow:
    return BudgetRow(
        budget_id=row.id,
        version=row.version,
        year=row.year,
        code=rules.spelt_code(row.code, row.subjective),
        cost_centre=row.code,
        cost_centre_name=row.centre,
        subjective=row.subjective,
        name=row.name,
        heading=row.heading,
        holder=row.holder or "",
        holder_id=row.answers,
        original=Money(row.original_pence),
        changed=Money(row.revised_pence),
        spent=Money(row.actual_pence),
        owed=Money(row.accrual_pence),
        bound=Money(row.commitment_pence),
        active=row.active and row.code_active,
        own_holder_id=row.holder_id,
    )


def _in_view(ctx: Context, view: BudgetView, row: BudgetRow) -> bool:
    match view:
        case BudgetView.MINE:
            return row.holder_id == ctx.officer.id
        case BudgetView.OVER:
            return row.left.pence < 0
        case BudgetView.NEAR:
            return row.left.pence >= 0 and row.used.pence * 100 > row.given.pence * _NEAR
    return True


def _said(row: BudgetRow) -> str:
    return f"{row.code} {row.cost_centre_name} {row.name} {row.heading} {row.holder}".casefold()


def _groups(rows: Iterable[BudgetRow], title: Callable[[BudgetRow], str]) -> tuple[GroupRow, ...]:
    sums: dict[str, list[BudgetRow]] = defaultdict(list)
    for row in rows:
        sums[title(row)].append(row)
    return tuple(
        GroupRow(
            name,
            len(group),
            sum((row.given for row in group), ZERO),
            sum((row.spent for row in group), ZERO),
            sum((row.owed for row in group), ZERO),
            sum((row.bound for row in group), ZERO),
        )
        for name, group in sorted(sums.items())
    )
