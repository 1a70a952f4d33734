"""What may be done with a case, and how it may end; the days are of `keeping`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.models.values import DebitCaseKind, DebitCaseOutcome, DebitCaseState
from app.services.direct_debits.cases.dto import CaseAct

ENDS: Final[Mapping[DebitCaseKind, tuple[DebitCaseOutcome, ...]]] = {
    DebitCaseKind.INDEMNITY: (
        DebitCaseOutcome.ACCEPTED,
        DebitCaseOutcome.WON,
        DebitCaseOutcome.LOST,
        DebitCaseOutcome.MISTAKE,
    ),
    DebitCaseKind.BANK_QUERY: (DebitCaseOutcome.ANSWERED, DebitCaseOutcome.MISTAKE),
    DebitCaseKind.OUR_ERROR: (DebitCaseOutcome.REFUNDED, DebitCaseOutcome.ANSWERED, DebitCaseOutcome.MISTAKE),
}
"""How a case of each kind may end."""
GIVEN_BACK: Final = frozenset({DebitCaseOutcome.WON, DebitCaseOutcome.MISTAKE})
"""Ends of a claim after which the bank keeps nothing."""


def owed_to_bank(kind: DebitCaseKind, outcome: DebitCaseOutcome | None) -> bool:
    """Whether the bank takes the money of a case, or keeps it: a claim, unless it was taken back."""
    return kind is DebitCaseKind.INDEMNITY and outcome not in GIVEN_BACK


def may(
    kind: DebitCaseKind, state: DebitCaseState, challenge_by: date | None, today: date, *, to_post: bool
) -> frozenset[CaseAct]:
    """What may be done next with a case, by whoever may."""
    found = {CaseAct.NOTE, CaseAct.LETTER}
    if to_post:
        found.add(CaseAct.POST)
    if state is DebitCaseState.CLOSED:
        return frozenset(found)
    found.add(CaseAct.CLOSE)
    if kind is DebitCaseKind.OUR_ERROR:
        found.add(CaseAct.REFUND)
    if state is DebitCaseState.OPEN and challenge_by is not None and today <= challenge_by:
        found.add(CaseAct.CHALLENGE)
    return frozenset(found)
