"""The columns of endings and of voids."""

from __future__ import annotations

from app.services.tenancies.endings.dto import REASONS, STATES, EndingRow
from app.services.tenancies.voids.dto import REASONS as VOIDS
from app.services.tenancies.voids.dto import VoidRow
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names


def _urgent(row: EndingRow) -> str:
    return "bad" if "overdue" in row.next_step else "warning" if row.next_step else ""


ENDINGS: tuple[Column[EndingRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 104, firm=True),
    Column("name", "Name", lambda row: row.name, 190, floor=165, shorter=lambda row: shorter_names(row.name)),
    Column("address", "Address", lambda row: row.address, 210, floor=190),
    Column("ends_on", "Last day", lambda row: row.ends_on, 94),
    Column("next", "Next step", lambda row: row.next_step, 250, tone=_urgent, floor=210),
    Column("reason", "Reason", lambda row: REASONS[row.reason], 150, floor=125, least=900),
    Column("notice", "Notice", lambda row: row.notice_on, 94, least=1000),
    Column("keys", "Keys back", lambda row: formats.moment(row.keys_returned_at), 140, least=950, firm=True),
    Column("late", "Late weeks", lambda row: row.late_weeks or None, 90, right=True, spare=True),
    Column(
        "benefit",
        "Benefit",
        lambda row: "to give back" if row.overpaid else "",
        92,
        tone=lambda row: "warning" if row.overpaid else "",
        least=1050,
    ),
    Column("state", "State", lambda row: STATES[row.state], 120, spare=True),
    money_column("balance", "Balance", lambda row: row.balance, 104, balance=True, total=True),
)

EMPTY: tuple[Column[VoidRow], ...] = (
    Column("reference", "Property", lambda row: row.reference, 84, firm=True),
    Column("address", "Address", lambda row: row.address, 260),
    Column("area", "Area", lambda row: row.area, 120, least=1100),
    Column("since", "Empty since", lambda row: row.since, 98),
    Column("days", "Days", lambda row: row.days, 60, right=True),
    Column(
        "reason",
        "Reason",
        lambda row: VOIDS[row.reason] if row.reason else "None given",
        130,
        tone=lambda row: "" if row.reason else "warning",
        floor=120,
    ),
    Column("reason_since", "Reason since", lambda row: row.reason_since, 108, least=950),
    Column("note", "Note", lambda row: row.note, 180, least=1000),
    Column("let_on", "Let from", lambda row: row.let_on, 94, least=1050),
    money_column("weekly", "Void a week", lambda row: row.weekly, 96, total=True),
    money_column("lost", "Lost so far", lambda row: row.lost, 100, total=True),
)
