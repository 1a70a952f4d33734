"""The three-way match: order, receipts and invoice, line by line, in quantity, price and VAT, with tolerances.

Every fault is named in words with its figures. The order of an invoice's sums over its earlier invoices counts: quantities and
prices are held against what was charged of a line altogether, so that small excesses don't add up unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.models.values import InvoiceKind, MatchFault, Money
from app.services.purchase_orders import amounts
from app.services.purchase_orders.amounts import write_price, write_quantity
from app.services.purchase_orders.invoices.dto import CodeShare, Difference, Match, MatchLine
from app.services.purchase_orders.invoices.rules.facts import Charged, InvoiceFacts, Ordered, Tolerances
from app.services.purchase_orders.invoices.rules.whole import whole_faults

MOST_DIFFERENCE: Final = 200
"""Characters of a difference that are kept with its acceptance."""
Accepted = Mapping[tuple[MatchFault, int], tuple[str, str, str]]
"""By fault and place: the digest of the difference as it was accepted, why, and by whom."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault before it is known whether somebody accepted it."""

    fault: MatchFault
    place: int
    words: str
    acceptable: bool = True


def match(facts: InvoiceFacts, tolerances: Tolerances, accepted: Accepted) -> Match:
    """Order, receipts and invoice side by side, with every fault and whether it was accepted as it is now."""
    ordered = {line.line_id: line for line in facts.order.lines} if facts.order else {}
    found: list[Fault] = [Fault(*each) for each in whole_faults(facts, tolerances)]
    lines: list[MatchLine] = []
    for line in facts.lines:
        of = ordered.get(line.order_line_id or 0)
        if of is not None:
            sign = -1 if facts.kind is InvoiceKind.CREDIT_NOTE else 1
            after = (of.before + sign * line.quantity, of.before_pence + sign * line.net.pence)
            ordered[of.line_id] = replace(of, before=after[0], before_pence=after[1])
        faults = list(_line_faults(facts, line, of, tolerances))
        found += faults
        lines.append(_side_by_side(line, of, tuple(dict.fromkeys(each.fault for each in faults))))
    charged = {line.order_line_id for line in facts.lines}
    lines += [_not_charged(each) for each in ordered.values() if each.line_id not in charged]
    return Match(
        tuple(lines),
        _differences(found, accepted),
        sum((line.net for line in facts.lines), Money(0)),
        sum((line.vat for line in facts.lines), Money(0)),
        facts.net,
        facts.vat,
        facts.warnings,
    )


def digest(words: str) -> str:
    """By which it is known whether a difference is still the one that was accepted, however long it is."""
    return hashlib.sha256(words.encode()).hexdigest()


def share(line: Charged, of: Ordered | None) -> tuple[CodeShare, ...]:
    """What each code bears of a line: as typed, else as the order's own line is shared out; the shares add up to its cost."""
    if line.codes or of is None or not of.codes:
        return line.codes
    cost = amounts.cost(line.net.pence, line.vat.pence, line.vat_recovered)
    weights = [code.amount.pence for code in of.codes]
    if not any(weights):
        weights = [1] * len(weights)
    parts = amounts.shares(cost, weights) if cost else (0,) * len(weights)
    return tuple(
        CodeShare(code.budget_id, code.code, code.name, Money(part)) for code, part in zip(of.codes, parts, strict=True)
    )


def _differences(found: list[Fault], accepted: Accepted) -> tuple[Difference, ...]:
    """One for each fault and line: two faults of a kind on one line are one with both their words."""
    merged: dict[tuple[MatchFault, int], Fault] = {}
    for each in found:
        key = (each.fault, each.place)
        if key in merged:
            was = merged[key]
            each = Fault(each.fault, each.place, f"{was.words} {each.words}", was.acceptable and each.acceptable)  # noqa: PLW2901
        merged[key] = each
    made: list[Difference] = []
    for at, one in sorted(merged.items(), key=lambda item: (item[0][1], list(MatchFault).index(item[0][0]))):
        kept, why, who = accepted.get(at, ("", "", ""))
        stands = one.acceptable and kept == digest(one.words)
        made.append(
            Difference(one.fault, one.place, one.words, why if stands else "", who if stands else "", one.acceptable)
        )
    return tuple(made)


def _line_faults(facts: InvoiceFacts, line: Charged, of: Ordered | None, by: Tolerances) -> Iterator[Fault]:
    if of is None:
        if facts.order is not None:
            what = "isn't on it any more" if line.order_line_id else "is on no line of it"
            words = f"{line.description}, {line.net}: {facts.order.number} was chosen, and this {what}."
            yield Fault(MatchFault.NOT_ORDERED, line.place, words)
    elif facts.kind is InvoiceKind.CREDIT_NOTE:
        yield from _credited(line, of)
    else:
        if of.cancelled >= of.quantity:
            yield Fault(
                MatchFault.NOT_ORDERED, line.place, f"{line.description}: this line of the order was cancelled."
            )
        yield from _quantity(line, of, by)
        yield from _price(line, of, by)
    yield from _arithmetic(line)
    yield from _vat(line, of, by)
    yield from _codes(line, of)


