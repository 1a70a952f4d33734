"""A file of open orders held against what there is: what is wrong, row by row, what is new, and what was loaded before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.models.imports import LoadLine
from app.models.purchase_orders.orders import PurchaseOrder
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.models.values import LimitKind, Money, PurchaseVat
from app.services.core.cards import card_numbers
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import fold
from app.services.core.limits import limit_of
from app.services.imports.dto import Mistake
from app.services.purchase_orders import amounts
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import spelt_code, spelt_year
from app.services.purchase_orders.orders import rules
from app.services.purchase_orders.orders.dto import NewLine, NewSplit
from app.services.purchase_orders.orders.importing.dto import FileRow, LoadCheck, NewLoad
from app.services.purchase_orders.orders.importing.naming import Named, named
from app.services.purchase_orders.orders.writing import Priced


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be loaded; `received` and `invoiced` in thousandths."""

    row: FileRow
    priced: Priced
    received: int
    invoiced: int


@dataclass(slots=True)
class Found:
    """What a file would do: the lines of new orders by their number, with supplier and category."""

    mistakes: list[Mistake] = field(default_factory=list)
    orders: dict[str, list[Line]] = field(default_factory=dict)
    suppliers: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    known: int = 0


@dataclass(frozen=True, slots=True)
class _There:
    """What there is: suppliers, categories by name, budgets by code, what was loaded, and what the officer may approve.

    `limit` is theirs for one order in pence, held against it with VAT where the bands are.
    """

    suppliers: Named
    categories: Mapping[str, int]
    budgets: Mapping[tuple[str, str], int]
    loaded: frozenset[tuple[str, int]]
    orders: frozenset[str]
    rate: Callable[[PurchaseVat], tuple[int, int]]
    limit: int
    with_vat: bool


def check(ctx: Context, new: NewLoad) -> LoadCheck:
    """What loading a file would do, and what is wrong in it; nothing is kept."""
    found = look(ctx, new)
    lines = [line for each in found.orders.values() for line in each]
    to_come = sum(
        line.priced.net - rules.part(line.priced.net, max(line.received, line.invoiced), line.priced.line.quantity)
        for line in lines
    )
    return LoadCheck(
        tuple(found.mistakes),
        len(found.orders),
        len(lines),
        Money(sum(line.priced.net for line in lines)),
        Money(to_come),
        found.known,
    )


def look(ctx: Context, new: NewLoad) -> Found:
    """Each row of a file with what it would do, or what is wrong with it."""
    found = Found(list(new.file.mistakes))
    if not new.file.rows and not found.mistakes:
        found.mistakes.append(Mistake(0, "file", "The file has no orders.", "Fill in a row for each line."))
    there = _there(ctx, new)
    wrong = {each.row for each in found.mistakes}
    by_order: dict[str, list[FileRow]] = defaultdict(list)
    for row in new.file.rows:
        by_order[row.order.casefold()].append(row)
    for rows in by_order.values():
        ctx.cancel.check()
        _look_at(rows[0].order, [row for row in rows if row.row not in wrong], there, new.year, found)
    found.mistakes.sort(key=lambda each: each.row)
    return found


def _look_at(order: str, rows: list[FileRow], there: _There, year: int, found: Found) -> None:
    if not rows:
        return
    known = [row for row in rows if (row.fingerprint, row.occurrence) in there.loaded]
    if order.casefold() in there.orders:
        if len(known) == len(rows):
            found.known += 1
            return
        words = f"Order {order} is here already, and not with these lines."
        found.mistakes.append(Mistake(rows[0].row, "order", words, "Amend it here, or leave it out of the file."))
        return
    faults = list(_order_faults(rows, there))
    lines: list[Line] = []
    for row in rows:
        try:
            lines.append(_line(row, there, year))
        except _WrongError as wrong:
            faults.append(Mistake(row.row, wrong.column, wrong.message, wrong.hint))
    faults += _above(rows[0], lines, there)
    found.mistakes += faults
    if not faults:
        [supplier_id] = there.suppliers.meant(rows[0].supplier)
        found.orders[order], found.suppliers[order] = lines, supplier_id
        category_id = there.suppliers.categories[supplier_id]
        found.categories[order] = there.categories.get(fold(rows[0].category), category_id)


def _above(first: FileRow, lines: list[Line], there: _There) -> Iterator[Mistake]:
    """Nobody approves an order by loading it that they couldn't approve."""
    comes_to = sum(line.priced.net + (line.priced.vat if there.with_vat else 0) for line in lines)
    if comes_to > there.limit:
        words = f"Order {first.order} comes to {Money(comes_to)}, above your limit of {Money(there.limit)} for orders."
        yield Mistake(first.row, "order", words, "Have somebody load it whose limit covers it.")


