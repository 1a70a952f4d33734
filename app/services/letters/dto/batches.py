"""Letters to many accounts together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.services.exports.letter.dto import Variant
from app.services.letters.dto.outgoing import OutgoingState
from app.services.letters.dto.wordings import TemplateRow


class BatchState(StrEnum):
    """Where a batch stands; one that stopped is carried on when it is asked for again."""

    MAKING = "making"
    STOPPED = "stopped"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Letters of one template to many accounts.

    Attributes:
        title: what the office calls it; empty takes the template's title.
        again: make the same batch once more.
    """

    template: str
    account_ids: tuple[int, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    letter_date: date | None = None
    title: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class BatchBegun:
    """A batch that may go on; `carried_on` says that it had stopped before."""

    batch_id: int
    carried_on: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """An account that a batch leaves out (`stops`), or one to look at."""

    account_id: int
    reference: str
    name: str
    what: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a batch would make, before anything is made.

    Attributes:
        concerns: those left out first.
        variants: how many in each form.
        samples: accounts to look at before: one of each form and the longest address.
    """

    template: TemplateRow
    count: int
    concerns: tuple[Concern, ...]
    variants: tuple[tuple[Variant, int], ...]
    samples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as listed."""

    batch_id: int
    title: str
    state: BatchState
    asked_by: str
    asked_at: datetime
    made: int
    left_out: int
    waiting: int
    to_do: int


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch made; `carried_on`: it took up one that had stopped."""

    batch_id: int
    made: int
    left_out: int
    carried_on: bool
    state: OutgoingState
