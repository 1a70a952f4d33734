"""Open orders taken into the next financial year: what is bound on the old budgets is bound on the same codes of the new one.

What came and isn't invoiced stays with the old year, whose accrual it is. A line of which a part came is parted: the rest is a
line of its own on the new year's codes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.orders import OrderLine, OrderSplit, OrderStep, OrderVersion, PurchaseOrder
from app.models.values import Money, OrderEvent, OrderState, OrderVersionState
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import LineFacts, cost_of, first_day, position, spelt_year
from app.services.purchase_orders.orders import in_force, keeping, looking, versions
from app.services.purchase_orders.orders.dto import AREAS, RolledCode, RollPreview
from app.services.purchase_orders.orders.in_force import first_bears
from app.services.purchase_orders.suppliers.rules import spelt

_WHEN: Final = "Orders are rolled from that day on: what still comes before it belongs to the old year."


@dataclass(frozen=True, slots=True)
class Rolled:
    """How many orders were rolled, and what that moved; `told` is a sentence."""

    year: int
    orders: int
    amount: Money
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Open:
    """What is to be rolled: orders, their lines with something to come, and the codes of each."""

    orders: dict[int, PurchaseOrder]
    lines: list[OrderLine]
    splits: Mapping[int, Sequence[OrderSplit]]
    stay: int

    def amounts(self) -> dict[int, int]:
        """What moves from each budget, in pence."""
        found: dict[int, int] = defaultdict(int)
        for line in self.lines:
            rows = self.splits[line.id]
            for row, pence in zip(rows, _moves(line, rows), strict=True):
                found[row.budget_id] += pence
        return dict(found)


def preview(ctx: Context, year: int) -> RollPreview:
    """What rolling a financial year's open orders would move, and which codes are missing in the next year."""
    found = _open(ctx, year)
    moves = found.amounts()
    there = budgets.in_year(ctx, moves, year + 1)
    used = Counter(
        budget_id
        for lines in _by_order(found.lines).values()
        for budget_id in {row.budget_id for line in lines for row in found.splits[line.id]}
    )
    codes = tuple(
        RolledCode(each.budget_id, there.get(each.budget_id), each.code, each.name, used[each.budget_id], each.takes)
        for each in looking.codes_left(ctx, moves)
    )
    return RollPreview(
        year,
        len(found.orders),
        Money(sum(moves.values())),
        Money(found.stay),
        codes,
        tuple(each for each in codes if each.to_id is None),
        *looking.over(ctx, _taken(moves, there)),
        early=f"{early} {_WHEN}" if (early := _early(ctx, year)) else "",
    )


def roll(ctx: Context, year: int, count: int) -> Rolled:
    """Roll a financial year's open orders into the next, all of them or none.

    Raises:
        UserError: a code is missing in the next year or would go over where policy stops that, that year is still far, an
            amendment waits for approval, or it isn't as many as the rehearsal told.
    """
    if early := _early(ctx, year):
        raise UserError(early, _WHEN)
    found = _open(ctx, year)
    if len(found.orders) != count:
        raise UserError(
            f"The rehearsal told of {count:,} orders; there are {len(found.orders):,} now.", "Look at it again."
        )
    if not found.orders:
        raise UserError(f"No order of {spelt_year(year)} is open with something to come.", "There is nothing to do.")
    _refuse_waiting(ctx, found)
    moves = found.amounts()
    there = budgets.in_year(ctx, moves, year + 1)
    missing = [each for each in looking.codes_left(ctx, moves) if each.budget_id not in there]
    if missing:
        names = ", ".join(each.code for each in missing[:6])
        raise UserError(f"{spelt_year(year + 1)} has no budget for {names}.", "Make next year's budgets first.")
    over, stops = looking.over(ctx, _taken(moves, there))
    if over and stops:
        raise UserError(" ".join(over[:6]), "Have next year's budgets revised first.")
    _move(ctx, found, there)
    _write_versions(ctx, found, year)
    on = max(ctx.clock.today(), first_day(year + 1))
    budgets.restate_all(ctx, list(found.orders), on, f"Rolled into {spelt_year(year + 1)}")
    total = Money(sum(moves.values()))
    noun = "order" if count == 1 else "orders"
    are = "is" if count == 1 else "are"
    told = f"{count:,} {noun} with {total} to come {are} rolled into {spelt_year(year + 1)}."
    return Rolled(year + 1, count, total, told, Changes(AREAS))


def _taken(moves: Mapping[int, int], there: Mapping[int, int]) -> dict[int, int]:
    """What moves to each budget of the new year, in pence."""
    return {there[old]: pence for old, pence in moves.items() if old in there}


def _early(ctx: Context, year: int) -> str:
    """Why orders of a year aren't rolled yet, as a sentence; nothing once the new year has begun."""
    begins = first_day(year + 1)
    return f"{spelt_year(year + 1)} begins on {spelt(begins)}." if ctx.clock.today() < begins else ""


def _refuse_waiting(ctx: Context, found: _Open) -> None:
    """An amendment that waits is on the codes of the old year."""
    waits = select(OrderVersion.order_id).where(OrderVersion.state == OrderVersionState.WAITING)
    numbers = [
        keeping.number_of(ctx, found.orders[each]) for each in ctx.session.scalars(waits) if each in found.orders
    ]
    if numbers:
        raise UserError(f"Amendments wait for approval: {', '.join(numbers[:6])}.", "Have them decided first.")


