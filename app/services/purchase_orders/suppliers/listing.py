"""The suppliers that a filter finds, in order, and what is shown of each."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.models.purchase_orders.suppliers import (
    PurchaseCategory,
    Supplier,
    SupplierBank,
    SupplierBlock,
    SupplierContract,
)
from app.models.values import BlockScope, DetailState, SupplierState
from app.services.bacs.dto import Masked
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.finding import has_word
from app.services.core.ids import read_ids
from app.services.purchase_orders.suppliers import keeping
from app.services.purchase_orders.suppliers.bank import keeping as banks
from app.services.purchase_orders.suppliers.dto import SupplierFilter, SupplierRow, SupplierSort, SupplierView
from app.services.workbench.listing import Totals

_MOST_WORDS: Final = 6
_SORTS: Final[dict[SupplierSort, Any]] = {
    SupplierSort.NUMBER: Supplier.number,
    SupplierSort.NAME: func.lower(Supplier.name),
    SupplierSort.CATEGORY: PurchaseCategory.name,
    SupplierSort.REFERENCE: Supplier.finance_reference,
    SupplierSort.STATE: Supplier.state,
}

_IN_FORCE: Final = SupplierContract.state == DetailState.IN_FORCE
"""Contracts that a second officer approved."""


def ids(ctx: Context, wanted: SupplierFilter, sort: SupplierSort, *, descending: bool) -> array[int]:
    """The numbers of the suppliers that fit, in order."""
    statement = _fits(ctx, wanted, Supplier.id)
    if sort is SupplierSort.ENDS:
        ends = _ends(ctx).subquery()
        statement = statement.outerjoin(ends, ends.c.supplier_id == Supplier.id)
        key: Any = func.coalesce(ends.c.ends_on, date(9999, 12, 31))
    else:
        key = _SORTS[sort]
    order = (key.desc(), Supplier.id.desc()) if descending else (key, Supplier.id)
    return read_ids(ctx.session, statement.order_by(*order), ctx.cancel)


def rows(ctx: Context, supplier_ids: Sequence[int]) -> tuple[SupplierRow, ...]:
    """The suppliers with these numbers, in their order."""
    found: dict[int, SupplierRow] = {}
    today = ctx.clock.today()
    for chunk in in_chunks(supplier_ids):
        blocked: dict[int, list[BlockScope]] = defaultdict(list)
        for block in ctx.session.scalars(keeping.standing(today, SupplierBlock.supplier_id.in_(chunk))):
            blocked[block.supplier_id].append(block.scope)
        ends = _next_ends(ctx, chunk)
        where_paid = banks.standing(ctx, chunk)
        named = (
            select(Supplier, PurchaseCategory.name)
            .join(PurchaseCategory, PurchaseCategory.id == Supplier.category_id)
            .where(Supplier.id.in_(chunk))
        )
        for row, category in ctx.session.execute(named):
            bank = where_paid[row.id]
            ends_on, warns = ends.get(row.id, (None, False))
            found[row.id] = SupplierRow(
                supplier_id=row.id,
                number=keeping.number(row),
                name=row.name,
                trading_as=row.trading_as,
                finance_reference=row.finance_reference,
                category=category,
                state=row.state,
                vat_number=row.vat_number,
                postcode=_spaced(row.postcode_key),
                cis=row.cis,
                blocked=tuple(scope for scope in BlockScope if scope in blocked[row.id]),
                contract_ends=ends_on,
                ends_soon=warns,
                bank="" if bank.bank_id is None else Masked(bank.last_two).account_number,
                bank_waits=bank.waiting,
            )
    return tuple(found[each] for each in supplier_ids if each in found)


def totals(ctx: Context, wanted: SupplierFilter) -> Totals:
    """How many suppliers fit."""
    return Totals(ctx.session.scalar(_fits(ctx, wanted, func.count())) or 0)


def totals_of(_ctx: Context, supplier_ids: Sequence[int]) -> Totals:
    """How many these are."""
    return Totals(len(supplier_ids))


def _fits(ctx: Context, wanted: SupplierFilter, *columns: Any) -> Select[*tuple[Any, ...]]:
    statement = (
        select(*columns).select_from(Supplier).join(PurchaseCategory, PurchaseCategory.id == Supplier.category_id)
    )
    if wanted.view is not None:
        statement = statement.where(_in_view(ctx, wanted.view))
    if wanted.states:
        statement = statement.where(Supplier.state.in_(sorted(wanted.states)))
    if wanted.cis:
        statement = statement.where(Supplier.cis.in_(sorted(wanted.cis)))
    if wanted.categories:
        statement = statement.where(Supplier.category_id.in_(sorted(wanted.categories)))
    if wanted.blocked:
        statement = statement.where(_blocked(ctx, SupplierBlock.scope.in_(sorted(wanted.blocked))))
    for word in wanted.text.split()[:_MOST_WORDS]:
        statement = statement.where(_has(word))
    return statement


def _has(word: str) -> ColumnElement[bool]:
    bare = word.upper().replace("-", "")
    places = (
        Supplier.name,
        Supplier.trading_as,
        Supplier.finance_reference,
        Supplier.vat_number,
        Supplier.postcode_key,
    )
    found = [has_word(word, *places)]
    digits = bare.removeprefix("S")
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        found.append(Supplier.number == int(digits))
    if bare.startswith("GB"):
        found.append(has_word(bare.removeprefix("GB"), Supplier.vat_number))
    return or_(*found)


def _in_view(ctx: Context, view: SupplierView) -> ColumnElement[bool]:
    match view:
        case SupplierView.BLOCKED:
            return _blocked(ctx)
        case SupplierView.ENDING:
            return Supplier.id.in_(select(_ending(ctx).subquery().c.supplier_id))
        case SupplierView.BANK_WAITING:
            return Supplier.id.in_(_banked(DetailState.PROPOSED))
    in_use = Supplier.state == SupplierState.ACTIVE
    return in_use & Supplier.id.not_in(_banked(DetailState.IN_FORCE))


def _blocked(ctx: Context, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    standing = keeping.standing(ctx.clock.today(), *where).with_only_columns(SupplierBlock.supplier_id)
    return Supplier.id.in_(standing)


def _banked(state: DetailState) -> Select[int]:
    return select(SupplierBank.supplier_id).where(SupplierBank.state == state)


def _ends(ctx: Context) -> Select[int, date]:
    """The last day of each supplier's contract that ends first of those that go on."""
    goes_on = select(SupplierContract.supplier_id, func.min(SupplierContract.ends_on).label("ends_on"))
    return goes_on.where(_IN_FORCE, SupplierContract.ends_on >= ctx.clock.today()).group_by(
        SupplierContract.supplier_id
    )


