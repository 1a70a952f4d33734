"""The book of budgets held against its kept sums and against the documents, for `rentbook check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import case, exists, func, select, true

from app.models.purchase_orders.budgets import BudgetMove
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierPaymentLine, SupplierRun
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import (
    BudgetKind,
    BudgetMoveKind,
    BudgetMoveState,
    InvoiceKind,
    InvoiceState,
    Money,
    PaidPart,
    Subject,
)
from app.services.core.context import Context
from app.services.ledger import plugged
from app.services.purchase_orders.budgets import keeping, rules
from app.services.purchase_orders.budgets.dto import KINDS
from app.services.purchase_orders.budgets.moves import LINES
from app.services.purchase_orders.budgets.sql import (
    BUDGET,
    CENTRE,
    CODE,
    COST,
    ENTRY,
    LINE,
    ORDER,
    SPLIT,
    SUMS,
)

_APPROVED: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)

Sums = dict[tuple[int, BudgetKind], int]
"""Pence by budget and kind of entry."""


def register() -> None:
    """Plug the check into `rentbook check`."""
    plugged.register("budgets", check)


def check(ctx: Context) -> Iterator[str]:
    """Each budget keeps the sums of its book, the book says what the documents say, codes bear what lines cost, and numbers have no gap."""
    names = _names(ctx)
    booked = _booked(ctx)
    yield from _differences(names, _kept(ctx), booked, "keeps {0}, but its book comes to {1}")
    yield from _differences(
        names, booked, _documents(ctx, booked), "has {0} in its book, but the documents come to {1}"
    )
    yield from _lines(ctx, names)
    yield from _late(ctx)
    yield from _splits(ctx)
    yield from _numbered(ctx, Supplier.number, "Supplier S")
    yield from _numbered(ctx, BudgetMove.number, "Change of budgets BM")


def _differences(names: Mapping[int, str], ours: Sums, theirs: Sums, words: str) -> Iterator[str]:
    for key in sorted({*ours, *theirs}):
        one, other = ours.get(key, 0), theirs.get(key, 0)
        if one != other:
            budget_id, kind = key
            said = words.format(Money(one), Money(other))
            yield f"Budget {names.get(budget_id, budget_id)}, {KINDS[kind].lower()}: it {said}."


def _kept(ctx: Context) -> Sums:
    rows = ctx.session.execute(select(BUDGET.c.id, *(column.label(kind) for kind, column in SUMS.items())))
    return {(row.id, kind): getattr(row, kind) for row in rows for kind in SUMS}


def _booked(ctx: Context) -> Sums:
    sums = select(ENTRY.c.budget_id, ENTRY.c.kind, func.sum(ENTRY.c.pence).label("pence"))
    rows = ctx.session.execute(sums.group_by(ENTRY.c.budget_id, ENTRY.c.kind))
    return {(row.budget_id, row.kind): int(row.pence) for row in rows}


def _documents(ctx: Context, booked: Sums) -> Sums:
    """What the documents say. Original budgets that nobody had to approve have none but the book; lines are held one by one."""
    own = {BudgetKind.ORIGINAL, BudgetKind.COMMITMENT, BudgetKind.ACCRUAL}
    found = {key: pence for key, pence in booked.items() if key[1] in own}
    sign = case((SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE, -1), else_=1)
    spent = (
        select(InvoiceSplit.budget_id, func.sum(sign * InvoiceSplit.pence).label("pence"))
        .join(InvoiceLine, InvoiceLine.id == InvoiceSplit.line_id)
        .join(SupplierInvoice, SupplierInvoice.id == InvoiceLine.invoice_id)
        .where(SupplierInvoice.state.in_(_APPROVED))
        .group_by(InvoiceSplit.budget_id)
    )
    posted = (
        select(LINES.c.budget_id, func.sum(LINES.c.pence).label("pence"))
        .join(BudgetMove, BudgetMove.id == LINES.c.move_id)
        .where(BudgetMove.state == BudgetMoveState.POSTED)
        .group_by(LINES.c.budget_id)
    )
    moved = posted.where(BudgetMove.kind != BudgetMoveKind.ORIGINAL)
    given = posted.where(BudgetMove.kind == BudgetMoveKind.ORIGINAL)
    for kind, statement in ((BudgetKind.ACTUAL, spent), (BudgetKind.REVISED, moved), (BudgetKind.ORIGINAL, given)):
        found |= {(row.budget_id, kind): int(row.pence) for row in ctx.session.execute(statement)}
    runs = select(ENTRY.c.budget_id, func.sum(ENTRY.c.pence).label("pence")).where(
        ENTRY.c.subject == Subject.SUPPLIER_RUN
    )
    for row in ctx.session.execute(runs.group_by(ENTRY.c.budget_id)):
        key = row.budget_id, BudgetKind.ACTUAL
        found[key] = found.get(key, 0) + int(row.pence)
    return found


def _late(ctx: Context) -> Iterator[str]:
    """What each payment run paid for being late, in the book and by the run; of invoices that budgets bear."""
    coded = exists().where(
        InvoiceLine.invoice_id == SupplierPaymentLine.invoice_id,
        InvoiceSplit.line_id == InvoiceLine.id,
        InvoiceSplit.pence > 0,
    )
    paid = (
        select(SupplierPayment.run_id.label("id"), func.sum(SupplierPaymentLine.pence).label("pence"))
        .join(SupplierPayment, SupplierPayment.id == SupplierPaymentLine.payment_id)
        .where(
            SupplierPaymentLine.part.in_((PaidPart.INTEREST, PaidPart.COMPENSATION)),
            SupplierPaymentLine.stands == true(),
            SupplierPaymentLine.paid_on.is_not(None),
            coded,
        )
        .group_by(SupplierPayment.run_id)
    )
    booked = select(ENTRY.c.subject_id.label("id"), func.sum(ENTRY.c.pence).label("pence"))
    booked = booked.where(ENTRY.c.subject == Subject.SUPPLIER_RUN).group_by(ENTRY.c.subject_id)
    has, wanted = ({row.id: int(row.pence) for row in ctx.session.execute(each)} for each in (booked, paid))
    for run_id in sorted({*has, *wanted}):
        one, other = has.get(run_id, 0), wanted.get(run_id, 0)
        if one != other:
            number = ctx.session.get_one(SupplierRun, run_id).number
            yield f"PR{number:05}, paid late: the book of budgets has {Money(one)}, the run {Money(other)}."


def _lines(ctx: Context, names: Mapping[int, str]) -> Iterator[str]:
    """What each line of an order binds and owes on each of its codes, in the book and by the order."""
    wanted, has = keeping.positions(ctx), keeping.booked(ctx)
    for key in sorted({*wanted, *has}):
        line_id, budget_id, kind = key
        if wanted.get(key, 0) != has.get(key, 0):
            yield (
                f"Budget {names.get(budget_id, budget_id)}, {KINDS[kind].lower()}, line {line_id} of an order: the book has "
                f"{Money(has.get(key, 0))}, the order {Money(wanted.get(key, 0))}."
            )


def _splits(ctx: Context) -> Iterator[str]:
    """The codes of each line that binds money bear all of what it costs, and no more."""
    borne = select(SPLIT.c.line_id, func.sum(SPLIT.c.pence).label("pence")).group_by(SPLIT.c.line_id).subquery("borne")
    rows = (
        select(LINE.c.id, ORDER.c.number, COST.label("cost"), func.coalesce(borne.c.pence, 0).label("borne"))
        .join(ORDER, ORDER.c.id == LINE.c.order_id)
        .outerjoin(borne, borne.c.line_id == LINE.c.id)
        .where(ORDER.c.state.in_(keeping.BOUND_STATES), ORDER.c.kind.not_in(keeping.UNBOUND_KINDS))
        .where(func.coalesce(borne.c.pence, 0) != COST)
        .order_by(LINE.c.id)
    )
    for row in ctx.session.execute(rows):
        yield f"Line {row.id} of order {row.number}: its codes bear {Money(row.borne)}, and it costs {Money(row.cost)}."


def _numbered(ctx: Context, column: Any, what: str) -> Iterator[str]:
    count, last = ctx.session.execute(select(func.count(column), func.max(column))).one()
    if count != (last or 0):
        yield f"Numbers have a gap: the last is {what}{last:05}, but there are {count:,} of them."


def _names(ctx: Context) -> dict[int, str]:
    rows = (
        select(BUDGET.c.id, BUDGET.c.year, CENTRE.c.code, CODE.c.code.label("subjective"))
        .join(CENTRE, CENTRE.c.id == BUDGET.c.cost_centre_id)
        .join(CODE, CODE.c.id == BUDGET.c.subjective_id)
    )
    return {
        row.id: f"{rules.spelt_code(row.code, row.subjective)} of {rules.spelt_year(row.year)}"
        for row in ctx.session.execute(rows)
    }
