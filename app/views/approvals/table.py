"""The columns of the queue: its parts, its kinds, and the requests."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import ApprovalState
from app.services.approvals.dto import KindCount, Refusal, RequestRow, Step, View
from app.views.common import formats
from app.views.common.columns import Column, money_column

_TONES = {ApprovalState.APPROVED: "good", ApprovalState.REFUSED: "bad", ApprovalState.RETURNED: "warning"}


@dataclass(frozen=True, slots=True)
class ViewCount:
    """A part of the queue and how many requests it holds; decided ones are not counted."""

    view: View
    title: str
    count: int | None


PARTS = {
    View.FOR_ME: "Waiting for me",
    View.MINE: "Asked by me",
    View.WAITING: "All that waits",
    View.DECIDED: "Decided",
}
"""The parts of the queue in their order."""

VIEWS: tuple[Column[ViewCount], ...] = (
    Column("title", "Queue", lambda row: row.title, 130),
    Column("count", "", lambda row: row.count, 44, right=True),
)

KINDS: tuple[Column[KindCount], ...] = (
    Column("title", "Kind", lambda row: row.title, 120),
    Column("count", "", lambda row: row.count, 44, right=True),
)


def state_of(row: RequestRow) -> str:
    """Its state in a word, as a column says it."""
    return "Expired" if row.expired else formats.words(row.state)


def _state_in_list(row: RequestRow) -> str | None:
    """Its state where it says more than the queue that it is listed in: of colleagues' requests, not that they wait."""
    waits = row.state is ApprovalState.WAITING and not row.expired and not row.own
    return None if waits else state_of(row)


def asked_on(row: RequestRow) -> str:
    """The day on which it was asked; the moment is in its trail."""
    return formats.day(row.asked_at.astimezone().date())


def tone_of(row: RequestRow) -> str:
    """The colour of its state, besides the word."""
    return "warning" if row.expired else _TONES.get(row.state, "")


REQUESTS: tuple[Column[RequestRow], ...] = (
    Column("summary", "What", lambda row: row.summary, 250, floor=180),
    Column("kind", "Kind", lambda row: row.kind_title, 140, firm=True, least=760),
    money_column("total", "Total", lambda row: row.total, 90),
    Column("asked_by", "Asked by", lambda row: row.asked_by, 156, firm=True, least=400),
    Column("asked_at", "Asked", lambda row: row.asked_at, 96, shown=asked_on, least=480),
    Column("state", "State", _state_in_list, 84, tone=tone_of),
)

STEPS: tuple[Column[Step], ...] = (
    Column("at", "When", lambda row: row.at, 132),
    Column("officer", "Who", lambda row: row.officer + (f", for {row.acting_for}" if row.acting_for else ""), 170),
    Column("action", "What", lambda row: formats.words(row.action), 100),
    Column("reason", "Why", lambda row: row.reason, 200),
)

REFUSALS: tuple[Column[Refusal], ...] = (
    Column("summary", "What", lambda row: row.summary, 320, floor=200),
    Column("message", "Why it was not approved", lambda row: row.message, 420, floor=260),
)
