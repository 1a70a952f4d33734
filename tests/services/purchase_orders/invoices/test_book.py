"""Whatever is received, sent back, invoiced and credited, the book of budgets says what the documents say."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.purchase_orders.invoices import SupplierInvoice
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import reconciling
from app.services.purchase_orders.invoices import commands, gathering, posting
from app.services.purchase_orders.receipts import commands as receipts
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt, NewReturn
from tests.factories import approving, invoices, purchasing
from tests.factories.purchasing import TODAY

STEPS = st.lists(
    st.tuples(st.sampled_from(["receive", "back", "invoice", "credit"]), st.integers(0, 1), st.integers(1, 6)),
    min_size=3,
    max_size=7,
)


class UndoneError(Exception):
    """Ends an example without a trace."""


def step(ctx, order, supplier, what, at, quantity, key):
    """One step by the commands; what they refuse changes nothing."""
    line = purchasing.lines(ctx, order.id)[at]
    price = line.price / 100_000
    lines = (LineQuantity(line.id, quantity * 1_000),)
    if what == "receive":
        receipts.receive(ctx, NewReceipt(key, order.id, order.version, TODAY, lines))
    elif what == "back":
        receipts.give_back(ctx, NewReturn(key, order.id, order.version, TODAY, lines, "Faulty"))
    else:
        typed = (invoices.line(quantity, price, line.id, vat_recovered=line.vat_recovered),)
        make = invoices.credit if what == "credit" else invoices.new
        new = make(supplier, *typed, order_id=order.id, number=key, duplicates_why="Another one")
        row = ctx.session.get(SupplierInvoice, commands.log(ctx, new).invoice_id)
        match = gathering.match(ctx, row)
        if match.clean:
            with approving.carried_out(ctx, "supplier_invoice", row.id):
                posting.post(ctx, row, match)


def walk(ctx, steps, maker):
    one, two = purchasing.budget(ctx), purchasing.budget(ctx, subjective="4130")
    supplier = purchasing.supplier(ctx).id
    lines = ((7, 9.99, {one: 23_31, two: 46_62}), (6, 12.34, {two: 88_84}))
    order = purchasing.order(ctx, *lines, supplier_id=supplier, made_by=maker)
    purchasing.lines(ctx, order.id)[1].vat_recovered = False
    purchasing.budgets.restate(ctx, order.id, TODAY, purchasing.Subject.PURCHASE_ORDER, order.id)
    for number, (what, at, quantity) in enumerate(steps):
        try:
            step(ctx, order, supplier, what, at, quantity, f"N{number}X{quantity}")
        except UserError:
            ctx.session.flush()
        assert list(reconciling.check(ctx)) == []
        assert all(line.received >= 0 and line.invoiced >= 0 for line in purchasing.lines(ctx, order.id))
    raise UndoneError


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_book_follows_every_step(desk, colleague, steps):
    try:
        colleague.do(walk, steps, desk.officer.id)
    except UndoneError:
        return
    raise AssertionError("the walk came to its end")
