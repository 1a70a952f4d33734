"""How a claim under the Direct Debit Guarantee becomes a case: the area of cases, which lies above, plugs it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.core import plugs
from app.services.core.context import Context

SLOT: Final = "claims"


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim as the bank tells it.

    Attributes:
        entry_key: the same key never opens two cases.
        collections: those that it is of, and how many pence of each; empty where none is found.
        others: collections that it names and that it can't be of: they came back, are claimed already, or aren't posted.
        others_words: those, in sentences.
        told_on: the day of the advice, from which the days to challenge count.
        debit_on: the day on which the bank takes the money; None where it doesn't say.
        pence: of the whole claim.
        bank_reference: the paying bank's own.
    """

    entry_key: str
    mandate_id: int
    collections: tuple[tuple[int, int], ...]
    told_on: date
    debit_on: date | None
    reason_code: str
    words: str
    pence: int
    bank_reference: str = ""
    others: tuple[int, ...] = ()
    others_words: str = ""


@dataclass(frozen=True, slots=True)
class EndedClaim:
    """A claim that the bank took back; `pence` is None where the bank doesn't say how much."""

    mandate_id: int
    bank_reference: str
    pence: int | None


@dataclass(frozen=True, slots=True)
class OfCase:
    """The case that a claim began, joined or ended, and that as a sentence."""

    case_id: int
    told: str


Opener = Callable[[Context, NewClaim], OfCase]
Ender = Callable[[Context, EndedClaim], OfCase | None]
_plugged: list[tuple[Opener, Ender]] = []


def register(opener: Opener, ender: Ender) -> None:
    """Plug in what opens a case, and what ends one; a second time changes nothing."""
    if (opener, ender) not in _plugged:
        _plugged.append((opener, ender))


def open_claim(ctx: Context, claim: NewClaim) -> OfCase:
    """Open the case of a claim, or join the one that stands about it."""
    plugs.fill(SLOT)
    return _plugged[0][0](ctx, claim)


def end_claim(ctx: Context, ended: EndedClaim) -> OfCase | None:
    """End the case of a claim that the bank took back; None where none is found for sure."""
    plugs.fill(SLOT)
    return _plugged[0][1](ctx, ended)
