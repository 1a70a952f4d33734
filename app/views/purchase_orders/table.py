"""The columns and filters of the orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from app.models.values import OrderState
from app.services.purchase_orders.orders.dto import (
    KINDS,
    STATES,
    VIEWS,
    OrderFilter,
    OrderRow,
    OrderSort,
    OrderView,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.facets import Choice, Facet
from app.views.common.paged_table import TableSpec

TONES: Final = {
    OrderState.DRAFT: "warning",
    OrderState.WAITING: "warning",
    OrderState.OPEN: "good",
    OrderState.CLOSED: "muted",
    OrderState.CANCELLED: "muted",
    OrderState.REFUSED: "bad",
    OrderState.WITHDRAWN: "muted",
}
_BRIEF: Final = {OrderState.WAITING: "Waiting"}
_QUICK: Final = tuple(view for view in VIEWS if view is not OrderView.ALL)


@dataclass(frozen=True, slots=True)
class _Views(Facet):
    """The view of the orders: all of them where no other is pressed."""

    def values(self, wanted: Any) -> tuple[Any, ...]:
        """The view; all is none."""
        return () if wanted.view is OrderView.ALL else (wanted.view,)

    def put(self, wanted: Any, value: Any, *, on: bool) -> Any:
        """The filter with this view, or with all."""
        return Facet.put(self, wanted, value if on else OrderView.ALL, on=True)


def year_words(year: int) -> str:
    """A financial year as it is written: `2026/27`."""
    return f"{year}/{(year + 1) % 100:02}"


def wanted_words(row: OrderRow) -> str:
    """By when it is wanted, and how late that is."""
    if row.wanted_on is None:
        return ""
    late = f"  {row.late_days:,} late" if row.late_days > 0 else ""
    return f"{formats.day(row.wanted_on)}{late}"


FACETS: Final = (
    _Views("view", "View", tuple(Choice(view, VIEWS[view], quick=True) for view in _QUICK), plain=True),
    Facet("states", "State", tuple(Choice(state, words) for state, words in STATES.items()), many=True),
    Facet("kinds", "Kind", tuple(Choice(kind, words) for kind, words in KINDS.items()), many=True),
    Facet("category_id", "Category"),
    Facet("year", "Financial year"),
    Facet("made_from", "Raised from", day=True),
    Facet("made_to", "Raised until", day=True),
)
_LINES: tuple[Column[OrderRow], ...] = (
    Column(OrderSort.NUMBER, "Number", lambda row: row.number, 84, sorts=True, firm=True),
    Column(OrderSort.TITLE, "What is ordered", lambda row: row.title, 200, sorts=True, floor=150),
    Column(
        OrderSort.SUPPLIER,
        "Supplier",
        lambda row: row.supplier,
        160,
        shown=lambda row: row.supplier or "not chosen yet",
        tone=lambda row: "" if row.supplier else "muted",
        sorts=True,
        floor=110,
    ),
    Column(
        OrderSort.STATE,
        "State",
        lambda row: STATES[row.state],
        130,
        tone=lambda row: TONES[row.state],
        sorts=True,
        floor=80,
        shorter=lambda row: (_BRIEF.get(row.state, STATES[row.state]),),
    ),
    Column(
        OrderSort.WANTED,
        "Wanted by",
        lambda row: row.wanted_on,
        130,
        shown=wanted_words,
        tone=lambda row: "bad" if row.late_days > 0 else "",
        sorts=True,
        holds=Holds.DATE,
        least=2,
    ),
    Column(OrderSort.NET, "Net", lambda row: row.net, 92, right=True, sorts=True, holds=Holds.POUNDS, total=True),
    Column("left", "To come", lambda row: row.left, 92, right=True, holds=Holds.POUNDS, total=True, least=1),
    Column("to_invoice", "To be invoiced", lambda row: row.to_invoice, 100, right=True, holds=Holds.POUNDS, least=4),
    Column("made_by", "Raised by", lambda row: row.made_by, 120, least=5),
    Column(OrderSort.MADE, "Raised", lambda row: row.made_on, 92, sorts=True, holds=Holds.DATE, least=3),
    Column("kind", "Kind", lambda row: KINDS[row.kind], 90, spare=True),
    Column("category", "Category", lambda row: row.category, 130, spare=True),
    Column("year", "Year", lambda row: year_words(row.year), 72, spare=True),
    Column("approved_on", "Approved", lambda row: row.approved_on, 92, holds=Holds.DATE, spare=True),
    Column("sent_on", "Sent", lambda row: row.sent_on, 92, holds=Holds.DATE, spare=True),
    Column("vat", "VAT", lambda row: row.vat, 84, right=True, holds=Holds.POUNDS, spare=True),
    Column("finance_number", "Finance system", lambda row: row.finance_number, 100, spare=True),
)
SPEC: TableSpec[OrderRow] = TableSpec(
    key="purchase_orders.orders",
    name="Orders",
    noun=("order", "orders"),
    columns=_LINES,
    everything=OrderFilter(),
    facets=FACETS,
    find="Number, what is ordered or supplier",
    sort=(OrderSort.MADE, True),
    stretch=OrderSort.TITLE,
    nothing="No order is like that. Take a filter away, or try fewer words.",
    none="Nothing is ordered yet. Ctrl+Enter raises a requisition.",
    balance=False,
)
