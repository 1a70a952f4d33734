"""Attempts to give credits back as they were noted, with what became of the letters among them: set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.refunds import CreditAttempt
from app.models.values import AttemptOutcome
from app.services.adjustments.credits.dto import AttemptRow, Tried, said
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.letters.dto import OutgoingState

_GONE: Final = frozenset({OutgoingState.PRINTED, OutgoingState.SENT, OutgoingState.DELIVERED, OutgoingState.RETURNED})
"""What was written and has gone out is an attempt, whatever came of it."""


def attempts(ctx: Context, account_ids: Collection[int]) -> dict[int, tuple[AttemptRow, ...]]:
    """What was tried for each of some accounts, the newest first; accounts without any are left out."""
    found: defaultdict[int, list[AttemptRow]] = defaultdict(list)
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = (
            select(CreditAttempt, Officer.name, Outgoing.state, Outgoing.title)
            .join(Officer, Officer.id == CreditAttempt.made_by)
            .outerjoin(Outgoing, Outgoing.id == CreditAttempt.outgoing_id)
            .where(CreditAttempt.account_id.in_(chunk))
            .order_by(CreditAttempt.tried_on.desc(), CreditAttempt.id.desc())
        )
        for row, by, state, title in ctx.session.execute(rows):
            found[row.account_id].append(_row(row, by, state, title))
    return {account_id: tuple(each) for account_id, each in found.items()}


def tried(ctx: Context, account_ids: Collection[int]) -> dict[int, Tried]:
    """How often each of some credits was tried to be given back, and the last time in words; those never tried are left out."""
    return {
        account_id: Tried(sum(row.stands for row in rows), said(rows[0]))
        for account_id, rows in attempts(ctx, account_ids).items()
    }


def _row(row: CreditAttempt, by: str, state: str | None, title: str | None) -> AttemptRow:
    came_back = state == OutgoingState.RETURNED and row.outcome is AttemptOutcome.WAITING
    return AttemptRow(
        row.id,
        row.version,
        row.account_id,
        row.way,
        row.tried_on,
        AttemptOutcome.RETURNED if came_back else row.outcome,
        row.note,
        by,
        row.outgoing_id,
        title or "",
        state is None or OutgoingState(state) in _GONE,
        row.made_at.astimezone().date(),
    )
