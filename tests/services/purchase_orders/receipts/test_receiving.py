"""What came of an order, what went back, and what a wrong receipt becomes; the book follows each step."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.values import Money, OrderState, ReceiptKind, Subject
from app.services.core.errors import ChangedMeanwhile, UserError, UserErrors
from app.services.documents import queries as documents
from app.services.documents.dto import NewFile
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.receipts import commands, queries
from app.services.purchase_orders.receipts.dto import (
    AwaitedFilter,
    AwaitedSort,
    LineQuantity,
    NewCorrection,
    NewReceipt,
    NewReturn,
)
from tests.factories import approving, purchasing
from tests.factories.purchasing import stands
from tests.prepared import prepared

TODAY = purchasing.TODAY


@prepared
def bought(desk, colleague):
    """An order of the first officer, 10 at £10.00 and 3 at £20.00, all on one code: (order, budget, lines, versions before)."""

    def make(ctx):
        code = purchasing.budget(ctx)
        order = purchasing.order(
            ctx, (10, 10, {code: 100_00}), (3, 20, {code: 60_00}), made_by=desk.officer.id, wanted_on=date(2026, 11, 12)
        )
        return order.id, code, [line.id for line in purchasing.lines(ctx, order.id)], order.version - 1

    return colleague.do(make)


def came(bought, *quantities, version=1, key="r1", **more):
    lines = tuple(LineQuantity(line, q * 1_000) for line, q in zip(bought[2], quantities, strict=False) if q)
    return NewReceipt(key, bought[0], bought[3] + version, TODAY, lines, **more)


def lines_of(ctx, bought):
    return [(line.received, line.invoiced) for line in purchasing.lines(ctx, bought[0])]


def test_part_then_all_that_is_left_and_the_same_click_twice_receives_once(colleague, bought):
    """4 of 10 at £10.00 are £40.00 owed of £160.00; then the rest with one key: £160.00 owed, nothing bound."""
    first = colleague.do(commands.receive, came(bought, 4, delivery_note="DN 7"))
    again = colleague.do(commands.receive, came(bought, 4, delivery_note="DN 7"))
    assert (first.number, first.receipt_id) == ("GR00001", again.receipt_id)
    assert colleague.do(stands, bought[1]) == (120_00, 40_00, 0)
    rest = colleague.do(commands.receive, NewReceipt("r2", bought[0], bought[3] + 2, TODAY))
    assert rest.told == "GR00002: 6 each Sample line 1, 3 each Sample line 2."
    assert colleague.do(stands, bought[1]) == (0, 160_00, 0)
    assert colleague.do(lines_of, bought) == [(10_000, 0), (3_000, 0)]
    with pytest.raises(UserError, match="Nothing of this order is still to come"):
        colleague.do(commands.receive, NewReceipt("r3", bought[0], bought[3] + 3, TODAY))


def test_of_two_who_receive_at_once_the_second_is_told_what_the_first_recorded(colleague, bought):
    colleague.do(commands.receive, came(bought, 4))
    with pytest.raises(
        ChangedMeanwhile, match="Test Colleague recorded GR00001, 4 each Sample line 1; nothing was saved"
    ):
        colleague.do(commands.receive, came(bought, 4, key="other desk"))
    assert colleague.do(lines_of, bought)[0] == (4_000, 0)


def test_whoever_asked_for_an_order_does_not_receive_it(desk, bought):
    assert "You asked for PO00001" in desk.ask(queries.form, bought[0]).refused
    with pytest.raises(UserError, match="somebody else records what came"):
        desk.do(commands.receive, came(bought, 1))


def test_more_than_ordered_is_refused_or_said_by_policy(colleague, bought):
    """Nothing above 10 as shipped; with 10 % 11 may come, 12 may not."""
    with pytest.raises(
        UserErrors, match=r"10 each are ordered and 0 each came already, so 11 each more are too many\."
    ):
        colleague.do(commands.receive, came(bought, 11))
    colleague.do(purchasing.policy, "purchasing.over_receipt", "10")
    with pytest.raises(UserErrors, match="policy allows 10% above what was ordered"):
        colleague.do(commands.receive, came(bought, 12))
    taken = colleague.do(commands.receive, came(bought, 11))
    assert taken.warnings == (
        "Sample line 1: 1 each more than ordered; the invoice may charge them only if the match allows it.",
    )


def test_what_a_blocked_supplier_delivers_is_received_and_said(colleague, bought):
    def block(ctx):
        order = queries.orders.order(ctx, bought[0])
        purchasing.block(ctx, order.supplier_id)

    colleague.do(block)
    taken = colleague.do(commands.receive, came(bought, 1))
    assert "is blocked for orders since" in taken.warnings[0]


def test_only_an_open_order_is_received_or_one_that_was_paid_before_it_came(colleague, bought):
    def put(ctx, state, why):
        order = purchasing.order_row(ctx, bought[0])
        with approving.carried_out(ctx, "purchase_order", order.id):
            order.state, order.settled_why = state, why
        return order.version - bought[3]

    for state, why in ((OrderState.WAITING, ""), (OrderState.CANCELLED, "Not wanted"), (OrderState.CLOSED, "Enough")):
        version = colleague.do(put, state, why)
        with pytest.raises(UserError, match=f"PO00001 is {state.value}: nothing can be recorded as received"):
            colleague.do(commands.receive, came(bought, 1, version=version))
    version = colleague.do(put, OrderState.CLOSED, "")
    assert colleague.do(commands.receive, came(bought, 1, version=version)).number == "GR00001"


def test_never_more_goes_back_than_came_and_what_was_invoiced_awaits_a_credit_note(colleague, bought):
    """8 came and 6 are invoiced; of 5 that go back 3 were invoiced."""

    def invoiced(ctx):
        purchasing.lines(ctx, bought[0])[0].invoiced = 6_000

    colleague.do(commands.receive, came(bought, 8))
    colleague.do(invoiced)
    line = bought[2][0]
    with pytest.raises(UserErrors, match="8 each came, so 9 each can't go back"):
        colleague.do(
            commands.give_back, NewReturn("b", bought[0], bought[3] + 2, TODAY, (LineQuantity(line, 9_000),), "Cracked")
        )
    back = NewReturn("b", bought[0], bought[3] + 2, TODAY, (LineQuantity(line, 5_000),), "Cracked")
    assert colleague.do(commands.give_back, back).warnings == (
        "Invoiced already: 3 each Sample line 1. A credit note is to come.",
    )
    task = colleague.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == "credit_note_due")).one())
    assert task.title == "A credit note is to come on PO00001: GR00002"
    assert colleague.do(lines_of, bought)[0] == (3_000, 6_000)


def test_a_wrong_receipt_stays_and_another_puts_it_right(colleague, bought):
    """5 were written down where 3 came: 2 are taken off, £20.00 less is owed."""
    wrong = colleague.do(commands.receive, came(bought, 5))
    right = NewCorrection("c", wrong.receipt_id, bought[3] + 2, (LineQuantity(bought[2][0], 3_000),), "Counted again")
    colleague.do(commands.correct, right)
    assert colleague.do(stands, bought[1]) == (130_00, 30_00, 0)
    put_right, first = colleague.ask(queries.of_order, bought[0])
    assert (put_right.kind, put_right.corrects, put_right.lines[0].quantity) == (
        ReceiptKind.CORRECTED,
        "GR00001",
        -2_000,
    )
    assert (first.corrected_by, first.lines[0].quantity, first.lines[0].amount) == (("GR00002",), 5_000, Money(50_00))
    assert dict(first.stands)[bought[2][0]] == 3_000
    same = NewCorrection("d", wrong.receipt_id, bought[3] + 3, (LineQuantity(bought[2][0], 3_000),), "Counted again")
    with pytest.raises(UserError, match="what the receipt says already"):
        colleague.do(commands.correct, same)


def test_putting_right_what_was_invoiced_awaits_a_credit_note(colleague, bought):
    """10 were written down and invoiced, 8 came: the supplier owes for 2."""
    wrong = colleague.do(commands.receive, came(bought, 10))
    colleague.do(lambda ctx: setattr(purchasing.lines(ctx, bought[0])[0], "invoiced", 10_000))
    right = NewCorrection("c", wrong.receipt_id, bought[3] + 2, (LineQuantity(bought[2][0], 8_000),), "Counted again")
    done = colleague.do(commands.correct, right)
    assert done.warnings == ("Invoiced already: 2 each Sample line 1. A credit note is to come.",)


def test_what_comes_is_of_the_year_of_its_order(desk, colleague):
    """An order of 2025/26 that wasn't rolled takes what came by 31 March 2026, and nothing that came after."""

    def make(ctx):
        code = purchasing.budget(ctx, year=2025)
        order = purchasing.order(ctx, (10, 10, {code: 100_00}), year=2025, made_by=desk.officer.id)
        return order.id, order.version

    order_id, version = colleague.do(make)
    with pytest.raises(UserError, match="budgets of 2025/26, and this came in 2026/27"):
        colleague.do(commands.receive, NewReceipt("late", order_id, version, date(2026, 4, 1)))
    with pytest.raises(UserError, match="which began after that day"):
        colleague.do(commands.receive, NewReceipt("early", order_id, version, date(2025, 3, 31)))
    assert (
        colleague.do(commands.receive, NewReceipt("in time", order_id, version, date(2026, 3, 31))).number == "GR00001"
    )


