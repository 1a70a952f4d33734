"""What a council publishes: every line that it must, no person's name, and every exclusion with its reason."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from app.models.purchase_orders.orders import OrderVersion
from app.models.values import (
    InvoiceKind,
    InvoiceState,
    Money,
    OrderKind,
    OrderState,
    OrderVersionState,
    WaiverReason,
)
from app.services.core.errors import UserError
from app.services.purchase_orders.publishing import commands, queries
from tests.factories import purchasing

PAID = date(2026, 11, 12)
FROM, TO = date(2026, 11, 1), date(2026, 11, 30)


def paid(ctx, *lines, **columns):
    """An invoice that was paid in November."""
    return purchasing.invoice(ctx, *lines, **{"state": InvoiceState.PAID, "paid_on": PAID} | columns)


def test_spending_above_the_limit_is_told_by_code_and_the_rest_with_its_reason(desk):
    """£1,200 over two codes; £500 exactly; £500.01; a credit of £600; compensation of £900; one paid in October."""

    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        paid(ctx, {one: 400_00, two: 800_00})
        paid(ctx, {one: 500_00})
        paid(ctx, {one: 500_01})
        paid(ctx, {two: 600_00}, kind=InvoiceKind.CREDIT_NOTE)
        paid(ctx, {one: 900_00}, category_id=purchasing.category(ctx, "compensation"))
        paid(ctx, {one: 900_00}, paid_on=date(2026, 10, 31))
        purchasing.invoice(ctx, {one: 900_00}, state=InvoiceState.APPROVED)
        return queries.spending(ctx, FROM, TO)

    found = desk.do(steps)
    assert [(row.reference, row.code, row.amount) for row in found.rows] == [
        ("IN00001", "4120", Money(400_00)),
        ("IN00001", "4130", Money(800_00)),
        ("IN00003", "4120", Money(500_01)),
        ("IN00004", "4130", Money(-600_00)),
    ]
    assert found.total == Money(1_100_01)
    assert [(each.reference, each.reason) for each in found.left_out] == [
        ("IN00002", "It is £500.00 or less."),
        ("IN00005", "Compensation to individuals."),
    ]
    row = found.rows[0]
    assert (row.on, row.department, row.purpose, row.category) == (
        PAID,
        "Cost centre HR100",
        "Subjective 4120",
        "Materials and equipment",
    )


def test_vat_that_is_lost_stands_beside_the_amount_and_is_shared_with_it(desk):
    """£1,000 and £200 of VAT that can't be got back, a quarter and three quarters: 250 + 50 and 750 + 150."""

    def steps(ctx):
        one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
        paid(ctx, {one: 300_00, two: 900_00}, vat=200_00, recovered=False)
        return queries.spending(ctx, FROM, TO)

    found = desk.do(steps)
    assert [(row.amount, row.vat) for row in found.rows] == [
        (Money(250_00), Money(50_00)),
        (Money(750_00), Money(150_00)),
    ]


def test_the_name_of_a_person_is_redacted(desk):
    def steps(ctx):
        code = purchasing.budget(ctx)
        person = purchasing.supplier(ctx, "A Plainly Made Up Person", individual=True)
        paid(ctx, {code: 700_00}, supplier_id=person.id)
        return queries.spending(ctx, FROM, TO)

    found = desk.do(steps)
    assert [row.beneficiary for row in found.rows] == ["REDACTED PERSONAL DATA"]
    assert found.redacted == 1


def test_the_file_is_written_once_and_kept_with_what_was_left_out(desk):
    def steps(ctx):
        code = purchasing.budget(ctx)
        name = "=Formula Limited"
        paid(ctx, {code: 700_00}, supplier_id=purchasing.supplier(ctx, name).id)
        paid(ctx, {code: 20_00})

    desk.do(steps)
    made = desk.do(commands.spending, FROM, TO)
    assert (made.count, made.left_out, made.total) == (1, 1, Money(700_00))
    assert made.file_name == "spending-2026-11-01-to-2026-11-30.csv"
    heads, line = csv.reader(io.StringIO(made.content.decode("utf-8-sig")))
    told = dict(zip(heads, line, strict=True))
    assert (told["Payment date"], told["Supplier name"], told["Net amount"]) == (
        "12/11/2026",
        "'=Formula Limited",
        "700.00",
    )
    assert desk.do(commands.again, made.publication_id).content == made.content
    (past,) = desk.ask(queries.past)
    assert (past.count, past.left_out, past.total) == (1, 1, Money(700_00))

    again = desk.do(commands.again, made.publication_id)
    assert "IN00002,12/11/2026,20.00,It is £500.00 or less." in again.exclusions.decode("utf-8-sig")
    assert again.exclusions == made.exclusions


