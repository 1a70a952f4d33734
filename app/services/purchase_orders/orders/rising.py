"""Whether an amendment makes an order more, or another one, than what was approved: then it is approved again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.models.purchase_orders.orders import OrderLine, OrderSplit, OrderVersion, PurchaseOrder
from app.models.values import Money
from app.services.core.context import Context
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.orders import bands, in_force, quoting, rules, versions
from app.services.purchase_orders.orders.dto import BandOf
from app.services.purchase_orders.orders.writing import Priced, tidy


@dataclass(frozen=True, slots=True)
class Standing:
    """An order as it stands: its lines and the codes of each, by line."""

    lines: Mapping[int, OrderLine]
    splits: Mapping[int, Sequence[OrderSplit]]

    def takes(self) -> dict[int, int]:
        """What it takes of each budget in pence; what was cancelled takes nothing."""
        found: dict[int, int] = defaultdict(int)
        for line in in_force.lines(self.lines.values()):
            splits = self.splits[line.id]
            for split, pence in zip(splits, in_force.of_line(line, splits).shares, strict=True):
                found[split.budget_id] += pence
        return found

    def of(self, each: Priced) -> OrderLine | None:
        """The line that an amended one was; None of a new one."""
        return self.lines.get(each.line.line_id or 0)

    def would_take(self, lines: Sequence[Priced]) -> dict[int, int]:
        """What it would take of each budget with these lines."""
        found: dict[int, int] = defaultdict(int)
        for each in lines:
            for split, bears in zip(each.line.splits, each.shares, strict=True):
                found[split.budget_id] += bears
        return found

    def rises(self, lines: Sequence[Priced]) -> bool:
        """Whether more comes of a line, or any code bears more, than stands now."""
        bears = self.takes()
        return any(pence > bears.get(budget_id, 0) for budget_id, pence in self.would_take(lines).items()) or any(
            (old := self.of(each)) is None or each.line.quantity > old.quantity - old.cancelled for each in lines
        )


@dataclass(frozen=True, slots=True)
class Procured:
    """By which band an order was approved, in which it would be, and what that one still wants, a sentence each."""

    before: BandOf
    after: BandOf
    wanting: tuple[str, ...]

    @property
    def higher(self) -> bool:
        """Whether standing orders want more of it than they did."""
        before, after = self.before, self.after
        return (
            after.number > before.number or after.quotations > before.quotations or (after.tender and not before.tender)
        )


def approved(ctx: Context, row: PurchaseOrder) -> OrderVersion:
    """What somebody last approved of an order: two small rises since then are together one.

    Of one that was loaded from another system it is what was loaded.
    """
    every = versions.of_order(ctx, row.id)
    return next((each for each in every if each.approved_by is not None), every[-1])


def procured(ctx: Context, row: PurchaseOrder, base: OrderVersion, lines: Sequence[Priced]) -> Procured:
    """The bands of an order as it was approved and as it would be; a contract's value and days count for both."""
    net, vat = sum(each.net for each in lines), sum(each.vat for each in lines)
    then = row.approved_at.date() if row.approved_at is not None else ctx.clock.today()
    covers = [
        bands.exempt(ctx, bands.Procured(row.kind, row.from_id, row.contract_id, pence, row.id), on)
        for pence, on in ((base.net_pence, then), (net, ctx.clock.today()))
    ]
    before = bands.of_amount(ctx, row.category_id, base.net_pence, base.vat_pence, covers[0])
    after = bands.of_amount(ctx, row.category_id, net, vat, covers[1])
    found = Procured(before, after, ())
    return Procured(before, after, quoting.wanting(ctx, row, after)) if found.higher else found


def allowed(ctx: Context, base: OrderVersion) -> int:
    """How many pence an amendment may raise an order above what was last approved without approval."""
    today = ctx.clock.today()
    percent = Decimal(ctx.policy.value("purchasing.amend_percent", today))
    return rules.allowed_rise(base.net_pence, percent, ctx.policy.money("purchasing.amend_pounds", today))


