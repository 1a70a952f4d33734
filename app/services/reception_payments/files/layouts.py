"""How a file of receipts is read, as data: what a profile says, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from app.models.values import ReceiptChannel


class Form(StrEnum):
    """How a line is parted into columns."""

    DELIMITED = "delimited"
    FIXED = "fixed"


class Field(StrEnum):
    """What a column of a file can be."""

    REFERENCE = "reference"
    SECOND = "second"
    """Another reference, tried where the first is nobody's."""
    AMOUNT = "amount"
    SIGN = "sign"
    DATE = "date"
    TYPE = "type"
    """The kind of line, by which its code is chosen."""
    PAYER = "payer"
    NARRATIVE = "narrative"
    MARKER = "marker"
    """The number of the payment, of the cheque or of the slip."""
    CURRENCY = "currency"


class AmountForm(StrEnum):
    """How amounts are written."""

    POUNDS = "pounds"
    IMPLIED = "implied"
    """Digits alone; the last of them are the decimals, two where they are pence."""


class SignForm(StrEnum):
    """How a negative amount is written; any other way is refused."""

    MINUS = "minus"
    TRAILING = "trailing"
    BRACKETS = "brackets"
    CR_DR = "cr_dr"
    COLUMN = "column"


class Negatives(StrEnum):
    """What negative amounts are."""

    REFUSED = "refused"
    REAL = "real"
    """Clawbacks and chargebacks: they are posted on the account."""
    RETURNED = "returned"
    """Cheques or card payments that came back: each takes its receipt back, if that is found."""


class Keep(StrEnum):
    """Which characters of a reference count."""

    ALL = "all"
    DIGITS = "digits"
    ALPHANUMERIC = "alphanumeric"


@dataclass(frozen=True, slots=True)
class ColumnAt:
    """Where a column is.

    Attributes:
        place: of a delimited file which column, of a fixed one its first character; both count from 1. 0: by its heading.
        length: characters, of a fixed file.
        heading: what stands above it, where the file has headings.
        not_card: its numbers are payment references that look like card numbers, so that they pass.
    """

    field: Field
    place: int = 0
    length: int = 0
    heading: str = ""
    not_card: bool = False


@dataclass(frozen=True, slots=True)
class CleanUp:
    """What is done to a reference before it is looked up; spaces and small letters never count.

    Attributes:
        prefix: taken off where it stands in front.
        last: only so many characters from the end; 0: all.
        zeros: leading zeros are taken off.
    """

    keep: Keep = Keep.ALL
    prefix: str = ""
    last: int = 0
    zeros: bool = False


@dataclass(frozen=True, slots=True)
class Trailer:
    """The record at the end, and what it says.

    Attributes:
        mark: how it begins; empty: there is none.
        count_at, total_at: where the number of lines and their sum stand in it, as a column or a first character; 0: it
            says none.
        count_length, total_length: characters, of a fixed file.
        counts_all: its number counts the header and itself too.
    """

    mark: str = ""
    count_at: int = 0
    count_length: int = 0
    total_at: int = 0
    total_length: int = 0
    counts_all: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What a profile says.

    Attributes:
        separator: of a delimited file; empty: it is found by itself.
        encoding: empty: it is found by itself.
        skip: lines above the first record.
        headings: the first record names the columns.
        header_mark: how records begin that are headers, and are passed over.
        date_format: as strptime takes it; empty where the day is typed when a file is loaded.
        decimals: of implied amounts.
        minus_words: of a sign column, what says minus.
        turned: payments are written as negative amounts.
        code: of every line, where no code is chosen by its kind.
        codes: (kind, code).
        passed_over: kinds of lines that are no receipts.
    """

    channel: ReceiptChannel = ReceiptChannel.BANK
    form: Form = Form.DELIMITED
    separator: str = ""
    encoding: str = ""
    skip: int = 0
    headings: bool = False
    header_mark: str = ""
    trailer: Trailer = Trailer()
    columns: tuple[ColumnAt, ...] = ()
    date_format: str = "%d/%m/%Y"
    amount: AmountForm = AmountForm.POUNDS
    decimals: int = 2
    sign: SignForm = SignForm.MINUS
    minus_words: tuple[str, ...] = ()
    turned: bool = False
    negatives: Negatives = Negatives.REFUSED
    code: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    passed_over: tuple[str, ...] = ()
    clean_up: CleanUp = CleanUp()

    def column(self, field: Field) -> ColumnAt | None:
        """Where a field is, if the file has it."""
        return next((each for each in self.columns if each.field is field), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as it is used.

    Attributes:
        edition: 0 of one that came with the program, which can be copied and not changed.
        unseen: what its newest edition accepts more than the one before, while no second officer has looked at it.
    """

    key: str
    name: str
    edition: int
    layout: Layout
    version: int = 0
    profile_id: int | None = None
    active: bool = True
    unseen: str = ""

    @property
    def shipped(self) -> bool:
        """Whether it came with the program, as an example."""
        return self.profile_id is None