def test_what_goes_back_of_an_order_closed_by_hand_binds_nothing_again(colleague, bought):
    """6 of 10 came, the rest was given up; 2 go back: 4 at £10.00 are owed, and nothing is bound."""
    colleague.do(commands.receive, came(bought, 6))

    def close(ctx):
        row = orders.changing(ctx, bought[0])
        row.state, row.settled_why = OrderState.CLOSED, "No longer wanted"
        orders.settle(ctx, row)
        orders.restate(ctx, row, "Closed")
        ctx.session.flush()
        return row.version

    version = colleague.do(close)
    assert colleague.do(stands, bought[1]) == (0, 60_00, 0)
    back = NewReturn("b", bought[0], version, TODAY, (LineQuantity(bought[2][0], 2_000),), "Broken")
    colleague.do(commands.give_back, back)
    assert colleague.do(stands, bought[1]) == (0, 40_00, 0)


def test_nothing_zero_negative_of_another_order_or_to_come_is_received(colleague, bought):
    for quantity in (0, -1_000):
        with pytest.raises(UserErrors, match="A quantity lies above 0"):
            colleague.do(
                commands.receive,
                NewReceipt("z", bought[0], bought[3] + 1, TODAY, (LineQuantity(bought[2][0], quantity),)),
            )
    with pytest.raises(UserError, match="isn't on the order any more"):
        colleague.do(commands.receive, NewReceipt("z", bought[0], bought[3] + 1, TODAY, (LineQuantity(99, 1_000),)))
    with pytest.raises(UserError, match="That day is to come"):
        colleague.do(commands.receive, NewReceipt("z", bought[0], bought[3] + 1, date(2026, 11, 22)))


