"""What came of orders: as it is recorded, awaited, listed, and owed at a day. Quantities are in thousandths of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import Money, ReceiptKind
from app.services.core.changes import Changes
from app.services.documents.dto import NewFile


@dataclass(frozen=True, slots=True)
class LineQuantity:
    """So much of a line of the order."""

    line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """What came.

    Attributes:
        order_version: of the order as the sheet was filled from it: whoever comes second is told what was recorded meanwhile.
        lines: nothing named: all that is left of every line.
        delivery_note: its number.
        file: the delivery note itself.
    """

    entry_key: str
    order_id: int
    order_version: int
    received_on: date
    lines: tuple[LineQuantity, ...] = ()
    delivery_note: str = ""
    note: str = ""
    file: NewFile | None = None


@dataclass(frozen=True, slots=True)
class NewReturn:
    """What went back to the supplier, in positive quantities, and why."""

    entry_key: str
    order_id: int
    order_version: int
    returned_on: date
    lines: tuple[LineQuantity, ...]
    reason: str
    delivery_note: str = ""


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What a receipt should have said of its lines; a line that isn't named should not have been there."""

    entry_key: str
    receipt_id: int
    order_version: int
    lines: tuple[LineQuantity, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt that was recorded; `warnings` are said beside it: over-receipt, a blocked supplier, a credit note to come."""

    receipt_id: int
    number: str
    told: str
    warnings: tuple[str, ...]
    changes: Changes


class AwaitedSort(StrEnum):
    """Columns that what is awaited can be sorted by."""

    ORDER = "order"
    SUPPLIER = "supplier"
    DESCRIPTION = "description"
    WANTED = "wanted"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class AwaitedFilter:
    """Which lines are awaited; what is left empty doesn't matter.

    Attributes:
        text: parts of the order's number or title, the supplier or the line, in any order.
        late: True for those whose day has gone.
    """

    text: str = ""
    order_id: int | None = None
    supplier_id: int | None = None
    late: bool | None = None


@dataclass(frozen=True, slots=True)
class AwaitedRow:
    """A line of an open order of which something is still to come.

    Attributes:
        left: ordered, less cancelled and received.
        amount: of what is left, before VAT, at the order's price.
        late_days: days since it was wanted; 0: it isn't late.
    """

    line_id: int
    order_id: int
    order_number: str
    title: str
    supplier_id: int | None
    supplier: str
    description: str
    unit: str
    ordered: int
    received: int
    left: int
    amount: Money
    wanted_on: date | None
    late_days: int


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line as the sheet shows it; `left` is still to come, `most` may be received of it now by policy."""

    line_id: int
    place: int
    description: str
    unit: str
    price: int
    ordered: int
    cancelled: int
    received: int
    invoiced: int
    left: int
    most: int


@dataclass(frozen=True, slots=True)
class ReceiptForm:
    """What the sheet of a receipt begins with.

    Attributes:
        blocked: a sentence where the supplier is blocked for orders: goods may come all the same.
        refused: why nothing can be received by this officer or of this order; empty: it can.
    """

    order_id: int
    version: int
    number: str
    title: str
    supplier: str
    lines: tuple[FormLine, ...]
    today: date
    blocked: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What a receipt says of a line; negative where it went back. `amount` is its cost as it was accrued."""

    line_id: int
    place: int
    description: str
    unit: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt as it is listed.

    Attributes:
        corrects: the number of the receipt that it puts right; empty: it corrects none.
        corrected_by: numbers of those that put it right.
        document_sha256: the delivery note.
        stands: what it comes to with those that put it right: each line of the order and its quantity.
    """

    receipt_id: int
    number: str
    kind: ReceiptKind
    order_id: int
    order_number: str
    supplier: str
    received_on: date
    received_by: str
    delivery_note: str
    reason: str
    corrects: str
    corrected_by: tuple[str, ...]
    document_sha256: str | None
    lines: tuple[ReceivedLine, ...]
    stands: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AccrualRow:
    """What was received of a line and not invoiced, on one code.

    Attributes:
        received_on: the day of the oldest receipt of it; none where the book has it from before receipts were recorded.
        days: from then to the day of the list.
    """

    line_id: int
    budget_id: int
    code: str
    code_name: str
    order_id: int
    order_number: str
    supplier: str
    description: str
    amount: Money
    received_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """What is owed on one code for what was received."""

    budget_id: int
    code: str
    name: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Accruals:
    """Received and not invoiced as at a day, as the book had it then: line by line, by code, and by age in days."""

    on: date
    rows: tuple[AccrualRow, ...]
    codes: tuple[CodeTotal, ...]
    ages: tuple[tuple[str, Money], ...]
    total: Money


EVERY_AWAITED: Final = AwaitedFilter()
