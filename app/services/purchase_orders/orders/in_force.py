"""What is in force of an order's lines once some of it was cancelled: the quantity that is wanted in all, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.models.purchase_orders.orders import OrderLine, OrderSplit, PurchaseOrder
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import rules


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force of a line: the quantity in thousandths, its amounts in pence, and what each of its codes bears."""

    quantity: int
    net: int
    vat: int
    shares: tuple[int, ...] = ()


def of_line(line: OrderLine, splits: Sequence[OrderSplit] = ()) -> InForce:
    """What is in force of a line: all of it, or what is left at its price once some of it was cancelled; VAT in proportion."""
    if not line.cancelled:
        return InForce(line.quantity, line.net_pence, line.vat_pence, tuple(split.pence for split in splits))
    quantity = line.quantity - line.cancelled
    net, vat = amounts.net(quantity, line.price), rules.part(line.vat_pence, quantity, line.quantity)
    cost = amounts.cost(net, vat, line.vat_recovered)
    return InForce(quantity, net, vat, amounts.shares(cost, _weights(splits)) if splits else ())


def lines(every: Iterable[OrderLine]) -> list[OrderLine]:
    """The lines of which something is in force."""
    return [line for line in every if line.cancelled < line.quantity]


def come_to(row: PurchaseOrder, every: Iterable[OrderLine]) -> None:
    """Have an order say what is in force of its lines comes to."""
    found = [of_line(line) for line in lines(every)]
    row.net_pence, row.vat_pence = sum(each.net for each in found), sum(each.vat for each in found)


def first_bears(weights: list[int]) -> list[int]:
    """Weights to share by; where all are nothing the first bears it all."""
    return weights if any(weights) else [1, *weights[1:]]


def _weights(splits: Sequence[OrderSplit]) -> list[int]:
    """By what the codes of a line share what it costs: their percentages, or else what each bore of all of it."""
    percents = [split.percent for split in splits if split.percent is not None]
    return percents if len(percents) == len(splits) else first_bears([split.pence for split in splits])
