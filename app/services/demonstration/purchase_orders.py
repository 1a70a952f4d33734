"""Purchasing at the made-up landlord: budgets, suppliers, orders in every state, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.properties import Property
from app.models.purchase_orders.budgets import CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import (
    BlockScope,
    LimitKind,
    Money,
    OrderKind,
    OrderSent,
)
from app.services.approvals import commands as approvals
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.demonstration.purchasing_bills import Buyers, ask_run, log_credit, log_invoice
from app.services.demonstration.purchasing_plan import CENTRES, CODES, ORDERS, SELLERS, SUBJECTS, Bought, Come, Seller
from app.services.demonstration.purchasing_works import order_works, read_meter
from app.services.purchase_orders.budgets import commands as budgets
from app.services.purchase_orders.budgets.dto import CentreRow, CodeRow, NewBudget
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.orders import commands as orders
from app.services.purchase_orders.orders.dto import (
    CancelRest,
    NewLine,
    NewQuotation,
    NewRequisition,
    NewSplit,
    Saved,
    Send,
)
from app.services.purchase_orders.receipts import commands as receipts
from app.services.purchase_orders.receipts.dto import LineQuantity, NewReceipt
from app.services.purchase_orders.registers import commands as registers
from app.services.purchase_orders.registers.dto import PointRow
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers.dto import NewBlock, NewSupplier, SupplierFields

_ASKER, _RECEIVER, _APPROVER = "demo.officer", "demo.senior", "demo.leader"
_LIMIT: Final = 25_000_00
_FEW_HOMES: Final = 5
_DEPOT: Final = PointRow(0, "Testford depot", "1 Sample Way\nTestford\nZZ1 1AA", "Gate 2, weekdays 8 to 4", active=True)
_RECEIVED: Final = frozenset({Come.PART, Come.RECEIVED, Come.INVOICED, Come.PAYABLE, Come.DISPUTED})
_INVOICED: Final = frozenset({Come.INVOICED, Come.PAYABLE, Come.DISPUTED})


@requires(Permission.LOAD_LANDLORD)
def buy_some(ctx: Context) -> None:
    """Give codes their budgets, keep suppliers, and order from them as the made-up officers.

    A landlord of a few homes gets none.
    """
    office = _office(ctx)
    made, homes = (ctx.session.scalar(select(func.count()).select_from(each)) for each in (Supplier, Property))
    if office is None or made or (homes or 0) < _FEW_HOMES:
        return
    codes = _codes(office.approver)
    _points(office)
    sellers = [_seller(office.days_ago(200), at, each) for at, each in enumerate(SELLERS)]
    for at, each in enumerate(ORDERS):
        _order(office, at, each, sellers, codes)
    repairs = ctx.session.scalars(select(PurchaseCategory.id).where(PurchaseCategory.key == "repairs")).one()
    order_works(office, sellers[1], repairs, codes[1])
    read_meter(office, sellers[5], codes[3])
    log_credit(office)
    ask_run(office)
    for seller, shown in zip(sellers, SELLERS, strict=True):
        if shown.blocked:
            scopes = frozenset({BlockScope.ORDERS})
            suppliers.block(office.asker, NewBlock(seller, scopes, office.asker.clock.today(), shown.blocked))


def _office(ctx: Context) -> Buyers | None:
    names = select(Officer.username, Officer.id).where(Officer.username.in_((_ASKER, _RECEIVER, _APPROVER)))
    ids = {row.username: row.id for row in ctx.session.execute(names)}
    if len(ids) < 3:
        return None
    limits = select(OfficerLimit).where(OfficerLimit.officer_id == ids[_APPROVER], OfficerLimit.kind == LimitKind.ORDER)
    for row in ctx.session.scalars(limits):
        row.line_pence = row.batch_pence = _LIMIT
    ctx.session.flush()
    asker, receiver, approver = (
        replace(ctx, officer=current(ctx.session, ids[name])) for name in (_ASKER, _RECEIVER, _APPROVER)
    )
    return Buyers(asker, receiver, approver)


def _codes(ctx: Context) -> list[int]:
    """The codes of this financial year with their budgets, in the order of the plan."""
    for code, name in CENTRES:
        budgets.keep_centre(ctx, CentreRow(0, code, name, ctx.officer.id))
    for code, name, heading in SUBJECTS:
        budgets.keep_code(ctx, CodeRow(0, code, name, heading))
    centres = {row.code: row.id for row in ctx.session.execute(select(CostCentre.code, CostCentre.id))}
    subjects = {row.code: row.id for row in ctx.session.execute(select(SubjectiveCode.code, SubjectiveCode.id))}
    year = year_of(ctx.clock.today())
    return [
        budgets.add(ctx, NewBudget(year, centres[centre], subjects[subject], Money(pounds * 100))).record_id
        for centre, subject, pounds in CODES
    ]


def _points(office: Buyers) -> None:
    registers.keep_point(office.asker, _DEPOT)


def _seller(office: Buyers, at: int, shown: Seller) -> int:
    category = select(PurchaseCategory.id).where(PurchaseCategory.key == shown.category)
    key = "".join(each for each in shown.name.casefold() if each.isalnum())[:20]
    fields = SupplierFields(
        name=shown.name,
        category_id=office.asker.session.scalars(category).one(),
        trading_as=shown.trading_as,
        finance_reference=f"V{4_000 + at}",
        address=f"{at + 1} Sample Way\nTestford\nZZ{at + 1} 1AA",
        contact="Accounts",
        phone=f"01632 9601{at:02}",
        email=f"orders@{key}.example",
        remittance_email=f"accounts@{key}.example",
        vat_number="" if shown.individual else _vat_number(at),
        individual=shown.individual,
        cis=shown.cis,
        cis_reference="V1000000001" if shown.cis.value == "gross" else "",
        cis_verified_on=office.asker.clock.today() if shown.cis.value == "gross" else None,
    )
    return suppliers.add(office.asker, NewSupplier(f"demonstration:{at}", fields, alike_seen=True)).supplier_id


def _vat_number(at: int) -> str:
    """A made-up VAT number whose check digits fit: what its first seven digits come to by weight, taken from 97."""
    digits = f"{9_990_000 + at:07}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    return f"{digits}{97 - total % 97:02}"


def _order(now: Buyers, at: int, shown: Bought, sellers: Sequence[int], codes: Sequence[int]) -> None:
    """An order, as far as it has come."""
    office = now.days_ago(shown.ago)
    ctx, key = office.asker, f"demonstration:{at}"
    category = ctx.session.scalars(select(Supplier.category_id).where(Supplier.id == sellers[shown.seller])).one()
    agreement = shown.kind is OrderKind.AGREEMENT
    lines = tuple(
        NewLine(what, many * 1_000, pence * 1_000, (NewSplit(codes[code]),), unit, shown.vat)
        for what, many, unit, pence, code in shown.lines
    )
    new = NewRequisition(
        key,
        shown.title,
        category,
        lines,
        shown.kind,
        supplier_id=sellers[shown.seller],
        wanted_on=None if agreement else ctx.clock.today() + timedelta(days=shown.wanted),
        reason="Needed for the work in hand",
        most=Money(4_500_00) if agreement else None,
        until_on=now.asker.clock.today() + timedelta(days=120) if agreement else None,
    )
    saved = orders.draft(ctx, new)
    if shown.come is Come.DRAFT:
        return
    net = sum(many * pence for _, many, _, pence, _ in shown.lines)
    quoted = NewQuotation(
        saved.order_id, supplier_id=sellers[shown.seller], written=False, given_on=ctx.clock.today(), net=Money(net)
    )
    saved = orders.quote(ctx, quoted)
    saved = orders.ask(ctx, saved.order_id, saved.version)
    if shown.come is not Come.WAITING:
        _decide(office, shown, saved)
        _follow(office, now, shown, saved.order_id, key)


def _decide(office: Buyers, shown: Bought, saved: Saved) -> None:
    assert saved.request_id is not None
    if shown.come is Come.REFUSED:
        approvals.refuse(office.approver, [saved.request_id], "Use those of the closed office first")
    else:
        approvals.approve(office.approver, [saved.request_id])


def _follow(office: Buyers, now: Buyers, shown: Bought, order_id: int, key: str) -> None:
    """What became of an order that was approved."""
    if shown.come in {Come.REFUSED, Come.APPROVED}:
        return
    version = _version(office.asker, order_id)
    version = orders.send(office.asker, Send(order_id, version, OrderSent.PRINTED)).version
    if shown.come is Come.CANCELLED:
        orders.cancel_rest(office.asker, CancelRest(order_id, version, "The tenant cleared it themselves"))
    if shown.come not in _RECEIVED:
        return
    later = now.days_ago(max(0, shown.ago - 7))
    came = _half(office.asker, order_id) if shown.come is Come.PART else ()
    today = later.receiver.clock.today()
    receipts.receive(
        later.receiver,
        NewReceipt(key, order_id, _version(office.asker, order_id), today, came, f"DN-{order_id:04}"),
    )
    if shown.come in _INVOICED:
        log_invoice(now.days_ago(max(0, shown.ago - 9)), shown, order_id, key)


def _half(ctx: Context, order_id: int) -> tuple[LineQuantity, ...]:
    """Half of the first lines of an order, and nothing of the last."""
    rows = ctx.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.place)).all()
    return tuple(LineQuantity(each.id, each.quantity // 2_000 * 1_000) for each in rows[:-1])


def _version(ctx: Context, order_id: int) -> int:
    return ctx.session.get_one(PurchaseOrder, order_id).version
