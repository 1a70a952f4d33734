"""Requests for approval as they are made, listed and decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import ApprovalState, Money, Subject
from app.services.core.changes import Changes
from app.services.documents.dto import DocumentRow

Payload = Mapping[str, object]
"""What a kind needs to carry its request out: JSON values, digested when asked so that what is approved is what was seen."""


class View(StrEnum):
    """The parts of the queue."""

    FOR_ME = "for_me"
    MINE = "mine"
    WAITING = "waiting"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What an officer asks another to approve.

    Attributes:
        kind: the key of a registered `ApprovalKind`.
        summary: one line for the queue, without anybody's name where it can be helped (at most 200 characters).
        reason: why, in the officer's words (at most 1,000 characters).
        payload: what the kind needs to carry it out (JSON values, at most 4,000 characters as JSON).
        total, largest, count: the batch's sum, its largest line (absolute pence) and its lines, for the limits.
        chain: requests with the same chain are linked steps: nobody decides on two of them, or on what they asked for.
        evidence: ids of document links shown beside it; each is linked to the request too.
    """

    kind: str
    subject: Subject
    subject_id: int
    summary: str
    reason: str
    payload: Payload
    total: Money | None = None
    largest: Money | None = None
    count: int = 1
    chain: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of what a request will change: a label, as it is, as it will be."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as listed; moments are UTC.

    Attributes:
        decided_for: whose delegated approvals the decider used, if not their own.
        expires_on: the last day on which it may be approved.
        expired: that day has gone by and it still waits.
        digest: what it says, for `approve(seen=...)`.
        own: the officer who looks asked for it.
        may_decide: they may approve it; if not, `why_not` says why in a sentence.
        may_refuse: they may refuse it or, while it waits, return it for change, whatever their money limits.
        acting_for: the delegation under which they may decide: "for Demo Team Leader, delegated until 30 Nov 2026".
    """

    request_id: int
    kind: str
    kind_title: str
    subject: Subject
    subject_id: int
    summary: str
    reason: str
    state: ApprovalState
    total: Money | None
    count: int
    asked_by: str
    asked_at: datetime
    expires_on: date
    expired: bool
    decided_by: str
    decided_for: str
    decided_at: datetime | None
    decision: str
    digest: str
    own: bool
    may_decide: bool
    may_refuse: bool
    acting_for: str
    why_not: str


class DecidedSort(StrEnum):
    """What decided requests are sorted by."""

    DECIDED = "decided"
    SUMMARY = "summary"
    KIND = "kind"
    TOTAL = "total"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class DecidedFilter:
    """Which decided requests are listed; what is left empty doesn't matter.

    Attributes:
        text: words that must all be in what was asked for or in its reason.
        mine: True for what the officer who looks asked for, False for what others did.
        days: decided in so many days up to now.
    """

    text: str = ""
    kinds: frozenset[str] = frozenset()
    states: frozenset[ApprovalState] = frozenset()
    mine: bool | None = None
    days: int | None = None


EVERY_DECIDED = DecidedFilter()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request's trail; `acting_for` is whose approvals were used by delegation."""

    at: datetime
    officer: str
    acting_for: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request as opened.

    Attributes:
        details: what it changes, as it stood when it was asked.
        overtaken: what has changed since, a sentence each; it can't be approved then.
        trail: its steps, the first one first.
        evidence: the documents beside it.
        deciders: the officers who may decide on it now, by name.
    """

    row: RequestRow
    details: tuple[Detail, ...]
    overtaken: tuple[str, ...]
    trail: tuple[Step, ...]
    evidence: tuple[DocumentRow, ...]
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many requests of one kind a part of the queue holds, and the sum of those about money."""

    kind: str
    title: str
    count: int
    total: Money | None


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue: its requests (the oldest first while they wait, else the latest first) and its counts.

    Attributes:
        views: how many requests each part holds; decided ones are not counted.
        more: there are decided requests beyond those listed.
    """

    rows: tuple[RequestRow, ...]
    kinds: tuple[KindCount, ...]
    views: Mapping[View, int]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that could not be approved, and why; it waits as it did."""

    request_id: int
    summary: str
    message: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of some requests."""

    done: tuple[int, ...]
    refused: tuple[Refusal, ...]
    changes: Changes
