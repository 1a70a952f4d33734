"""What is asked of the audit, and a change as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Did(StrEnum):
    """What was done to a record."""

    ADDED = "insert"
    CHANGED = "update"
    REMOVED = "delete"


class AuditSort(StrEnum):
    """The orders that the audit is listed in."""

    AT = "at"
    OFFICER = "officer"
    KIND = "kind"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which changes are asked for; every part narrows it.

    Attributes:
        officer_id: who changed it.
        kind: the kind of record, by its table.
        first_on, last_on: days at the office, both included.
        account: a payment reference: changes of that account and of all that hangs on it.
        record: one record, by table and row key: its whole history.
    """

    officer_id: int | None = None
    kind: str = ""
    action: Did | None = None
    first_on: date | None = None
    last_on: date | None = None
    account: str = ""
    record: tuple[str, str] | None = None


EVERYTHING = AuditFilter()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change, in plain words; before is empty where the record is new, after where it is gone."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change as listed.

    Attributes:
        at: UTC.
        kind: the kind of record in plain words.
        record: which record, in plain words.
        summary: what changed, in one line.
        fields: each field that changed.
        bulk: a set-based change, told by its count.
        record_key: the table and row by which the record's whole history is asked for; None for a bulk change.
        account_id: the account that it belongs to, if it does.
    """

    id: int
    at: datetime
    officer: str
    action: str
    kind: str
    record: str
    summary: str
    fields: tuple[FieldChange, ...]
    bulk: bool
    record_key: tuple[str, str] | None
    account_id: int | None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the filters offer: officers by id, and kinds of record by table, each with its words."""

    officers: tuple[tuple[int, str], ...]
    kinds: tuple[tuple[str, str], ...]
