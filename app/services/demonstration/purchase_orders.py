"""Purchasing at the made-up landlord: budgets, suppliers, orders in every state, and what came of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.properties import Property
from app.models.purchase_orders.budgets import CostCentre, SubjectiveCode
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier
from app.models.values import BlockScope, LimitKind, Money
from app.services.core.context import Context
from app.services.core.officers import current
from app.services.core.permissions import Permission, requires
from app.services.demonstration.purchasing_banks import keep_banks, keep_contracts
from app.services.demonstration.purchasing_bills import Buyers, ask_run, log_credit
from app.services.demonstration.purchasing_orders import order
from app.services.demonstration.purchasing_plan import CENTRES, CODES, ORDERS, SELLERS, SUBJECTS, Seller
from app.services.demonstration.purchasing_works import order_works, read_meter
from app.services.demonstration.purchasing_year import pay_some
from app.services.purchase_orders.budgets import commands as budgets
from app.services.purchase_orders.budgets.dto import CentreRow, CodeRow, NewBudget
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.registers import commands as registers
from app.services.purchase_orders.registers.dto import PointRow
from app.services.purchase_orders.suppliers import commands as suppliers
from app.services.purchase_orders.suppliers.dto import NewBlock, NewSupplier, SupplierFields

_NAMES: Final = ("demo.officer", "demo.senior", "demo.leader", "demo.finance")
_LIMIT: Final = 25_000_00
_KNOWN: Final = 240
"""Days for which the suppliers have been known."""
_FEW_HOMES: Final = 5
_DEPOT: Final = PointRow(0, "Testford depot", "1 Sample Way\nTestford\nZZ1 1AA", "Gate 2, weekdays 8 to 4", active=True)


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
    sellers = [_seller(office.days_ago(_KNOWN), at, each) for at, each in enumerate(SELLERS)]
    keep_contracts(office, sellers)
    keep_banks(office, sellers, _KNOWN)
    pay_some(office, sellers, codes)
    for at, each in sorted(enumerate(ORDERS), key=lambda shown: -shown[1].ago):
        order(office, f"demonstration:{at}", each, sellers, codes)
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
    names = select(Officer.username, Officer.id).where(Officer.username.in_(_NAMES))
    ids = {row.username: row.id for row in ctx.session.execute(names)}
    if len(ids) < len(_NAMES):
        return None
    _approver, _payer = (ids[name] for name in _NAMES[2:])
    limits = select(OfficerLimit).where(OfficerLimit.officer_id == _approver, OfficerLimit.kind == LimitKind.ORDER)
    for row in ctx.session.scalars(limits):
        row.line_pence = row.batch_pence = _LIMIT
    ctx.session.add(OfficerLimit(officer_id=_payer, kind=LimitKind.ORDER, line_pence=_LIMIT, batch_pence=_LIMIT))
    ctx.session.flush()
    return Buyers(*(replace(ctx, officer=current(ctx.session, ids[name])) for name in _NAMES))


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