def test_a_delivery_note_is_kept_with_the_receipt_and_card_numbers_are_not(colleague, bought):
    kept = colleague.do(commands.receive, came(bought, 1, file=NewFile("note 7.txt", b"One sample line")))
    row = colleague.ask(queries.detail, kept.receipt_id)
    about = (Subject.GOODS_RECEIPT, kept.receipt_id)
    assert [each.sha256 for each in colleague.ask(documents.listed, *about)] == [row.document_sha256]
    with pytest.raises(UserError, match="card number"):
        colleague.do(commands.receive, came(bought, 1, version=2, key="r2", note="4111 1111 1111 1111"))


def test_what_is_awaited_is_listed_late_ones_in_days(colleague, bought, query_log):
    ids = colleague.ask(queries.ids, AwaitedFilter("po1 line", late=True), AwaitedSort.AMOUNT, descending=True)
    query_log.clear()
    rows = {row.line_id: row for row in colleague.ask(queries.rows, ids)}
    assert [rows[each].amount for each in ids] == [Money(100_00), Money(60_00)]
    assert len([each for each in query_log if each.startswith("SELECT order_line")]) == 1
    assert (rows[ids[0]].late_days, rows[ids[0]].left, rows[ids[0]].order_number) == (9, 10_000, "PO00001")
    assert colleague.ask(queries.totals, AwaitedFilter()).debit == Money(160_00)
    assert not colleague.ask(queries.ids, AwaitedFilter(late=False), AwaitedSort.ORDER, descending=False)


def test_what_was_owed_at_a_day_is_as_the_book_had_it_then(colleague, bought, clock):
    """£40.00 came on 21 November; on 20 November nothing was owed."""
    colleague.do(commands.receive, came(bought, 4))
    owed = colleague.ask(queries.accruals, TODAY)
    assert (owed.total, owed.codes[0].code, owed.rows[0].received_on) == (Money(40_00), "HR100 4120", TODAY)
    assert owed.ages[0] == ("Up to 30 days", Money(40_00))
    assert colleague.ask(queries.accruals, date(2026, 11, 20)).rows == ()
