"""The finders of the sheets of invoices: suppliers, invoices to be credited, meters and codes, as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.purchase_orders.budgets import queries as budgets
from app.services.purchase_orders.invoices import queries as invoices
from app.services.purchase_orders.invoices.dto import InvoiceFilter, InvoiceRow, InvoiceSort, MeterRow
from app.services.purchase_orders.invoices.meters import queries as meters
from app.services.purchase_orders.suppliers import queries as suppliers
from app.services.purchase_orders.suppliers.dto import SupplierChoice
from app.views.common import formats
from app.views.common.fields_pickers import Find, Picked
from app.views.common.office import Office

_MOST = 12


def supplier_finder(office: Office, owner: QObject) -> Find:
    """Suppliers by number, name or reference; one that is blocked says so."""

    def find(text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def offer(found: Sequence[SupplierChoice]) -> None:
            then([supplier_picked(each) for each in found])

        office.ask(owner, suppliers.choices, text, then=offer)

    return find


def supplier_picked(each: SupplierChoice) -> Picked:
    """A supplier as a picker shows it."""
    return Picked(each.supplier_id, each.name, f"{each.number}  {each.warning}".strip())


def invoice_finder(office: Office, owner: QObject) -> Find:
    """Invoices by number, theirs or ours, or by the supplier."""

    def find(text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def offer(found: Sequence[InvoiceRow]) -> None:
            then([invoice_picked(each) for each in found])

        office.ask(owner, _invoices, text, then=offer)

    return find


def invoice_picked(each: InvoiceRow) -> Picked:
    """An invoice as a picker shows it."""
    return Picked(each.invoice_id, f"{each.number}  {each.supplier_number}", f"{each.supplier}, {each.gross}")


def meter_finder(office: Office, owner: QObject) -> Find:
    """Meters by number, account or site."""

    def find(text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def offer(found: Sequence[MeterRow]) -> None:
            then([meter_picked(each) for each in found])

        office.ask(owner, meters.meters, None, text, then=offer)

    return find


def meter_picked(each: MeterRow) -> Picked:
    """A meter as a picker shows it, with the last day that was billed."""
    last = f", billed to {formats.day(each.last_on)}" if each.last_on else ""
    return Picked(each.meter_id, each.meter, f"{each.site}{last}")


def codes(ctx: Context, year: int | None = None) -> list[Picked]:
    """The codes of a financial year, with what is left of each."""
    return [
        Picked(each.budget_id, each.code, f"{each.name}, {each.cost_centre}: {each.left.plain()} left")
        for each in budgets.choices(ctx, year)
    ]


def _invoices(ctx: Context, text: str) -> Sequence[InvoiceRow]:
    ids = invoices.ids(ctx, InvoiceFilter(text=text), InvoiceSort.RECEIVED, descending=True)
    return invoices.rows(ctx, ids[:_MOST])
