"""What speaks for and against a requisition before it is asked for: its band, its codes, orders like it, who can approve it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import OrderLine, PurchaseOrder
from app.models.values import ZERO, ApprovalState, LimitKind, Money, OrderKind, OrderState
from app.services.approvals.authority import office
from app.services.approvals.rules import Asked as Request
from app.services.approvals.rules import Authority, Limit, authority_for
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.orders import bands, keeping, rules
from app.services.purchase_orders.orders.dto import BandOf, CodeLeft, Suspicion

_COUNTED: Final = (OrderState.DRAFT, OrderState.WAITING, OrderState.OPEN, OrderState.CLOSED)
_NOT_LIKE: Final = (OrderKind.TEMPLATE, OrderKind.AGREEMENT, OrderKind.CALL_OFF)


@dataclass(frozen=True, slots=True)
class Asked:
    """A requisition as far as others are looked for that are like it; amounts in pence, `order_id` 0 of a new one.

    Attributes:
        procured: what it is called off from, or under, was procured itself.
    """

    order_id: int
    supplier_id: int | None
    category_id: int
    descriptions: tuple[str, ...]
    net: int
    vat: int
    band: BandOf
    procured: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """Orders that look like parts of one, and what they come to with it; nothing where that is in no higher band."""

    orders: tuple[Suspicion, ...] = ()
    together: Money = ZERO
    words: str = ""


def alike(ctx: Context, asked: Asked) -> Alike:
    """Orders of the same supplier within the days of disaggregation that have a line much the same.

    They are told of where together they are in a higher band than each of them is: an order may not be split to come under
    one (rules.md 5.2). What is called off, or under a contract, was procured itself and isn't looked at.
    """
    if asked.supplier_id is None or asked.procured or not asked.descriptions:
        return Alike()
    rows = _near(ctx, asked)
    texts = _descriptions(ctx, [row.id for row in rows])
    near = [row for row in rows if rules.alike(asked.descriptions, texts[row.id])]
    net = asked.net + sum(row.net_pence for row in near)
    vat = asked.vat + sum(row.vat_pence for row in near)
    together = bands.of_amount(ctx, asked.category_id, net, vat)
    if not near or together.number <= asked.band.number:
        return Alike()
    begins = keeping.prefix(ctx)
    found = tuple(
        Suspicion(
            row.id,
            keeping.written(begins, row.number, row.requisition),
            row.title,
            row.made_at.date(),
            Money(row.net_pence),
        )
        for row in near
    )
    numbers = ", ".join(each.number for each in found)
    words = f"With {numbers} it comes to {together.counted}, which is in band {together.number}: was one order split?"
    return Alike(found, together.counted, words)


def alike_to(ctx: Context, row: PurchaseOrder, band: BandOf) -> Alike:
    """`alike` of an order that is kept."""
    return alike(
        ctx,
        Asked(
            row.id,
            row.supplier_id,
            row.category_id,
            tuple(line.description for line in keeping.lines(ctx, row.id)),
            row.net_pence,
            row.vat_pence,
            band,
            procured=bool(bands.exempt(ctx, bands.procured(row))),
        ),
    )


def _near(ctx: Context, asked: Asked) -> list[PurchaseOrder]:
    """The other orders with the supplier within the days of disaggregation that weren't procured by an agreement or contract."""
    days = ctx.policy.number("purchasing.disaggregation_days", ctx.clock.today())
    since = datetime.combine(ctx.clock.today() - timedelta(days=days), time.min, ctx.clock.now().tzinfo)
    rows = select(PurchaseOrder).where(
        PurchaseOrder.supplier_id == asked.supplier_id,
        PurchaseOrder.id != asked.order_id,
        PurchaseOrder.state.in_(_COUNTED),
        PurchaseOrder.kind.not_in(_NOT_LIKE),
        PurchaseOrder.contract_id.is_(None),
        PurchaseOrder.made_at >= since,
    )
    return list(ctx.session.scalars(rows.order_by(PurchaseOrder.id)))


def codes_left(ctx: Context, wanted: Mapping[int, int]) -> tuple[CodeLeft, ...]:
    """What is left of codes before and after so many pence are taken from each."""
    found: list[CodeLeft] = []
    for chunk in in_chunks(sorted(wanted)):
        for row, centre, code, name in ctx.session.execute(
            select(Budget, CostCentre.code, SubjectiveCode.code, SubjectiveCode.name)
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
            .where(Budget.id.in_(chunk))
            .order_by(CostCentre.code, SubjectiveCode.code)
        ):
            left, takes = left_of(row), Money(wanted[row.id])
            found.append(CodeLeft(row.id, f"{centre} {code}", name, takes, left, left - takes))
    return tuple(found)


def left_of(row: Budget) -> Money:
    """What is left of a budget."""
    given = row.original_pence + row.revised_pence
    return Money(given - row.commitment_pence - row.accrual_pence - row.actual_pence)


def over(ctx: Context, wanted: Mapping[int, int]) -> tuple[tuple[str, ...], bool]:
    """Which codes would go over, a sentence each, and whether policy stops an order that puts one over."""
    found = tuple(each.words for each in budgets.over(ctx, wanted))
    return found, ctx.policy.value("purchasing.over_budget", ctx.clock.today()) == "stop"


def takes(ctx: Context, order_id: int) -> dict[int, int]:
    """What the lines of an order take of each budget, in pence."""
    found: dict[int, int] = defaultdict(int)
    ids = [line.id for line in keeping.lines(ctx, order_id)]
    for rows in keeping.splits(ctx, ids).values():
        for row in rows:
            found[row.budget_id] += row.pence
    return dict(found)


def approvers(ctx: Context, counted: Money, but: Collection[int]) -> tuple[str, ...]:
    """The officers who can approve an order of an amount, by name, under delegations too; not those who had a part in it."""
    request = Request(
        "purchase_order",
        ApprovalState.WAITING,
        ctx.officer.id,
        ctx.clock.today(),
        Permission.APPROVE_ORDERS,
        LimitKind.ORDER,
        counted,
        steps=frozenset(but),
    )
    able = [
        own[0].name for own in office(ctx).values() if authority_for(request, ctx.clock.today(), own)[0] is not None
    ]
    return tuple(sorted(able))


def nobody(ctx: Context, counted: Money) -> str:
    """What to do where nobody else can approve an amount: whether anybody has a limit for orders, and how one is given."""
    most = max((found.line for own in office(ctx).values() if (found := _order_limit(own[0])) is not None), default=0)
    if not most:
        return (
            "Nobody who approves orders has a money limit for them yet: an administrator asks for one under Admin, Limits, and "
            "another officer approves that."
        )
    if counted.pence > most:
        return (
            f"The highest limit for orders is {Money(most)}, and this counts as {counted}: an administrator asks for a higher "
            "one under Admin, Limits."
        )
    return "Whoever else has so high a limit had a part in it: an administrator asks for another limit under Admin, Limits."


def _order_limit(own: Authority) -> Limit | None:
    return own.limits.get(LimitKind.ORDER) if Permission.APPROVE_ORDERS in own.permissions else None


def _descriptions(ctx: Context, order_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {order_id: [] for order_id in order_ids}
    for chunk in in_chunks(order_ids):
        rows = select(OrderLine.order_id, OrderLine.description).where(OrderLine.order_id.in_(chunk))
        for order_id, description in ctx.session.execute(rows):
            found[order_id].append(description)
    return found
