"""The book follows the lines of an order, and the sums kept beside it follow the book."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.purchase_orders.budgets import BudgetEntry
from app.models.purchase_orders.finance import FinanceReconciliation
from app.models.values import BudgetKind, OrderState, ReconciliationState, Subject
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import keeping
from app.services.purchase_orders.budgets.sql import BUDGET
from tests.factories import approving, purchasing

TODAY = purchasing.TODAY


def stands(ctx, budget_id):
    """(commitment, accrual, actual) as they are kept beside the book."""
    columns = (BUDGET.c.commitment_pence, BUDGET.c.accrual_pence, BUDGET.c.actual_pence)
    return tuple(ctx.session.execute(select(*columns).where(BUDGET.c.id == budget_id)).one())


def written(ctx):
    """How many lines the book has of orders."""
    return ctx.session.scalar(select(func.count()).select_from(BudgetEntry).where(BudgetEntry.line_id.is_not(None)))


def test_an_order_of_two_codes_binds_and_owes_on_both_and_its_book_balances(desk):
    """10 at £10.00, two fifths and three fifths of it; 4 come, then 4 are invoiced for £41.00."""

    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        order = purchasing.order(ctx, (10, 10, {one: 40_00, two: 60_00}))
        seen = [(stands(ctx, one), stands(ctx, two))]
        line = purchasing.lines(ctx, order.id)[0]
        line.received = 4_000
        keeping.restate(ctx, order.id, TODAY, Subject.GOODS_RECEIPT, 1)
        seen.append((stands(ctx, one), stands(ctx, two)))
        line.invoiced = 4_000
        keeping.spend(ctx, [(one, 16_40, TODAY, ""), (two, 24_60, TODAY, "")], Subject.SUPPLIER_INVOICE, 1)
        keeping.restate(ctx, order.id, TODAY, Subject.SUPPLIER_INVOICE, 1)
        seen.append((stands(ctx, one), stands(ctx, two)))
        lines = written(ctx)
        keeping.restate(ctx, order.id, TODAY, Subject.SUPPLIER_INVOICE, 1)
        assert written(ctx) == lines
        order.state = OrderState.CANCELLED
        keeping.restate(ctx, order.id, TODAY, Subject.PURCHASE_ORDER, order.id)
        seen.append((stands(ctx, one), stands(ctx, two)))
        return seen

    assert desk.do(steps) == [
        ((40_00, 0, 0), (60_00, 0, 0)),
        ((24_00, 16_00, 0), (36_00, 24_00, 0)),
        ((24_00, 0, 16_40), (36_00, 0, 24_60)),
        ((0, 0, 16_40), (0, 0, 24_60)),
    ]


def test_a_requisition_binds_nothing_and_codes_that_change_are_left(desk):
    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        order = purchasing.order(ctx, (1, 50, {one: 50_00}), state=OrderState.WAITING)
        assert stands(ctx, one) == (0, 0, 0)
        with approving.carried_out(ctx, "purchase_order", order.id):
            order.state = OrderState.OPEN
        keeping.restate(ctx, order.id, TODAY, Subject.PURCHASE_ORDER, order.id)
        assert stands(ctx, one) == (50_00, 0, 0)
        split = ctx.session.scalars(select(purchasing.OrderSplit)).one()
        split.budget_id = two
        keeping.restate(ctx, order.id, TODAY, Subject.PURCHASE_ORDER, order.id)
        return stands(ctx, one), stands(ctx, two)

    assert desk.do(steps) == ((0, 0, 0), (50_00, 0, 0))


def test_orders_that_go_on_in_another_year_leave_the_old_one_on_its_last_day(desk):
    """All in as many statements as one: rolled on 6 April 2027."""

    def steps(ctx):
        old, new = purchasing.budget(ctx), purchasing.budget(ctx, year=2027)
        orders = [purchasing.order(ctx, (1, 50, {old: 50_00})) for _ in range(3)]
        assert keeping.in_year(ctx, [old], 2027) == {old: new}
        for split in ctx.session.scalars(select(purchasing.OrderSplit)):
            split.budget_id = new
        keeping.restate_all(ctx, [order.id for order in orders], date(2027, 4, 6), "Into 2027/28")
        on = select(BudgetEntry.budget_id, BudgetEntry.pence, BudgetEntry.accounting_on, BudgetEntry.subject_id)
        rows = ctx.session.execute(on.where(BudgetEntry.words == "Into 2027/28")).all()
        return (
            (old, new, {order.id for order in orders}),
            {tuple(row) for row in rows},
            stands(ctx, old),
            stands(ctx, new),
        )

    (old, new, orders), rows, left, there = desk.do(steps)
    assert rows == {
        entry
        for order in orders
        for entry in ((old, -50_00, date(2027, 3, 31), order), (new, 50_00, date(2027, 4, 6), order))
    }
    assert (left, there) == ((0, 0, 0), (150_00, 0, 0))


def test_what_would_go_over_is_told_with_what_is_left(desk):
    def steps(ctx):
        one, two = purchasing.budget(ctx, pence=100_00), purchasing.budget(ctx, subjective="4130", pence=100_00)
        purchasing.order(ctx, (1, 80, {one: 80_00}))
        assert keeping.over(ctx, {one: 20_00, two: 100_00}) == ()
        assert keeping.over(ctx, {one: -5_00}) == ()
        first = keeping.over(ctx, {one: 20_01, two: 1})[0].words
        keeping.spend(ctx, [(one, 30_00, TODAY, "")], Subject.SUPPLIER_INVOICE, 1)
        return first, keeping.over(ctx, {one: 1})[0].words

    assert desk.do(steps) == (
        "HR100 4120 Subjective 4120 has £20.00 left; £20.01 would put it £0.01 over.",
        "HR100 4120 Subjective 4120 has nothing left (£10.00 over already); £0.01 would put it £10.01 over.",
    )


def test_a_code_is_found_by_what_is_typed_and_one_out_of_use_is_refused(desk):
    def steps(ctx):
        one = purchasing.budget(ctx)
        assert keeping.for_codes(ctx, 2026, " HR100", "4120 ") == one
        assert keeping.by_code(ctx, 2026) == {("HR100", "4120"): one}
        with pytest.raises(UserError, match="There is no budget HR100 4120 in 2027/28"):
            keeping.for_codes(ctx, 2027, "HR100", "4120")
        ctx.session.scalars(select(purchasing.CostCentre)).one().active = False
        with pytest.raises(UserError, match="not used any more"):
            keeping.for_codes(ctx, 2026, "HR100", "4120")
        return keeping.by_code(ctx, 2026)

    assert desk.do(steps) == {}


def test_the_book_counts_each_kind_once(desk):
    """A budget of £10,000.00 with an order of £50.00: two lines of the book."""

    def steps(ctx):
        purchasing.order(ctx, (1, 50, {purchasing.budget(ctx): 50_00}))
        rows = select(BudgetEntry.kind, func.sum(BudgetEntry.pence)).group_by(BudgetEntry.kind)
        return dict(ctx.session.execute(rows).all())

    assert desk.do(steps) == {BudgetKind.ORIGINAL: 10_000_00, BudgetKind.COMMITMENT: 50_00}


def dated(ctx, budget_id):
    """When the book's lines of a budget are reported, of orders and of what was spent, with their pence."""
    rows = select(BudgetEntry.accounting_on, BudgetEntry.kind, BudgetEntry.pence).where(
        BudgetEntry.budget_id == budget_id, BudgetEntry.kind.in_((BudgetKind.ACCRUAL, BudgetKind.ACTUAL))
    )
    return [tuple(row) for row in ctx.session.execute(rows.order_by(BudgetEntry.id))]