CHANNELS: Final[dict[ReceiptChannel, str]] = {
    ReceiptChannel.AGENT: "Payment cards at shops",
    ReceiptChannel.POST_OFFICE: "Post Office",
    ReceiptChannel.BANK: "Bank payments",
    ReceiptChannel.STANDING_ORDER: "Standing orders",
    ReceiptChannel.CARDS: "Card payments",
    ReceiptChannel.CASH_OFFICE: "Cash office",
    ReceiptChannel.CHEQUES: "Cheques",
    ReceiptChannel.UNIVERSAL_CREDIT: "Universal Credit",
    ReceiptChannel.THIRD_PARTY: "DWP deductions",
    ReceiptChannel.HOUSING_BENEFIT: "Housing Benefit",
    ReceiptChannel.SALARY: "Deductions from salary",
}
USUAL_CODES: Final[dict[ReceiptChannel, str]] = {
    ReceiptChannel.AGENT: "RBR",
    ReceiptChannel.POST_OFFICE: "RPY",
    ReceiptChannel.BANK: "RBP",
    ReceiptChannel.STANDING_ORDER: "RSO",
    ReceiptChannel.CARDS: "RCP",
    ReceiptChannel.CASH_OFFICE: "RCO",
    ReceiptChannel.CHEQUES: "RQP",
    ReceiptChannel.UNIVERSAL_CREDIT: "RUC",
    ReceiptChannel.THIRD_PARTY: "RDP",
    ReceiptChannel.HOUSING_BENEFIT: "RHB",
    ReceiptChannel.SALARY: "RDS",
}
"""The code of a channel's lines, unless a profile says another (rules.md 2.1)."""


def dumped(layout: Layout) -> str:
    """A layout as it is kept: JSON."""
    return json.dumps(asdict(layout), ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Layout:
    """A layout as it was kept; what a later version added has its usual value."""
    kept: Mapping[str, Any] = json.loads(text)
    plain = {
        name: kept[name]
        for name in (
            "separator",
            "encoding",
            "skip",
            "headings",
            "header_mark",
            "date_format",
            "decimals",
            "turned",
            "code",
        )
        if name in kept
    }
    return Layout(
        channel=ReceiptChannel(kept["channel"]),
        form=Form(kept["form"]),
        trailer=Trailer(**kept.get("trailer", {})),
        columns=tuple(ColumnAt(**(each | {"field": Field(each["field"])})) for each in kept["columns"]),
        amount=AmountForm(kept["amount"]),
        sign=SignForm(kept["sign"]),
        minus_words=tuple(kept.get("minus_words", ())),
        negatives=Negatives(kept["negatives"]),
        codes=tuple((str(word), str(code)) for word, code in kept.get("codes", ())),
        passed_over=tuple(kept.get("passed_over", ())),
        clean_up=CleanUp(**(kept["clean_up"] | {"keep": Keep(kept["clean_up"]["keep"])})),
        **plain,
    )
