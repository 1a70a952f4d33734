"""Where money in suspense goes as kinds of request: a second officer approves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.suspense import SuspenseItem, SuspenseMove
from app.models.values import (
    ApprovalState,
    LimitKind,
    Money,
    Subject,
    SuspenseMoveKind,
    SuspenseMoveState,
    SuspenseState,
)
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.documents.evidence import links_of
from app.services.reception_payments.bank import twins
from app.services.reception_payments.suspense import clearing
from app.services.reception_payments.suspense.dto import AREAS

KIND: Final = "suspense"
BACK: Final = "suspense_back"
"""Money that goes back to whoever sent it: within the approver's limit for refunds."""


def register() -> None:
    """Plug both kinds in."""
    for key, title, limit in ((KIND, "Money out of suspense", None), (BACK, "Suspense sent back", LimitKind.REFUND)):
        register_kind(
            ApprovalKind(key, title, Permission.APPROVE_SUSPENSE, _apply, _details, limit, ended=_ended, took=_took)
        )


def ask(ctx: Context, item: SuspenseItem, moves: Sequence[SuspenseMove], why: str) -> int:
    """Ask a second officer to approve where some of an item goes; the request.

    Raises:
        UserError: the office has one officer.
    """
    total = Money(sum(abs(move.pence) for move in moves))
    back = any(move.kind is SuspenseMoveKind.REFUND for move in moves)
    return approvals.ask(
        ctx,
        NewRequest(
            kind=BACK if back else KIND,
            subject=Subject.SUSPENSE_ITEM,
            subject_id=item.id,
            summary=f"Suspense item {item.number}: {total}{' back' if back else ''}",
            reason=why,
            payload={"item_id": item.id, "move_ids": [move.id for move in moves], "pence": total.pence},
            total=total,
            largest=Money(max(abs(move.pence) for move in moves)),
            evidence=links_of(ctx, Subject.SUSPENSE_ITEM, item.id),
        ),
    )


def _apply(ctx: Context, payload: Payload) -> Changes:
    item, moves = _waiting(ctx, payload)
    clearing.post(ctx, item, moves, authorised_by=ctx.officer.id)
    return Changes(AREAS | {"approvals", "ledger"}, frozenset(move.account_id for move in moves))


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:  # noqa: ARG001  a kind's own shape
    item, moves = _waiting(ctx, payload)
    for move in moves:
        move.state = SuspenseMoveState.REFUSED
    item.state, item.request_id = SuspenseState.OPEN, None
    ctx.session.flush()


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    item, moves = _waiting(ctx, payload)
    given = " ".join(each for each in (item.payer_name, item.reference_given, item.narrative) if each)
    shown = [Detail("Came in", "", f"{Money(item.pence)} on {item.received_on.day} {item.received_on:%b %Y}")]
    shown += [Detail("What the payer said", "", given)] if given else []
    for move in moves:
        account = ctx.session.get_one(Account, move.account_id)
        name = account.payment_reference or account.name
        where = "Back to whoever sent it" if move.kind is SuspenseMoveKind.REFUND else f"To {name}"
        shown.append(Detail(where, "", f"{Money(move.pence)}: {move.why}" if move.why else str(Money(move.pence))))
        there = twins.like_on(ctx, [move.account_id], item.received_on, move.pence, item.code)
        for like in there.values():
            words = f"{Money(move.pence)} of {like.on.day} {like.on:%b %Y}, by journal {like.journal}"
            shown.append(Detail(f"{name} has the like already", "", words))
    return tuple(shown)


def _took(ids: Sequence[int]) -> tuple[Took, ...]:
    confirmed = select(SuspenseMove.item_id, SuspenseMove.confirmed_by).where(
        SuspenseMove.item_id.in_(ids), SuspenseMove.state == SuspenseMoveState.WAITING
    )
    return (confirmed,)


def _waiting(ctx: Context, payload: Payload) -> tuple[SuspenseItem, list[SuspenseMove]]:
    item = ctx.session.get_one(SuspenseItem, int(_of(payload, "item_id")))
    wanted: Any = payload["move_ids"]
    found = select(SuspenseMove).where(
        SuspenseMove.id.in_([int(each) for each in wanted]), SuspenseMove.state == SuspenseMoveState.WAITING
    )
    moves = list(ctx.session.scalars(found.order_by(SuspenseMove.id)))
    if len(moves) != len(wanted):
        raise UserError(f"Suspense item {item.number} doesn't wait any more.", "Look at it again.")
    return item, moves


def _of(payload: Payload, key: str) -> Any:
    return payload[key]
