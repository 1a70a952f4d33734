"""Collections of an account that another mandate collects for too, without an officer's word that both do: money taken twice."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.models.direct_debits.mandates import Mandate, MandateAccount
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionKind, CollectionState, MandateState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context

_COLLECTS: Final = (MandateState.NEW, MandateState.LODGED, MandateState.LIVE, MandateState.AMENDED)
_AHEAD: Final = (CollectionState.PLANNED, CollectionState.IN_RUN)
_OTHER, _THEIRS = aliased(Mandate), aliased(MandateAccount)


def doubled(ctx: Context, wanted: Any) -> dict[int, str]:
    """Which planned collections of a schedule another mandate's schedule collects for as well, and what says so.

    Args:
        ctx: the transaction.
        wanted: the condition of the collections, on `Collection`.
    """
    pairs = _pairs(ctx, wanted)
    planning = _planning(ctx, sorted({other for others in pairs.values() for other, _ in others}))
    mine = (
        select(Collection.id, Collection.mandate_id, CollectionShare.account_id)
        .join(CollectionShare, CollectionShare.collection_id == Collection.id)
        .where(wanted, Collection.kind == CollectionKind.SCHEDULED, CollectionShare.pence > 0)
        .order_by(Collection.id, CollectionShare.account_id)
    )
    found: dict[int, str] = {}
    for row in ctx.session.execute(mine) if planning else ():
        for other, reference in pairs.get((row.mandate_id, row.account_id), ()):
            if (other, row.account_id) in planning:
                found.setdefault(row.id, f"Mandate {reference} collects for the same account.")
    return found


def _pairs(ctx: Context, wanted: Any) -> defaultdict[tuple[int, int], list[tuple[int, str]]]:
    """By mandate and account, the other mandates that pay it and of which nobody has said that both collect."""
    read = (
        select(
            MandateAccount.mandate_id,
            MandateAccount.account_id,
            Mandate.despite_at,
            Mandate.made_at,
            _OTHER.id.label("other"),
            _OTHER.reference,
            _OTHER.despite_at.label("other_despite_at"),
            _OTHER.made_at.label("other_made_at"),
        )
        .join(Mandate, Mandate.id == MandateAccount.mandate_id)
        .join(_THEIRS, _THEIRS.account_id == MandateAccount.account_id)
        .join(_OTHER, _OTHER.id == _THEIRS.mandate_id)
        .where(
            MandateAccount.mandate_id.in_(select(Collection.mandate_id).where(wanted)),
            _OTHER.id != Mandate.id,
            _OTHER.state.in_(_COLLECTS),
        )
        .order_by(_OTHER.id)
    )
    found: defaultdict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for row in ctx.session.execute(read):
        said = max((at for at in (row.despite_at, row.other_despite_at) if at is not None), default=None)
        if said is None or said < max(row.made_at, row.other_made_at):
            found[row.mandate_id, row.account_id].append((row.other, row.reference))
    return found


def _planning(ctx: Context, mandate_ids: list[int]) -> set[tuple[int, int]]:
    """For which accounts mandates have scheduled collections that are still to come."""
    found: set[tuple[int, int]] = set()
    for chunk in in_chunks(mandate_ids):
        rows = (
            select(Collection.mandate_id, CollectionShare.account_id)
            .join(CollectionShare, CollectionShare.collection_id == Collection.id)
            .where(
                Collection.mandate_id.in_(chunk),
                Collection.kind == CollectionKind.SCHEDULED,
                Collection.state.in_(_AHEAD),
                CollectionShare.pence > 0,
            )
            .distinct()
        )
        found.update((row.mandate_id, row.account_id) for row in ctx.session.execute(rows))
    return found
