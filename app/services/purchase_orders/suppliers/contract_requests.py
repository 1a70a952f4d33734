"""The days and the value of a contract as a kind of request: they count once a second officer approved them.

What is ordered under a contract wants no quotations, so nobody keeps one, lengthens it or raises its value alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from app.models.purchase_orders.suppliers import SupplierContract
from app.models.values import ApprovalState, DetailState, Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.records import missing
from app.services.purchase_orders.suppliers import keeping, rules

KIND: Final = "supplier_contract"
CHANGES: Final = Changes(frozenset({"purchase_orders", "approvals"}))
TERMS: Final = ("starts_on", "ends_on", "value_pence")
"""What a second officer approves."""


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(KIND, "Contract with a supplier", Permission.APPROVE_BUDGETS, _apply, _details, ended=_ended)
    )


def ask(ctx: Context, row: SupplierContract, terms: dict[str, Any]) -> None:
    """Ask a second officer for the days and the value of a contract; one in force goes on as it is until then.

    Raises:
        UserError: others wait already, or the office has one officer.
    """
    if waits(row):
        raise UserError(
            f"Contract {row.number} waits for a second officer already.",
            "Have that request answered or taken back first.",
            "value",
        )
    approvals.refuse_alone(ctx)
    new = row.state is not DetailState.IN_FORCE
    if new:
        row.state = DetailState.PROPOSED
        _put(row, terms)
        ctx.session.add(row)
    else:
        row.next_starts_on, row.next_ends_on = terms["starts_on"], terms["ends_on"]
        row.next_value_pence = terms["value_pence"]
    ctx.session.flush()
    supplier = keeping.supplier(ctx, row.supplier_id)
    worth = f"{Money(terms['value_pence'])} to {rules.spelt(terms['ends_on'])}"
    row.request_id = approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.SUPPLIER,
            subject_id=row.supplier_id,
            summary=f"Contract {row.number} with {supplier.name}: {'' if new else 'now '}{worth}"[:200],
            reason=row.note or row.title,
            payload={"contract_id": row.id} | {name: str(terms[name]) for name in TERMS},
        ),
    )
    ctx.session.flush()


def waits(row: SupplierContract) -> bool:
    """Whether its days or its value wait for a second officer."""
    return row.state is DetailState.PROPOSED or row.next_value_pence is not None


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    _put(row, _terms(payload))
    row.state, row.approved_by = DetailState.IN_FORCE, ctx.officer.id
    _settle(row)
    ctx.session.flush()
    return CHANGES


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = _row(ctx, payload)
    supplier, terms = keeping.supplier(ctx, row.supplier_id), _terms(payload)
    stands = row.state is DetailState.IN_FORCE
    value: int = terms["value_pence"]
    days = ((name, getattr(row, name), terms[name]) for name in ("starts_on", "ends_on"))
    titles = {"starts_on": "First day", "ends_on": "Last day"}
    return (
        Detail("Supplier", "", f"{keeping.number(supplier)} {supplier.name}"),
        Detail("Contract", "", f"{row.number} {row.title}"),
        *(Detail(titles[name], rules.spelt(was) if stands else "", rules.spelt(now)) for name, was, now in days),
        Detail("Worth, before VAT", str(Money(row.value_pence)) if stands else "", str(Money(value))),
    )


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    del state, reason
    row = _waiting(ctx, payload)
    if row.state is DetailState.PROPOSED:
        row.state = DetailState.REFUSED
    _settle(row)
    ctx.session.flush()


def _put(row: SupplierContract, terms: dict[str, Any]) -> None:
    for name in TERMS:
        setattr(row, name, terms[name])


def _settle(row: SupplierContract) -> None:
    row.next_starts_on = row.next_ends_on = row.next_value_pence = None


def _terms(payload: Payload) -> dict[str, Any]:
    days = {name: date.fromisoformat(str(payload[name])) for name in ("starts_on", "ends_on")}
    return days | {"value_pence": int(str(payload["value_pence"]))}


def _waiting(ctx: Context, payload: Payload) -> SupplierContract:
    row = _row(ctx, payload)
    if not waits(row):
        raise UserError("This contract doesn't wait for a second officer any more.", "Look at the list again.")
    return row


def _row(ctx: Context, payload: Payload) -> SupplierContract:
    row = ctx.session.get(SupplierContract, payload["contract_id"])
    if row is None:
        raise missing("contract")
    return row
