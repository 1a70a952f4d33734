"""Requests for approval as they are made, listed and decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.values import Money, Subject

Payload = Mapping[str, object]
"""What a kind needs to carry its request out: JSON values, digested when asked so that what is approved is what was seen."""


class ApprovalState(StrEnum):
    """How far a request has come."""

    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What an officer asks another to approve.

    Attributes:
        kind: the key of a registered `ApprovalKind`.
        summary: one line for the queue, without anybody's name where it can be helped.
        reason: why, in the officer's words.
        payload: what the kind needs to carry it out.
        total, largest, count: the batch's sum, its largest line (absolute pence) and its lines, for the limits.
        chain: requests with the same chain are linked steps: nobody decides on two of them, or on what they asked for.
        evidence: ids of document links shown beside it.
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
        own: the officer who looks asked for it.
        may_decide: they may decide on it; if not, `why_not` says why in a sentence.
    """

    request_id: int
    kind: str
    kind_title: str
    summary: str
    reason: str
    state: ApprovalState
    total: Money | None
    count: int
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str
    own: bool
    may_decide: bool
    why_not: str
