"""What an amendment of an order would do: what it changes, line by line, and whether it is approved again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.models.purchase_orders.orders import OrderLine, OrderVersion, PurchaseOrder
from app.models.values import BlockScope, Money, OrderState, OrderVersionState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import agreements, in_force, keeping, looking, rising, writing
from app.services.purchase_orders.orders.dto import Amend, BandOf
from app.services.purchase_orders.orders.in_force import InForce
from app.services.purchase_orders.orders.rising import Standing
from app.services.purchase_orders.orders.writing import Priced
from app.services.purchase_orders.suppliers import keeping as suppliers


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an amendment would do; amounts in pence before VAT.

    Attributes:
        why: why it needs approval or doesn't, as a sentence.
        changes: what changes, a sentence each.
        takes: what it takes more of each budget; below nothing where it gives back.
        rises: whether more comes of a line, or a code bears more, than stands now.
        band: the band of standing orders in which it would be.
        wanting: what standing orders want before it may be so, a sentence each.
    """

    lines: tuple[Priced, ...]
    before: int
    after: int
    needs_approval: bool
    why: str
    changes: tuple[str, ...]
    takes: dict[int, int]
    rises: bool
    band: BandOf
    wanting: tuple[str, ...]


def waiting(ctx: Context, order_id: int) -> OrderVersion | None:
    """The amendment of an order that waits for approval, if one does."""
    return ctx.session.scalar(
        select(OrderVersion).where(OrderVersion.order_id == order_id, OrderVersion.state == OrderVersionState.WAITING)
    )


def amendable(ctx: Context, row: PurchaseOrder) -> bool:
    """Whether an order or an agreement may be amended now: it is open, and no amendment of it waits."""
    return row.state is OrderState.OPEN and waiting(ctx, row.id) is None


def plan(ctx: Context, row: PurchaseOrder, wanted: Amend) -> Plan:
    """What an amendment would do.

    Raises:
        UserErrors: lines have faults, each named.
        UserError: the order isn't open, an amendment waits, a line that came is removed or goes below what came, it changes
            nothing, or policy stops what is over budget.
    """
    if row.state is not OrderState.OPEN or row.kind in keeping.NOT_BOUND:
        raise UserError(f"{keeping.number_of(ctx, row)} isn't open, so it can't be amended.", "Raise another order.")
    if waiting(ctx, row.id) is not None:
        raise UserError("An amendment of it waits for approval already.", "Have that one decided first.")
    splits = keeping.splits(ctx, [line.id for line in keeping.lines(ctx, row.id)])
    own = {line_id: {split.budget_id for split in each} for line_id, each in splits.items()}
    priced = writing.priced(ctx, wanted.lines, row.year, ctx.clock.today(), own)
    return planned(ctx, row, priced)


def planned(ctx: Context, row: PurchaseOrder, lines: tuple[Priced, ...]) -> Plan:
    """`plan` of lines that were worked out before.

    Raises:
        UserError: as `plan`, but for what is wrong with the lines by themselves.
    """
    stands = {line.id: line for line in keeping.lines(ctx, row.id)}
    _refuse_lines(stands, lines)
    standing = Standing(stands, keeping.splits(ctx, list(stands)))
    changes = tuple(_changes(standing, lines))
    if not changes:
        raise UserError("Nothing of the order is changed.", "Change a line, or close the sheet.", "lines")
    base = rising.approved(ctx, row)
    band = rising.procured(ctx, row, base, lines)
    again = next(rising.reasons(ctx, row, base, standing, lines, band), "")
    takes = _more(standing.takes(), standing.would_take(lines))
    over, stops = looking.over(ctx, takes)
    if over and stops:
        raise UserError(over[0], "Ask for money to be moved to the code first: Budgets, Virement.", "lines")
    after = sum(each.net for each in lines)
    return Plan(
        lines=lines,
        before=row.net_pence,
        after=after,
        needs_approval=bool(again),
        why=again or _why_not(base.net_pence, after, rising.allowed(ctx, base)),
        changes=changes,
        takes=takes,
        rises=standing.rises(lines),
        band=band.after,
        wanting=band.wanting,
    )


