"""Visits and calls, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import VisitKind


@dataclass(frozen=True, slots=True)
class NewContact:
    """A visit or call that is over as it is logged, such as a question for the balance.

    Attributes:
        reason: the key of a reason.
        told: they proved who they are, and were told of the account.
        words: what came of it.
    """

    reason: str
    kind: VisitKind
    account_id: int | None = None
    person_id: int | None = None
    desk_id: int | None = None
    told: bool = False
    words: str = ""
