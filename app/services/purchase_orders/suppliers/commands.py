"""Suppliers kept, closed and put on hold, and the contracts with them. Bank details: `bank/commands`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import Supplier, SupplierBlock, SupplierContract
from app.models.values import BlockScope, DetailState, OrderKind, OrderState, SupplierState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.ledger import numbering
from app.services.purchase_orders.suppliers import checking, cis_before, contract_requests, keeping, rules
from app.services.purchase_orders.suppliers.contracts_dto import ContractFields
from app.services.purchase_orders.suppliers.dto import (
    SCOPES,
    NewBlock,
    NewSupplier,
    Saved,
    SupplierFields,
)

_OPEN = (OrderState.WAITING, OrderState.OPEN)


@requires(Permission.KEEP_SUPPLIERS)
def add(ctx: Context, new: NewSupplier) -> Saved:
    """Keep a supplier, with the next number; the same `entry_key` again keeps nothing more.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: it may be one that is there already, and the officer didn't say that it is another.
    """
    kept = ctx.session.scalars(select(Supplier).where(Supplier.entry_key == new.entry_key)).one_or_none()
    if kept is not None:
        return _saved(kept, "is kept already")
    columns = checking.supplier(ctx, new.fields)
    suspected = checking.alike(ctx, new.fields)
    if suspected and not new.alike_seen:
        raise UserError(
            f"It may be there already: {suspected[0].words}.",
            "Look at those that are listed. Tick that it is another one, if it is.",
            "alike_seen",
        )
    row = Supplier(
        **columns,
        entry_key=new.entry_key,
        number=numbering.take(ctx, "supplier"),
        state=SupplierState.ACTIVE,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    keeping.index(ctx, row)
    return _saved(row, "is kept")


@requires(Permission.KEEP_SUPPLIERS)
def change(ctx: Context, supplier_id: int, values: Mapping[str, Any], version: int) -> Saved:
    """Change what is known of a supplier; where its name or a number of it is another, one that it may be is named.

    Raises:
        UserErrors: fields have faults, each named.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = keeping.supplier(ctx, supplier_id)
    refuse_old(row.version, version)
    typed, marks = SupplierFields(**values), _marks(row)
    columns = checking.supplier(ctx, typed)
    cis_before.keep(ctx, row, columns)
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    ctx.session.flush()
    keeping.index(ctx, row)
    suspected = checking.alike(ctx, typed, but=row.id) if _marks(row) != marks else ()
    if suspected:
        return _saved(row, f"is changed. Look whether it is there twice: {suspected[0].words}")
    return _saved(row, "is changed")


