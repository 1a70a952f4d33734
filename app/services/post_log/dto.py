"""Post items as they are logged, opened and shown; what every part of the post has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from app.models.values import FormatNeed, PostChannel

LONGEST_SENDER: Final = 200
LONGEST_SUBJECT: Final = 200
LONGEST_ADDRESS: Final = 600
LONGEST_TEXT: Final = 4_000
LONGEST_REFERENCE: Final = 40
GUESSABLE: Final = ("account_id", "category_id", "holder", "priority", "sender")
"""The fields that Rentbook may fill in by itself, in the order they are shown; each stays marked until it is confirmed."""
CHANNELS: Final[dict[PostChannel, str]] = {
    PostChannel.LETTER: "Letter",
    PostChannel.HAND_DELIVERY: "Hand delivery",
    PostChannel.EMAIL: "E-mail",
    PostChannel.TELEPHONE: "Telephone call",
    PostChannel.VISIT: "Visit",
    PostChannel.VALUABLES: "Cheque or valuables",
    PostChannel.RETURNED: "Returned letter",
}
"""How something arrived, in the words of the office."""


class Priority(IntEnum):
    """How urgent an item is; kept as the number, in the order they are listed."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an item: an officer, else a team, else nobody yet."""

    officer_id: int | None = None
    team_id: int | None = None


NOBODY: Final = Holder()


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something that arrived, to be logged.

    Attributes:
        channel: how it arrived.
        received_at: None means now.
        received_on: the day that it counts as received; None is the office's day of `received_at`.
        sender_address: where an answer goes: an e-mail address, a telephone number, or lines of a postal address.
        subject_line: what it is about in a few words; where it is empty, the first line of the text stands for it.
        category_id: None takes the category of the channel, marked as guessed.
        priority: None takes that of the category.
        format, language: None takes what the people of the account need.
        guessed: names out of `GUESSABLE` that Rentbook filled in and nobody looked at.
        holder: None takes that of the category.
        because: why the holder gets it, for its history: `by the rule 'Benefits'`.
        entry_key: the same key never logs a second item.
    """

    channel: PostChannel
    subject_line: str = ""
    sender: str = ""
    sender_address: str = ""
    text: str = ""
    received_at: datetime | None = None
    received_on: date | None = None
    category_id: int | None = None
    account_id: int | None = None
    person_id: int | None = None
    reference: str = ""
    priority: Priority | None = None
    format: FormatNeed | None = None
    language: str | None = None
    guessed: frozenset[str] = frozenset()
    holder: Holder | None = None
    because: str = ""
    entry_key: str = ""


def item_number(year: int, number: int) -> str:
    """The number of an item as it is written: `2026/0041`."""
    return f"{year}/{number:04}"


class FoundBy(StrEnum):
    """By what an account was recognised, the surest first."""

    REFERENCE = "reference"
    EMAIL = "email"
    TELEPHONE = "telephone"
    NAME_AND_POSTCODE = "name_and_postcode"
    ADDRESS = "address"
    MISREAD = "misread"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Clues:
    """What an account may be recognised from.

    Attributes:
        text: subject and text, as far as there are any.
        sender: the name of whoever sent it.
        address: their e-mail address, telephone number or postal address.
    """

    text: str
    sender: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """The account that a text is likely about; an officer confirms it.

    Attributes:
        reference, name: of the account.
        person_id: whose name, e-mail address or number it was found by.
        words: what it was found by, to be shown: `the payment reference 0012 4471 03`.
        others: so many other accounts fit as well.
    """

    account_id: int
    reference: str
    name: str
    found_by: FoundBy
    words: str
    person_id: int | None = None
    others: int = 0
