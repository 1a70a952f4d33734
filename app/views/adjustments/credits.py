"""The columns of the credit list, and how old the credits are in a line."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.adjustments.refunds.dto import CAUSES, STATES, AgeBand, CreditRow
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names


def _refund(row: CreditRow) -> str:
    if row.refund_state is not None:
        return f"Refund {row.refund_number}: {STATES[row.refund_state].lower()}"
    return f"Stopped: {row.held}" if row.held else ""


def _tried(row: CreditRow) -> tuple[str, ...]:
    """The last attempt and its day, without what came of it."""
    return (row.tried.partition(":")[0],)


def _tone(row: CreditRow) -> str:
    return "bad" if row.held and row.refund_state is None else "warning" if row.refund_state is not None else ""


COLUMNS: tuple[Column[CreditRow], ...] = (
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 170, floor=150, shorter=lambda row: shorter_names(row.name)),
    money_column("credit", "Credit", lambda row: row.credit, 100, total=True),
    money_column("kept", "Kept", lambda row: row.kept, 90),
    money_column("refundable", "To refund", lambda row: row.refundable, 100, total=True),
    Column("days", "Days", lambda row: row.days, 70, right=True),
    Column("since", "Since", lambda row: row.since, 110, least=1),
    Column("cause", "Cause", lambda row: CAUSES[row.cause], 130, floor=125),
    Column("tenancy", "Tenancy", lambda row: "Ended" if row.former else "Live", 80, least=2),
    Column("tried", "Tried", lambda row: row.tried, 220, floor=210, least=3, shorter=_tried),
    Column("refund", "Refund", _refund, 190, tone=_tone, floor=150),
)


def bands_in_words(bands: Sequence[AgeBand]) -> str:
    """How old the credits are, in a line: `Up to 4 weeks 12, £1,204.50; ...`."""
    return "   ".join(f"{band.title}: {band.count:,}, {band.total}" for band in bands if band.count)
