"""Write-offs as they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.values import Money, WriteBackCause
from app.services.documents.dto import NewFile


@dataclass(frozen=True, slots=True)
class NewCase:
    """A debt that is put forward to be written off.

    Attributes:
        amounts: what is written off on each account of the tenancy.
        trace: who looked for the debtor, when and with what result; empty where nobody has.
        joint_pursued: whoever else is liable has been pursued first.
        acknowledged_on: the day of the last written acknowledgement of the debt.
        deficit: it would put the fund into deficit, so that full council decides.
        note: in the officer's own words.
        evidence: ids of document links, each linked to the case.
        files: more documents, kept with a new case in the same transaction.
    """

    entry_key: str
    tenancy_id: int
    reason: str
    amounts: Mapping[int, Money]
    trace: str = ""
    joint_pursued: bool = False
    acknowledged_on: date | None = None
    deficit: bool = False
    note: str = ""
    evidence: tuple[int, ...] = ()
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedCase:
    """A case as the sheet asks for it: of one account, or of everything owed under its tenancy.

    Attributes:
        amount: on that account; None: all that is owed there.
        files: how many documents come with it.
        whole: every account of the tenancy with all that is owed on it; `amount` is left aside then.

    The rest is as `NewCase` has it.
    """

    entry_key: str
    account_id: int
    reason: str
    amount: Money | None = None
    whole: bool = False
    files: int = 0
    trace: str = ""
    joint_pursued: bool = False
    acknowledged_on: date | None = None
    deficit: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """Cases that are put forward together."""

    entry_key: str
    title: str
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewAuthority:
    """Where somebody outside Rentbook decided: the minute and its day."""

    schedule_id: int
    minute: str
    decided_on: date
    version: int


@dataclass(frozen=True, slots=True)
class NewWriteBack:
    """A written-off debt that is to come back whole; `cause` says why."""

    write_off_id: int
    cause: WriteBackCause
    reason: str
