"""Payments that came back: found by the references of a report, and told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from app.models.purchase_orders.payments import SupplierPayment, SupplierRun, SupplierRunLeftOut
from app.models.values import Money, PaidBy, SupplierRunState
from app.services.bacs.dto import ReturnedCredit
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.purchase_orders.payments import keeping
from app.services.purchase_orders.payments.dto import PutBack, run_number
from app.services.purchase_orders.payments.payees import DEAD


def found(ctx: Context, payment_id: int) -> SupplierPayment:
    """A payment by its id.

    Raises:
        UserError: there is none.
    """
    return record(ctx, SupplierPayment, payment_id, "payment to a supplier")


def refuse_faults(ctx: Context, run: SupplierRun, returned_on: date) -> None:
    """Refuse a return that can't be.

    Raises:
        UserError: the run wasn't sent, or the day is to come or before it was.
    """
    if run.state not in {SupplierRunState.SENT, SupplierRunState.PAID}:
        raise UserError(
            f"{run_number(run.number)} isn't marked as sent: what was never sent can't come back.",
            "Mark it as sent, or cancel it.",
        )
    if returned_on > ctx.clock.today():
        raise UserError("That day is to come.", "Give the day on which it came back.", "returned_on")
    if run.sent_at is not None and returned_on < run.sent_at.date():
        raise UserError("It came back before it was sent.", "Look at the day.", "returned_on")


def known(ctx: Context, items: Sequence[ReturnedCredit]) -> list[SupplierPayment | None]:
    """The payment that each returned credit was, by its reference and amount; None where it isn't one of these."""
    references = sorted({_reference(item) for item in items})
    rows: dict[str, SupplierPayment] = {}
    for chunk in in_chunks(references):
        mine = (
            select(SupplierPayment)
            .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
            .where(SupplierPayment.reference.in_(chunk), SupplierRun.by == PaidBy.BACS)
            .where(SupplierRun.state.not_in((*DEAD, SupplierRunState.WAITING)))
        )
        rows.update({row.reference: row for row in ctx.session.scalars(mine)})
    found_ = [rows.get(_reference(item)) for item in items]
    return [
        row if row is not None and Money(row.pence) == item.amount else None
        for row, item in zip(found_, items, strict=True)
    ]


def _reference(item: ReturnedCredit) -> str:
    return "".join(item.reference.upper().split())


def told(
    ctx: Context, put: Sequence[SupplierPayment], before: Sequence[SupplierPayment], unknown: tuple[str, ...]
) -> PutBack:
    """What became of payments that came back, with a sentence for the message bar."""
    ctx.session.flush()
    total = Money(sum(row.pence for row in put))
    said = f"{len(put):,} {'payment' if len(put) == 1 else 'payments'} of {total} came back; to be paid again."
    if not put:
        said = "Nothing is put back."
    if before:
        said += f" {len(before):,} had been put back before."
    if unknown:
        said += (
            f" {len(unknown):,} in the report are no payments to suppliers that are known here (refunds: Adjustments)."
        )
    ids = tuple(row.id for row in put), tuple(row.id for row in before)
    return PutBack(*ids, unknown, said, Changes(keeping.AREAS))


def left_out_count(ctx: Context, run_id: int) -> int:
    """How much a run left out."""
    rows = select(func.count()).select_from(SupplierRunLeftOut).where(SupplierRunLeftOut.run_id == run_id)
    return ctx.session.scalar(rows) or 0
