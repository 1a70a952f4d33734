"""The book of budgets, for the commands of orders, receipts, invoices and transfers: nothing here asks for a permission.

An order's share of the book is never counted up by steps: each step of an order changes its lines and then calls `restate`,
which writes the difference between what the lines bind and owe now and what the book has of them. So commitment, accrual and
actual are always what the documents say, and a step that is forgotten once is made good by the next.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select, update

from app.models.purchase_orders.finance import FinanceReconciliation
from app.models.values import BudgetKind, Money, OrderKind, OrderState, ReconciliationState, Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import periods
from app.services.purchase_orders.budgets import rules
from app.services.purchase_orders.budgets.dto import Over
from app.services.purchase_orders.budgets.rules import LineFacts
from app.services.purchase_orders.budgets.sql import BUDGET, CENTRE, CODE, COST, ENTRY, LEFT, LINE, ORDER, SPLIT, SUMS

BOUND_STATES: Final = (OrderState.OPEN, OrderState.CLOSED)
"""An order binds money from when it is approved, and its lines say how much; in other states it binds nothing."""
UNBOUND_KINDS: Final = (OrderKind.TEMPLATE, OrderKind.AGREEMENT)
_MOST_WORDS: Final = 200

Key = tuple[int, int, BudgetKind]
"""A line of an order, a budget, and commitment or accrual."""


def restate(
    ctx: Context, order_id: int, accounting_on: date, subject: Subject, subject_id: int, words: str = ""
) -> None:
    """Bring the book to what the lines of an order bind and owe now, after a step that `subject` is the document of.

    Each budget's part is reported on the day of the step within that budget's year, as `day_in` has it: so what is owed no
    more and what is spent of one code stand on the same side of the year's end.
    """
    _restate(ctx, (order_id,), lambda _: (subject, subject_id), accounting_on, words)


def restate_all(ctx: Context, order_ids: Collection[int], accounting_on: date, words: str = "") -> None:
    """`restate` for many orders at once, set-based, each its own document, as when they go on into another year.

    What goes off a budget of a year that has ended by then is of that year's last day, where its month is open.
    """
    _restate(ctx, order_ids, lambda order_id: (Subject.PURCHASE_ORDER, order_id), accounting_on, words)


def day_in(ctx: Context, on: date, year: int) -> date:
    """The day in whose month a step of a day is reported on a budget of a financial year.

    The day itself, or the nearest of that year. Where its month is closed, or a reconciliation with the finance system of it
    is signed, the first open day after it: what was listed as at a past day stays as it was.
    """
    day = min(max(on, rules.first_day(year)), rules.last_day(year))
    while True:
        open_day = periods.first_open_day(ctx.session, day)
        signed = select(FinanceReconciliation.to_on).where(
            FinanceReconciliation.state == ReconciliationState.SIGNED,
            FinanceReconciliation.from_on <= open_day,
            FinanceReconciliation.to_on >= open_day,
        )
        last = max(ctx.session.scalars(signed), default=None)
        if last is None:
            return open_day
        day = last + timedelta(days=1)


def spend(ctx: Context, items: Iterable[tuple[int, int, date, str]], subject: Subject, subject_id: int) -> None:
    """Book what is spent on budgets: (budget, pence, the day in whose month it is reported, words); negative gives back."""
    document = (subject, subject_id)
    post(
        ctx,
        (
            entry(ctx, budget_id, BudgetKind.ACTUAL, pence, on, document) | {"words": words[:_MOST_WORDS]}
            for budget_id, pence, on, words in items
        ),
    )


def over(ctx: Context, wanted: Mapping[int, int]) -> tuple[Over, ...]:
    """Which budgets would be overspent if so many more pence were taken from each; those that take nothing are left out."""
    found: list[Over] = []
    for chunk in in_chunks(sorted(budget_id for budget_id, pence in wanted.items() if pence > 0)):
        rows = (
            select(BUDGET.c.id, CENTRE.c.code, CODE.c.code.label("subjective"), CODE.c.name, LEFT.label("left"))
            .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
            .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
            .where(BUDGET.c.id.in_(chunk))
            .order_by(CENTRE.c.code, CODE.c.code)
        )
        for row in ctx.session.execute(rows):
            if wanted[row.id] > row.left:
                code = rules.spelt_code(row.code, row.subjective)
                found.append(Over(row.id, code, row.name, Money(row.left), Money(wanted[row.id])))
    return tuple(found)


def for_codes(ctx: Context, year: int, cost_centre: str, subjective: str) -> int:
    """The budget of a code in a financial year, for something new.

    Raises:
        UserError: there is none, or a half of the code is not used any more.
    """
    row = ctx.session.execute(
        select(BUDGET.c.id, CENTRE.c.active, CODE.c.active.label("used"))
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .where(BUDGET.c.year == year, CENTRE.c.code == cost_centre.strip(), CODE.c.code == subjective.strip())
    ).one_or_none()
    written = rules.spelt_code(cost_centre.strip(), subjective.strip())
    if row is None:
        raise UserError(
            f"There is no budget {written} in {rules.spelt_year(year)}.", "Choose one that there is.", "code"
        )
    if not (row.active and row.used):
        raise UserError(f"The code {written} is not used any more.", "Choose one that is.", "code")
    return int(row.id)


def by_code(ctx: Context, year: int) -> dict[tuple[str, str], int]:
    """The budgets of a financial year that may be used, by cost centre and subjective code: for whoever loads many lines."""
    rows = (
        select(CENTRE.c.code, CODE.c.code.label("subjective"), BUDGET.c.id)
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
        .where(BUDGET.c.year == year, CENTRE.c.active, CODE.c.active)
    )
    return {(row.code, row.subjective): row.id for row in ctx.session.execute(rows)}


def in_year(ctx: Context, budget_ids: Collection[int], year: int) -> dict[int, int]:
    """The budgets of the same codes in another financial year; those without one are not in it."""
    there = BUDGET.alias("there")
    found: dict[int, int] = {}
    same = (there.c.cost_centre_id == BUDGET.c.cost_centre_id) & (there.c.subjective_id == BUDGET.c.subjective_id)
    for chunk in in_chunks(sorted(set(budget_ids))):
        rows = select(BUDGET.c.id, there.c.id.label("other")).join(there, same)
        for row in ctx.session.execute(rows.where(BUDGET.c.id.in_(chunk), there.c.year == year)):
            found[row.id] = row.other
    return found


def entry(
    ctx: Context, budget_id: int, kind: BudgetKind, pence: int, on: date, document: tuple[Subject, int]
) -> dict[str, Any]:
    """A line of the book, for `post`."""
    subject, subject_id = document
    return {
        "budget_id": budget_id,
        "kind": kind,
        "pence": pence,
        "accounting_on": on,
        "recorded_at": ctx.clock.now(),
        "officer_id": ctx.officer.id,
        "subject": subject,
        "subject_id": subject_id,
        "line_id": None,
        "words": "",
    }


def post(ctx: Context, entries: Iterable[dict[str, Any]]) -> None:
    """Write lines of the book and move the sums that are kept beside it; lines of nothing are left out."""
    ctx.session.flush()
    rows = [each for each in entries if each["pence"]]
    if not rows:
        return
    ctx.session.execute(insert(ENTRY), rows)
    moved: dict[BudgetKind, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        moved[row["kind"]][row["budget_id"]] += row["pence"]
    for kind, sums in moved.items():
        column = SUMS[kind]
        by = update(BUDGET).where(BUDGET.c.id == bindparam("moved")).values({column: column + bindparam("by")})
        ctx.session.connection().execute(by, [{"moved": each, "by": pence} for each, pence in sorted(sums.items())])


def positions(ctx: Context, order_ids: Collection[int] | None = None) -> dict[Key, int]:
    """What the lines of orders bind and owe on each code by their documents; of at most 900 orders, or of all."""
    rows = (
        select(LINE, COST.label("cost"), SPLIT.c.budget_id, SPLIT.c.pence)
        .join(ORDER, ORDER.c.id == LINE.c.order_id)
        .join(SPLIT, SPLIT.c.line_id == LINE.c.id)
        .where(ORDER.c.state.in_(BOUND_STATES), ORDER.c.kind.not_in(UNBOUND_KINDS))
        .order_by(LINE.c.id, SPLIT.c.place)
    )
    if order_ids is not None:
        rows = rows.where(LINE.c.order_id.in_(order_ids))
    sums: dict[Key, int] = defaultdict(int)
    for line_id, splits in itertools.groupby(ctx.session.execute(rows), key=lambda row: row.id):
        for budget_id, bound, owed in _of_line(list(splits)):
            sums[line_id, budget_id, BudgetKind.COMMITMENT] += bound
            sums[line_id, budget_id, BudgetKind.ACCRUAL] += owed
    return sums


def booked(ctx: Context, order_ids: Collection[int] | None = None) -> dict[Key, int]:
    """What the book has of the lines of orders on each code; of at most 900 orders, or of all."""
    rows = (
        select(ENTRY.c.line_id, ENTRY.c.budget_id, ENTRY.c.kind, func.sum(ENTRY.c.pence).label("pence"))
        .where(ENTRY.c.line_id.is_not(None), ENTRY.c.kind.in_((BudgetKind.COMMITMENT, BudgetKind.ACCRUAL)))
        .group_by(ENTRY.c.line_id, ENTRY.c.budget_id, ENTRY.c.kind)
    )
    if order_ids is not None:
        rows = rows.where(ENTRY.c.line_id.in_(select(LINE.c.id).where(LINE.c.order_id.in_(order_ids))))
    return {(row.line_id, row.budget_id, row.kind): int(row.pence) for row in ctx.session.execute(rows)}


def _restate(
    ctx: Context,
    order_ids: Collection[int],
    document: Callable[[int], tuple[Subject, int]],
    accounting_on: date,
    words: str,
) -> None:
    ctx.session.flush()
    entries: list[dict[str, Any]] = []
    for chunk in in_chunks(sorted(set(order_ids))):
        lines = select(LINE.c.id, LINE.c.order_id).where(LINE.c.order_id.in_(chunk))
        order_of = {row.id: row.order_id for row in ctx.session.execute(lines)}
        wanted, has = positions(ctx, chunk), booked(ctx, chunk)
        years = _years(ctx, {budget for _, budget, _ in (*wanted, *has)})
        days = {year: day_in(ctx, accounting_on, year) for year in set(years.values())}
        for key in sorted({*wanted, *has}):
            line_id, budget_id, kind = key
            difference = wanted.get(key, 0) - has.get(key, 0)
            row = entry(ctx, budget_id, kind, difference, days[years[budget_id]], document(order_of[line_id]))
            entries.append(row | {"line_id": line_id, "words": words[:_MOST_WORDS]})
    post(ctx, entries)


def _of_line(splits: list[Any]) -> Iterator[tuple[int, int, int]]:
    """What each code of a line binds and owes: (budget, commitment, accrual), of the line's rows with a code each."""
    one = splits[0]
    quantities = (
        one.quantity_thousandths,
        one.received_thousandths,
        one.invoiced_thousandths,
        one.cancelled_thousandths,
    )
    stands = rules.position(LineFacts(one.cost, *quantities))
    weights = [split.pence for split in splits]
    bound, owed = rules.shares(stands.commitment, weights), rules.shares(stands.accrual, weights)
    yield from zip((split.budget_id for split in splits), bound, owed, strict=True)


def _years(ctx: Context, budget_ids: Collection[int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for chunk in in_chunks(sorted(budget_ids)):
        rows = select(BUDGET.c.id, BUDGET.c.year).where(BUDGET.c.id.in_(chunk))
        years |= {row.id: row.year for row in ctx.session.execute(rows)}
    return years
