"""Codes, budgets, suppliers, and orders as plain rows; all plainly made up."""

from datetime import date

from sqlalchemy import select

from app.models.limits import OfficerLimit
from app.models.policy import PolicyValue
from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.invoices import InvoiceLine, InvoiceSplit, SupplierInvoice
from app.models.purchase_orders.orders import OrderLine, OrderSplit, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier, SupplierBlock
from app.models.values import (
    BlockScope,
    BudgetKind,
    CisStatus,
    InvoiceKind,
    InvoiceState,
    LimitKind,
    OrderKind,
    OrderState,
    PurchaseVat,
    Subject,
    SupplierState,
)
from app.services.ledger import numbering
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.suppliers.rules import name_key
from tests.factories import approving

YEAR = 2026
TODAY = date(2026, 11, 21)


def category(ctx, key="materials"):
    """One of the categories that are shipped; its id."""
    return ctx.session.scalars(select(PurchaseCategory.id).where(PurchaseCategory.key == key)).one()


def supplier(ctx, name="Sample Paints Limited", **columns):
    """A supplier in use, without bank details; its row."""
    number = numbering.take(ctx, "supplier")
    values = {
        "entry_key": f"supplier:{number}",
        "number": number,
        "name": name,
        "name_key": name_key(name),
        "category_id": category(ctx),
        "state": SupplierState.ACTIVE,
        "cis": CisStatus.OUTSIDE,
        "vat_number": "123456782",
        "email": f"orders{number}@example.com",
        "phone": "01632 960100",
        "address": "1 Sample Way\nAnytown\nAT1 1AA",
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
    }
    row = Supplier(**values | columns)
    ctx.session.add(row)
    ctx.session.flush()
    return row


def block(
    ctx, supplier_id, scope=BlockScope.ORDERS, from_on=date(2026, 11, 2), release_on=None, reason="Insurance lapsed"
):
    """A supplier on hold; the row."""
    row = SupplierBlock(
        supplier_id=supplier_id,
        scope=scope,
        from_on=from_on,
        release_on=release_on,
        reason=reason,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def limit(ctx, officer_id, pence=1_000_000_00):
    """What an officer may approve of orders, invoices, runs and budgets."""
    ctx.session.add(OfficerLimit(officer_id=officer_id, kind=LimitKind.ORDER, line_pence=pence, batch_pence=pence))
    ctx.session.flush()


def budget(ctx, cost_centre="HR100", subjective="4120", pence=10_000_00, year=YEAR, holder_id=None):
    """A budget with its original amount in the book, its codes made where they aren't there; its id."""
    centre = _code(ctx, CostCentre, cost_centre, name=f"Cost centre {cost_centre}")
    code = _code(ctx, SubjectiveCode, subjective, name=f"Subjective {subjective}", heading="Premises")
    row = Budget(year=year, cost_centre_id=centre.id, subjective_id=code.id, holder_id=holder_id)
    ctx.session.add(row)
    ctx.session.flush()
    given = budgets.entry(ctx, row.id, BudgetKind.ORIGINAL, pence, date(year, 4, 1), (Subject.BUDGET, row.id))
    budgets.post(ctx, [given])
    return row.id


def _code(ctx, table, code, **columns):
    found = ctx.session.scalars(select(table).where(table.code == code)).one_or_none()
    if found is None:
        found = table(code=code, **columns)
        ctx.session.add(found)
        ctx.session.flush()
    return found


def order(ctx, *lines, supplier_id=None, state=OrderState.OPEN, restate=True, **columns):
    """An order as rows; a line is (quantity in units, price in pounds, {budget: pence}) with VAT that is got back."""
    requisition = numbering.take(ctx, "requisition")
    approved = state in (OrderState.OPEN, OrderState.CLOSED)
    values = {
        "entry_key": f"order:{requisition}",
        "requisition": requisition,
        "number": numbering.take(ctx, "purchase_order") if approved else None,
        "kind": OrderKind.ORDINARY,
        "state": state,
        "title": "Sample order",
        "supplier_id": supplier_id or supplier(ctx).id,
        "category_id": category(ctx),
        "year": YEAR,
        "made_by": ctx.officer.id,
        "made_at": ctx.clock.now(),
    }
    row = PurchaseOrder(**values | columns)
    ctx.session.add(row)
    ctx.session.flush()
    for place, each in enumerate(lines, 1):
        made = _line(ctx, row.id, place, *each)
        row.net_pence = (row.net_pence or 0) + made.net_pence
        row.vat_pence = (row.vat_pence or 0) + made.vat_pence
    ctx.session.flush()
    if restate:
        budgets.restate(ctx, row.id, TODAY, Subject.PURCHASE_ORDER, row.id, "Approved")
    return row


def _line(ctx, order_id, place, quantity, price, splits, **columns):
    net = round(quantity * price * 100)
    values = {
        "order_id": order_id,
        "place": place,
        "description": f"Sample line {place}",
        "quantity": quantity * 1_000,
        "unit": "each",
        "price": round(price * 100_000),
        "vat": PurchaseVat.STANDARD,
        "net_pence": net,
        "vat_pence": net // 5,
    }
    line = OrderLine(**values | columns)
    ctx.session.add(line)
    ctx.session.flush()
    ctx.session.add_all(
        OrderSplit(line_id=line.id, place=at, budget_id=budget_id, pence=pence)
        for at, (budget_id, pence) in enumerate(splits.items(), 1)
    )
    ctx.session.flush()
    return line


def lines(ctx, order_id):
    """The lines of an order, in their order."""
    return ctx.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.place)).all()


