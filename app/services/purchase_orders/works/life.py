"""What a life event finds of works in the home of somebody: those that are ordered, or asked for, and not done."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.models.accounts import Account
from app.models.purchase_orders.orders import PurchaseOrder, WorksOrder
from app.models.values import OrderState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.orders import keeping
from app.services.purchase_orders.works import rules
from app.services.tenancies.life_events import registry
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import accounts_held
from app.services.tenancies.life_events.registry import Hanging

_NOT_DONE = (OrderState.DRAFT, OrderState.WAITING, OrderState.OPEN)


def register() -> None:
    """Plug works in, after what is paid."""
    registry.register(Hanging("works", 55, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    """The contractor goes on unless somebody cancels the order; whoever knows how to get in may be another now."""
    begins = keeping.prefix(ctx)
    for chunk in in_chunks(sorted(accounts_held(ctx, happened))):
        rows = (
            select(PurchaseOrder, WorksOrder, Account.payment_reference)
            .join(WorksOrder, WorksOrder.order_id == PurchaseOrder.id)
            .join(Account, Account.id == WorksOrder.account_id)
            .where(
                WorksOrder.account_id.in_(chunk),
                WorksOrder.completed_on.is_(None),
                PurchaseOrder.state.in_(_NOT_DONE),
            )
            .order_by(PurchaseOrder.id)
        )
        for order, works, reference in ctx.session.execute(rows):
            number = keeping.written(begins, order.number, order.requisition)
            yield Hangs(
                "works",
                "Works",
                f"Works order {number}, {works.trade.lower()}",
                (Option(Choice.KEEP, "Goes on"), Option(Choice.LATER, "A task to ask who lets the contractor in")),
                record_id=order.id,
                account_id=works.account_id,
                reference=reference or "",
                why=f"{rules.words(works.target_on, works.expected_on, None, ctx.clock.today())}.",
            )


def _apply(_ctx: Context, _new: NoteLifeEvent, _hangs: Hangs, _choice: Choice) -> Outcome:
    return Outcome("Goes on")
