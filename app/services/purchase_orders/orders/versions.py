"""Versions of an order: the lines as each had them, kept as text that can be read for good."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.models.purchase_orders.orders import OrderLine, OrderSplit, OrderVersion, OrderVersionLine, PurchaseOrder
from app.models.values import Money, OrderKind, OrderVersionState
from app.services.core.context import Context
from app.services.purchase_orders.orders import in_force, keeping
from app.services.purchase_orders.orders.dto import NewLine, NewSplit
from app.services.purchase_orders.orders.in_force import InForce
from app.services.purchase_orders.orders.writing import Priced, tidy


def write(
    ctx: Context, row: PurchaseOrder, state: OrderVersionState, reason: str, *, approved: bool = False
) -> OrderVersion:
    """Keep the lines of an order as they stand as its current version; what is cancelled of them is not in it."""
    if row.kind is OrderKind.AGREEMENT:
        made = of_agreement(ctx, row, row.current, state, reason, row.most_pence or 0)
    else:
        made = _version(ctx, row, row.current, state, reason, row.net_pence, row.vat_pence)
        _keep_lines(ctx, row, made)
    if approved:
        made.approved_by, made.approved_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return made


def of_agreement(
    ctx: Context, row: PurchaseOrder, number: int, state: OrderVersionState, reason: str, most: int
) -> OrderVersion:
    """Keep a version of an agreement, whose amount is the most that may be called off it; its lines are those of now."""
    made = _version(ctx, row, number, state, reason, most, 0)
    _keep_lines(ctx, row, made)
    return made


def lines_as(version_id: int, lines: Sequence[tuple[OrderLine, Sequence[OrderSplit]]]) -> list[OrderVersionLine]:
    """Lines of an order, with their codes, as a version keeps them: as far as they are in force."""
    return [
        _line_as(version_id, place, line, splits, in_force.of_line(line, splits))
        for place, (line, splits) in enumerate(lines, 1)
    ]


def _line_as(
    version_id: int, place: int, line: OrderLine, splits: Sequence[OrderSplit], found: InForce
) -> OrderVersionLine:
    return OrderVersionLine(
        version_id=version_id,
        place=place,
        line_id=line.id,
        description=line.description,
        quantity=found.quantity,
        unit=line.unit,
        price=line.price,
        vat=line.vat,
        vat_recovered=line.vat_recovered,
        labour=line.labour,
        net_pence=found.net,
        vat_pence=found.vat,
        codes=" ".join(
            _code(split.budget_id, pence, split.percent) for split, pence in zip(splits, found.shares, strict=True)
        ),
    )


def propose(
    ctx: Context, row: PurchaseOrder, number: int, state: OrderVersionState, reason: str, lines: Sequence[Priced]
) -> OrderVersion:
    """Keep the lines of an amendment as a version; those of the order change when it is approved."""
    net, vat = sum(each.net for each in lines), sum(each.vat for each in lines)
    made = _version(ctx, row, number, state, reason, net, vat)
    ctx.session.add_all(
        OrderVersionLine(
            version_id=made.id,
            place=place,
            line_id=each.line.line_id,
            description=tidy(each.line.description),
            quantity=each.line.quantity,
            unit=tidy(each.line.unit),
            price=each.line.price,
            vat=each.line.vat,
            vat_recovered=each.line.vat_recovered,
            labour=each.line.labour,
            net_pence=each.net,
            vat_pence=each.vat,
            codes=" ".join(
                _code(split.budget_id, pence, split.percent)
                for split, pence in zip(each.line.splits, each.shares, strict=True)
            ),
        )
        for place, each in enumerate(lines, 1)
    )
    ctx.session.flush()
    return made


def lines_of(ctx: Context, version_id: int) -> list[OrderVersionLine]:
    """The lines of a version, in their places."""
    rows = select(OrderVersionLine).where(OrderVersionLine.version_id == version_id).order_by(OrderVersionLine.place)
    return list(ctx.session.scalars(rows))


def again(line: OrderVersionLine) -> Priced:
    """A line of a version as it was worked out."""
    codes = read_codes(line.codes)
    splits = tuple(NewSplit(budget_id, Money(pence), percent) for budget_id, pence, percent in codes)
    new = NewLine(
        line.description,
        line.quantity,
        line.price,
        splits,
        line.unit,
        line.vat,
        line.vat_recovered,
        line.labour,
        line.line_id,
    )
    return Priced(new, line.net_pence, line.vat_pence, tuple(pence for _, pence, _ in codes))


def read_codes(text: str) -> list[tuple[int, int, int | None]]:
    """The codes of a line of a version: (budget, pence, hundredths of a percent)."""
    found: list[tuple[int, int, int | None]] = []
    for part in text.split():
        numbers = [int(each) for each in part.split(":")]
        found.append((numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else None))
    return found


def of_order(ctx: Context, order_id: int) -> list[OrderVersion]:
    """The versions of an order, the latest first."""
    rows = select(OrderVersion).where(OrderVersion.order_id == order_id).order_by(OrderVersion.number.desc())
    return list(ctx.session.scalars(rows))


def next_number(ctx: Context, row: PurchaseOrder) -> int:
    """The number of the next version of an order; those that were refused or taken back keep theirs."""
    last = select(func.max(OrderVersion.number)).where(OrderVersion.order_id == row.id)
    return (ctx.session.scalar(last) or row.current) + 1


def _keep_lines(ctx: Context, row: PurchaseOrder, made: OrderVersion) -> None:
    lines = in_force.lines(keeping.lines(ctx, row.id))
    splits = keeping.splits(ctx, [line.id for line in lines])
    ctx.session.add_all(lines_as(made.id, [(line, splits[line.id]) for line in lines]))
    ctx.session.flush()


def _version(
    ctx: Context, row: PurchaseOrder, number: int, state: OrderVersionState, reason: str, net: int, vat: int
) -> OrderVersion:
    made = OrderVersion(
        order_id=row.id,
        number=number,
        state=state,
        reason=reason,
        net_pence=net,
        vat_pence=vat,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(made)
    ctx.session.flush()
    return made


def _code(budget_id: int, pence: int, percent: int | None) -> str:
    return f"{budget_id}:{pence}" + (f":{percent}" if percent is not None else "")
