"""Remittance advices: what each payment pays, by e-mail or by post, in few statements however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.purchase_orders.payments import SupplierPayment, SupplierRun
from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import AccountKind, Subject, SupplierRunState
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.letters.dto import Channel, NewLetter
from app.services.letters.many import ForOne, make_many
from app.services.letters.rules import Recipient, tidy_address
from app.services.purchase_orders.payments import fields, keeping, rows
from app.services.purchase_orders.payments.dto import PaymentRow, Remitted, run_number

_TEMPLATES: Final = {Channel.LETTER: "remittance", Channel.EMAIL: "remittance_email"}
_GONE: Final = frozenset({SupplierRunState.SENT, SupplierRunState.PAID})


@requires(Permission.PAY_SUPPLIERS)
def remit(ctx: Context, payment_ids: Sequence[int]) -> Remitted:
    """Make the remittance advice of some payments: an e-mail where the supplier has an address for it, else a letter.

    One that was made before isn't made anew; what can't be made is told, and the others are.

    Raises:
        UserError: a payment's run isn't marked as sent, it came back, or the template can't be used.
    """
    payments = _payments(ctx, payment_ids)
    wanted = [each for each in payments if each.outgoing_id is None]
    made = Remitted(before=len(payments) - len(wanted), changes=Changes(keeping.AREAS | {"letters"}))
    return _make(ctx, wanted, made) if wanted else made


@requires(Permission.PAY_SUPPLIERS)
def again(ctx: Context, payment_id: int) -> Remitted:
    """Make the remittance advice of a payment anew, such as for another address.

    Raises:
        UserError: as `remit`.
    """
    return _make(ctx, _payments(ctx, [payment_id]), Remitted(changes=Changes(keeping.AREAS | {"letters"})))


def _make(ctx: Context, wanted: Sequence[SupplierPayment], made: Remitted) -> Remitted:
    letters = _letters(ctx, wanted)
    for channel, mine in letters.items():
        outgoing = make_many(ctx, _TEMPLATES[channel], [one for _, one in mine])
        made += _kept(
            channel, [payment for payment, _ in mine], outgoing, [one.to.name for _, one in mine], made.changes
        )
    ctx.session.flush()
    return made


def waiting(ctx: Context, run_id: int) -> list[int]:
    """The payments of a run that have no remittance advice yet; not those that came back."""
    mine = (
        select(SupplierPayment.id)
        .where(
            SupplierPayment.run_id == run_id,
            SupplierPayment.outgoing_id.is_(None),
            SupplierPayment.returned_on.is_(None),
        )
        .order_by(SupplierPayment.id)
    )
    return list(ctx.session.scalars(mine))


def _payments(ctx: Context, payment_ids: Sequence[int]) -> list[SupplierPayment]:
    found: list[SupplierPayment] = []
    for chunk in in_chunks(sorted(set(payment_ids))):
        mine = (
            select(SupplierPayment, SupplierRun)
            .join(SupplierRun, SupplierRun.id == SupplierPayment.run_id)
            .where(SupplierPayment.id.in_(chunk))
            .order_by(SupplierPayment.id)
        )
        for payment, run in ctx.session.execute(mine):
            if run.state not in _GONE:
                raise UserError(
                    f"{run_number(run.number)} isn't marked as sent, so no supplier is told of it yet.",
                    "Send its file first.",
                )
            if payment.returned_on is not None:
                raise UserError(f"Payment {payment.reference} came back: there is nothing to tell of.")
            found.append(payment)
    return found


def _letters(ctx: Context, payments: Sequence[SupplierPayment]) -> dict[Channel, list[tuple[SupplierPayment, ForOne]]]:
    """The letter or e-mail of each payment, by how it goes."""
    shown = _shown(ctx, {payment.run_id for payment in payments})
    suppliers = _suppliers(ctx, {payment.supplier_id for payment in payments})
    banks = _banks(ctx, {payment.bank_id for payment in payments if payment.bank_id is not None})
    found: defaultdict[Channel, list[tuple[SupplierPayment, ForOne]]] = defaultdict(list)
    for payment in payments:
        row, run = shown[payment.id]
        supplier = suppliers[payment.supplier_id]
        channel = Channel.EMAIL if supplier.remittance_email else Channel.LETTER
        before = f":{payment.outgoing_id}" if payment.outgoing_id is not None else ""
        new = NewLetter(
            _TEMPLATES[channel],
            0,
            subject=Subject.SUPPLIER,
            subject_id=supplier.id,
            fields=fields.of(row, run.pay_on, banks.get(payment.bank_id or 0, "")),
            idempotency_key=f"remittance:{payment.id}{before}",
        )
        found[channel].append((payment, ForOne(new, _to(supplier, payment.reference))))
    return found


def _to(supplier: Supplier, reference: str) -> Recipient:
    address = tidy_address(supplier.address.splitlines())
    return Recipient(
        account_id=0,
        reference=reference,
        kind=AccountKind.SUNDRY,
        name=supplier.name,
        greeting=f"Dear {supplier.contact}" if supplier.contact else "Dear Sir or Madam",
        address=address,
        about="",
        email=supplier.remittance_email,
    )


def _shown(ctx: Context, run_ids: set[int]) -> dict[int, tuple[PaymentRow, SupplierRun]]:
    found: dict[int, tuple[PaymentRow, SupplierRun]] = {}
    for run_id in sorted(run_ids):
        run = keeping.found(ctx, run_id)
        found.update({row.payment_id: (row, run) for row in rows.payments_of(ctx, run) if row.payment_id is not None})
    return found


def _suppliers(ctx: Context, ids: set[int]) -> dict[int, Supplier]:
    found: dict[int, Supplier] = {}
    for chunk in in_chunks(sorted(ids)):
        found.update({row.id: row for row in ctx.session.scalars(select(Supplier).where(Supplier.id.in_(chunk)))})
    return found


def _banks(ctx: Context, ids: set[int]) -> dict[int, str]:
    """The last two digits of bank details."""
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(ids)):
        mine = select(SupplierBank.id, SupplierBank.last_two).where(SupplierBank.id.in_(chunk))
        found.update({row.id: row.last_two for row in ctx.session.execute(mine)})
    return found


def _kept(
    channel: Channel,
    payments: Sequence[SupplierPayment],
    outgoing: Sequence[Outgoing | str],
    names: Sequence[str],
    changes: Changes,
) -> Remitted:
    """Note with each payment what goes out about it; what couldn't be made, and why."""
    failed: list[str] = []
    count = 0
    for payment, row, name in zip(payments, outgoing, names, strict=True):
        if isinstance(row, str):
            failed.append(f"{name}: {row}")
        else:
            payment.outgoing_id = row.id
            count += 1
    by_email = count if channel is Channel.EMAIL else 0
    return Remitted(count, by_email, count - by_email, 0, tuple(failed), changes)
