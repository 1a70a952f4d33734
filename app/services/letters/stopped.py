"""Letters that were queued before letters to their account were stopped: they wait until the hold ends, or are cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, or_

from app.models.letters import Outgoing
from app.models.values import HoldKind, Stop
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.holds import queries as holds
from app.services.holds.rules import said
from app.services.letters.dto import OutgoingState

ONLY_TENANT: Final = frozenset({HoldKind.DECEASED, HoldKind.DO_NOT_CONTACT})
"""Holds that stop letters to the tenant, and none to whoever deals with their affairs."""
_WAITING: Final = frozenset({OutgoingState.QUEUED, OutgoingState.WAITING})


def held_back(ctx: Context, rows: Iterable[Outgoing]) -> dict[int, str]:
    """Which of some letters that haven't gone must not go today, by number, and why; one statement for all of them.

    A letter to an executor or next of kin (it is to no person of ours) isn't stopped by what only concerns the tenant.
    """
    waiting = [row for row in rows if row.account_id is not None and row.state in _WAITING]
    if not waiting:
        return {}
    stopped = holds.stops(ctx, {row.account_id for row in waiting if row.account_id is not None}, Stop.LETTERS)
    return {
        row.id: f"Letters are stopped: {said(why.kind, why.reason, why.until)}"
        for row in waiting
        if (why := stopped.get(row.account_id or 0)) is not None
        and not (why.kind in ONLY_TENANT and row.person_id is None)
    }


def refuse_held_back(ctx: Context, rows: Sequence[Outgoing]) -> None:
    """Refuse to let letters go that are held back.

    Raises:
        UserError: one of them is.
    """
    held = held_back(ctx, rows)
    for row in rows:
        if row.id in held:
            raise UserError(
                f"{row.title} to {row.addressee} must not go; nothing was marked. {held[row.id]}.",
                "Cancel it, or leave it in the queue until the hold has ended.",
            )


def may_go(ctx: Context) -> ColumnElement[bool]:
    """The same as a condition on a message that is taken to be sent."""
    return or_(
        Outgoing.account_id.is_(None),
        and_(
            Outgoing.account_id.not_in(holds.stopped_select(ctx, Stop.LETTERS, but=ONLY_TENANT)),
            or_(
                Outgoing.person_id.is_(None),
                Outgoing.account_id.not_in(holds.stopped_select(ctx, Stop.LETTERS)),
            ),
        ),
    )
