"""Bank details of suppliers as they are listed, masked, and what their sheet is made of."""

from __future__ import annotations

from sqlalchemy import select

from app.models.officers import Officer
from app.models.purchase_orders.suppliers import SupplierBank
from app.models.values import DetailState
from app.services.bacs.dto import Masked
from app.services.core.context import Context
from app.services.core.officers import SYSTEM, officer_names
from app.services.purchase_orders.suppliers import keeping
from app.services.purchase_orders.suppliers.bank import keeping as banks
from app.services.purchase_orders.suppliers.bank.dto import BankForm, BankRow


def of_supplier(ctx: Context, supplier_id: int) -> tuple[BankRow, ...]:
    """All bank details of a supplier, waiting, in force and past, the newest first."""
    rows = ctx.session.scalars(
        select(SupplierBank).where(SupplierBank.supplier_id == supplier_id).order_by(SupplierBank.id.desc())
    ).all()
    ids = {officer for row in rows for officer in (row.called_by, row.made_by, row.approved_by)}
    names = officer_names(ctx.session, ids)
    return tuple(
        BankRow(
            bank_id=row.id,
            version=row.version,
            supplier_id=row.supplier_id,
            holder=row.holder,
            masked=Masked(row.last_two),
            verdict=row.verdict,
            state=row.state,
            from_on=row.from_on,
            to_on=row.to_on,
            asked_how=row.asked_how,
            called_number=row.called_number,
            called_on=row.called_on,
            called_by=names.get(row.called_by or 0, ""),
            called_whom=row.called_whom,
            made_by=names.get(row.made_by, ""),
            made_at=row.made_at,
            approved_by=names.get(row.approved_by or 0, ""),
            reason=row.reason,
            request_id=row.request_id,
        )
        for row in rows
    )


def form(ctx: Context, supplier_id: int) -> BankForm:
    """What the sheet of bank details is made of."""
    row = keeping.supplier(ctx, supplier_id)
    call, words = banks.number_to_call(ctx, row)
    now = banks.standing(ctx, [row.id])[row.id]
    waits = select(SupplierBank.last_two).where(
        SupplierBank.supplier_id == row.id, SupplierBank.state == DetailState.PROPOSED
    )
    waiting = ctx.session.scalars(waits).first()
    working = select(Officer.id, Officer.name).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    return BankForm(
        supplier_id=row.id,
        number=keeping.number(row),
        name=row.name,
        call=call,
        call_words=words,
        now=now.words if now.bank_id is not None else "",
        waiting="" if waiting is None else Masked(waiting).words,
        today=ctx.clock.today(),
        officers=tuple((each.id, each.name) for each in ctx.session.execute(working)),
    )
