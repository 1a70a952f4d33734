"""Cases as they are opened, changed, ended and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.models.values import AccountKind, CaseEnd, HoldKind, Money, Stop
from app.services.core.changes import Changes

ENDS: Final[Mapping[CaseEnd, str]] = {
    CaseEnd.RAN_OUT: "It ran its time",
    CaseEnd.CANCELLED: "Cancelled by the adviser or the court",
    CaseEnd.DEBT_SOLUTION: "Another debt solution took its place",
    CaseEnd.DISCHARGED: "Discharged",
    CaseEnd.COMPLETED: "The arrangement was completed",
    CaseEnd.FAILED: "The arrangement failed",
    CaseEnd.ANNULLED: "Annulled or revoked",
    CaseEnd.DIED: "The person died",
    CaseEnd.MISTAKE: "Entered by mistake",
}
"""Why a case ended, as it is listed."""


@dataclass(frozen=True, slots=True)
class CaseDebtor:
    """Somebody who may be in a case: whoever holds or held the tenancy of the account."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class FoundDebt:
    """An account of somebody in the case, as the creditor search finds it.

    Attributes:
        tenancy: the reference and the address; `ended_on`: its last day, where it has ended.
        owed: at the end of the day of the application; a credit is below nought.
        now: the balance today.
        others: who owes it with them and isn't in the case, by name.
        in_case: it is in this case already; `elsewhere`: the reference of another open case that it is in.
    """

    account_id: int
    reference: str
    kind: AccountKind
    tenancy: str
    ended_on: date | None
    owed: Money
    now: Money
    others: tuple[str, ...] = ()
    in_case: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class SearchDebts:
    """What the creditor search is asked: whose accounts, what they owed on which day; `case_id` of a case that there is."""

    person_ids: tuple[int, ...]
    on: date
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case to be opened.

    Attributes:
        person_ids: whom it protects.
        applied_on: debts owed at the end of this day are in it; `notified_on`: when we were told.
        end_on: its last day; None: worked out where it can be, else open.
        named: the accounts that the notice names; `found`: those that our own search found besides.
        stops: None: what is usual for its kind.
        searched: every account of these people was looked through for other debts.
    """

    kind: HoldKind
    reference: str
    person_ids: tuple[int, ...]
    applied_on: date
    notified_on: date
    start_on: date
    named: tuple[int, ...]
    found: tuple[int, ...] = ()
    end_on: date | None = None
    crisis: bool = False
    adviser: str = ""
    note: str = ""
    stops: frozenset[Stop] | None = None
    searched: bool = False


@dataclass(frozen=True, slots=True)
class ChangeCase:
    """What an open case is to be from now on; `found`: accounts that are added to its debts.

    Attributes:
        end_on: its last day; None where it is worked out or open.
        reviewed_on: the day the review was seen to; the next one is worked out.
        told_adviser_on: the day the adviser was told of what the search found.
    """

    case_id: int
    version: int
    reference: str
    adviser: str
    note: str
    end_on: date | None
    treatment_ended_on: date | None = None
    reviewed_on: date | None = None
    told_adviser_on: date | None = None
    searched: bool = False
    found: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EndCase:
    """A case to be ended: `last_on` is the last day that it protected; everything starts again the day after."""

    case_id: int
    version: int
    last_on: date
    reason: CaseEnd
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseSaved:
    """A case that was opened, changed or ended, and a sentence that says so."""

    case_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A debt in a case.

    Attributes:
        at_start: owed at the end of the day of the application; this much is protected.
        now: the balance today; what is owed beyond `at_start` is outside the case.
        named: the notice named it; else our own search found it.
    """

    account_id: int
    reference: str
    kind: AccountKind
    at_start: Money
    now: Money
    named: bool
    added_on: date


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case as opened.

    Attributes:
        unprotected: who owes some of the debts with them and isn't in the case: they may still be asked.
        creditor_until: the last day on which we may ask for a review; None where there is no such right.
        searched_at, searched_by: the creditor search, when and by whom; None and empty before it was made.
    """

    case_id: int
    version: int
    kind: HoldKind
    crisis: bool
    reference: str
    people: tuple[CaseDebtor, ...]
    applied_on: date
    notified_on: date
    start_on: date
    end_on: date | None
    treatment_ended_on: date | None
    review_on: date | None
    reviewed_on: date | None
    creditor_until: date | None
    adviser: str
    note: str
    searched_at: datetime | None
    searched_by: str
    told_adviser_on: date | None
    ended_on: date | None
    end_reason: CaseEnd | None
    debts: tuple[DebtRow, ...]
    stops: tuple[Stop, ...]
    unprotected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the sheet of a case begins with: the account, who may be in it, and the open case that there is."""

    account_id: int
    reference: str
    name: str
    people: tuple[CaseDebtor, ...]
    case: CaseDetail | None = None
