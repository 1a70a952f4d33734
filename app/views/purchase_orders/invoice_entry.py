"""The grids of an invoice that is logged: its lines, and the meters of a utility bill; and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.models.values import ZERO, Money, PurchaseVat
from app.services.core.errors import UserError
from app.services.purchase_orders.amounts import UNIT, write_price, write_quantity
from app.services.purchase_orders.amounts import net as net_of
from app.services.purchase_orders.amounts import vat as vat_of
from app.services.purchase_orders.invoices.dto import NewInvoice, NewInvoiceLine, NewReading, OrderChoice
from app.services.purchase_orders.orders.dto import LineRow
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_count import CountField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picker
from app.views.purchase_orders.fields_quantity import MeterField, PriceField, QuantityField
from app.views.purchase_orders.invoice_table import VAT

_DESCRIPTION: Final = 200
_ESTIMATED: Final = (("Actual", False), ("Estimated", True))
Rates = Mapping[PurchaseVat, Decimal]
"""The rate of each kind of VAT on the invoice's date, in percent."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the sheet offers: finders of suppliers, invoices to be credited and meters, and the categories (words, id)."""

    today: Callable[[], date]
    suppliers: Find
    invoices: Find
    meters: Find
    categories: Sequence[tuple[str, int]]


def lines_grid() -> EntryGrid:
    """The lines as the invoice has them; VAT left empty is worked out, and without a quantity a price alone is given back."""
    kinds = [(words, kind) for kind, words in VAT.items()]
    return EntryGrid(
        "Lines",
        (
            EntryColumn("order_line", "Order line", lambda: CountField("a line of the order"), 76, right=True),
            EntryColumn("description", "What", lambda: LineField(_DESCRIPTION), 190),
            EntryColumn("quantity", "Quantity", QuantityField, 74, right=True),
            EntryColumn("price", "Price", lambda: PriceField(required=True), 84, right=True),
            EntryColumn("kind", "VAT", lambda: ChoiceField(kinds), 88),
            EntryColumn("vat", "VAT in £", MoneyField, 80, right=True),
        ),
        one="line",
    )


def readings_grid(find_meter: Find, today: Callable[[], date]) -> EntryGrid:
    """What a utility bill says of each meter; used is left empty where both readings are there."""
    return EntryGrid(
        "Meters",
        (
            EntryColumn(
                "meter", "Meter", lambda: Picker(find_meter, "a meter", "its number or site", required=True), 130
            ),
            EntryColumn("from_on", "From", lambda: DateField(today, required=True), 86),
            EntryColumn("to_on", "To", lambda: DateField(today, required=True), 86),
            EntryColumn("opening", "Opening", MeterField, 74, right=True),
            EntryColumn("closing", "Closing", MeterField, 70, right=True),
            EntryColumn("used", "Used", MeterField, 58, right=True),
            EntryColumn("estimated", "Reading", lambda: ChoiceField(_ESTIMATED), 80),
            EntryColumn("net", "Before VAT", lambda: MoneyField(required=True), 84, right=True, total=True),
        ),
        one="meter",
    )


def read_lines(
    typed: Sequence[Mapping[str, Any]],
    rates: Rates,
    order_lines: Mapping[int, LineRow],
    kept: Sequence[NewInvoiceLine] = (),
) -> tuple[NewInvoiceLine, ...]:
    """The lines that are typed.

    Args:
        typed: what stands in the grid.
        rates: of the invoice's date, by which VAT that is left empty is worked out.
        order_lines: the order's lines by their place, which say whether VAT can be got back.
        kept: the lines before a change, whose codes stay where a line is of the same line of the order, or has the same words.

    Raises:
        UserError: the order has no such line.
    """
    found = []
    for at, each in enumerate(typed):
        of = _of_order(each["order_line"], order_lines, at)
        before = _before(kept, at, of.line_id if of else None, each["description"])
        quantity = each["quantity"] or 0
        net = net_of(quantity or UNIT, each["price"])
        worked = vat_of(net, rates.get(each["kind"], Decimal(0)))
        found.append(
            NewInvoiceLine(
                each["description"],
                quantity,
                each["price"],
                each["kind"],
                each["vat"] if each["vat"] is not None else Money(worked),
                None if quantity else Money(net),
                order_line_id=of.line_id if of else None,
                vat_recovered=of.vat_recovered if of else before is None or before.vat_recovered,
                splits=before.splits if before and _costs_the_same(before, each, worked) else (),
            )
        )
    return tuple(found)


