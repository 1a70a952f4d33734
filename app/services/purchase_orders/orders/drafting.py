"""Requisitions as drafts: kept, changed, copied, filled from a template, called off from an agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.orders import DeliveryPoint, OrderSplit, PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory, SupplierContract
from app.models.values import BlockScope, DetailState, Money, OrderEvent, OrderKind, OrderState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.ledger import numbering
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.orders import in_force, keeping, writing
from app.services.purchase_orders.orders.dto import NewLine, NewRequisition, NewSplit, Repeat
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt

_TEXTS: Final = {"title": 200, "instructions": 400, "reason": 400, "after_the_event": 400}
_AHEAD: Final = 1
"""Requisitions are raised on this financial year or so many after it."""


def find(ctx: Context, entry_key: str) -> PurchaseOrder | None:
    """The order that this key made already."""
    return ctx.session.scalar(select(PurchaseOrder).where(PurchaseOrder.entry_key == entry_key))


def draft(ctx: Context, new: NewRequisition) -> PurchaseOrder:
    """Keep a requisition as a draft; the same key gives the one that it made before.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: a text holds a card number.
    """
    before = find(ctx, new.entry_key)
    if before is not None:
        return before
    lines = _looked_at(ctx, new)
    row = PurchaseOrder(
        entry_key=new.entry_key,
        requisition=numbering.take(ctx, "requisition"),
        kind=new.kind,
        state=OrderState.DRAFT,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    _fill(ctx, row, new)
    ctx.session.add(row)
    ctx.session.flush()
    writing.write(ctx, row, lines)
    keeping.step(ctx, row.id, OrderEvent.DRAFTED)
    keeping.index(ctx, row)
    ctx.session.flush()
    return row


def change(ctx: Context, row: PurchaseOrder, new: NewRequisition) -> None:
    """Make a draft what it should be; the caller says that it is one.

    Raises:
        UserErrors: fields have faults, each named.
        UserError: a text holds a card number.
    """
    lines = _looked_at(ctx, replace(new, kind=row.kind, from_id=row.from_id, year=new.year or row.year))
    _fill(ctx, row, replace(new, kind=row.kind, from_id=row.from_id, year=new.year or row.year))
    writing.write(ctx, row, lines)
    keeping.step(ctx, row.id, OrderEvent.CHANGED)
    keeping.index(ctx, row)
    ctx.session.flush()


def like(ctx: Context, row: PurchaseOrder, wanted: Repeat) -> NewRequisition:
    """A requisition like an order: a copy of it, what a template says, or a call-off from an agreement.

    Codes of a year that is gone are replaced by the same codes of this one; a code that it hasn't is left open.
    """
    called = row.kind is OrderKind.AGREEMENT
    year = year_of(ctx.clock.today())
    kind = OrderKind.CALL_OFF if called else row.kind
    if row.kind in {OrderKind.TEMPLATE, OrderKind.WORKS}:
        kind = OrderKind.ORDINARY
    return NewRequisition(
        entry_key=wanted.entry_key,
        title=(wanted.title or row.title)[: _TEXTS["title"]],
        category_id=row.category_id,
        lines=_lines_like(ctx, row, year),
        kind=OrderKind.TEMPLATE if wanted.as_template else kind,
        supplier_id=row.supplier_id,
        contract_id=row.contract_id,
        from_id=row.from_id if row.kind is OrderKind.CALL_OFF and not wanted.as_template else row.id,
        year=year,
        delivery_point_id=row.delivery_point_id,
        wanted_on=wanted.wanted_on,
        instructions=row.instructions,
        reason=row.reason,
        repeat_every=row.repeat_every if wanted.as_template else None,
        repeat_on=row.repeat_on if wanted.as_template else None,
        repeat_until_on=row.repeat_until_on if wanted.as_template else None,
    )


def warnings(ctx: Context, row: PurchaseOrder) -> tuple[str, ...]:
    """What whoever saves a draft should know: its supplier may not be ordered from today."""
    if row.supplier_id is None:
        return ()
    return tuple(suppliers.blocked(ctx, (row.supplier_id,), BlockScope.ORDERS, ctx.clock.today()).values())


def _lines_like(ctx: Context, row: PurchaseOrder, year: int) -> tuple[NewLine, ...]:
    lines = in_force.lines(keeping.lines(ctx, row.id))
    splits = keeping.splits(ctx, [line.id for line in lines])
    every = {split.budget_id for each in splits.values() for split in each}
    now = budgets.in_year(ctx, every, year)
    return tuple(
        NewLine(
            line.description,
            in_force.of_line(line).quantity,
            line.price,
            _splits_like(splits[line.id], in_force.of_line(line, splits[line.id]).shares, now),
            line.unit,
            line.vat,
            line.vat_recovered,
            line.labour,
        )
        for line in lines
    )


def _splits_like(rows: list[OrderSplit], shares: Sequence[int], now: dict[int, int]) -> tuple[NewSplit, ...]:
    if not all(row.budget_id in now for row in rows):
        return ()
    if len(rows) == 1:
        return (NewSplit(now[rows[0].budget_id]),)
    return tuple(
        NewSplit(now[row.budget_id], None if row.percent is not None else Money(pence), row.percent)
        for row, pence in zip(rows, shares, strict=True)
    )


def _looked_at(ctx: Context, new: NewRequisition) -> tuple[writing.Priced, ...]:
    """The lines worked out, if there is nothing wrong with any of it."""
    for name in _TEXTS:
        refuse_card_number(ctx, getattr(new, name), name.replace("_", " "), name)
    wrong = list(_faults(ctx, new))
    try:
        lines = writing.priced(ctx, new.lines, new.year or year_of(ctx.clock.today()), ctx.clock.today())
    except UserErrors as error:
        wrong += error.errors
        lines = ()
    if wrong:
        raise UserErrors(wrong)
    return lines


def _fill(ctx: Context, row: PurchaseOrder, new: NewRequisition) -> None:
    row.title, row.category_id, row.supplier_id = writing.tidy(new.title), new.category_id, new.supplier_id
    row.contract_id, row.from_id = new.contract_id, new.from_id
    row.year = new.year or year_of(ctx.clock.today())
    row.delivery_point_id, row.wanted_on = new.delivery_point_id, new.wanted_on
    row.instructions, row.reason = new.instructions.strip(), writing.tidy(new.reason)
    row.after_the_event = writing.tidy(new.after_the_event)
    row.most_pence = new.most.pence if new.most is not None else None
    row.until_on, row.repeat_every = new.until_on, new.repeat_every
    if row.repeat_on != new.repeat_on:
        row.repeat_from_on = new.repeat_on
    row.repeat_on, row.repeat_until_on = new.repeat_on, new.repeat_until_on


def _faults(ctx: Context, new: NewRequisition) -> Iterator[UserError]:
    today = ctx.clock.today()
    for name, most in _TEXTS.items():
        if len(getattr(new, name)) > most:
            yield UserError(f"That has over {most} characters.", "Shorten it.", name)
    if not new.title.strip():
        yield UserError("A title is missing.", "Say in a few words what is bought.", "title")
    category = ctx.session.get(PurchaseCategory, new.category_id)
    if category is None or not category.active:
        yield UserError("Choose what is bought: a category.", "Categories are kept under Purchase Orders.", "category")
    year = new.year or year_of(today)
    if not year_of(today) <= year <= year_of(today) + _AHEAD:
        yield UserError("A requisition is for this financial year or the next.", "Choose one of them.", "year")
    if new.delivery_point_id is not None:
        point = ctx.session.get(DeliveryPoint, new.delivery_point_id)
        if point is None or not point.active:
            yield UserError("That delivery point isn't used any more.", "Choose another.", "delivery_point")
    yield from _supplier_faults(ctx, new, today)
    yield from _kind_faults(ctx, new, today)


def _supplier_faults(ctx: Context, new: NewRequisition, today: date) -> Iterator[UserError]:
    if new.supplier_id is not None:
        suppliers.supplier(ctx, new.supplier_id)
    if new.contract_id is None:
        return
    contract = ctx.session.get(SupplierContract, new.contract_id)
    if contract is None or contract.supplier_id != new.supplier_id:
        yield UserError("That contract isn't one of the supplier's.", "Choose one of them, or none.", "contract")
    elif contract.state is not DetailState.IN_FORCE:
        words = f"Contract {contract.number} isn't approved by a second officer."
        yield UserError(words, "Choose another, or none; or have it approved first.", "contract")
    elif not contract.starts_on <= today <= contract.ends_on:
        over = "begins" if today < contract.starts_on else "ended"
        on = contract.starts_on if today < contract.starts_on else contract.ends_on
        yield UserError(f"Contract {contract.number} {over} on {spelt(on)}.", "Choose another, or none.", "contract")


def _kind_faults(ctx: Context, new: NewRequisition, today: date) -> Iterator[UserError]:
    if new.kind is OrderKind.AGREEMENT:
        if new.most is None or new.most.pence <= 0:
            yield UserError("Say how much may be called off at most.", "The amount before VAT.", "most")
        if new.until_on is None or new.until_on < today:
            yield UserError("Say until when it may be called off.", "A day to come.", "until_on")
    if new.kind is OrderKind.TEMPLATE:
        yield from _repeat_faults(new)
    if new.kind is OrderKind.CALL_OFF:
        agreement = ctx.session.get(PurchaseOrder, new.from_id or 0)
        if agreement is None or agreement.kind is not OrderKind.AGREEMENT:
            yield UserError("Choose the agreement that it is called off from.", "Open it, and call off.", "agreement")
        elif agreement.supplier_id != new.supplier_id:
            yield UserError("A call-off is with the supplier of its agreement.", "Choose that one.", "supplier")


def _repeat_faults(new: NewRequisition) -> Iterator[UserError]:
    if (new.repeat_every is None) != (new.repeat_on is None):
        yield UserError("A repeat has both: how often, and the next day.", "Give both, or neither.", "repeat_on")
    if new.repeat_on and new.repeat_until_on and new.repeat_until_on < new.repeat_on:
        yield UserError("It would end before it begins.", "Give a later last day.", "repeat_until_on")
