"""Amendments of an order as versions: kept, approved where they need it, and carried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from app.models.purchase_orders.orders import (
    OrderLine,
    OrderSplit,
    OrderStep,
    OrderVersion,
    PurchaseOrder,
)
from app.models.values import (
    ApprovalState,
    LimitKind,
    Money,
    OrderEvent,
    OrderState,
    OrderVersionState,
    Subject,
)
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders.orders import keeping, looking, planning, quoting, versions, writing
from app.services.purchase_orders.orders.dto import AREAS
from app.services.purchase_orders.orders.writing import Priced
from app.services.purchase_orders.suppliers import keeping as suppliers

KIND: Final = "order_amendment"


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Amendment of an order",
            Permission.APPROVE_ORDERS,
            _apply,
            _details,
            LimitKind.ORDER,
            ended,
            took,
        )
    )


def propose(ctx: Context, row: PurchaseOrder, found: planning.Plan, reason: str) -> OrderVersion:
    """Keep an amendment: within the tolerance it is carried out at once, else it waits for approval.

    Raises:
        UserError: as `planning.refuse`, or the office has one officer.
    """
    planning.refuse(ctx, row, found)
    number = versions.next_number(ctx, row)
    state = OrderVersionState.WAITING if found.needs_approval else OrderVersionState.APPROVED
    made = versions.propose(ctx, row, number, state, reason, found.lines)
    keeping.step(ctx, row.id, OrderEvent.AMENDED, f"Version {number}: {reason}")
    if not found.needs_approval:
        made.approved_at = ctx.clock.now()
        carry_out(ctx, row, made, found)
        return made
    made.request_id = approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.PURCHASE_ORDER,
            subject_id=row.id,
            summary=f"Amendment of {keeping.number_of(ctx, row)} from {Money(found.before)} to {Money(found.after)}",
            reason=reason,
            payload={"order_id": row.id, "version_id": made.id},
            total=found.band.counted,
            chain=f"order_version:{made.id}",
        ),
    )
    return made


def carry_out(ctx: Context, row: PurchaseOrder, version: OrderVersion, found: planning.Plan) -> None:
    """Make an order what a version of it says, and the book what it binds then. What isn't sent again is to send.

    The quantity of a line is what is wanted in all: what was cancelled of it before counts no more.
    """
    lines, standing = found.lines, {line.id: line for line in keeping.lines(ctx, row.id)}
    named = {each.line.line_id for each in lines}
    for line in standing.values():
        if line.id not in named and line.cancelled < line.quantity:
            line.cancelled = line.quantity
    kept = [line_id for line_id in named if line_id is not None]
    if kept:
        ctx.session.execute(delete(OrderSplit).where(OrderSplit.line_id.in_(kept)))
    for each, text in zip(lines, versions.lines_of(ctx, version.id), strict=True):
        line = standing.get(each.line.line_id or 0) or OrderLine(order_id=row.id)
        ctx.session.add(line)
        writing.fill(line, each, text.place)
        line.cancelled = 0
        ctx.session.flush()
        text.line_id = line.id
        writing.add_splits(ctx, line.id, each)
    row.current, row.net_pence, row.vat_pence = version.number, version.net_pence, version.vat_pence
    row.band = found.band.title[:40]
    row.sent_by = row.sent_at = row.outgoing_id = None
    ctx.session.flush()
    keeping.settle(ctx, row)
    keeping.restate(ctx, row, f"Version {version.number}")
    ctx.session.flush()


def _apply(ctx: Context, payload: Payload) -> Changes:
    row, version = both(ctx, payload)
    if row.state is not OrderState.OPEN:
        raise UserError(f"The order is {row.state.value}, so it can't be amended.", "Refuse the amendment.")
    found = planning.planned(ctx, row, _lines(ctx, version))
    planning.refuse(ctx, row, found)
    keeping.changing(ctx, row.id)
    version.state = OrderVersionState.APPROVED
    version.approved_by, version.approved_at = ctx.officer.id, ctx.clock.now()
    carry_out(ctx, row, version, found)
    keeping.step(ctx, row.id, OrderEvent.APPROVED, f"Version {version.number}")
    return Changes(AREAS)


def ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    """An amendment was refused or taken back: its version says so, and the order stays as it was."""
    row, version = both(ctx, payload)  # its order may be closed by now: what waits is ended all the same
    refused = state is ApprovalState.REFUSED
    version.state = OrderVersionState.REFUSED if refused else OrderVersionState.WITHDRAWN
    keeping.changing(ctx, row.id)
    event = OrderEvent.REFUSED if refused else OrderEvent.WITHDRAWN
    keeping.step(ctx, row.id, event, f"Version {version.number}: {reason}".strip(": "))


def both(ctx: Context, payload: Payload) -> tuple[PurchaseOrder, OrderVersion]:
    """The order of a request, and its version that waits.

    Raises:
        UserError: it waits no more.
    """
    version = ctx.session.get(OrderVersion, payload["version_id"])
    if version is None or version.state is not OrderVersionState.WAITING:
        raise UserError("This amendment doesn't wait for approval any more.", "Look at its order.")
    return ctx.session.get_one(PurchaseOrder, version.order_id), version


def _lines(ctx: Context, version: OrderVersion) -> tuple[Priced, ...]:
    return tuple(versions.again(line) for line in versions.lines_of(ctx, version.id))


def took(ids: Sequence[int]) -> Iterable[Took]:
    """Whoever wrote the amendment doesn't approve it, nor who recorded a quotation for it or took fewer."""
    waits = OrderVersion.state == OrderVersionState.WAITING
    yield select(OrderVersion.order_id, OrderVersion.made_by).where(OrderVersion.order_id.in_(ids), waits)
    last = (
        select(func.max(OrderStep.id).label("step_id"))
        .where(OrderStep.order_id.in_(ids), OrderStep.event == OrderEvent.APPROVED)
        .group_by(OrderStep.order_id)
        .subquery()
    )
    approved = aliased(OrderStep)
    since = (OrderStep.order_id == approved.order_id) & (OrderStep.id > approved.id)
    yield (
        select(OrderStep.order_id, OrderStep.officer_id)
        .join(approved, since)
        .join(last, last.c.step_id == approved.id)
        .where(OrderStep.event == OrderEvent.CHANGED)
    )


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row, version = both(ctx, payload)
    found = planning.planned(ctx, row, _lines(ctx, version))
    said = [
        Detail("Order", "", f"{keeping.number_of(ctx, row)}: {row.title}"),
        Detail("Supplier", "", suppliers.supplier(ctx, row.supplier_id or 0).name),
        Detail("Before VAT", str(Money(found.before)), str(Money(found.after))),
        Detail("Why it is asked", "", found.why),
    ]
    said += [
        Detail("Standing orders", "", " ".join((f"{found.band.title}.", *found.band.reasons, *found.wanting))),
        *quoting.told(ctx, row, found.after),
    ]
    said += [Detail(f"Change {at}", "", words) for at, words in enumerate(found.changes, 1)]
    for each in looking.codes_left(ctx, found.takes):
        left = f"{each.after} left then" if each.after.pence >= 0 else f"{-each.after} OVER its budget then"
        said.append(Detail(f"Code {each.code} {each.name}", "", f"{each.takes}; {left}"))
    return tuple(said)
