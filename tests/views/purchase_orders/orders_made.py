"""Orders as the screens are shown them, made up in the test."""

from datetime import UTC, date, datetime

from app.models.values import (
    ZERO,
    InvoiceKind,
    InvoiceState,
    Money,
    OrderEvent,
    OrderKind,
    OrderSent,
    OrderState,
    OrderVersionState,
    PurchaseVat,
    ReceiptKind,
)
from app.services.purchase_orders.orders.dto import (
    Act,
    BandOf,
    Choice,
    CodeLeft,
    CodeRow,
    InvoiceBrief,
    LineRow,
    OrderDetail,
    OrderForm,
    OrderRow,
    QuotationRow,
    ReceiptBrief,
    StepRow,
    VersionLine,
    VersionRow,
)

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def row(**other):
    """PO00012: two thousand and forty pounds of radiators from Sample Heating, wanted by 20 November."""
    return OrderRow(
        **{
            "order_id": 12,
            "number": "PO00012",
            "finance_number": "",
            "kind": OrderKind.ORDINARY,
            "state": OrderState.OPEN,
            "title": "Radiators and valves for Example House",
            "supplier_id": 3,
            "supplier": "Sample Heating Ltd",
            "category": "Heating",
            "year": 2026,
            "net": Money(204_000),
            "vat": Money(40_800),
            "left": Money(68_000),
            "to_invoice": Money(34_000),
            "wanted_on": date(2026, 11, 20),
            "made_on": date(2026, 11, 2),
            "made_by": "Sam Deskworth",
            "approved_on": date(2026, 11, 3),
            "sent_on": date(2026, 11, 4),
            "late_days": 3,
            "version": 6,
            **other,
        }
    )


def line(place=1, **other):
    """Three radiators of £340.00, two of which came and one of which is invoiced."""
    return LineRow(
        **{
            "line_id": place,
            "place": place,
            "description": "Radiators 600 x 1000",
            "quantity": 3_000,
            "unit": "each",
            "price": 34_000_000,
            "vat_kind": PurchaseVat.STANDARD,
            "vat_recovered": True,
            "labour": False,
            "net": Money(102_000),
            "vat": Money(20_400),
            "received": 2_000,
            "invoiced": 1_000,
            "invoiced_net": Money(34_000),
            "cancelled": 0,
            "codes": (CodeRow(1, "HRA10 4210", "Heating repairs", Money(102_000), None, Money(812_000)),),
            **other,
        }
    )


def version(number, quantity, reason="", state=OrderVersionState.APPROVED):
    """A version with so many radiators."""
    net = Money(34_000 * quantity)
    lines = (
        VersionLine(1, 1, "Radiators", 1_000 * quantity, "each", 34_000_000, PurchaseVat.STANDARD, net, ZERO, "4210"),
    )
    at = AT if state is OrderVersionState.APPROVED else None
    return VersionRow(
        number, number, state, reason, net, ZERO, "Sam Deskworth", AT, "Alex Tallystone", at, None, None, lines
    )


LINES = (
    line(),
    line(
        2,
        description="Thermostatic valves",
        received=0,
        invoiced=0,
        codes=(CodeRow(2, "HRA10 4215", "Plumbing materials", Money(102_000), None, Money(-12_000)),),
    ),
)

QUOTATIONS = (
    QuotationRow(
        1,
        3,
        "Sample Heating Ltd",
        True,
        None,
        date(2026, 11, 2),
        Money(204_000),
        Money(40_800),
        "Q-88",
        "",
        True,
        "",
        True,
        "f0",
        "Sam Deskworth",
        1,
    ),
    QuotationRow(
        2,
        None,
        "Example Plumbing",
        False,
        None,
        date(2026, 11, 2),
        Money(219_000),
        ZERO,
        "",
        "",
        False,
        "",
        False,
        None,
        "Sam Deskworth",
        1,
    ),
)

VERSIONS = (version(1, 5), version(2, 6, "One more is worn"))

STEPS = (
    StepRow(AT, "Sam Deskworth", OrderEvent.DRAFTED, "Requisition RQ00014"),
    StepRow(AT, "Alex Tallystone", OrderEvent.APPROVED, "£2,040.00, band 1"),
)

RECEIPTS = (ReceiptBrief(7, "GR00007", ReceiptKind.RECEIVED, date(2026, 11, 10), Money(68_000), "Robin Receiver"),)

INVOICES = (
    InvoiceBrief(
        9,
        "IN00009",
        "INV-551",
        InvoiceKind.INVOICE,
        InvoiceState.PAID,
        Money(40_800),
        date(2026, 11, 11),
        date(2026, 12, 11),
        date(2026, 11, 20),
        False,
    ),
)


KNOWN = {
    "version": 6,
    "made_by_id": 1,
    "contract_id": None,
    "contract": "",
    "from_id": None,
    "from_number": "",
    "delivery_point_id": 1,
    "delivery_point": "Depot",
    "instructions": "",
    "reason": "Two radiators leak, and four are worn",
    "after_the_event": "",
    "waiver": None,
    "waiver_words": "",
    "most": None,
    "called_off": ZERO,
    "until_on": None,
    "repeat_every": None,
    "repeat_on": None,
    "repeat_until_on": None,
    "request_id": 4,
    "approved_by": "Alex Tallystone",
    "sent_by": OrderSent.EMAIL,
    "settled_why": "",
    "category_id": 2,
    "band": BandOf(1, "Band 1, up to £5,000.00", Money(204_000), 1, False, False, ()),
    "lines": LINES,
    "quotations": QUOTATIONS,
    "versions": VERSIONS,
    "steps": STEPS,
    "receipts": RECEIPTS,
    "invoices": INVOICES,
    "suspicions": (),
    "may": frozenset({Act.RECEIVE, Act.AMEND, Act.CANCEL_REST, Act.CLOSE, Act.COPY, Act.SEND}),
    "why_not": {},
    "documents": 2,
}


def detail(**other):
    """The order whole."""
    return OrderDetail(**{"row": row(), **KNOWN, **other})


def form():
    """What the sheet of a requisition offers: two codes, one delivery point."""
    return OrderForm(
        today=date(2026, 11, 21),
        year=2026,
        years=(2026, 2027),
        categories=(Choice(1, "Materials"), Choice(2, "Heating")),
        delivery_points=(Choice(1, "Depot"),),
        codes=(
            CodeLeft(1, "HR100 4120", "Paint", ZERO, Money(812_000), Money(812_000)),
            CodeLeft(2, "HR100 4150", "Plumbing materials", ZERO, Money(90_000), Money(90_000)),
        ),
    )
