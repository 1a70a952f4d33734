"""The columns of the queue: its parts, its kinds, and the requests."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.models.values import ApprovalState
from app.services.approvals.dto import EVERY_DECIDED, DecidedSort, KindCount, Refusal, RequestRow, Step, View
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec

_SETTLED = (ApprovalState.APPROVED, ApprovalState.REFUSED, ApprovalState.WITHDRAWN)
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
    Column("title", "Kind", lambda row: row.title, 120, floor=120),
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
    Column("summary", "What", lambda row: row.summary, 310, floor=290),
    Column("kind", "Kind", lambda row: row.kind_title, 140, firm=True, least=760),
    money_column("total", "Total", lambda row: row.total, 90),
    Column("asked_by", "Asked by", lambda row: row.asked_by, 142, firm=True, least=400),
    Column("asked_at", "Asked", lambda row: row.asked_at, 96, shown=asked_on, least=480),
    Column("state", "State", _state_in_list, 84, tone=tone_of),
)

DECIDED: TableSpec[RequestRow] = TableSpec(
    key="approvals.decided",
    name="Decided requests",
    noun=("request", "requests"),
    columns=(
        Column(
            DecidedSort.DECIDED,
            "Decided",
            lambda row: row.decided_at,
            96,
            shown=lambda row: formats.day(row.decided_at.astimezone().date()) if row.decided_at else "",
            sorts=True,
            holds=Holds.MOMENT,
            firm=True,
        ),
        Column(DecidedSort.SUMMARY, "What", lambda row: row.summary, 250, sorts=True, floor=180),
        Column(DecidedSort.KIND, "Kind", lambda row: row.kind_title, 140, sorts=True, spare=True),
        money_column(DecidedSort.TOTAL, "Total", lambda row: row.total, 90, sorts=True),
        Column("asked_by", "Asked by", lambda row: row.asked_by, 140, spare=True),
        Column("decided_by", "Decided by", lambda row: row.decided_by, 140, spare=True),
        Column(DecidedSort.STATE, "State", state_of, 90, sorts=True, tone=tone_of, firm=True),
    ),
    everything=EVERY_DECIDED,
    facets=(
        Facet("kinds", "Kind", many=True),
        Facet("states", "State", tuple(Choice(state, formats.words(state)) for state in _SETTLED), many=True),
        Facet("mine", "Asked by", (Choice(value=True, words="Asked by me"),), plain=True),
        Facet(
            "days",
            "Decided in the last",
            (Choice(7, "Decided in the last 7 days"), Choice(28, "Decided in the last 28 days")),
            plain=True,
        ),
    ),
    find="What was asked for, or why",
    sort=(DecidedSort.DECIDED, True),
    stretch=DecidedSort.SUMMARY,
    nothing="No decided request is like that. Take a filter away, or try fewer words.",
    none="Nothing has been decided yet.\n\nWhat was approved, refused or withdrawn stays here with its trail.",
)

STEPS: tuple[Column[Step], ...] = (
    Column("at", "When", lambda row: row.at, 132),
    Column("officer", "Who", lambda row: row.officer + (f", for {row.acting_for}" if row.acting_for else ""), 170),
    Column("action", "What", lambda row: formats.words(row.action), 100),
    Column("reason", "Why", lambda row: row.reason, 200),
)

REFUSALS: tuple[Column[Refusal], ...] = (
    Column("summary", "What", lambda row: row.summary, 330, floor=330),
    Column("message", "Why it was not approved", lambda row: row.message, 420, floor=260),
)


def side_list(name: str, model: ListModel[ViewCount] | ListModel[KindCount]) -> DataTable:
    """A list at the side, of which one line is chosen."""
    made = DataTable(name, model, stretch="title")
    made.setSelectionMode(DataTable.SelectionMode.SingleSelection)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
