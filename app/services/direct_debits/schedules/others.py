"""What every mandate collects of some accounts: what one of them collects need not be collected by another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionKind, CollectionState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.direct_debits.mandates.rules import COLLECTS


@dataclass(frozen=True, slots=True)
class Other:
    """What a collection to come brings an account.

    Attributes:
        stays: it is in a run, presented again or set by hand; a schedule that is worked out again leaves it as it is.
    """

    mandate_id: int
    reference: str
    planned_on: date
    due_on: date
    pence: int
    stays: bool


def read(ctx: Context, account_ids: Some[int]) -> dict[int, list[Other]]:
    """By account, what is to come: of every mandate what is in a run, and of those that collect what is planned.

    One statement for every 900 accounts. What is planned for a day that has passed didn't go. The states are asked by a case,
    which no index serves: SQLite would else read all that is planned for each 900.
    """
    found: defaultdict[int, list[Other]] = defaultdict(list)
    each, share = Collection, CollectionShare
    planned = and_(each.state == CollectionState.PLANNED, each.due_on > ctx.clock.today(), Mandate.state.in_(COLLECTS))
    to_come = case((each.state == CollectionState.IN_RUN, 1), (planned, 1), else_=0) == 1
    columns = (share.account_id, share.pence, each.mandate_id, each.planned_on, each.due_on, each.kind, each.state)
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = (
            select(*columns, each.by_hand, Mandate.reference)
            .join(each, each.id == share.collection_id)
            .join(Mandate, Mandate.id == each.mandate_id)
            .where(share.account_id.in_(chunk), to_come)
            .order_by(each.mandate_id, each.due_on)
        )
        for account_id, pence, mandate_id, planned_on, due_on, kind, state, changed, reference in ctx.session.execute(
            rows
        ):
            stays = state is CollectionState.IN_RUN or kind is not CollectionKind.SCHEDULED or bool(changed)
            found[account_id].append(Other(mandate_id, reference, planned_on, due_on, pence, stays))
    return dict(found)
