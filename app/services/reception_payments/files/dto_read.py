"""A file of receipts as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.models.values import Money
from app.services.imports.dto import Mistake
from app.services.reception_payments.files.layouts import Profile


class ReadLine(NamedTuple):
    """A payment as its line says it (a tuple: a file has fifty thousand).

    Attributes:
        place: its line in the file.
        reference, second: as they are looked up.
        given: the reference as it was written.
        pence: what came in; less than nothing of one that goes back.
        once: the line's fingerprint and which time the file says it.
    """

    place: int
    reference: str
    second: str
    given: str
    code: str
    pence: int
    paid_on: date
    payer: str
    narrative: str
    marker: str
    once: str


@dataclass(frozen=True, slots=True)
class Control:
    """How many payments there are, and what they come to; None where nobody says."""

    count: int | None = None
    total: Money | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer says of a file before it is read.

    Attributes:
        paid_on: the day of every line, where the profile has no column for it.
        declared: the number of payments and their sum, as whoever sent the file says.
    """

    paid_on: date | None = None
    declared: Control = Control()


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file, read whole; nothing of it is kept yet.

    Attributes:
        declared: as its trailer says, or as it was typed.
        mistakes: what has to be put right before it is loaded; with one of them nothing of it is.
        cards: lines that hold what looks like a card number: with one of them the file waits, and nothing of it is kept.
        passed_over: how many lines were no receipts, or came to nothing.
    """

    name: str
    sha256: str
    content: bytes
    profile: Profile
    lines: tuple[ReadLine, ...]
    declared: Control
    mistakes: tuple[Mistake, ...] = ()
    cards: tuple[int, ...] = ()
    passed_over: int = 0

    @property
    def total(self) -> Money:
        """What its lines come to."""
        return Money(sum(line.pence for line in self.lines))


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A line as a layout reads it."""

    place: int
    given: str
    reference: str
    code: str
    amount: Money
    paid_on: date
    payer: str
    narrative: str
    marker: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a layout makes of a file.

    Attributes:
        dates: the ways to write a day that fit every one that was looked at, by their examples.
        told: what it comes to, a sentence each.
    """

    file_name: str
    lines: tuple[SampleLine, ...]
    mistakes: tuple[Mistake, ...]
    dates: tuple[str, ...]
    told: tuple[str, ...]
