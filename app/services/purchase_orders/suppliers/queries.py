"""A supplier as opened, what its sheets are made of, and pickers; the list of them is in `listing`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app.models.officers import Officer
from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, Supplier, SupplierBlock, SupplierContract
from app.models.values import (
    BlockScope,
    DetailState,
    InvoiceKind,
    InvoiceState,
    Money,
    OrderKind,
    OrderState,
    SupplierState,
)
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.finding import has_word
from app.services.core.officers import SYSTEM, officer_names
from app.services.core.records import record
from app.services.core.versions import Kept, last_change
from app.services.purchase_orders.budgets import rules as years
from app.services.purchase_orders.suppliers import checking, cis_before, contract_requests, keeping, listing, rules
from app.services.purchase_orders.suppliers.bank import queries as banks
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields, ContractRow
from app.services.purchase_orders.suppliers.dto import (
    Alike,
    BlockRow,
    CisRow,
    NewSupplier,
    SupplierChoice,
    SupplierDetail,
    SupplierFields,
    SupplierForm,
    YearFigures,
)

_ORDERED: Final = (
    PurchaseOrder.state.in_((OrderState.OPEN, OrderState.CLOSED)),
    PurchaseOrder.kind.not_in((OrderKind.TEMPLATE, OrderKind.AGREEMENT)),
)
_APPROVED: Final = (InvoiceState.APPROVED, InvoiceState.IN_RUN, InvoiceState.PAID)
_MOST_CHOICES: Final = 30
_MOST_ALIKE: Final = 12
_ALIKE: Final = "May be there already"


def detail(ctx: Context, supplier_id: int) -> SupplierDetail:
    """A supplier as opened.

    Raises:
        UserError: there is none.
    """
    row = keeping.supplier(ctx, supplier_id)
    category = record(ctx, PurchaseCategory, row.category_id, "category")
    return SupplierDetail(
        row=listing.rows(ctx, (row.id,))[0],
        version=row.version,
        fields=_fields(row),
        banks=banks.of_supplier(ctx, row.id),
        blocks=_blocks(ctx, row.id),
        contracts=contracts(ctx, SupplierContract.supplier_id == row.id),
        year=_year(ctx, row.id),
        made_by=officer_names(ctx.session, [row.made_by]).get(row.made_by, ""),
        made_at=row.made_at,
        closed_why=row.closed_why,
        works=category.cis,
        cis_before=tuple(CisRow(each.status, each.to_on) for each in cis_before.before(ctx, row.id)),
    )


def form(ctx: Context) -> SupplierForm:
    """What the sheets of suppliers offer."""
    categories = select(PurchaseCategory.id, PurchaseCategory.name).where(PurchaseCategory.active)
    working = select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    return SupplierForm(
        tuple((row.id, row.name) for row in ctx.session.execute(categories.order_by(PurchaseCategory.place))),
        tuple((row.id, row.name) for row in ctx.session.execute(working)),
        ctx.clock.today(),
    )


def alike(ctx: Context, typed: SupplierFields) -> tuple[Alike, ...]:
    """The suppliers that may be the one that is typed."""
    return checking.alike(ctx, typed)


def preview(ctx: Context, new: NewSupplier) -> tuple[Effect, ...]:
    """Which suppliers may be the one that is typed, and why; nothing is kept."""
    if not new.fields.name.strip():
        return ()
    found = checking.alike(ctx, new.fields)
    if not found:
        return (Effect(_ALIKE, "Nobody like it is there."),)
    return tuple(Effect(_ALIKE, each.words, warns=True) for each in found[:_MOST_ALIKE])


def kept(ctx: Context, supplier_id: int) -> Kept:
    """A supplier as its form is filled."""
    row = keeping.supplier(ctx, supplier_id)
    return Kept(_fields(row).values(), row.version, *last_change(ctx.session, "supplier", row.id))


def kept_contract(ctx: Context, contract_id: int) -> Kept:
    """A contract as its form is filled."""
    row = record(ctx, SupplierContract, contract_id, "contract")
    days = (row.starts_on, row.ends_on, Money(row.value_pence), row.warn_days, row.holder_id, row.note)
    values = ContractFields(row.number, row.title, *days).values()
    return Kept(values, row.version, *last_change(ctx.session, "supplier_contract", row.id))


def ending(ctx: Context) -> tuple[ContractRow, ...]:
    """The contracts that end within their days of warning, of suppliers in use, the first to end first."""
    today = ctx.clock.today()
    furthest = ctx.session.scalar(select(func.max(SupplierContract.warn_days))) or 0
    within = and_(
        SupplierContract.state == DetailState.IN_FORCE,
        SupplierContract.ends_on.between(today, today + timedelta(days=furthest)),
    )
    found = contracts(ctx, and_(within, Supplier.state == SupplierState.ACTIVE))
    return tuple(sorted((each for each in found if each.ends_soon), key=lambda each: (each.ends_on, each.contract_id)))


def contracts(ctx: Context, where: ColumnElement[bool]) -> tuple[ContractRow, ...]:
    """Contracts with what was ordered under them, the last to end first."""
    bought = (
        select(PurchaseOrder.contract_id, func.sum(_net()).label("pence"))
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.contract_id.is_not(None), *_ORDERED)
        .group_by(PurchaseOrder.contract_id)
        .subquery()
    )
    rows = (
        select(SupplierContract, Supplier.name, bought.c.pence, Officer.name.label("holder"))
        .join(Supplier, Supplier.id == SupplierContract.supplier_id)
        .outerjoin(bought, bought.c.contract_id == SupplierContract.id)
        .outerjoin(Officer, Officer.id == SupplierContract.holder_id)
        .where(where)
        .order_by(SupplierContract.ends_on.desc(), SupplierContract.id)
    )
    return tuple(_contract(ctx, row) for row in ctx.session.execute(rows))


def choices(ctx: Context, text: str) -> tuple[SupplierChoice, ...]:
    """Suppliers in whose number or names every word that is typed stands, those in use first; what blocks orders is said."""
    where = [
        or_(has_word(word, Supplier.name, Supplier.trading_as, Supplier.finance_reference), _numbered(word))
        for word in text.split()[:6]
    ]
    closed = case((Supplier.state == SupplierState.CLOSED, 1), else_=0)
    statement = select(Supplier).where(*where).order_by(closed, Supplier.name, Supplier.id).limit(_MOST_CHOICES)
    rows = ctx.session.scalars(statement).all()
    blocked = keeping.blocked(ctx, [row.id for row in rows], BlockScope.ORDERS, ctx.clock.today())
    return tuple(
        SupplierChoice(row.id, keeping.number(row), row.name, row.category_id, blocked.get(row.id, "")) for row in rows
    )


def choice(ctx: Context, supplier_id: int) -> SupplierChoice:
    """One supplier as a picker shows it.

    Raises:
        UserError: there is none.
    """
    row = keeping.supplier(ctx, supplier_id)
    blocked = keeping.blocked(ctx, (row.id,), BlockScope.ORDERS, ctx.clock.today())
    return SupplierChoice(row.id, keeping.number(row), row.name, row.category_id, blocked.get(row.id, ""))


def _numbered(word: str) -> ColumnElement[bool]:
    digits = word.upper().removeprefix("S")
    return Supplier.number == (int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1)


def _contract(ctx: Context, row: Any) -> ContractRow:
    found: SupplierContract = row.SupplierContract
    return ContractRow(
        contract_id=found.id,
        version=found.version,
        supplier_id=found.supplier_id,
        supplier=row.name,
        number=found.number,
        title=found.title,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        value=Money(found.value_pence),
        ordered=Money(int(row.pence or 0)),
        warn_days=found.warn_days,
        days=(found.ends_on - ctx.clock.today()).days,
        holder_id=found.holder_id,
        holder=row.holder or "",
        note=found.note,
        state=found.state,
        waits=_contract_waits(found),
        request_id=found.request_id if contract_requests.waits(found) else None,
    )


def _contract_waits(found: SupplierContract) -> str:
    """What of a contract waits for a second officer, as a sentence."""
    if found.state is DetailState.PROPOSED:
        return f"Contract {found.number} waits for a second officer; nothing is ordered under it until then."
    if found.next_value_pence is None or found.next_ends_on is None:
        return ""
    now = f"{Money(found.next_value_pence)} to {rules.spelt(found.next_ends_on)}"
    return f"Contract {found.number}: {now} waits for a second officer."


def _net() -> ColumnElement[int]:
    """What a line is for without what was cancelled of it, before VAT, in whole pence rounded half up."""
    kept_ = OrderLine.quantity - OrderLine.cancelled
    part: ColumnElement[int] = (2 * OrderLine.net_pence * kept_ + OrderLine.quantity) // (2 * OrderLine.quantity)
    return case((OrderLine.cancelled == 0, OrderLine.net_pence), else_=part)


def _year(ctx: Context, supplier_id: int) -> YearFigures:
    year = years.year_of(ctx.clock.today())
    first, last = years.first_day(year), years.last_day(year)
    bought = (
        select(func.coalesce(func.sum(_net()), 0))
        .select_from(PurchaseOrder)
        .join(OrderLine, OrderLine.order_id == PurchaseOrder.id)
        .where(PurchaseOrder.supplier_id == supplier_id, PurchaseOrder.year == year, *_ORDERED)
    )
    open_ = select(func.count()).where(
        PurchaseOrder.supplier_id == supplier_id, PurchaseOrder.state == OrderState.OPEN, *_ORDERED
    )
    invoiced, paid, unpaid = _invoiced(ctx, supplier_id, first, last)
    return YearFigures(
        year,
        Money(int(ctx.session.scalar(bought) or 0)),
        Money(invoiced),
        Money(paid),
        ctx.session.scalar(open_.select_from(PurchaseOrder)) or 0,
        unpaid,
    )


def _invoiced(ctx: Context, supplier_id: int, first: date, last: date) -> tuple[int, int, int]:
    """What invoices of a year came to, what was paid in it, and how many invoices are not paid."""
    sign = case((SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE, -1), else_=1)
    gross = SupplierInvoice.net_pence + SupplierInvoice.vat_pence
    payable = gross - SupplierInvoice.cis_pence - SupplierInvoice.retention_pence
    dated = and_(SupplierInvoice.state.in_(_APPROVED), SupplierInvoice.invoice_on.between(first, last))
    paid = and_(SupplierInvoice.state == InvoiceState.PAID, SupplierInvoice.paid_on.between(first, last))
    open_ = SupplierInvoice.state.not_in((InvoiceState.PAID, InvoiceState.CANCELLED))
    row = ctx.session.execute(
        select(
            func.coalesce(func.sum(case((dated, sign * SupplierInvoice.net_pence), else_=0)), 0),
            func.coalesce(func.sum(case((paid, sign * payable), else_=0)), 0),
            func.coalesce(func.sum(case((open_, 1), else_=0)), 0),
        ).where(SupplierInvoice.supplier_id == supplier_id)
    ).one()
    return int(row[0]), int(row[1]), int(row[2])


def _blocks(ctx: Context, supplier_id: int) -> tuple[BlockRow, ...]:
    rows = ctx.session.scalars(
        select(SupplierBlock).where(SupplierBlock.supplier_id == supplier_id).order_by(SupplierBlock.id.desc())
    ).all()
    names = officer_names(ctx.session, {each for row in rows for each in (row.made_by, row.released_by)})
    today = ctx.clock.today()
    now = keeping.standing(today, SupplierBlock.supplier_id == supplier_id)
    stands = {row.id for row in ctx.session.scalars(now)}
    return tuple(
        BlockRow(
            block_id=row.id,
            version=row.version,
            scope=row.scope,
            from_on=row.from_on,
            release_on=row.release_on,
            reason=row.reason,
            made_by=names.get(row.made_by, ""),
            stands=row.id in stands,
            ahead=row.released_at is None and row.from_on > today,
            released_by=names.get(row.released_by or 0, ""),
            released_at=row.released_at,
            released_why=row.released_why,
        )
        for row in rows
    )


def _fields(row: Supplier) -> SupplierFields:
    names = SupplierFields.__dataclass_fields__
    return SupplierFields(**{name: getattr(row, name) for name in names})
