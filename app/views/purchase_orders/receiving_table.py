"""The words, columns and filters of what is awaited, received, and received but not invoiced."""

from __future__ import annotations

from typing import Final

from app.models.values import ReceiptKind
from app.services.purchase_orders.amounts import write_quantity
from app.services.purchase_orders.receipts.dto import (
    EVERY_AWAITED,
    AccrualRow,
    AwaitedRow,
    AwaitedSort,
    CodeTotal,
    ReceiptRow,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec
from app.views.common.short_names import shorter_names

KINDS: Final = {
    ReceiptKind.RECEIVED: "Received",
    ReceiptKind.RETURNED: "Sent back",
    ReceiptKind.CORRECTED: "Put right",
}


def quantity_words(quantity: int, unit: str) -> str:
    """So much of a unit: `8 each`."""
    return f"{write_quantity(quantity)} {unit}".strip()


def wanted_words(row: AwaitedRow) -> str:
    """The day that it is wanted on, and how late it is."""
    if row.wanted_on is None:
        return "no day given"
    if row.late_days:
        return f"{formats.count(row.late_days, 'day')} late"
    return formats.day(row.wanted_on)


def lines_words(row: ReceiptRow) -> str:
    """What a receipt says of the lines."""
    return ", ".join(f"{quantity_words(each.quantity, each.unit)} {each.description}" for each in row.lines)


def receipt_words(row: ReceiptRow) -> str:
    """What a receipt is, with what it puts right and what put it right."""
    said = KINDS[row.kind]
    if row.corrects:
        return f"{said}: {row.corrects}"
    return f"{said}, put right by {', '.join(row.corrected_by)}" if row.corrected_by else said


def _shorter_receipt(row: ReceiptRow) -> tuple[str, ...]:
    return (KINDS[row.kind],)


_LINES: tuple[Column[AwaitedRow], ...] = (
    Column(AwaitedSort.ORDER, "Order", lambda row: row.order_number, 84, sorts=True, firm=True),
    Column(
        AwaitedSort.SUPPLIER,
        "Supplier",
        lambda row: row.supplier,
        176,
        sorts=True,
        floor=150,
        least=2,
        shorter=lambda row: shorter_names(row.supplier),
    ),
    Column(AwaitedSort.DESCRIPTION, "What", lambda row: row.description, 150, sorts=True, floor=110),
    Column("ordered", "Ordered", lambda row: write_quantity(row.ordered), 74, right=True, firm=True, least=3),
    Column("received", "Received", lambda row: write_quantity(row.received), 76, right=True, firm=True, least=4),
    Column("left", "Left", lambda row: quantity_words(row.left, row.unit), 84, right=True, firm=True),
    Column(
        AwaitedSort.WANTED,
        "Wanted",
        wanted_words,
        104,
        tone=lambda row: "bad" if row.late_days else "muted" if row.wanted_on is None else "",
        sorts=True,
        floor=90,
    ),
    Column(
        AwaitedSort.AMOUNT,
        "Before VAT",
        lambda row: row.amount,
        90,
        right=True,
        sorts=True,
        holds=Holds.POUNDS,
        total=True,
        least=1,
    ),
    Column("title", "Order is for", lambda row: row.title, 160, spare=True),
)
FACETS: Final = (Facet("late", "Late", (Choice(True, "Late", quick=True), Choice(False, "Not late yet")), plain=True),)
SPEC: TableSpec[AwaitedRow] = TableSpec(
    key="purchase_orders.awaited",
    name="Awaited",
    noun=("line", "lines"),
    columns=_LINES,
    everything=EVERY_AWAITED,
    facets=FACETS,
    find="Order number, supplier, or what it is",
    sort=(AwaitedSort.WANTED, False),
    stretch=AwaitedSort.DESCRIPTION,
    nothing="Nothing like that is awaited. Take a filter away, or try fewer words.",
    none="Nothing is awaited: every line of the open orders has come.",
    balance=False,
)
RECEIPTS: tuple[Column[ReceiptRow], ...] = (
    Column("number", "Receipt", lambda row: row.number, 84, firm=True),
    Column("received_on", "Day", lambda row: row.received_on, 92, holds=Holds.DATE, firm=True),
    Column("lines", "What", lines_words, 220, floor=190),
    Column(
        "kind",
        "",
        receipt_words,
        150,
        tone=lambda row: "" if row.kind is ReceiptKind.RECEIVED and not row.corrected_by else "warning",
        floor=80,
        least=1,
        shorter=_shorter_receipt,
    ),
    Column("received_by", "By", lambda row: row.received_by, 120, least=2),
    Column("delivery_note", "Delivery note", lambda row: row.delivery_note, 104, least=3),
    Column("reason", "Why", lambda row: row.reason, 150, least=4),
)
ACCRUED: tuple[Column[AccrualRow], ...] = (
    Column("code", "Code", lambda row: row.code, 100, firm=True),
    Column("code_name", "Name", lambda row: row.code_name, 150, floor=90, least=2),
    Column("order", "Order", lambda row: row.order_number, 84, firm=True),
    Column("supplier", "Supplier", lambda row: row.supplier, 150, floor=100, least=1),
    Column("description", "What", lambda row: row.description, 190, floor=110),
    Column("received_on", "Received", lambda row: row.received_on, 92, holds=Holds.DATE, firm=True),
    Column("days", "Days", lambda row: row.days, 56, right=True, holds=Holds.NUMBER, firm=True),
    money_column("amount", "Amount", lambda row: row.amount, 96, total=True),
)
CODES: tuple[Column[CodeTotal], ...] = (
    Column("code", "Code", lambda row: row.code, 100, firm=True),
    Column("name", "Name", lambda row: row.name, 200),
    Column("count", "Lines", lambda row: row.count, 60, right=True, holds=Holds.NUMBER, total=True),
    money_column("amount", "Amount", lambda row: row.amount, 96, total=True),
)
