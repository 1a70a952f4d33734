"""What a credit note begins with where an invoice charges more than was ordered: pure."""

from __future__ import annotations

from app.models.values import MatchFault, Money
from app.models.values.money import divide_half_up
from app.services.purchase_orders.amounts import UNIT
from app.services.purchase_orders.invoices.dto import Match, MatchLine, NewInvoiceLine


def price_alone(match: Match) -> tuple[NewInvoiceLine, ...]:
    """The lines that give back what was charged above the price of the order, without a quantity; none where more is amiss.

    What came stays invoiced: only where nothing but prices differs, and isn't accepted, is the price alone to be given back.
    """
    amiss = {(each.fault, each.line_place) for each in match.differences if each.open and each.line_place}
    if {fault for fault, _ in amiss} != {MatchFault.PRICE}:
        return ()
    places = {place for _, place in amiss}
    return tuple(_line(each) for each in match.lines if each.place in places and each.difference > Money(0))


def _line(of: MatchLine) -> NewInvoiceLine:
    over = of.difference
    vat = divide_half_up(of.vat.pence * over.pence, of.net.pence)
    return NewInvoiceLine(
        of.description,
        0,
        over.pence * UNIT,
        of.vat_kind,
        Money(vat),
        over,
        of.order_line_id,
        of.vat_recovered,
    )
