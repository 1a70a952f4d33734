"""The columns of the register of arrangements."""

from __future__ import annotations

from app.models.values import ArrangementState, Frequency
from app.services.arrangements.dto import ArrangementRow, Kept
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

_EVERY = {
    Frequency.WEEKLY: "Weekly",
    Frequency.FORTNIGHTLY: "Fortnightly",
    Frequency.FOUR_WEEKLY: "Four-weekly",
    Frequency.MONTHLY: "Monthly",
}
_KEPT = {
    Kept.NOT_DUE: "Not due yet",
    Kept.KEPT: "Kept",
    Kept.BEHIND: "Behind",
    Kept.BROKEN: "Broken",
    Kept.COMPLETED: "Paid off",
    Kept.UNKNOWN: "Not known",
}
_TONES = {Kept.KEPT: "good", Kept.BEHIND: "warning", Kept.BROKEN: "bad", Kept.COMPLETED: "good"}
_STATES = {
    ArrangementState.BROKEN: "Broken",
    ArrangementState.COMPLETED: "Paid off",
    ArrangementState.CANCELLED: "Cancelled",
}


def how_it_stands(row: ArrangementRow) -> str:
    """Kept or behind while it is in force, then what became of it."""
    return _STATES.get(row.state) or _KEPT[row.kept]


def _tone(row: ArrangementRow) -> str:
    if row.state is ArrangementState.LIVE:
        return _TONES.get(row.kept, "")
    return "bad" if row.state is ArrangementState.BROKEN else ""


ARRANGEMENTS: tuple[Column[ArrangementRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 104, firm=True),
    Column("name", "Name", lambda row: row.name, 200, floor=150, shorter=lambda row: shorter_names(row.name)),
    money_column("amount", "Instalment", lambda row: row.amount, 96),
    Column("every", "How often", lambda row: _EVERY[row.every], 96, firm=True),
    Column("starts_on", "From", lambda row: row.starts_on, 96, least=900),
    Column("ends_on", "Paid off by", lambda row: row.ends_on, 96),
    Column("kept", "State", how_it_stands, 96, tone=_tone, firm=True),
    money_column("short", "Behind", lambda row: row.short or None, 92, total=True),
    money_column("paid", "Paid off", lambda row: row.paid, 96),
    money_column("debt", "Debt", lambda row: row.debt, 100, total=True),
    Column("made_by", "Agreed by", lambda row: row.made_by, 130, least=1000),
    Column("reason", "Why it ended", lambda row: row.state_reason, 220, spare=True),
)