class _WrongError(Exception):
    """A cell that can't be what it says."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.hint = column, message, hint


def _order_faults(rows: list[FileRow], there: _There) -> Iterator[Mistake]:
    first = rows[0]
    meant = there.suppliers.meant(first.supplier)
    if not meant:
        hint = "Write our number, its reference in the finance system, or its name; add it first if it is new."
        yield Mistake(first.row, "supplier", f"There is no supplier {first.supplier} in use.", hint)
    if len(meant) > 1:
        words = f"{first.supplier} may be one of {len(meant)} suppliers."
        yield Mistake(first.row, "supplier", words, "Write its number, such as S00012.")
    for supplier_id in meant & there.suppliers.blocked.keys():
        words = there.suppliers.blocked[supplier_id]
        yield Mistake(first.row, "supplier", words, "Have the block released first, or leave the order out.")
    if first.category and fold(first.category) not in there.categories:
        yield Mistake(first.row, "category", f"There is no category {first.category}.", "Write one of ours, or none.")
    for row in rows[1:]:
        if there.suppliers.meant(row.supplier) != meant:
            words = f"Order {row.order} has another supplier in row {first.row}."
            yield Mistake(row.row, "supplier", words, "An order is with one supplier.")
    for row in rows:
        if any(list(card_numbers(text)) for text in (row.title, row.description)):
            yield Mistake(row.row, "description", "It holds what looks like a card number.", "Take it out.")


def _line(row: FileRow, there: _There, year: int) -> Line:
    budget_id = there.budgets.get((row.cost_centre, row.subjective))
    if budget_id is None:
        code = spelt_code(row.cost_centre, row.subjective)
        raise _WrongError("subjective", f"{code} has no budget in {spelt_year(year)}.", "Load the budgets first.")
    quantity = _read(amounts.read_quantity, row.quantity, "quantity")
    price = _read(amounts.read_price, row.price, "price")
    kind = _vat(row.vat)
    net = amounts.net(quantity, price)
    numerator, denominator = there.rate(kind)
    vat = rules.part(net, numerator, denominator)
    came = [_so_far(getattr(row, name), name, quantity) for name in ("received", "invoiced")]
    new = NewLine(row.description, quantity, price, (NewSplit(budget_id),), row.unit, kind, row.recovered)
    priced = Priced(new, net, vat, (amounts.cost(net, vat, row.recovered),))
    return Line(row, priced, came[0], came[1])


def _so_far(text: str, column: str, quantity: int) -> int:
    if not text or not text.strip("0.,"):
        return 0
    found = _read(amounts.read_quantity, text, column)
    if found > quantity:
        raise _WrongError(
            column, f"{amounts.write_quantity(found)} is more than was ordered.", "Write at most all of it."
        )
    return found


def _read(read: Callable[[str], int], text: str, column: str) -> int:
    try:
        return read(text)
    except ValueError as error:
        raise _WrongError(column, str(error)) from error


def _vat(text: str) -> PurchaseVat:
    word = fold(text) or PurchaseVat.STANDARD.value
    try:
        return PurchaseVat(word.removesuffix("-rated").removesuffix(" rate"))
    except ValueError as error:
        names = ", ".join(each.value for each in PurchaseVat)
        raise _WrongError("vat", f"'{text}' is no kind of VAT.", f"Write one of {names}.") from error


def _there(ctx: Context, new: NewLoad) -> _There:
    today = ctx.clock.today()
    rates = {kind: amounts.vat_rate(ctx, kind, today).as_integer_ratio() for kind in PurchaseVat}
    categories = ctx.session.scalars(select(PurchaseCategory).where(PurchaseCategory.active))
    by_name = {fold(text): row.id for row in categories for text in (row.key, row.name)}
    prints = sorted({row.fingerprint for row in new.file.rows})
    loaded: set[tuple[str, int]] = set()
    for chunk in in_chunks(prints):
        read = select(LoadLine.fingerprint, LoadLine.occurrence).where(LoadLine.fingerprint.in_(chunk))
        loaded |= {(fingerprint, occurrence) for fingerprint, occurrence in ctx.session.execute(read)}
    orders: set[str] = set()
    for chunk in in_chunks(sorted({row.order.lower() for row in new.file.rows})):
        theirs = select(PurchaseOrder.finance_number).where(func.lower(PurchaseOrder.finance_number).in_(chunk))
        orders |= {number.casefold() for number in ctx.session.scalars(theirs)}

    def rate(kind: PurchaseVat) -> tuple[int, int]:
        numerator, denominator = rates[kind]
        return numerator, 100 * denominator

    return _There(
        suppliers=named(ctx),
        categories=by_name,
        budgets=budgets.by_code(ctx, new.year),
        loaded=frozenset(loaded),
        orders=frozenset(orders),
        rate=rate,
        limit=limit_of(ctx.session, ctx.officer.id, LimitKind.ORDER).line.pence,
        with_vat=ctx.policy.value("purchasing.bands_with_vat", today) == "yes",
    )
