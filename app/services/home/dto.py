"""What the home page shows: cards of lines, and the figures behind its charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import Money, Subject


class Tone(StrEnum):
    """How a line is coloured, besides what its words say."""

    PLAIN = ""
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Opens:
    """What a line of a card opens.

    Attributes:
        area: the tab, by the name of its folder.
        wanted: what its page is asked to list; None for the page as it is.
        subject, subject_id: a record to show instead.
    """

    area: str = ""
    wanted: object = None
    subject: Subject | None = None
    subject_id: int = 0


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: what it is about, how it stands, and what opens when it is chosen."""

    title: str
    words: str
    tone: Tone = Tone.PLAIN
    opens: Opens | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Current tenants' rent accounts that owe from `at_least` to less than `below` pounds (no end: and more)."""

    at_least: Money
    below: Money | None
    accounts: int
    owed: Money


@dataclass(frozen=True, slots=True)
class Week:
    """A rent week, by its Monday: what was charged and what came in."""

    week: date
    charged: Money
    received: Money


@dataclass(frozen=True, slots=True)
class Load:
    """The open tasks of one officer (or of a team, or of nobody): how many are overdue and how many aren't.

    `officer_id` is None for a team's and nobody's.
    """

    name: str
    officer_id: int | None
    overdue: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The three charts: arrears by band, charged and received by week, tasks by officer."""

    arrears: tuple[Band, ...]
    weeks: tuple[Week, ...]
    workload: tuple[Load, ...]