def refuse(ctx: Context, row: PurchaseOrder, found: Plan) -> None:
    """Refuse what an order may not become: more of a supplier that is blocked, or than its agreement or standing orders allow.

    Raises:
        UserError: that is so.
    """
    if not found.rises:
        return
    if row.supplier_id is not None:
        suppliers.refuse_blocked(ctx, row.supplier_id, BlockScope.ORDERS, ctx.clock.today())
    agreements.refuse_beyond(ctx, row, found.after)
    if found.wanting:
        hint = " ".join(found.wanting[1:]) or "Record what lacks under its quotations, then amend it."
        raise UserError(found.wanting[0], hint, "quotations")


def _refuse_lines(standing: dict[int, OrderLine], lines: Sequence[Priced]) -> None:
    named = [each.line.line_id for each in lines if each.line.line_id is not None]
    if len(set(named)) < len(named) or set(named) - set(standing):
        raise UserError("A line of it isn't one of the order's any more.", "Look at the order again.", "lines")
    for line in standing.values():
        came = max(line.received, line.invoiced)
        if line.id not in named and came and line.cancelled < line.quantity:
            raise UserError(
                f"Line {line.place} ({line.description}) can't be removed: {_quantity(came, line)} of it came.",
                "Cancel what hasn't come of it, or have it returned first.",
                "lines",
            )
    for place, each in enumerate(lines, 1):
        old = standing.get(each.line.line_id or 0)
        if old is not None and each.line.quantity < max(old.received, old.invoiced):
            there = _quantity(max(old.received, old.invoiced), old)
            raise UserError(
                f"Line {place} ({old.description}) can't be lowered to {_quantity(each.line.quantity, old)}: "
                f"{there} came or was invoiced.",
                "Order at least what came.",
                f"lines.{place}.quantity",
            )
    if not lines:
        raise UserError("An order keeps at least one line.", "Cancel the order instead.", "lines")


def _changes(standing: Standing, lines: Sequence[Priced]) -> Iterator[str]:
    named = {each.line.line_id for each in lines}
    for each in lines:
        old = standing.of(each)
        if old is None:
            yield f"New: {writing.tidy(each.line.description)}, {Money(each.net)}."
            continue
        splits = standing.splits[old.id]
        was = in_force.of_line(old, splits)
        told = list(_differences(old, was, each))
        bears = [(split.budget_id, pence) for split, pence in zip(each.line.splits, each.shares, strict=True)]
        bore = [(split.budget_id, pence) for split, pence in zip(splits, was.shares, strict=True)]
        if bears != bore and not any(part.startswith("amount") for part in told):
            told.append("other codes")
        if told:
            yield f"{old.description}: {', '.join(told)}."
    for line in standing.lines.values():
        if line.id not in named and line.cancelled < line.quantity:
            yield f"Removed: {line.description}, {Money(in_force.of_line(line).net)}."


def _differences(old: OrderLine, was: InForce, each: Priced) -> Iterator[str]:
    new = each.line
    if writing.tidy(new.description) != old.description:
        yield f"now {writing.tidy(new.description)}"
    if new.quantity != was.quantity:
        yield f"quantity {amounts.write_quantity(was.quantity)} to {amounts.write_quantity(new.quantity)}"
    if new.price != old.price:
        yield f"price £{amounts.write_price(old.price)} to £{amounts.write_price(new.price)}"
    if (new.vat, new.vat_recovered) != (old.vat, old.vat_recovered):
        yield "other VAT"
    if writing.tidy(new.unit) != old.unit:
        yield f"counted in {writing.tidy(new.unit) or 'no unit'}, not {old.unit or 'in none'}"
    if new.labour != old.labour:
        yield "labour of construction" if new.labour else "no labour of construction"
    if each.net != was.net or (each.vat != was.vat and not old.cancelled):
        yield f"amount {Money(was.net)} to {Money(each.net)}"


def _more(stands: Mapping[int, int], would: Mapping[int, int]) -> dict[int, int]:
    keys = sorted({*stands, *would})
    return {key: more for key in keys if (more := would.get(key, 0) - stands.get(key, 0))}


def _why_not(base: int, after: int, allowed: int) -> str:
    if after <= base:
        return "It isn't above what was approved, so it needs no approval."
    return (
        f"It is {Money(after - base)} above the {Money(base)} that was approved; "
        f"up to {Money(allowed)} needs no approval."
    )


def _quantity(quantity: int, line: OrderLine) -> str:
    return f"{amounts.write_quantity(quantity)} {line.unit}".strip()
