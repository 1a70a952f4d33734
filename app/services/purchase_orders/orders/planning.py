"""What an amendment of an order would do: what it changes, line by line, and whether it is approved again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from app.models.purchase_orders.orders import (
    OrderLine,
    OrderSplit,
    OrderVersion,
    PurchaseOrder,
)
from app.models.values import (
    Money,
    OrderState,
    OrderVersionState,
)
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import keeping, looking, rules, versions, writing
from app.services.purchase_orders.orders.dto import Amend
from app.services.purchase_orders.orders.writing import Priced


@dataclass(frozen=True, slots=True)
class Plan:
    """What an amendment would do; amounts in pence before VAT.

    Attributes:
        base: what was last approved by somebody, which rises are counted from.
        why: why it needs approval or doesn't, as a sentence.
        changes: what changes, a sentence each.
        takes: what it takes more of each budget; below nothing where it gives back.
    """

    lines: tuple[Priced, ...]
    before: int
    after: int
    base: int
    needs_approval: bool
    why: str
    changes: tuple[str, ...]
    takes: dict[int, int]


def waiting(ctx: Context, order_id: int) -> OrderVersion | None:
    """The amendment of an order that waits for approval, if one does."""
    return ctx.session.scalar(
        select(OrderVersion).where(OrderVersion.order_id == order_id, OrderVersion.state == OrderVersionState.WAITING)
    )


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
    priced = writing.priced(ctx, wanted.lines, row.year, ctx.clock.today())
    return planned(ctx, row, priced)


def planned(ctx: Context, row: PurchaseOrder, lines: tuple[Priced, ...]) -> Plan:
    """`plan` of lines that were worked out before.

    Raises:
        UserError: as `plan`, but for what is wrong with the lines by themselves.
    """
    standing = {line.id: line for line in keeping.lines(ctx, row.id)}
    _refuse_lines(standing, lines)
    splits = keeping.splits(ctx, list(standing))
    changes = tuple(_changes(standing, splits, lines))
    if not changes:
        raise UserError("Nothing of the order is changed.", "Change a line, or close the sheet.", "lines")
    codes_moved = any(
        each.line.line_id is not None
        and [(split.budget_id, split.percent) for split in each.line.splits]
        != [(split.budget_id, split.percent) for split in splits[each.line.line_id]]
        and {split.budget_id for split in each.line.splits} != {split.budget_id for split in splits[each.line.line_id]}
        for each in lines
    )
    after = sum(each.net for each in lines)
    base = _approved(ctx, row)
    today = ctx.clock.today()
    percent = Decimal(ctx.policy.value("purchasing.amend_percent", today))
    pounds = ctx.policy.money("purchasing.amend_pounds", today)
    allowed = rules.allowed_rise(base, percent, pounds)
    needs = codes_moved or rules.needs_approval(base, after, allowed)
    takes = _takes(standing, splits, lines)
    over, stops = looking.over(ctx, takes)
    if over and stops:
        raise UserError(over[0], "Ask for money to be moved to the code first: Budgets, Virement.", "lines")
    why = _why(base, after, allowed, codes_moved=codes_moved)
    return Plan(lines, row.net_pence, after, base, needs, why, changes, takes)


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


def _changes(
    standing: dict[int, OrderLine], splits: dict[int, list[OrderSplit]], lines: Sequence[Priced]
) -> Iterator[str]:
    named = {each.line.line_id for each in lines}
    for each in lines:
        old = standing.get(each.line.line_id or 0)
        if old is None:
            yield f"New: {writing.tidy(each.line.description)}, {Money(each.net)}."
            continue
        told = list(_differences(old, each))
        if [(split.budget_id, pence) for split, pence in zip(each.line.splits, each.shares, strict=True)] != [
            (split.budget_id, split.pence) for split in splits[old.id]
        ] and not any(part.startswith("amount") for part in told):
            told.append("other codes")
        if told:
            yield f"{old.description}: {', '.join(told)}."
    for line in standing.values():
        if line.id not in named and line.cancelled < line.quantity:
            yield f"Removed: {line.description}, {Money(line.net_pence)}."


def _differences(old: OrderLine, each: Priced) -> Iterator[str]:
    new = each.line
    if writing.tidy(new.description) != old.description:
        yield f"now {writing.tidy(new.description)}"
    if new.quantity != old.quantity:
        yield f"quantity {amounts.write_quantity(old.quantity)} to {amounts.write_quantity(new.quantity)}"
    if new.price != old.price:
        yield f"price £{amounts.write_price(old.price)} to £{amounts.write_price(new.price)}"
    if (new.vat, new.vat_recovered) != (old.vat, old.vat_recovered):
        yield "other VAT"
    if (each.net, each.vat) != (old.net_pence, old.vat_pence):
        yield f"amount {Money(old.net_pence)} to {Money(each.net)}"


def _takes(
    standing: dict[int, OrderLine], splits: dict[int, list[OrderSplit]], lines: Sequence[Priced]
) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for line in standing.values():
        for split in splits[line.id]:
            found[split.budget_id] -= rules.part(split.pence, line.quantity - line.cancelled, line.quantity)
    for each in lines:
        old = standing.get(each.line.line_id or 0)
        wanted = each.line.quantity
        if old is not None and old.quantity == wanted:
            wanted -= old.cancelled
        for new, bears in zip(each.line.splits, each.shares, strict=True):
            found[new.budget_id] += rules.part(bears, wanted, each.line.quantity)
    return {budget_id: more for budget_id, more in found.items() if more}


def _approved(ctx: Context, row: PurchaseOrder) -> int:
    """What somebody last approved of an order, before VAT: two small rises since then are together one.

    Of one that was loaded from another system it is what was loaded.
    """
    every = versions.of_order(ctx, row.id)
    return next((each.net_pence for each in every if each.approved_by is not None), every[-1].net_pence)


def _why(base: int, after: int, allowed: int, *, codes_moved: bool) -> str:
    if codes_moved:
        return "Other codes pay for it, so it is approved again."
    if after <= base:
        return "It isn't above what was approved, so it needs no approval."
    rise = f"{Money(after - base)} above the {Money(base)} that was approved"
    limit = f"up to {Money(allowed)} needs no approval"
    return f"It is {rise}; {limit}" + (", so it is approved again." if after - base > allowed else ".")


def _quantity(quantity: int, line: OrderLine) -> str:
    return f"{amounts.write_quantity(quantity)} {line.unit}".strip()
