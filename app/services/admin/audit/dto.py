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
        text: a payment reference: changes of that account and of all that hangs on it; or the beginning of an officer's
            name: changes of their own record, roles and limits.
        officer_id: who changed it.
        kind: the kind of record, by its table.
        first_on, last_on: days at the office, both included.
        record: one record, as `table|row key`: its whole history.
    """

    text: str = ""
    officer_id: int | None = None
    kind: str | None = None
    action: Did | None = None
    first_on: date | None = None
    last_on: date | None = None
    record: str | None = None


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
        record_key: by which the record's whole history is asked for (`AuditFilter.record`); None for a bulk change.
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
    record_key: str | None
    account_id: int | None


@dataclass(frozen=True, slots=True)
class AuditChoices:
    """What the filters offer: officers by id, and kinds of record by table, each with its words."""

    officers: tuple[tuple[int, str], ...]
    kinds: tuple[tuple[str, str], ...]
