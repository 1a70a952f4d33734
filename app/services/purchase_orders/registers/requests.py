"""What follows from a category as a kind of request: each of its three marks loosens a control, so two officers set it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from app.models.approvals import ApprovalRequest
from app.models.purchase_orders.suppliers import PurchaseCategory
from app.models.values import ApprovalState, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.records import record
from app.services.purchase_orders.registers.dto import CHANGES

KIND: Final = "purchase_category"
MARKS: Final[Mapping[str, str]] = {
    "no_order_needed": "Its invoices are paid without an order",
    "cis": "Its labour is construction work: CIS is deducted",
    "works": "The statutory threshold of works counts",
}
"""What a second officer approves, as columns of a category and in words."""
_OPEN: Final = (ApprovalState.WAITING, ApprovalState.RETURNED)


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(KIND, "What follows from a category", Permission.APPROVE_BUDGETS, _apply, _details),
    )


def ask(ctx: Context, row: PurchaseCategory, marks: Mapping[str, bool]) -> int:
    """Ask a second officer for the marks of a category; until then it goes on as it is.

    Raises:
        UserError: others wait already, or the office has one officer.
    """
    if row.id in waiting(ctx):
        raise UserError(
            f"What follows from {row.name} waits for a second officer already.",
            "Have that request answered or taken back first.",
            "no_order_needed",
        )
    changed = [words for name, words in MARKS.items() if marks[name] != getattr(row, name)]
    new = NewRequest(
        kind=KIND,
        subject=Subject.PURCHASE_CATEGORY,
        subject_id=row.id,
        summary=f"Category {row.name}: what follows from it"[:200],
        reason=f"Changed: {'; '.join(changed)}",
        payload={"category_id": row.id} | {name: bool(marks[name]) for name in MARKS},
    )
    return approvals.ask(ctx, new)


def waiting(ctx: Context) -> frozenset[int]:
    """The categories whose marks wait for a second officer."""
    open_ = select(ApprovalRequest.subject_id).where(
        ApprovalRequest.subject == Subject.PURCHASE_CATEGORY,
        ApprovalRequest.kind == KIND,
        ApprovalRequest.state.in_(_OPEN),
    )
    return frozenset(ctx.session.scalars(open_))


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _row(ctx, payload)
    for name in MARKS:
        setattr(row, name, bool(payload[name]))
    ctx.session.flush()
    return CHANGES


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = _row(ctx, payload)
    marks = (Detail(words, _said(getattr(row, name)), _said(payload[name])) for name, words in MARKS.items())
    return (Detail("Category", "", row.name), *marks)


def _said(value: object) -> str:
    return "yes" if value else "no"


def _row(ctx: Context, payload: Payload) -> PurchaseCategory:
    category_id = payload["category_id"]
    assert isinstance(category_id, int)
    return record(ctx, PurchaseCategory, category_id, "category")
