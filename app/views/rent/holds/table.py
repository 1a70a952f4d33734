"""The columns of the register of holds."""

from __future__ import annotations

from app.services.holds.dto import KINDS, STOPS, HoldRow
from app.services.holds.rules import listed
from app.views.common.columns import Column, money_column
from app.views.common.short_names import shorter_names


def _shorter(row: HoldRow) -> tuple[str, ...]:
    """What is stopped, the last of it as a number where there is no room: `Letters, recovery +2`."""
    words = [STOPS[stop].lower() for stop in row.stops]
    cut = [f"{', '.join(words[:kept])} +{len(words) - kept}" for kept in range(len(words) - 1, 0, -1)]
    return tuple(each[:1].upper() + each[1:] for each in cut)


HOLDS: tuple[Column[HoldRow], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 98, firm=True),
    Column("name", "Name", lambda row: row.name, 190, floor=150, shorter=lambda row: shorter_names(row.name)),
    Column("kind", "Why", lambda row: KINDS[row.kind], 142, floor=124),
    Column("stops", "Stops", lambda row: listed(row.stops), 190, shorter=_shorter),
    Column("from_on", "From", lambda row: row.from_on, 98, least=850),
    Column("to_on", "Until", lambda row: row.to_on or "No end", 98, firm=True),
    Column("review_on", "Look by", lambda row: row.review_on, 98, least=950),
    Column("reason", "Reason", lambda row: row.released or row.reason, 240, least=900),
    Column("placed_by", "Placed by", lambda row: row.placed_by, 92, least=1250),
    money_column("balance", "Balance", lambda row: row.balance, 98, balance=True, total=True),
)
