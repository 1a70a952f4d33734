"""The lines of an order as they are entered: looked at, worked out, shared over their codes, and written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import delete, select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.models.purchase_orders.orders import OrderLine, OrderSplit, PurchaseOrder
from app.models.values import Money, PurchaseVat
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets.rules import spelt_year
from app.services.purchase_orders.orders.dto import NewLine, NewSplit

MOST_LINES: Final = 200
MOST_CODES: Final = 12
MOST_DESCRIPTION: Final = 200
MOST_UNIT: Final = 20
_MOST: Final = 10**15
_NO_CODES: Final[Mapping[int, Collection[int]]] = {}


@dataclass(frozen=True, slots=True)
class Priced:
    """A line worked out, in pence: `shares` is what each of its splits bears."""

    line: NewLine
    net: int
    vat: int
    shares: tuple[int, ...]

    @property
    def cost(self) -> int:
        """What its codes bear."""
        return amounts.cost(self.net, self.vat, self.line.vat_recovered)


def priced(
    ctx: Context, lines: Sequence[NewLine], year: int, on: date, stands: Mapping[int, Collection[int]] = _NO_CODES
) -> tuple[Priced, ...]:
    """Lines with their amounts, by the rates of VAT of a day.

    Args:
        ctx: who asks.
        lines: as they are entered.
        year: the financial year whose codes they are on.
        on: the day.
        stands: the codes of the lines that stand, by line: each keeps its own, though they are of the year that the order was
            rolled from, or are used no more.

    Raises:
        UserErrors: lines have faults; each names its line, and its field as `lines.2.quantity`.
        UserError: a text holds a card number.
    """
    wrong: list[UserError] = []
    if len(lines) > MOST_LINES:
        raise UserError(f"An order has at most {MOST_LINES} lines; this one has {len(lines)}.", "Make two.", "lines")
    rates = {kind: amounts.vat_rate(ctx, kind, on) for kind in {line.vat for line in lines}}
    budgets = _usable(ctx, {split.budget_id for line in lines for split in line.splits})
    found: list[Priced] = []
    for place, line in enumerate(lines, 1):
        for name, text in (("description", line.description), ("unit", line.unit)):
            refuse_card_number(ctx, text, name, f"lines.{place}.{name}")
        own = stands.get(line.line_id or 0, ())
        faults = [*_line_faults(line, place), *_code_faults(line, place, budgets, year, own)]
        if faults:
            wrong += faults
            continue
        try:
            found.append(_priced(line, rates))
        except ValueError as error:
            wrong.append(
                UserError(f"Line {place}: {error}", "Put the codes of the line right.", f"lines.{place}.codes")
            )
    if wrong:
        raise UserErrors(wrong)
    return tuple(found)


def write(ctx: Context, order: PurchaseOrder, lines: Sequence[Priced]) -> None:
    """The lines of a draft, in place of those that it had."""
    old = list(ctx.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.place)))
    if old:
        ctx.session.execute(delete(OrderSplit).where(OrderSplit.line_id.in_([line.id for line in old])))
    for row in old[len(lines) :]:
        ctx.session.delete(row)
    rows = old[: len(lines)]
    for place, each in enumerate(lines, 1):
        if place > len(rows):
            rows.append(OrderLine(order_id=order.id))
            ctx.session.add(rows[-1])
        fill(rows[place - 1], each, place)
    ctx.session.flush()
    for row, each in zip(rows, lines, strict=True):
        add_splits(ctx, row.id, each)
    order.net_pence, order.vat_pence = sum(each.net for each in lines), sum(each.vat for each in lines)
    ctx.session.flush()


def fill(row: OrderLine, each: Priced, place: int) -> None:
    """Put what a line says in its row."""
    line = each.line
    row.place, row.description, row.unit = place, tidy(line.description), tidy(line.unit)
    row.quantity, row.price, row.vat = line.quantity, line.price, line.vat
    row.vat_recovered, row.labour = line.vat_recovered, line.labour
    row.net_pence, row.vat_pence = each.net, each.vat


def add_splits(ctx: Context, line_id: int, each: Priced) -> None:
    """The codes of a line that has none yet."""
    ctx.session.add_all(
        OrderSplit(line_id=line_id, place=place, budget_id=split.budget_id, percent=split.percent, pence=pence)
        for place, (split, pence) in enumerate(zip(each.line.splits, each.shares, strict=True), 1)
    )


def tidy(text: str) -> str:
    """A text of one line with single spaces."""
    return " ".join(text.split())


def share(cost: int, splits: Sequence[NewSplit]) -> tuple[int, ...]:
    """What each split bears of a cost; they always add up to it.

    Raises:
        ValueError: they don't, by amount or percentage, or both are mixed; a sentence says what they come to.
    """
    if not splits:
        return ()
    if len(splits) == 1 and splits[0].amount is None and splits[0].percent is None:
        return (cost,)
    by_amount = [split.amount.pence for split in splits if split.amount is not None]
    by_percent = [split.percent for split in splits if split.percent is not None]
    if len(by_percent) == len(splits):
        return amounts.percent_shares(cost, by_percent)
    if len(by_amount) != len(splits) or by_percent:
        raise ValueError("A line is split by amounts or by percentages, not by both.")
    if any(pence < 0 for pence in by_amount) or (cost and not all(by_amount)):
        raise ValueError("A code with nothing of the line is left out: each amount lies above £0.00.")
    if sum(by_amount) != cost:
        raise ValueError(f"The codes come to {Money(sum(by_amount))} and the line costs {Money(cost)}.")
    return tuple(by_amount)


def _priced(line: NewLine, rates: Mapping[PurchaseVat, Decimal]) -> Priced:
    net = amounts.net(line.quantity, line.price)
    vat = amounts.vat(net, rates[line.vat])
    return Priced(line, net, vat, share(amounts.cost(net, vat, line.vat_recovered), line.splits))


def _line_faults(line: NewLine, place: int) -> Iterator[UserError]:
    def fault(message: str, hint: str, field: str) -> UserError:
        return UserError(f"Line {place}: {message}", hint, f"lines.{place}.{field}")

    said = tidy(line.description)
    if not said or len(said) > MOST_DESCRIPTION:
        yield fault("what is bought is missing or too long.", f"Up to {MOST_DESCRIPTION} characters.", "description")
    if len(tidy(line.unit)) > MOST_UNIT:
        yield fault("the unit is too long.", f"Up to {MOST_UNIT} characters, such as each or box.", "unit")
    if line.quantity <= 0:
        what = "a quantity of nothing" if not line.quantity else "a negative quantity"
        yield fault(
            f"{what} can't be ordered.", "What isn't wanted is left out; what went back is a return.", "quantity"
        )
    if line.price < 0:
        yield fault("a negative price can't be ordered.", "A discount lowers the price of its line.", "price")
    elif line.quantity * line.price > _MOST * amounts.UNIT:
        yield fault("the amount is too large to be real.", "Look at quantity and price.", "price")


@dataclass(frozen=True, slots=True)
class _Code:
    year: int
    written: str
    active: bool


def _code_faults(
    line: NewLine, place: int, budgets: Mapping[int, _Code], year: int, own: Collection[int]
) -> Iterator[UserError]:
    field = f"lines.{place}.codes"
    seen: set[int] = set()
    if len(line.splits) > MOST_CODES:
        yield UserError(f"Line {place}: a line has at most {MOST_CODES} codes.", "Make two lines of it.", field)
    for split in line.splits:
        code = budgets.get(split.budget_id)
        if code is None:
            yield UserError(f"Line {place}: there is no such code.", "Choose one of the list.", field)
        elif code.year != year and split.budget_id not in own:
            yield UserError(
                f"Line {place}: {code.written} is a code of {spelt_year(code.year)}; the order is of {spelt_year(year)}.",
                "Choose the code of the order's year.",
                field,
            )
        elif not code.active and split.budget_id not in own:
            yield UserError(f"Line {place}: the code {code.written} is not used any more.", "Choose another.", field)
        elif split.budget_id in seen:
            yield UserError(f"Line {place}: {code.written} is there twice.", "Put both together.", field)
        seen.add(split.budget_id)


def _usable(ctx: Context, budget_ids: Collection[int]) -> dict[int, _Code]:
    found: dict[int, _Code] = {}
    for chunk in in_chunks(sorted(budget_ids)):
        rows = (
            select(
                Budget.id, Budget.year, CostCentre.code, SubjectiveCode.code, CostCentre.active, SubjectiveCode.active
            )
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
            .where(Budget.id.in_(chunk))
        )
        for budget_id, year, centre, code, one, other in ctx.session.execute(rows):
            found[budget_id] = _Code(year, f"{centre} {code}", one and other)
    return found
