"""Cases about Direct Debits, as they cross layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.models.values import DebitCaseKind, DebitCaseOutcome, DebitCaseState, Money
from app.services.core.changes import Changes

AREAS: Final = frozenset({"direct_debits", "diary"})
KINDS: Final[Mapping[DebitCaseKind, str]] = {
    DebitCaseKind.INDEMNITY: "Claim under the Guarantee",
    DebitCaseKind.BANK_QUERY: "Query of a bank",
    DebitCaseKind.OUR_ERROR: "Our mistake",
}
STATES: Final[Mapping[DebitCaseState, str]] = {
    DebitCaseState.OPEN: "Open",
    DebitCaseState.CHALLENGED: "Challenged",
    DebitCaseState.CLOSED: "Closed",
}
OUTCOMES: Final[Mapping[DebitCaseOutcome, str]] = {
    DebitCaseOutcome.ACCEPTED: "The claim was right",
    DebitCaseOutcome.WON: "The bank took the claim back",
    DebitCaseOutcome.LOST: "Challenged in vain",
    DebitCaseOutcome.REFUNDED: "Paid back",
    DebitCaseOutcome.ANSWERED: "Answered",
    DebitCaseOutcome.MISTAKE: "There was no case",
}


class CaseView(StrEnum):
    """Which cases the list shows. CLOCK: open claims that can still be challenged; TO_POST: the bank has the money by now."""

    OPEN = "open"
    CLOCK = "clock"
    TO_POST = "to_post"
    CLOSED = "closed"


class CaseAct(StrEnum):
    """What may be done with a case next."""

    CHALLENGE = "challenge"
    CLOSE = "close"
    NOTE = "note"
    LETTER = "letter"
    POST = "post"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that an officer opens.

    Attributes:
        entry_key: the same key never opens two cases.
        words: what it is about.
        collections: those that it is of.
        amount: what is in dispute; None: what the collections come to.
        told_on: the day of the advice or the call, from which the days of a claim count.
        bank_reference: of the paying bank.
        note: of the call; kept among the notes of the case.
    """

    entry_key: str
    kind: DebitCaseKind
    mandate_id: int
    words: str
    told_on: date
    collections: tuple[int, ...] = ()
    amount: Money | None = None
    bank_reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChallengeCase:
    """A claim is challenged: `words` are what the bank was told, and with what evidence."""

    case_id: int
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class CloseCase:
    """A case is closed, with what came of it."""

    case_id: int
    version: int
    outcome: DebitCaseOutcome
    words: str


@dataclass(frozen=True, slots=True)
class WriteToBank:
    """A letter to a bank or building society about a case: what we ask or tell, and where it goes (the postcode last)."""

    case_id: int
    bank: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class CaseSaved:
    """What was done with a case, as a sentence."""

    case_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class PostedClaim:
    """What the bank took for a case, and the journal that took it off the accounts."""

    number: int
    journal: int
    pence: int


@dataclass(frozen=True, slots=True)
class LeftClaim:
    """A claim whose money the bank has, and that couldn't be taken off the accounts; why, as a sentence."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class ClaimsPosted:
    """The claims that were posted now, those that were left, and that as a sentence."""

    posted: tuple[PostedClaim, ...]
    left: tuple[LeftClaim, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as listed.

    Attributes:
        account_id: of its mandate; None where the officer may not open it.
        reference: of the mandate; `payer` is masked where the account is restricted.
        to_post: the bank has taken the money by now, and it isn't on the accounts yet.
        days_left: working days of Bacs to challenge a claim, today included; None where nothing can be challenged any more.
    """

    case_id: int
    number: int
    kind: DebitCaseKind
    state: DebitCaseState
    outcome: DebitCaseOutcome | None
    mandate_id: int
    account_id: int | None
    reference: str
    payer: str
    words: str
    amount: Money
    opened_on: date
    challenge_by: date | None
    debit_on: date | None
    closed_on: date | None
    officer: str
    journal: int | None
    to_post: bool
    days_left: int | None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """Something that happened to a case or its mandate, for the card and the evidence: nothing of it tells bank details."""

    on: date
    what: str
    words: str
    amount: Money | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case with what happened, the latest first, and what may be done next."""

    row: CaseRow
    version: int
    reason_code: str
    bank_reference: str
    outcome_words: str
    back_journal: int | None
    trail: tuple[TrailLine, ...]
    may: frozenset[CaseAct]
    documents: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """A collection that a case may be of."""

    collection_id: int
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the sheet of a new case begins with: its mandate, and the collections of it that were posted, the latest first."""

    mandate_id: int
    reference: str
    payer: str
    bank_name: str
    collections: tuple[Disputed, ...]