def _open(ctx: Context, year: int) -> _Open:
    """The open orders of a year with something to come, in three queries however many there are."""
    orders = {
        row.id: row
        for row in ctx.session.scalars(
            select(PurchaseOrder).where(
                PurchaseOrder.year == year,
                PurchaseOrder.state == OrderState.OPEN,
                PurchaseOrder.kind.not_in(keeping.NOT_BOUND),
            )
        )
    }
    lines: list[OrderLine] = []
    stay = 0
    for chunk in in_chunks(sorted(orders)):
        rows = select(OrderLine).where(OrderLine.order_id.in_(chunk)).order_by(OrderLine.order_id, OrderLine.place)
        for line in ctx.session.scalars(rows):
            stands = position(_facts(line))
            stay += stands.accrual
            if stands.commitment:
                lines.append(line)
    splits: dict[int, list[OrderSplit]] = defaultdict(list)
    for chunk in in_chunks([line.id for line in lines]):
        rows_ = select(OrderSplit).where(OrderSplit.line_id.in_(chunk)).order_by(OrderSplit.line_id, OrderSplit.place)
        for row in ctx.session.scalars(rows_):
            splits[row.line_id].append(row)
    rolled = {line.order_id for line in lines}
    return _Open({key: row for key, row in orders.items() if key in rolled}, lines, splits, stay)


def _move(ctx: Context, found: _Open, there: Mapping[int, int]) -> None:
    """Each line on the codes of the new year: all of it where nothing came, else its rest as a line of its own."""
    places = {
        key: max(line.place for line in lines) for key, lines in keeping.lines_of(ctx, list(found.orders)).items()
    }
    rests: list[tuple[OrderLine, OrderLine]] = []
    for line in found.lines:
        if not max(line.received, line.invoiced):
            for row in found.splits[line.id]:
                row.budget_id = there[row.budget_id]
            continue
        places[line.order_id] += 1
        rests.append((line, _part(line, places[line.order_id])))
    ctx.session.add_all(rest for _, rest in rests)
    ctx.session.flush()
    for line, rest in rests:
        rows = found.splits[line.id]
        weights = _weights(rows)
        for row, stays, goes in zip(rows, _shared(line, weights), _shared(rest, weights), strict=True):
            row.pence = stays
            moved = OrderSplit(line_id=rest.id, place=row.place, budget_id=there[row.budget_id], pence=goes)
            moved.percent = row.percent
            ctx.session.add(moved)
    ctx.session.flush()


def _part(line: OrderLine, place: int) -> OrderLine:
    """Leave a line with what came of it, and make what hasn't come a line; both have their share of its amounts."""
    came = max(line.received, line.invoiced)
    ordered = line.quantity - line.cancelled
    net, vat = LineFacts(line.net_pence, line.quantity), LineFacts(line.vat_pence, line.quantity)
    rest = OrderLine(
        order_id=line.order_id,
        place=place,
        description=line.description,
        quantity=ordered - came,
        unit=line.unit,
        price=line.price,
        vat=line.vat,
        vat_recovered=line.vat_recovered,
        labour=line.labour,
        net_pence=cost_of(net, ordered) - cost_of(net, came),
        vat_pence=cost_of(vat, ordered) - cost_of(vat, came),
    )
    line.net_pence, line.vat_pence = cost_of(net, came), cost_of(vat, came)
    line.quantity, line.cancelled = came, 0
    return rest


def _shared(line: OrderLine, weights: Sequence[int]) -> tuple[int, ...]:
    """What each code of a line bears."""
    return amounts.shares(amounts.cost(line.net_pence, line.vat_pence, line.vat_recovered), weights)


def _write_versions(ctx: Context, found: _Open, year: int) -> None:
    """A version of each order says that it was rolled, with its lines as they are now."""
    now, words = ctx.clock.now(), f"Rolled into {spelt_year(year + 1)}"
    numbers = _latest(ctx, found.orders)
    lines = keeping.lines_of(ctx, list(found.orders))
    splits = keeping.splits(ctx, [line.id for each in lines.values() for line in each])
    made: dict[int, OrderVersion] = {}
    for order_id, row in found.orders.items():
        row.year, row.current = year + 1, numbers[order_id] + 1
        in_force.come_to(row, lines[order_id])
        made[order_id] = OrderVersion(
            order_id=order_id,
            number=row.current,
            state=OrderVersionState.APPROVED,
            reason=words,
            net_pence=row.net_pence,
            vat_pence=row.vat_pence,
            made_by=ctx.officer.id,
            made_at=now,
            approved_at=now,
        )
        ctx.session.add(
            OrderStep(order_id=order_id, at=now, officer_id=ctx.officer.id, event=OrderEvent.ROLLED, words=words)
        )
    ctx.session.add_all(made.values())
    ctx.session.flush()
    for order_id, version in made.items():
        stands = in_force.lines(lines[order_id])
        ctx.session.add_all(versions.lines_as(version.id, [(line, splits[line.id]) for line in stands]))
    ctx.session.flush()


def _latest(ctx: Context, order_ids: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for chunk in in_chunks(sorted(order_ids)):
        rows = select(OrderVersion.order_id, OrderVersion.number).where(OrderVersion.order_id.in_(chunk))
        for order_id, number in ctx.session.execute(rows):
            found[order_id] = max(found[order_id], number)
    return found


def _moves(line: OrderLine, rows: Sequence[OrderSplit]) -> tuple[int, ...]:
    """What is bound on each code of a line."""
    return amounts.shares(position(_facts(line)).commitment, _weights(rows))


def _weights(rows: Sequence[OrderSplit]) -> list[int]:
    """By what each code bears; of a line that costs nothing the first bears it all."""
    return first_bears([row.pence for row in rows])


def _facts(line: OrderLine) -> LineFacts:
    cost = amounts.cost(line.net_pence, line.vat_pence, line.vat_recovered)
    return LineFacts(cost, line.quantity, line.received, line.invoiced, line.cancelled)


def _by_order(lines: Iterable[OrderLine]) -> dict[int, list[OrderLine]]:
    found: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        found[line.order_id].append(line)
    return found
