"""An item in suspense as its card shows it: what is known of it, whose it may be, where it went, and what was done meanwhile."""

from __future__ import annotations

from sqlalchemy import select

from app.models.codes import TransactionCode
from app.models.values import SuspenseState
from app.services.core.context import Context
from app.services.core.records import missing
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.suspense import queries, repairs
from app.services.reception_payments.suspense.dto import ItemCard


def card(ctx: Context, item_id: int) -> ItemCard:
    """An item with all that its card shows.

    Raises:
        UserError: there is none.
    """
    row = queries.item(ctx, item_id)
    if row is None:
        raise missing("suspense item")
    came = ctx.session.scalar(select(TransactionCode.name).where(TransactionCode.code == row.code))
    return ItemCard(
        row,
        came or row.code,
        queries.candidates(ctx, item_id) if row.state is SuspenseState.OPEN else (),
        queries.moves(ctx, item_id),
        repairs.meanwhile(ctx, item_id),
        ctx.policy.money("suspense.alone_up_to", ctx.clock.today()),
        tuple((each.stream_id, each.name) for each in desks.streams(ctx) if each.active),
    )
