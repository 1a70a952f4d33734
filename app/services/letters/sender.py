"""Who writes: the landlord at the head of what goes out."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.landlord import landlord
from app.services.exports.statement.dto import Sender


def sender(ctx: Context) -> Sender:
    """The landlord as letters and statements show it."""
    found = landlord(ctx)
    return Sender(
        found.name or "Your landlord",
        found.office,
        found.address,
        found.phone,
        found.email,
        found.website,
        found.how_to_pay,
    )
