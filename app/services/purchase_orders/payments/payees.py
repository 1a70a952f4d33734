"""Suppliers as a run of payments sees them: whether they may be paid, where to, and what is to be looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import or_, select

from app.models.purchase_orders.invoices import SupplierInvoice
from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import (
    BlockScope,
    DetailState,
    InvoiceKind,
    InvoiceState,
    Money,
    PaidBy,
    SupplierRunState,
    SupplierState,
)
from app.services.bacs.dto import Masked
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.purchase_orders.payments.dto import run_number, supplier_number
from app.services.purchase_orders.payments.rules import Item, Payee, Payment
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt

DEAD: Final = (SupplierRunState.REFUSED, SupplierRunState.CANCELLED, SupplierRunState.WITHDRAWN)
"""States of runs that paid nothing."""
_UNSEEN: Final = (InvoiceState.LOGGED, InvoiceState.WAITING)


def payees(ctx: Context, items: Sequence[Item], by: PaidBy, pay_on: date) -> dict[int, Payee]:
    """The suppliers of some items: whether they may be paid, where to, and what is to be looked at."""
    ids = sorted({item.supplier_id for item in items})
    held = suppliers.blocked(ctx, ids, BlockScope.PAYMENTS, ctx.clock.today())
    banks = _banks(ctx, ids, pay_on) if by is PaidBy.BACS else {}
    ended = _ended(ctx, ids) if by is PaidBy.BACS else {}
    fresh, held_back = _fresh(ctx, banks, ids, ended)
    waiting = _credits_waiting(ctx, ids)
    found: dict[int, Payee] = {}
    for chunk in in_chunks(ids):
        for row in ctx.session.scalars(select(Supplier).where(Supplier.id.in_(chunk))):
            bank = banks.get(row.id)
            closed = f"The supplier is closed{f': {row.closed_why}' if row.closed_why else '.'}"
            remarks = (
                closed if row.state is SupplierState.CLOSED else "",
                fresh.get(row.id, ""),
                waiting.get(row.id, ""),
            )
            found[row.id] = Payee(
                row.id,
                supplier_number(row.number),
                row.name,
                row.finance_reference,
                held.get(row.id, ""),
                bank.id if bank is not None else None,
                bank.last_two if bank is not None else "",
                bank.holder if bank is not None else "",
                held_back.get(row.id, ""),
                ended.get(row.id, ""),
                tuple(filter(None, remarks)),
            )
    return found


def alike(ctx: Context, payments: Iterable[Payment], but: int | None = None) -> dict[int, str]:
    """By supplier a sentence: the same amount was paid to it within the policy's days; `but` is the run that asks."""
    today = ctx.clock.today()
    since = today - timedelta(days=ctx.policy.number("purchasing.duplicate_days", today))
    wanted = {payment.payee.supplier_id: payment.pence for payment in payments}
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(wanted)):
        rows = (
            select(SupplierPayment.supplier_id, SupplierPayment.pence, SupplierRun.number, SupplierRun.pay_on)
            .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
            .where(
                SupplierPayment.supplier_id.in_(chunk),
                SupplierPayment.returned_on.is_(None),
                SupplierRun.state.not_in(DEAD),
                SupplierRun.pay_on >= since,
                SupplierRun.id != (but or 0),
            )
            .order_by(SupplierRun.id)
        )
        for row in ctx.session.execute(rows):
            if row.pence and wanted[row.supplier_id] == row.pence:
                found[row.supplier_id] = (
                    f"The same amount, {Money(row.pence)}, is in {run_number(row.number)} of {spelt(row.pay_on)} too."
                )
    return found


def _banks(ctx: Context, supplier_ids: Collection[int], on: date) -> dict[int, SupplierBank]:
    """The bank details of suppliers in force on a day."""
    found: dict[int, SupplierBank] = {}
    for chunk in in_chunks(sorted(supplier_ids)):
        rows = select(SupplierBank).where(
            SupplierBank.supplier_id.in_(chunk),
            SupplierBank.state == DetailState.IN_FORCE,
            SupplierBank.from_on <= on,
            or_(SupplierBank.to_on.is_(None), SupplierBank.to_on >= on),
        )
        found.update({row.supplier_id: row for row in ctx.session.scalars(rows.order_by(SupplierBank.id))})
    return found


