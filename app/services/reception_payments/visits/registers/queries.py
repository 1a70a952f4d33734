"""The reasons and the signposts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from app.models.reception_payments.visits import Visit
from app.services.core.context import Context
from app.services.reception_payments.visits import queries
from app.services.reception_payments.visits.registers.dto import ReasonRow, SignpostRow

ASKED_FOR: Final = frozenset({"balance"})
"""The reasons under which the program logs a visit by itself."""


def reasons(ctx: Context) -> tuple[ReasonRow, ...]:
    """Every reason in the office's order, those out of use too."""
    came = dict(ctx.session.execute(select(Visit.reason_id, func.count()).group_by(Visit.reason_id)).all())
    return tuple(
        ReasonRow(row.id, row.name, row.place, row.active, came.get(row.id, 0), row.key in ASKED_FOR, row.version)
        for row in queries.reasons(ctx, every=True)
    )


def signposts(ctx: Context) -> tuple[SignpostRow, ...]:
    """Every signpost in the office's order, those out of use too."""
    return tuple(
        SignpostRow(
            row.id,
            row.title,
            row.words,
            row.telephone,
            row.link,
            row.verified_on,
            row.place,
            row.active,
            row.version,
        )
        for row in queries.signposts(ctx, every=True)
    )
