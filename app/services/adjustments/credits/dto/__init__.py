"""Attempts to give a credit back, letters about credits and refunds, and written-on credits that are claimed."""

from app.services.adjustments.credits.dto.attempts import (
    LETTERS,
    OUTCOMES,
    WAYS,
    AccountAttempts,
    Answered,
    AttemptRow,
    NewAttempt,
    Saved,
    Tried,
    said,
)
from app.services.adjustments.credits.dto.claims import Claimed, WrittenOnRow
from app.services.adjustments.credits.dto.letters import CreditLetter, LetterForm, Written
from app.services.adjustments.credits.dto.proposals import Proposal, PutForward
from app.services.adjustments.credits.dto.unclaimed import Unclaimed

__all__ = [
    "LETTERS",
    "OUTCOMES",
    "WAYS",
    "AccountAttempts",
    "Answered",
    "AttemptRow",
    "Claimed",
    "CreditLetter",
    "LetterForm",
    "NewAttempt",
    "Proposal",
    "PutForward",
    "Saved",
    "Tried",
    "Unclaimed",
    "Written",
    "WrittenOnRow",
    "said",
]