def _fresh(
    ctx: Context, banks: Mapping[int, SupplierBank], supplier_ids: Collection[int], earlier: Mapping[int, str]
) -> tuple[dict[int, str], dict[int, str]]:
    """By supplier a sentence on new bank details: what is only said, and what keeps a supplier out of a run by policy."""
    today = ctx.clock.today()
    days = ctx.policy.number("purchasing.bank_new_days", today)
    paid = _paid_banks(ctx, [bank.id for bank in banks.values()])
    waiting = _waiting(ctx, supplier_ids)
    said: dict[int, str] = {}
    held: dict[int, str] = {}
    for supplier_id, bank in banks.items():
        changed = supplier_id in earlier
        if supplier_id in waiting:
            into, words = held if days else said, "A change of its bank details waits for a second officer."
        elif changed and days and bank.from_on > today - timedelta(days=days):
            words = (
                f"Its bank details are others since {spelt(bank.from_on)}: under {days} days. {earlier[supplier_id]}"
            )
            into = held
        elif bank.id not in paid:
            others, before = ("others ", f" {earlier[supplier_id]}") if changed else ("", "")
            words = f"The first payment to these bank details, {others}in force since {spelt(bank.from_on)}.{before}"
            into = said
        else:
            continue
        into[supplier_id] = words
    return said, held


def _ended(ctx: Context, supplier_ids: Collection[int]) -> dict[int, str]:
    """By supplier a sentence on the bank details that ended last, with why: a change may come in two steps."""
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(supplier_ids)):
        mine = (SupplierBank.supplier_id.in_(chunk), SupplierBank.state == DetailState.ENDED)
        for row in ctx.session.scalars(select(SupplierBank).where(*mine).order_by(SupplierBank.id)):
            on = f" on {spelt(row.to_on)}" if row.to_on else ""
            why = f": {row.reason.rstrip('.')}" if row.reason else ""
            found[row.supplier_id] = f"Ended before: {Masked(row.last_two).words},{on}{why}."
    return found


def _waiting(ctx: Context, supplier_ids: Collection[int]) -> set[int]:
    """Those of some suppliers with bank details that wait for a second officer."""
    found: set[int] = set()
    for chunk in in_chunks(sorted(supplier_ids)):
        mine = (SupplierBank.supplier_id.in_(chunk), SupplierBank.state == DetailState.PROPOSED)
        found.update(ctx.session.scalars(select(SupplierBank.supplier_id).where(*mine)))
    return found


def _paid_banks(ctx: Context, bank_ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for chunk in in_chunks(sorted(bank_ids)):
        rows = (
            select(SupplierPayment.bank_id)
            .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
            .where(
                SupplierPayment.bank_id.in_(chunk),
                SupplierPayment.returned_on.is_(None),
                SupplierRun.state.in_((SupplierRunState.SENT, SupplierRunState.PAID)),
            )
        )
        found.update(bank_id for bank_id in ctx.session.scalars(rows) if bank_id is not None)
    return found


def _credits_waiting(ctx: Context, supplier_ids: Collection[int]) -> dict[int, str]:
    """By supplier a sentence where credit notes of it aren't approved yet."""
    sums: defaultdict[int, int] = defaultdict(int)
    for chunk in in_chunks(sorted(supplier_ids)):
        rows = select(SupplierInvoice.supplier_id, SupplierInvoice.net_pence, SupplierInvoice.vat_pence).where(
            SupplierInvoice.supplier_id.in_(chunk),
            SupplierInvoice.kind == InvoiceKind.CREDIT_NOTE,
            SupplierInvoice.state.in_(_UNSEEN),
        )
        for row in ctx.session.execute(rows):
            sums[row.supplier_id] += row.net_pence + row.vat_pence
    return {supplier_id: f"Credit notes of {Money(pence)} aren't approved yet." for supplier_id, pence in sums.items()}