def test_after_the_years_end_what_is_owed_no_more_and_what_is_spent_of_one_code_are_of_one_year(desk):
    """£50.00 came in 2026/27; the order is rolled, and the invoice comes on 10 May 2027: both are of 31 March 2027."""

    def steps(ctx):
        budget = purchasing.budget(ctx)
        order = purchasing.order(ctx, (1, 50, {budget: 50_00}))
        line = purchasing.lines(ctx, order.id)[0]
        line.received = 1_000
        keeping.restate(ctx, order.id, TODAY, Subject.GOODS_RECEIPT, 1)
        order.year, line.invoiced = 2027, 1_000
        late = date(2027, 5, 10)
        keeping.restate(ctx, order.id, late, Subject.SUPPLIER_INVOICE, 1)
        keeping.spend(ctx, [(budget, 50_00, keeping.day_in(ctx, late, 2026), "")], Subject.SUPPLIER_INVOICE, 1)
        return dated(ctx, budget)

    last = date(2027, 3, 31)
    assert desk.do(steps) == [
        (TODAY, BudgetKind.ACCRUAL, 50_00),
        (last, BudgetKind.ACCRUAL, -50_00),
        (last, BudgetKind.ACTUAL, 50_00),
    ]


def test_nothing_is_dated_into_a_signed_reconciliation(desk):
    def signed(ctx, from_on, to_on, state):
        sums = dict.fromkeys(("ours", "theirs", "matched", "ours_only", "theirs_only", "differs"), 0)
        row = FinanceReconciliation(from_on=from_on, to_on=to_on, state=state, prepared_by=ctx.officer.id)
        for side, pence in sums.items():
            setattr(row, f"{side}_pence", pence)
        row.prepared_at = ctx.clock.now()
        ctx.session.add(row)
        ctx.session.flush()

    def days(ctx):
        waiting, done = ReconciliationState.PREPARED, ReconciliationState.SIGNED
        signed(ctx, date(2027, 3, 1), date(2027, 3, 31), waiting)
        before = keeping.day_in(ctx, date(2027, 4, 10), 2026)
        signed(ctx, date(2027, 3, 1), date(2027, 3, 31), done)
        signed(ctx, date(2027, 4, 1), date(2027, 4, 30), done)
        return before, keeping.day_in(ctx, date(2027, 4, 10), 2026), keeping.day_in(ctx, TODAY, 2026)

    assert desk.do(days) == (date(2027, 3, 31), date(2027, 5, 1), TODAY)