def _ending(ctx: Context) -> Select[Any]:
    """Suppliers in use with a contract within its days of warning: read by each warning that contracts have."""
    today = ctx.clock.today()
    warnings = ctx.session.scalars(select(SupplierContract.warn_days).distinct().order_by(SupplierContract.warn_days))
    soon = [
        (SupplierContract.warn_days == days) & SupplierContract.ends_on.between(today, today + timedelta(days=days))
        for days in warnings
    ]
    nobody = SupplierContract.id.is_(None)
    in_use = select(Supplier.id).where(Supplier.state == SupplierState.ACTIVE)
    return select(SupplierContract.supplier_id).where(
        or_(nobody, *soon), _IN_FORCE, SupplierContract.supplier_id.in_(in_use)
    )


def _next_ends(ctx: Context, supplier_ids: Sequence[int]) -> dict[int, tuple[date, bool]]:
    today = ctx.clock.today()
    goes_on = (
        select(SupplierContract.supplier_id, SupplierContract.ends_on, SupplierContract.warn_days)
        .where(_IN_FORCE, SupplierContract.supplier_id.in_(supplier_ids), SupplierContract.ends_on >= today)
        .order_by(SupplierContract.ends_on.desc())
    )
    return {
        row.supplier_id: (row.ends_on, (row.ends_on - today).days <= row.warn_days)
        for row in ctx.session.execute(goes_on)
    }


def _spaced(key: str) -> str:
    return f"{key[:-3]} {key[-3:]}" if key else ""
