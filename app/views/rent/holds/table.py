"""The columns of the register of holds."""

from __future__ import annotations

from app.services.holds.dto import KINDS, HoldRow
from app.services.holds.rules import listed
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names

HOLDS: tuple[Column[HoldRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 104, firm=True),
    Column("name", "Name", lambda row: row.name, 160, shorter=lambda row: shorter_names(row.name)),
    Column("kind", "Why", lambda row: KINDS[row.kind], 140),
    Column("stops", "Stops", lambda row: listed(row.stops), 230),
    Column("from_on", "From", lambda row: row.from_on, 94, least=850),
    Column("to_on", "Until", lambda row: row.to_on or "released", 94),
    Column("review_on", "Look by", lambda row: row.review_on, 94, least=950),
    Column("case", "Case", lambda row: row.case, 100, least=800),
    Column("reason", "Reason", lambda row: row.released or row.reason, 180, least=1050),
    Column("placed_by", "Placed by", lambda row: row.placed_by, 110, least=1150),
    money_column("balance", "Balance", lambda row: row.balance, 104, balance=True),
)