def test_orders_above_their_limit_with_how_the_supplier_was_found(desk):
    """£6,000 with a waiver, £5,000 exactly, an agreement up to £20,000, its call-off, and one that was cancelled."""

    def steps(ctx):
        code = purchasing.budget(ctx)
        at = {"approved_at": datetime(2026, 11, 5, 12, tzinfo=UTC)}
        purchasing.order(ctx, (6, 1_000, {code: 6_000_00}), waiver=WaiverReason.SOLE_SUPPLIER, title="Doors", **at)
        purchasing.order(ctx, (5, 1_000, {code: 5_000_00}), **at)
        purchasing.order(ctx, kind=OrderKind.AGREEMENT, most_pence=20_000_00, until_on=date(2027, 3, 31), **at)
        purchasing.order(ctx, (7, 1_000, {code: 7_000_00}), kind=OrderKind.CALL_OFF, **at)
        gone = purchasing.order(ctx, (9, 1_000, {code: 9_000_00}), **at)
        gone.state = OrderState.CANCELLED
        ctx.session.flush()
        return queries.orders(ctx, FROM, TO)

    found = desk.do(steps)
    assert [(row.reference, row.amount, row.department, row.process) for row in found.rows] == [
        ("PO00001", Money(6_000_00), "Cost centre HR100", "No quotations, waiver: sole supplier"),
        ("PO00003", Money(20_000_00), "", "No quotations"),
    ]
    assert found.rows[1].until == date(2027, 3, 31)
    assert [(each.reference, each.reason) for each in found.left_out] == [
        ("PO00002", "It is £5,000.00 or less."),
        ("PO00004", "A call-off: its agreement is published."),
        ("PO00005", "It was cancelled."),
    ]


def test_an_order_that_an_amendment_takes_above_the_limit_is_told_then_and_once(desk):
    """£4,000 approved on 5 October and amended to £40,000 on 9 November: in November, not in October."""

    def steps(ctx):
        code = purchasing.budget(ctx)
        made = purchasing.order(
            ctx, (40, 1_000, {code: 40_000_00}), approved_at=datetime(2026, 10, 5, 12, tzinfo=UTC), title="Roof"
        )
        for number, net, day in (
            (1, 4_000_00, datetime(2026, 10, 5, tzinfo=UTC)),
            (2, 40_000_00, datetime(2026, 11, 9, tzinfo=UTC)),
        ):
            ctx.session.add(
                OrderVersion(
                    order_id=made.id,
                    number=number,
                    state=OrderVersionState.APPROVED,
                    net_pence=net,
                    vat_pence=0,
                    made_by=ctx.officer.id,
                    made_at=day,
                    approved_at=day,
                )
            )
        ctx.session.flush()
        return queries.orders(ctx, date(2026, 10, 1), date(2026, 10, 31)), queries.orders(ctx, FROM, TO)

    october, november = desk.do(steps)
    assert [(each.reference, each.on, each.reason) for each in october.left_out] == [
        ("PO00001", date(2026, 10, 5), "It was £5,000.00 or less then.")
    ]
    assert [(row.reference, row.on, row.amount) for row in november.rows] == [
        ("PO00001", date(2026, 11, 9), Money(40_000_00))
    ]


def test_a_title_that_may_name_somebody_is_not_published(desk):
    def steps(ctx):
        code = purchasing.budget(ctx)
        at = {"approved_at": datetime(2026, 11, 5, 12, tzinfo=UTC), "title": "Clear the flat of a made up person"}
        purchasing.order(ctx, (6, 1_000, {code: 6_000_00}), kind=OrderKind.WORKS, **at)
        person = purchasing.supplier(ctx, "A Plainly Made Up Person", individual=True)
        purchasing.order(ctx, (7, 1_000, {code: 7_000_00}), supplier_id=person.id, **at)
        return queries.orders(ctx, FROM, TO)

    assert {row.title for row in desk.do(steps).rows} == {"Materials and equipment"}


def test_a_time_that_ends_before_it_begins_is_refused(desk):
    with pytest.raises(UserError, match="before the first"):
        desk.ask(queries.spending, TO, FROM)


def test_the_number_of_questions_does_not_grow_with_the_lines(desk, query_log):
    def many(ctx):
        code = purchasing.budget(ctx)
        supplier = purchasing.supplier(ctx).id
        for _ in range(12):
            paid(ctx, {code: 700_00}, supplier_id=supplier)

    desk.do(many)
    query_log.clear()
    assert len(desk.ask(queries.spending, FROM, TO).rows) == 12
    assert len([each for each in query_log if "supplier_invoice" in str(each)]) == 1
