"""What officers ask of receipts, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import Money, TakenBy
from app.services.core.changes import Changes
from app.services.exports.receipt import ReceiptPaper
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.receipts.dto.new import NewReceipt


@dataclass(frozen=True, slots=True)
class Question:
    """Something about a payment that the payer is asked before it is taken.

    Attributes:
        key: by which the officer says that it was asked.
    """

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class TakePayment:
    """A payment that an officer takes.

    Attributes:
        way: how the payer is there.
        asked: the keys of the questions about it that the payer was asked.
    """

    receipt: NewReceipt
    way: Way
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment that was taken.

    Attributes:
        change: of cash: what is given back.
        email: where its receipt can be sent; empty where no address is known.
    """

    receipt_id: int
    number: str
    amount: Money
    change: Money
    told: str
    changes: Changes
    email: str = ""
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A caller who only asked what is owed.

    Attributes:
        person_id: who it was; None: nothing was told, since they proved nothing.
    """

    account_id: int
    way: Way
    desk_id: int | None = None
    person_id: int | None = None
    proved_by: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class AskVoid:
    """A receipt of today that a second officer is asked to void, and why."""

    receipt_id: int
    why: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """A cheque that came back unpaid, or a card payment that was charged back: on which day, and why."""

    receipt_id: int
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done."""

    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """The paper of a receipt; it is counted."""

    receipt_id: int
    paper: ReceiptPaper


@dataclass(frozen=True, slots=True)
class Paper:
    """The pages of a receipt.

    Attributes:
        copy: it was printed before, and says so.
    """

    number: str
    content: bytes
    copy: bool
    changes: Changes


@dataclass(frozen=True, slots=True)
class EmailReceipt:
    """A receipt that goes by e-mail to an address."""

    receipt_id: int
    address: str


@dataclass(frozen=True, slots=True)
class SendLink:
    """A text message with the page to pay on; the same key is sent once."""

    entry_key: str
    account_id: int
    mobile: str


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the manual receipt book, as it was written during an outage.

    Attributes:
        number: in the book.
        reference: of the account.
        paper: the number of the cheque or postal order, or the reference of the slip.
        drawer: the name on the cheque.
    """

    number: str
    reference: str
    amount: Money
    taken_by: TakenBy
    paper: str = ""
    drawer: str = ""


@dataclass(frozen=True, slots=True)
class BookEntries:
    """Lines of the manual receipt book, keyed in together: all of them, or none where one is wrong."""

    entry_key: str
    desk_id: int
    on: date
    lines: tuple[BookLine, ...]


@dataclass(frozen=True, slots=True)
class TakeIncome:
    """Other income that is taken; anybody pays it."""

    receipt: NewReceipt
