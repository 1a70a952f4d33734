"""The fields of what is sent to a supplier about an order."""

from __future__ import annotations

from app.services.letters.fields import FieldGroup
from app.services.letters.fields import register as register_group

_FIELDS = (
    ("number", "Number of the order", "PO00117"),
    ("version", "Version, once it was amended", "2"),
    ("title", "What is ordered, in a few words", "Lamps for the hostel"),
    ("lines", "The lines, one below the other", "- Lamp E27, 10 box at £1.25: £12.50"),
    ("net", "Amount before VAT", "£12.50"),
    ("vat", "VAT", "£2.50"),
    ("total", "Amount in all", "£15.00"),
    ("wanted_on", "Day by which it is wanted", "5 December 2026"),
    ("deliver_to", "Where it is delivered to", "Example Depot, 1 Example Street, EX1 1AA"),
    (
        "works",
        "Of works, where and by when, in a table",
        "Where | 12 Example Court, Exampletown\nTo be done by | 5 December 2026",
    ),
    ("file", "The order as a file, where one goes with the e-mail", "PO00117 version 1.pdf"),
    ("instructions", "Instructions to the supplier", "Ring before you come."),
    ("pay_days", "Days in which invoices are paid", "30"),
)


def register() -> None:
    """Plug the group of fields in."""
    register_group(FieldGroup("order", "Purchase order", _FIELDS))