def reasons(
    ctx: Context, row: PurchaseOrder, base: OrderVersion, standing: Standing, lines: Sequence[Priced], band: Procured
) -> Iterator[str]:
    """Why an amendment is approved again, a sentence each; none: it needs no approval.

    An order is approved again where it costs more than the tolerance allows, standing orders want more of it, or something else
    is bought by it: a line is new, has other words, another unit or other codes, or both how many and what one costs are changed
    by more than the tolerance in percent, whatever that comes to. What each code bears is held against what was last approved
    and against what stands, whichever is less.
    """
    most, after = allowed(ctx, base), sum(each.net for each in lines)
    if rules.needs_approval(base.net_pence, after, most):
        above = Money(after - base.net_pence)
        yield (
            f"It is {above} above the {Money(base.net_pence)} that was approved; up to {Money(most)} needs no "
            "approval, so it is approved again."
        )
    if band.higher:
        yield f"Standing orders want more of it now ({band.after.title}), so it is approved again."
    for each in lines:
        old = standing.of(each)
        if old is None:
            yield f"{tidy(each.line.description)} is new on it, so it is approved again."
        elif (tidy(each.line.description), tidy(each.line.unit)) != (old.description, old.unit):
            yield f"{old.description} becomes something else, so it is approved again."
        elif {split.budget_id for split in each.line.splits} != {split.budget_id for split in standing.splits[old.id]}:
            yield "Other codes pay for it, so it is approved again."
    yield from _bought_otherwise(ctx, base, standing, lines)
    if (more := _more(ctx, row, base, standing, lines)) > most:
        yield (
            f"Its codes bear up to {Money(more)} more than was approved of it and stands; up to {Money(most)} needs no "
            "approval, so it is approved again."
        )


def _bought_otherwise(ctx: Context, base: OrderVersion, standing: Standing, lines: Sequence[Priced]) -> Iterator[str]:
    """Lines of which both the quantity and the price differ by more than the tolerance from what was last approved of them."""
    percent = Decimal(ctx.policy.value("purchasing.amend_percent", ctx.clock.today()))
    approved_ = {line.line_id: line for line in versions.lines_of(ctx, base.id)}
    for each in lines:
        old = standing.of(each)
        if old is None:
            continue
        was = approved_.get(old.id, old)
        new = each.line
        if rules.differs(was.quantity, new.quantity, percent) and rules.differs(was.price, new.price, percent):
            yield (
                f"Both quantity and price of {old.description} differ by more than {percent.normalize():f}% from what was "
                "approved: that is another purchase, so it is approved again."
            )


def _more(ctx: Context, row: PurchaseOrder, base: OrderVersion, standing: Standing, lines: Sequence[Priced]) -> int:
    """The most that a code, or all together, would bear above what was approved and stands, in pence.

    Of an order that was rolled, what came of it stays on the old year's codes: those and the new year's count as one code each.
    """
    bore = _approved_takes(ctx, base), standing.takes(), standing.would_take(lines)
    was, stands, would = _of_one_year(ctx, row.year, *bore)
    each = [pence - min(was.get(key, 0), stands.get(key, 0)) for key, pence in would.items()]
    together = sum(would.values()) - min(sum(was.values()), sum(stands.values()))
    return max([together, *each])


def _approved_takes(ctx: Context, base: OrderVersion) -> dict[int, int]:
    """What was approved on each budget."""
    found: dict[int, int] = defaultdict(int)
    for line in versions.lines_of(ctx, base.id):
        for budget_id, pence, _ in versions.read_codes(line.codes):
            found[budget_id] += pence
    return found


def _of_one_year(ctx: Context, year: int, *takes: Mapping[int, int]) -> list[dict[int, int]]:
    """What is taken, on the same codes of one financial year; a code that it hasn't stays as it is."""
    now = budgets.in_year(ctx, {budget_id for each in takes for budget_id in each}, year)
    moved: list[dict[int, int]] = []
    for each in takes:
        sums: dict[int, int] = defaultdict(int)
        for budget_id, pence in each.items():
            sums[now.get(budget_id, budget_id)] += pence
        moved.append(sums)
    return moved