def stands(ctx, budget_id):
    """(commitment, accrual, actual) of a budget as they are kept beside the book."""
    row = ctx.session.get(Budget, budget_id, populate_existing=True)
    return row.commitment_pence, row.accrual_pence, row.actual_pence


def policy(ctx, key, value, scope=""):
    """An office's own value of a policy, from long ago."""
    ctx.session.add(PolicyValue(key=key, scope=scope, effective_from=date(2020, 1, 1), value=value))
    ctx.session.flush()


def invoice(ctx, *lines, supplier_id=None, vat=0, recovered=True, **columns):
    """An invoice as rows, logged unless said otherwise; a line is {budget: pence}, with `vat` pence on the first."""
    number = numbering.take(ctx, "supplier_invoice")
    cost = sum(sum(each.values()) for each in lines)
    values = {
        "entry_key": f"invoice:{number}",
        "number": number,
        "kind": InvoiceKind.INVOICE,
        "state": InvoiceState.LOGGED,
        "supplier_id": supplier_id or supplier(ctx).id,
        "supplier_number": f"SI-{number}",
        "number_key": f"SI{number}",
        "invoice_on": date(2026, 11, 2),
        "received_on": date(2026, 11, 3),
        "pay_by_on": date(2026, 12, 3),
        "category_id": category(ctx),
        "net_pence": cost if recovered else cost - vat,
        "vat_pence": vat,
        "logged_by": ctx.officer.id,
        "logged_at": ctx.clock.now(),
    }
    values |= columns
    row = SupplierInvoice(**values | {"state": InvoiceState.LOGGED})
    ctx.session.add(row)
    ctx.session.flush()
    if values["state"] is not InvoiceState.LOGGED:
        with approving.carried_out(ctx, "supplier_invoice", row.id):
            row.state = values["state"]
    for place, each in enumerate(lines, 1):
        _invoice_line(ctx, row.id, place, each, vat if place == 1 else 0, recovered=recovered)
    ctx.session.flush()
    return row


def _invoice_line(ctx, invoice_id, place, splits, vat, *, recovered):
    net = sum(splits.values()) - (0 if recovered else vat)
    line = InvoiceLine(
        invoice_id=invoice_id,
        place=place,
        description=f"Sample line {place}",
        quantity=1_000,
        price=net * 1_000,
        vat=PurchaseVat.STANDARD,
        vat_recovered=recovered,
        net_pence=net,
        vat_pence=vat,
    )
    ctx.session.add(line)
    ctx.session.flush()
    ctx.session.add_all(
        InvoiceSplit(line_id=line.id, place=at, budget_id=budget_id, pence=pence)
        for at, (budget_id, pence) in enumerate(splits.items(), 1)
    )


def order_limit(ctx, line=50_000_00, batch=100_000_00):
    """The officer at this desk may approve orders, invoices and what is booked of them up to so much."""
    ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=LimitKind.ORDER, line_pence=line, batch_pence=batch))
    ctx.session.flush()


def order_row(ctx, order_id):
    """An order's row."""
    return ctx.session.get(PurchaseOrder, order_id)


def supplier_row(ctx, supplier_id):
    """A supplier's row."""
    return ctx.session.get(Supplier, supplier_id)
