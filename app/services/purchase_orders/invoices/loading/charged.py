"""The lines of an invoice out of the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.models.values import Money, PurchaseVat
from app.services.core.context import Context
from app.services.purchase_orders import amounts
from app.services.purchase_orders.invoices.dto import NewInvoiceLine, NewSplit
from app.services.purchase_orders.invoices.loading.dto import FileLine


def lines_of(
    ctx: Context,
    lines: Sequence[FileLine],
    sums: Iterable[tuple[int, int]],
    budget: Iterable[int | None],
    on: date,
) -> tuple[NewInvoiceLine, ...]:
    """The rows of one invoice as its lines, on the codes that they name; amounts are without their signs."""
    made = []
    for line, (net, vat), budget_id in zip(lines, sums, budget, strict=True):
        net, vat = abs(net), abs(vat)  # noqa: PLW2901
        splits = (NewSplit(budget_id, Money(net)),) if budget_id is not None else ()
        kind = _vat_kind(ctx, net, vat, on)
        made.append(
            NewInvoiceLine(
                line.description or f"As invoice {line.number}",
                amounts.UNIT,
                net * amounts.UNIT,
                kind,
                Money(vat),
                Money(net),
                splits=splits,
            )
        )
    return tuple(made)


def _vat_kind(ctx: Context, net: int, vat: int, on: date) -> PurchaseVat:
    """The kind whose rate comes nearest to the VAT of a row."""
    if not vat:
        return PurchaseVat.ZERO
    kinds = (PurchaseVat.STANDARD, PurchaseVat.REDUCED)
    return min(kinds, key=lambda kind: abs(amounts.vat(net, amounts.vat_rate(ctx, kind, on)) - vat))