def _quantity(line: Charged, of: Ordered, by: Tolerances) -> Iterator[Fault]:
    asked = line.quantity - line.credited
    if asked <= 0:
        return
    there = of.received - of.before
    over = of.before + asked - of.received
    if over > _percent(of.received, by.quantity_percent):
        unit = f" {of.unit}" if of.unit else ""
        if there <= 0:
            came = (
                "nothing came"
                if not of.received
                else f"{write_quantity(of.received)}{unit} came and were invoiced already"
            )
            words = f"{of.description}: {write_quantity(asked)}{unit} invoiced, {came}."
            yield Fault(MatchFault.NOT_RECEIVED, line.place, words)
        else:
            words = f"{of.description}: {write_quantity(asked)}{unit} invoiced, {write_quantity(there)} came and aren't invoiced; {write_quantity(over)} too many."
            yield Fault(MatchFault.QUANTITY, line.place, words)


def _price(line: Charged, of: Ordered, by: Tolerances) -> Iterator[Fault]:
    quantity = of.before + line.quantity - line.credited
    charged = of.before_pence + line.net.pence - line.credited_pence
    should = amounts.net(quantity, of.price)
    over = Money(charged - should)
    allowed = min(Money(_percent(should, by.price_percent)), by.price)
    if over > allowed:
        unit = f" a {of.unit}" if of.unit else ""
        price = f"£{write_price(line.price)}{unit} where £{write_price(of.price)} was ordered"
        more = " with what was invoiced before" if of.before else ""
        words = f"{of.description}: {price}, {over} too much{more} ({allowed} is allowed)."
        yield Fault(MatchFault.PRICE, line.place, words)


def _credited(line: Charged, of: Ordered) -> Iterator[Fault]:
    if line.quantity > of.before:
        words = (
            f"{of.description}: {write_quantity(line.quantity)} credited, {write_quantity(of.before)} were invoiced."
        )
        yield Fault(MatchFault.QUANTITY, line.place, words, acceptable=False)
    if line.net > Money(of.before_pence):
        words = f"{of.description}: {line.net} credited, {Money(of.before_pence)} was invoiced."
        yield Fault(MatchFault.PRICE, line.place, words, acceptable=False)


def _arithmetic(line: Charged) -> Iterator[Fault]:
    if not line.quantity:
        return
    worked = Money(amounts.net(line.quantity, line.price))
    if abs(worked - line.net) > Money(1):
        sum_of = f"{write_quantity(line.quantity)} at £{write_price(line.price)}"
        words = f"{line.description}: {sum_of} is {worked}, the invoice says {line.net}."
        yield Fault(MatchFault.TOTAL, line.place, words)


def _vat(line: Charged, of: Ordered | None, by: Tolerances) -> Iterator[Fault]:
    if of is not None and of.vat_kind is not line.vat_kind:
        words = f"{line.description}: {line.vat_kind.value} VAT where the order has {of.vat_kind.value}."
        yield Fault(MatchFault.VAT, line.place, words)
    if of is not None and of.vat_recovered is not line.vat_recovered and line.vat:
        can, there = ("can", "can't") if line.vat_recovered else ("can't", "can")
        words = f"{line.description}: its VAT {can} be got back here, and by the order it {there}."
        yield Fault(MatchFault.VAT, line.place, words)
    expected = Money(amounts.vat(line.net.pence, line.rate))
    if abs(expected - line.vat) > by.vat:
        words = f"{line.description}: VAT of {line.vat} where {line.rate.normalize():f}% of {line.net} is {expected}."
        yield Fault(MatchFault.VAT, line.place, words)


def _codes(line: Charged, of: Ordered | None) -> Iterator[Fault]:
    cost = Money(amounts.cost(line.net.pence, line.vat.pence, line.vat_recovered))
    codes = share(line, of)
    together = sum((code.amount for code in codes), Money(0))
    if not codes and cost:
        yield Fault(MatchFault.CODE, line.place, f"{line.description}: no code bears its {cost}.", acceptable=False)
    elif together != cost:
        words = f"{line.description}: its codes bear {together}, and it costs {cost}."
        yield Fault(MatchFault.CODE, line.place, words, acceptable=False)


def _side_by_side(line: Charged, of: Ordered | None, faults: tuple[MatchFault, ...]) -> MatchLine:
    order_net = Money(amounts.net(line.quantity, of.price)) if of else Money(0)
    return MatchLine(
        place=line.place,
        line_id=line.line_id,
        order_line_id=line.order_line_id,
        order_place=of.place if of else None,
        description=line.description,
        order_description=of.description if of else "",
        unit=of.unit if of else "",
        labour=of.labour if of else False,
        ordered=of.quantity - of.cancelled if of else 0,
        received=of.received if of else 0,
        invoiced_before=of.before if of else 0,
        invoiced=line.quantity,
        order_price=of.price if of else None,
        price=line.price,
        order_net=order_net,
        net=line.net,
        difference=line.net - order_net if of else Money(0),
        vat_kind=line.vat_kind,
        vat_expected=Money(amounts.vat(line.net.pence, line.rate)),
        vat=line.vat,
        vat_recovered=line.vat_recovered,
        codes=share(line, of),
        faults=faults,
    )


def _not_charged(of: Ordered) -> MatchLine:
    """A line of the order that the invoice doesn't charge."""
    return MatchLine(
        place=None,
        line_id=None,
        order_line_id=of.line_id,
        order_place=of.place,
        description="",
        order_description=of.description,
        unit=of.unit,
        labour=of.labour,
        ordered=of.quantity - of.cancelled,
        received=of.received,
        invoiced_before=of.before,
        invoiced=0,
        order_price=of.price,
        price=None,
        order_net=Money(0),
        net=Money(0),
        difference=Money(0),
        vat_kind=of.vat_kind,
        vat_expected=Money(0),
        vat=Money(0),
        vat_recovered=of.vat_recovered,
        codes=(),
    )


def _percent(amount: int, percent: Decimal) -> int:
    return int((Decimal(amount) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