def read_readings(typed: Sequence[Mapping[str, Any]]) -> tuple[NewReading, ...]:
    """What is typed of meters.

    Raises:
        UserError: a meter has neither what was used nor both readings.
    """
    found = []
    for at, each in enumerate(typed):
        opening, closing, used = each["opening"], each["closing"], each["used"]
        if used is None:
            if opening is None or closing is None:
                raise UserError(f"Meter {at + 1}: type what was used, or both readings.", field="readings")
            used = closing - opening
        found.append(
            NewReading(
                each["meter"], each["from_on"], each["to_on"], opening, closing, used, each["net"], each["estimated"]
            )
        )
    return tuple(found)


def sums(lines: Sequence[NewInvoiceLine]) -> tuple[Money, Money]:
    """What lines come to: before VAT, and VAT."""
    before = sum(
        ((each.net if each.net is not None else Money(net_of(each.quantity, each.price))) for each in lines), ZERO
    )
    return before, sum((each.vat for each in lines), ZERO)


def values_of(found: NewInvoice) -> dict[str, Any]:
    """An invoice by the fields of the sheet, but for its supplier and lines; amounts of nothing are left empty."""
    known = bool(found.net or found.vat)
    return {
        "kind": found.kind,
        "supplier_number": found.supplier_number,
        "invoice_on": found.invoice_on,
        "received_on": found.received_on,
        "order_quoted": found.order_quoted,
        "net": found.net if known else None,
        "vat": found.vat if known else None,
        "due_on": found.due_on,
        "category": found.category_id,
        "labour": found.labour,
        "retention": found.retention or None,
        "retention_on": found.retention_on,
        "note": found.note,
    }


def typed_lines(lines: Sequence[NewInvoiceLine], places: Mapping[int, int]) -> list[dict[str, str]]:
    """Lines as they stand in the grid; `places` are those of the order's lines by their ids."""
    return [
        {
            "order_line": str(places.get(each.order_line_id or 0, "")),
            "description": each.description,
            "quantity": write_quantity(each.quantity) if each.quantity else "",
            "price": write_price(each.price) if each.quantity or each.net is None else each.net.plain(),
            "kind": VAT[each.vat_kind],
            "vat": each.vat.plain(),
        }
        for each in lines
    ]


def _of_order(place: int | None, order_lines: Mapping[int, LineRow], at: int) -> LineRow | None:
    """The line of the order that is named."""
    if place is None:
        return None
    if place not in order_lines:
        words = f"Line {at + 1}: the order has no line {place}."
        raise UserError(words, "Its lines are in the list below.", "lines")
    return order_lines[place]


def _before(kept: Sequence[NewInvoiceLine], at: int, line_id: int | None, description: str) -> NewInvoiceLine | None:
    """The line that this one was."""
    if line_id is not None:
        return next((each for each in kept if each.order_line_id == line_id), None)
    same = kept[at] if at < len(kept) else None
    return same if same is not None and same.description == description else None


def _costs_the_same(before: NewInvoiceLine, each: Mapping[str, Any], worked: int) -> bool:
    vat = each["vat"] if each["vat"] is not None else Money(worked)
    return (before.quantity, before.price, before.vat) == (each["quantity"] or 0, each["price"], vat)


def order_words(order: OrderChoice) -> str:
    """The order that is found by what the invoice quotes."""
    left = order.left_net + order.left_vat
    return f"{order.number}, {order.title}: {order.supplier}, {order.state}. {left} with VAT is left to be charged."


def vat_words(net: Money, vat: Money | None, rate: Decimal) -> str:
    """What VAT of all of it would be at a rate, in percent, and how far the invoice's is from it."""
    due = Money(vat_of(net.pence, rate))
    said = f"At the standard rate of {rate.normalize():f} % it is {due}"
    if vat is None:
        return said
    gap = vat - due
    if not gap:
        return f"{said}: as it is charged"
    return f"{said}: {gap} more is charged" if gap.pence > 0 else f"{said}: {-gap} less is charged"


def lines_words(found: tuple[Money, Money], net: Money, vat: Money | None) -> str:
    """What the lines come to, beside what the invoice asks for."""
    charged = vat if vat is not None else ZERO
    gap = net + charged - found[0] - found[1]
    said = f"The lines come to {found[0]} and {found[1]} VAT"
    if found == (net, charged):
        return f"{said}: as the invoice says"
    if not gap:
        return f"{said}: together as the invoice, but not the amount before VAT"
    return f"{said}: the invoice asks for {gap if gap.pence > 0 else -gap} {'more' if gap.pence > 0 else 'less'}"
