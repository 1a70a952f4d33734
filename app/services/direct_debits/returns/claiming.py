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


Opener = Callable[[Context, NewClaim], int]
_openers: list[Opener] = []


def register(opener: Opener) -> None:
    """Plug in what opens a case and returns its id; a second time changes nothing."""
    if opener not in _openers:
        _openers.append(opener)


def open_claim(ctx: Context, claim: NewClaim) -> int:
    """Open the case of a claim; returns its id."""
    plugs.fill(SLOT)
    return _openers[0](ctx, claim)