@requires(Permission.KEEP_SUPPLIERS)
def close(ctx: Context, supplier_id: int, version: int, reason: str) -> Saved:
    """Close a supplier: nothing more is ordered of it; what it is owed is paid.

    Raises:
        UserError: it is closed already, orders of it are open or wait, or no reason is given.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = keeping.supplier(ctx, supplier_id)
    refuse_old(row.version, version)
    if row.state is SupplierState.CLOSED:
        raise UserError(f"{row.name} is closed already.", "Look at the list again.")
    goes_on = (PurchaseOrder.state.in_(_OPEN), PurchaseOrder.kind != OrderKind.TEMPLATE)
    orders = select(func.count()).where(PurchaseOrder.supplier_id == row.id, *goes_on)
    if count := ctx.session.scalar(orders.select_from(PurchaseOrder)):
        raise UserError(
            f"{count:,} order{'' if count == 1 else 's'} of {row.name} {'is' if count == 1 else 'are'} open or waiting.",
            "Finish or cancel what is left of them first; or block it for orders.",
        )
    row.closed_why = checking.reason(ctx, reason, "it is closed")
    row.state = SupplierState.CLOSED
    ctx.session.flush()
    return _saved(row, "is closed")


@requires(Permission.KEEP_SUPPLIERS)
def reopen(ctx: Context, supplier_id: int, version: int) -> Saved:
    """A closed supplier is used again.

    Raises:
        UserError: it isn't closed.
        ChangedMeanwhile: somebody else saved it in between.
    """
    row = keeping.supplier(ctx, supplier_id)
    refuse_old(row.version, version)
    if row.state is not SupplierState.CLOSED:
        raise UserError(f"{row.name} is in use.", "Look at the list again.")
    row.state, row.closed_why = SupplierState.ACTIVE, ""
    ctx.session.flush()
    return _saved(row, "is in use again")


@requires(Permission.KEEP_SUPPLIERS)
def block(ctx: Context, new: NewBlock) -> Saved:
    """Put a supplier on hold for orders, invoices or payments, from a day until it is released.

    Raises:
        UserError: nothing is chosen, its days are wrong, no reason is given, or it is blocked for that already.
    """
    row = keeping.supplier(ctx, new.supplier_id)
    if not new.scopes:
        raise UserError("Choose what it is blocked for.", field="scopes")
    if new.release_on is not None and new.release_on <= new.from_on:
        raise UserError("It is released on a day after the one on which it begins.", field="release_on")
    reason = checking.reason(ctx, new.reason, "it is blocked")
    for scope in sorted(new.scopes):
        standing = keeping.standing(new.from_on, SupplierBlock.supplier_id == row.id, SupplierBlock.scope == scope)
        if ctx.session.scalars(standing).first() is not None:
            raise UserError(f"{row.name} is blocked for {SCOPES[scope].lower()} already.", "Release that one first.")
        ctx.session.add(
            SupplierBlock(
                supplier_id=row.id,
                scope=scope,
                from_on=new.from_on,
                release_on=new.release_on,
                reason=reason,
                made_by=ctx.officer.id,
                made_at=ctx.clock.now(),
            )
        )
    ctx.session.flush()
    return _saved(row, f"is blocked for {_listed(new.scopes)}")


@requires(Permission.KEEP_SUPPLIERS)
def release(ctx: Context, block_id: int, version: int, reason: str) -> Saved:
    """Release a hold now.

    Raises:
        UserError: it was released already, or no reason is given.
        ChangedMeanwhile: somebody else saved it in between.
    """
    found = record(ctx, SupplierBlock, block_id, "block")
    refuse_old(found.version, version)
    if found.released_at is not None:
        raise UserError("This hold was released already.", "Look at the list again.")
    found.released_why = checking.reason(ctx, reason, "it is released")
    found.released_by, found.released_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return _saved(keeping.supplier(ctx, found.supplier_id), f"is released for {SCOPES[found.scope].lower()}")


@requires(Permission.KEEP_SUPPLIERS)
def add_contract(ctx: Context, supplier_id: int, typed: ContractFields) -> Saved:
    """Keep a contract with a supplier; nothing is ordered under it until a second officer has approved it.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: the office has one officer.
    """
    row = keeping.supplier(ctx, supplier_id)
    columns = checking.contract(ctx, row.id, typed)
    made = SupplierContract(**columns, supplier_id=row.id, made_by=ctx.officer.id, made_at=ctx.clock.now())
    contract_requests.ask(ctx, made, {name: columns[name] for name in contract_requests.TERMS})
    told = f"The contract {made.number} with {row.name} waits for a second officer; nothing is ordered under it until then."
    return Saved(row.id, told, contract_requests.CHANGES)


@requires(Permission.KEEP_SUPPLIERS)
def change_contract(ctx: Context, contract_id: int, values: Mapping[str, Any], version: int) -> Saved:
    """Change a contract: its days and its value once a second officer has approved that, the rest at once.

    One that was refused is asked for again with what is typed now.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: its days or its value wait already, or the office has one officer.
        ChangedMeanwhile: somebody else saved it in between.
    """
    found = record(ctx, SupplierContract, contract_id, "contract")
    refuse_old(found.version, version)
    columns = checking.contract(ctx, found.supplier_id, ContractFields(**values), but=found.id)
    terms = {name: columns.pop(name) for name in contract_requests.TERMS}
    for name, value in columns.items():
        if getattr(found, name) != value:
            setattr(found, name, value)
    row = keeping.supplier(ctx, found.supplier_id)
    others = any(getattr(found, name) != value for name, value in terms.items())
    if not others and found.state is not DetailState.REFUSED:
        ctx.session.flush()
        return _saved(row, f"has the contract {found.number} as it is now")
    contract_requests.ask(ctx, found, terms)
    told = f"Contract {found.number} with {row.name}: its days and its value wait for a second officer."
    return Saved(row.id, told, contract_requests.CHANGES)


def _marks(row: Supplier) -> tuple[str, ...]:
    """By what one supplier kept twice is suspected most."""
    return row.name_key, row.vat_number, row.company_number, row.finance_reference


def _saved(row: Supplier, did: str) -> Saved:
    return Saved(row.id, f"{rules.spelt_number(row.number)} {row.name} {did}.")


def _listed(scopes: frozenset[BlockScope]) -> str:
    words = [SCOPES[each].lower() for each in SCOPES if each in scopes]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
