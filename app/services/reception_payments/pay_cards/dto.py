"""What is ordered of the card supplier, and what the supplier answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from app.models.values import PayCardReason, PayCardState
from app.services.core.changes import Changes
from app.services.imports.dto import Mistake

AREAS: Final = frozenset({"reception_payments", "rent"})

REASONS: Final = {
    PayCardReason.FIRST: "First card",
    PayCardReason.LOST: "Lost",
    PayCardReason.STOLEN: "Stolen",
    PayCardReason.DAMAGED: "Damaged",
    PayCardReason.NAME: "Name changed",
}
STATES: Final = {
    PayCardState.ORDERED: "Ordered",
    PayCardState.IN_FILE: "With the supplier",
    PayCardState.ISSUED: "Issued",
    PayCardState.REFUSED: "Refused by the supplier",
    PayCardState.ENDED: "Ended",
}


@dataclass(frozen=True, slots=True)
class PayCardRow:
    """A card as lists show it; moments are UTC.

    Attributes:
        words: why it was refused or ended.
        shut: a restricted account that the officer may not open; nothing of it is told.
    """

    card_id: int
    reference: str
    account_id: int
    account_reference: str
    account_name: str
    state: PayCardState
    reason: PayCardReason
    ordered_at: datetime
    ordered_by: str
    file_number: int | None
    answered_on: date | None
    ended_on: date | None
    words: str
    shut: bool = False

    @property
    def told(self) -> str:
        """How far it is, and why it was refused or ended."""
        return f"{STATES[self.state]}: {self.words}" if self.words else STATES[self.state]


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which cards are listed: in this state (None: in any), and whose reference, account or name has these words."""

    state: PayCardState | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class OrderForm:
    """An account for which a card may be ordered, and the cards that it has, the newest first.

    Attributes:
        why_not: why none can be ordered now, as a sentence; empty where one can.
        reasons: those that may be given.
    """

    account_id: int
    reference: str
    name: str
    cards: tuple[PayCardRow, ...]
    why_not: str
    reasons: tuple[PayCardReason, ...]


@dataclass(frozen=True, slots=True)
class CardFileRow:
    """A file that was made for the supplier; `made_at` is UTC.

    Attributes:
        waiting: how many of its cards the supplier hasn't answered for.
    """

    file_id: int
    number: int
    count: int
    waiting: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class CardsOrdered:
    """Cards that were ordered, and the accounts for which none was, each with the reason."""

    card_ids: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]
    changes: Changes

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        count = len(self.card_ids)
        done = f"{count:,} {'card' if count == 1 else 'cards'} ordered." if count else "No card ordered."
        return " ".join([done, *(why for _, why in self.refused)])


@dataclass(frozen=True, slots=True)
class CardFileMade:
    """A file for the supplier: its number, how many cards, those that wait because nobody knows where they go."""

    file_id: int
    number: int
    count: int
    waiting: tuple[str, ...]
    changes: Changes

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        done = f"File {self.number} has {self.count:,} {'card' if self.count == 1 else 'cards'}."
        return " ".join([done, *self.waiting])


@dataclass(frozen=True, slots=True)
class AnsweredCard:
    """A row of the supplier's answer."""

    row: int
    reference: str
    issued: bool
    words: str
    on: date | None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """The supplier's answer, read whole; with a mistake nothing of it is taken."""

    path: Path
    sha256: str
    rows: tuple[AnsweredCard, ...]
    mistakes: tuple[Mistake, ...]
    means: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """What came of an answer: cards issued and refused, letters queued, and letters that couldn't be."""

    issued: int
    refused: int
    letters: int
    not_written: tuple[str, ...]
    changes: Changes

    @property
    def told(self) -> str:
        """What was done, as a sentence."""
        parts = [
            f"{self.issued:,} issued",
            f"{self.refused:,} refused",
            f"{self.letters:,} {'letter' if self.letters == 1 else 'letters'} queued",
        ]
        return " ".join([f"{', '.join(parts)}.", *self.not_written])
