"""Bank details of a supplier as a kind of request: the second officer puts them in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import ApprovalState, DetailState, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind, Took
from app.services.approvals.kinds import register as register_kind
from app.services.bacs.dto import Masked
from app.services.bacs.modulus.loaded import checker
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.core.records import missing
from app.services.purchase_orders.suppliers import keeping, rules
from app.services.purchase_orders.suppliers.bank import keeping as banks

KIND: Final = "supplier_bank"
CHANGES: Final = Changes(frozenset({"purchase_orders", "approvals"}))
_PAID: Final = (DetailState.IN_FORCE, DetailState.ENDED)
"""Details that the supplier is or was paid on: whoever ends those in force doesn't make the next ones first."""
_MOST_ENDED: Final = 5
_DAY: Final = timedelta(days=1)


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Bank details of a supplier",
            Permission.APPROVE_BUDGETS,
            _apply,
            _details,
            ended=_ended,
            took=_took,
        )
    )


def ask(ctx: Context, row: Supplier, bank: SupplierBank, reason: str) -> int:
    """Ask a second officer; the request.

    Raises:
        UserError: the office has one officer.
    """
    paid = select(SupplierBank.id).where(SupplierBank.supplier_id == row.id, SupplierBank.state.in_(_PAID))
    what = "First" if ctx.session.scalars(paid).first() is None else "Other"
    new = NewRequest(
        kind=KIND,
        subject=Subject.SUPPLIER,
        subject_id=row.id,
        summary=f"{what} bank details of {keeping.number(row)} {row.name}",
        reason=reason.strip() or bank.asked_how,
        payload={"bank_id": bank.id},
    )
    return approvals.ask(ctx, new)


def _apply(ctx: Context, payload: Payload) -> Changes:
    row = _waiting(ctx, payload)
    _, account = banks.opened(ctx, row.id)
    checked = checker(ctx)(account)
    if checked.refuses:
        raise UserError(checked.words, "Refuse the request, and ask for the number again.")
    today = ctx.clock.today()
    old = select(SupplierBank).where(
        SupplierBank.supplier_id == row.supplier_id, SupplierBank.state == DetailState.IN_FORCE
    )
    for each in ctx.session.scalars(old):
        each.state, each.to_on = DetailState.ENDED, max(today - _DAY, each.from_on)
        each.reason = "Others took their place."
    ctx.session.flush()
    row.state, row.from_on, row.approved_by = DetailState.IN_FORCE, today, ctx.officer.id
    row.verdict = checked.verdict
    ctx.session.flush()
    return CHANGES


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row = _row(ctx, payload)
    supplier = keeping.supplier(ctx, row.supplier_id)
    now = banks.standing(ctx, [row.supplier_id])[row.supplier_id]
    called = officer_names(ctx.session, [row.called_by]).get(row.called_by or 0, "")
    on = f" on {rules.spelt(row.called_on)}" if row.called_on else ""
    found = [
        Detail("Supplier", "", f"{keeping.number(supplier)} {supplier.name}"),
        Detail("Account", now.words, Masked(row.last_two).words),
        Detail("Name on the account", now.holder, row.holder),
        Detail("Modulus check", "", row.verdict.value),
        Detail("Asked for by", "", row.asked_how),
        Detail("Called back", "", f"{row.called_number}{on} by {called}; {row.called_whom} confirmed it"),
        Detail("Number known since", "", banks.known_since(ctx, supplier, row.called_number)),
        *_ended_before(ctx, row.supplier_id),
    ]
    others = (
        select(Supplier.number, Supplier.name)
        .join(SupplierBank, SupplierBank.supplier_id == Supplier.id)
        .where(
            SupplierBank.fingerprint == row.fingerprint,
            SupplierBank.state == DetailState.IN_FORCE,
            Supplier.id != row.supplier_id,
        )
        .order_by(Supplier.number)
    )
    found += [
        Detail("Also the account of", "", f"{rules.spelt_number(number)} {name}")
        for number, name in ctx.session.execute(others)
    ]
    return tuple(found)


def _ended_before(ctx: Context, supplier_id: int) -> list[Detail]:
    """Where it was paid before, and who ended that: first details may be a change that was taken apart."""
    rows = ctx.session.scalars(
        select(SupplierBank)
        .where(SupplierBank.supplier_id == supplier_id, SupplierBank.state == DetailState.ENDED)
        .order_by(SupplierBank.id.desc())
        .limit(_MOST_ENDED)
    ).all()
    found: list[Detail] = []
    for row in rows:
        on = f" on {rules.spelt(row.to_on)}" if row.to_on else ""
        by = f" by {who}" if (who := banks.ended_by(ctx, row.id)) else ""
        found.append(Detail("Ended before", f"{Masked(row.last_two).words},{on}{by}: {row.reason}", ""))
    return found


def _took(supplier_ids: Sequence[int]) -> tuple[Took, ...]:
    """Whoever called them back, and whoever changed nothing but asked: the approval is a second person's."""
    waiting = (SupplierBank.supplier_id.in_(supplier_ids), SupplierBank.state == DetailState.PROPOSED)
    return (
        select(SupplierBank.supplier_id, SupplierBank.called_by).where(*waiting),
        select(SupplierBank.supplier_id, SupplierBank.made_by).where(*waiting),
    )


def _ended(ctx: Context, payload: Payload, state: ApprovalState, reason: str) -> None:
    row = _waiting(ctx, payload)
    what = "Refused by the second officer" if state is ApprovalState.REFUSED else "Taken back"
    row.state, row.to_on = DetailState.REFUSED, row.from_on
    row.reason = f"{what}: {reason}"[:400] if reason else f"{what}."
    ctx.session.flush()


def _waiting(ctx: Context, payload: Payload) -> SupplierBank:
    row = _row(ctx, payload)
    if row.state is not DetailState.PROPOSED:
        raise UserError("These bank details don't wait for a second officer any more.", "Look at the list again.")
    return row


def _row(ctx: Context, payload: Payload) -> SupplierBank:
    row = ctx.session.get(SupplierBank, payload["bank_id"])
    if row is None:
        raise missing("bank details")
    return row
