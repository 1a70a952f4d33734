"""What the match finds on the invoice as a whole: its order, its supplier, its sums, its VAT, and what it may be a copy of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.models.values import InvoiceKind, MatchFault, Money, OrderKind, OrderState
from app.services.purchase_orders.invoices.rules.facts import InvoiceFacts, OrderFacts, Tolerances

Found = tuple[MatchFault, int, str, bool]
"""(fault, place, words, whether it may be accepted)."""
_UNAPPROVED = (OrderState.DRAFT, OrderState.WAITING, OrderState.REFUSED, OrderState.WITHDRAWN)


def whole_faults(facts: InvoiceFacts, by: Tolerances) -> Iterator[Found]:
    """Every fault of the whole invoice."""
    if facts.order is None:
        if facts.kind is InvoiceKind.CREDIT_NOTE and facts.credited_gross is None:
            words = f"It names neither the invoice nor the order of which it takes {facts.net + facts.vat} back."
            yield MatchFault.NO_ORDER, 0, words, True
        elif facts.order_needed:
            yield MatchFault.NO_ORDER, 0, _no_order(facts), True
    else:
        yield from _of_order(facts, facts.order)
    yield from _sums(facts, by)
    if facts.vat and not facts.vat_registered:
        words = f"{facts.vat} of VAT is charged, and the supplier has no VAT number."
        yield MatchFault.VAT, 0, words, True
    if facts.suspected:
        yield MatchFault.DUPLICATE, 0, " ".join(facts.suspected), True


def quoted_numbers(text: str, prefix: str) -> tuple[int, ...]:
    """The order numbers in a text, however they are spelt: `PO00012`, `P.O. 12`, `po-12`, `Order no: 00012`."""
    begins = r"\W*".join(re.escape(letter) for letter in prefix)
    first = "|".join(filter(None, (begins, r"purchase\s+order", "order")))
    again = rf"(?:{begins}\W{{0,3}})?" if begins else ""
    pattern = rf"(?<![A-Za-z])(?:{first})\W{{0,3}}(?:(?:number|no|nr)\W{{0,3}})?{again}(\d{{1,8}})(?!\d)"
    return tuple(dict.fromkeys(int(each) for each in re.findall(pattern, text, re.IGNORECASE)))


def _no_order(facts: InvoiceFacts) -> str:
    quoted = f"It quotes '{facts.quoted}', which is no order of ours" if facts.quoted else "It quotes no order"
    return f"{quoted}: no order, no pay. {facts.net + facts.vat} of {facts.supplier}. {facts.band}".strip()


def _of_order(facts: InvoiceFacts, order: OrderFacts) -> Iterator[Found]:
    if order.kind in {OrderKind.TEMPLATE, OrderKind.AGREEMENT}:
        yield MatchFault.NOT_OPEN, 0, f"{order.number} is an agreement or a template: choose the call-off.", False
    elif order.state in _UNAPPROVED:
        yield MatchFault.NOT_OPEN, 0, f"{order.number} isn't approved ({order.state.value}): it has to be first.", False
    elif order.state is OrderState.CANCELLED:
        yield MatchFault.NOT_OPEN, 0, f"{order.number} was cancelled.", True
    elif order.state is OrderState.CLOSED and order.closed_why and facts.kind is not InvoiceKind.CREDIT_NOTE:
        yield MatchFault.NOT_OPEN, 0, f"{order.number} was closed: {order.closed_why}", True
    if order.supplier_id != facts.supplier_id:
        yield MatchFault.OTHER_SUPPLIER, 0, f"{order.number} is with another supplier.", False


def _sums(facts: InvoiceFacts, by: Tolerances) -> Iterator[Found]:
    if not facts.lines:
        yield MatchFault.TOTAL, 0, "It has no lines: type them, or take over the order's.", False
        return
    net = sum((line.net for line in facts.lines), Money(0))
    vat = sum((line.vat for line in facts.lines), Money(0))
    if net != facts.net:
        yield MatchFault.TOTAL, 0, f"Its lines come to {net}, the invoice says {facts.net} before VAT.", False
    if abs(vat - facts.vat) > by.vat:
        yield MatchFault.VAT, 0, f"VAT of its lines comes to {vat}, the invoice says {facts.vat}.", True
    if facts.credited_gross is not None and facts.net + facts.vat > facts.credited_gross:
        words = f"{facts.net + facts.vat} is credited, and {facts.credited_gross} of the invoice is left to credit."
        yield MatchFault.TOTAL, 0, words, False
