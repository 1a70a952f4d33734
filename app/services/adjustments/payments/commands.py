"""Approved refunds sent for payment, each posted in the same transaction; their files opened again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.documents import Document
from app.models.refunds import Refund, RefundPayment
from app.models.values import Money, RefundMethod, RefundState
from app.services.adjustments.payments import paper, ready, returns, safe, settling
from app.services.adjustments.payments.dto import LeftOut, NewPayment, PaymentFiles, PutBack, Returned, Sent
from app.services.adjustments.refunds import keeping, rules
from app.services.bacs import keeping as bacs
from app.services.bacs.own import own_number
from app.services.bacs.reports.arucs import read_arucs
from app.services.bacs.rules import credit
from app.services.core import access, audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.documents import keeping as documents
from app.services.ledger import numbering

_AREAS: Final = keeping.AREAS | {"ledger", "bank_details", "payment_files", "diary"}
_PDF: Final = "application/pdf"
_BACS: Final = "text/plain"


@requires(Permission.PAY_REFUNDS)
def send(ctx: Context, new: NewPayment) -> Sent:
    """Send approved refunds of one way of paying: make the file, post each of them, and keep the file, all or nothing.

    Every other writer waits from the moment at which the credits are looked at. What can't be paid (the credit has gone, a hold, somebody else's step) is left out and told. The same key
    gives the payment that it made before.

    Raises:
        UserError: nothing can be paid, the day has passed, the way of paying has no file, a chosen refund isn't to be paid by
            it, finance hasn't authorised Bacs files, or as `keeping.post_now`.
    """
    before = ctx.session.scalar(select(RefundPayment).where(RefundPayment.entry_key == new.entry_key))
    if before is not None:
        return _sent(before)
    _refuse_faults(ctx, new)
    numbering.move(ctx, "journal", 0)
    rows = _chosen(ctx, new)
    why = ready.why_not(ctx, rows)
    left_out = tuple(LeftOut(row.number, why[row.id]) for row in rows if row.id in why)
    going = [row for row in rows if row.id not in why]
    if not going:
        raise UserError(
            f"Nothing can be paid. Refund {left_out[0].number}: {left_out[0].why}",
            "It stays to be paid; look at it first.",
        )
    payment = _kept(ctx, new, going)
    for row in going:
        keeping.post_now(ctx, row, ctx.clock.today(), payment.id)
    warning = _make_files(ctx, payment, going, new)
    if new.method is RefundMethod.BACS:
        settling.remind(ctx, payment, going)
    else:
        settling.note_paid(ctx, going, new.pay_on)
    return _sent(payment, left_out, frozenset(row.account_id for row in going), warning)


@requires(Permission.PAY_REFUNDS)
def open_files(ctx: Context, payment_id: int) -> PaymentFiles:
    """The files of a payment, as they were sent; who opened them is in the audit, for one has whole bank details.

    Raises:
        UserError: there is no such payment, its Bacs file was cancelled or refused, or it has refunds of accounts that aren't
            the officer's to open; the key isn't at this desk, or what is kept has been altered.
    """
    payment = ctx.session.get(RefundPayment, payment_id)
    if payment is None or payment.sha256 is None or payment.request_sha256 is None:
        raise UserError("There is no such payment.", "Look at the list again.")
    settling.refuse_void(ctx, payment)
    accounts = select(Refund.account_id).where(Refund.payment_id == payment_id)
    access.open_accounts(ctx, ctx.session.scalars(accounts).all())
    audit.record(ctx, "refund_payment", str(payment_id), "reveal", opened_for="its files")
    content, media = safe.opened(ctx, payment)
    name = f"{paper.TITLES[payment.method]} {payment_id}"
    return PaymentFiles(
        payment_id,
        f"{name}.{paper.SUFFIXES.get(media, 'txt')}",
        content,
        payment.sha256,
        f"{name}.pdf",
        ctx.session.get_one(Document, payment.request_sha256).content,
    )


@requires(Permission.PAY_REFUNDS)
def came_back(ctx: Context, returned: Returned) -> PutBack:
    """Put a refund that the bank sent back, or whose cheque was stopped, on its account again; told twice, it is done once.

    Raises:
        UserError: it isn't paid, its Bacs file isn't marked as sent, no reason is given, the day can't be, or the period is
            closed.
    """
    row = keeping.found(ctx, returned.refund_id)
    if row.state is RefundState.RETURNED:
        return PutBack((), (row.number,), (), f"Refund {row.number} was put back before.", keeping.changes(row))
    settling.refuse_unsent(ctx, row)
    refuse_card_number(ctx, returned.why, "why", "reason")
    returns.refuse_faults(row, returned, ctx.clock.today())
    returns.put_back(ctx, row, returned.returned_on, returned.why.strip())
    told = f"Refund {row.number} of {Money(row.pence)} is on its account again."
    return PutBack((row.number,), (), (), told, Changes(_AREAS | {"diary"}, frozenset({row.account_id})))


@requires(Permission.PAY_REFUNDS)
def read_returns(ctx: Context, content: bytes) -> PutBack:
    """Read a report of returned credits (ARUCS) and put back every refund in it; the same report again does nothing more.

    A Bacs file that something came back of was sent, whether it was marked or not: it is now.

    Raises:
        UserError: it is another report, of another council, or spoilt; or a refund can't be put back. Nothing is done then.
    """
    items = read_arucs(content, own_number(ctx))
    put: list[Refund] = []
    before: list[Refund] = []
    unknown: list[str] = []
    touched: set[int] = set()
    for item, row in zip(items, returns.known(ctx, items), strict=True):
        if row is None:
            unknown.append(f"{item.reference or 'No reference'}, {item.amount}: {item.words}")
        elif row.state is RefundState.RETURNED:
            before.append(row)
        else:
            access.touch(ctx, [row.account_id])
            touched |= {row.account_id} | settling.sent_after_all(ctx, row)
            returns.put_back(ctx, row, item.returned_on or ctx.clock.today(), item.words)
            put.append(row)
    return PutBack(
        tuple(row.number for row in put),
        tuple(row.number for row in before),
        tuple(unknown),
        returns.told(put, before, len(unknown)),
        Changes(_AREAS | {"diary"}, frozenset(touched)),
    )


def _refuse_faults(ctx: Context, new: NewPayment) -> None:
    if new.method is RefundMethod.CARD:
        raise UserError("A card is paid back at the payment provider.", "Say so in the gate of the refund.", "method")
    if new.pay_on < ctx.clock.today():
        raise UserError("That day has passed.", "Give the day on which they are to be paid.", "pay_on")


def _chosen(ctx: Context, new: NewPayment) -> list[Refund]:
    rows = keeping.to_pay(ctx, new.method, new.refund_ids or None)
    gone = len(set(new.refund_ids)) - len(rows) if new.refund_ids else 0
    if gone:
        raise UserError(
            f"{gone} of the chosen refunds {'is' if gone == 1 else 'are'} not to be paid this way any more; nothing was sent.",
            "Somebody was there first. Look at the list again.",
        )
    if not rows:
        raise UserError("No approved refund waits to be paid this way.", "Look under Paid for what was sent.", "method")
    return rows


def _kept(ctx: Context, new: NewPayment, rows: Sequence[Refund]) -> RefundPayment:
    payment = RefundPayment(
        entry_key=new.entry_key,
        method=new.method,
        pay_on=new.pay_on,
        count=len(rows),
        pence=sum(row.pence for row in rows),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(payment)
    ctx.session.flush()
    return payment


def _make_files(ctx: Context, payment: RefundPayment, rows: Sequence[Refund], new: NewPayment) -> str:
    """Make and keep its files; returns what is to be done where the PDF isn't signed."""
    if rules.needs_bank(new.method) and any(row.bank_detail_id is None for row in rows):
        raise UserError("A refund has no bank details; nothing was sent.", "Withdraw it, and ask for it anew.")
    if new.method is RefundMethod.BACS:
        to = bacs.destinations(ctx, [row.bank_detail_id for row in rows if row.bank_detail_id is not None])
        known = {row.id: to[row.bank_detail_id] for row in rows if row.bank_detail_id is not None}
        items = [credit(known[row.id], row.pence, rules.reference(row.number), row.payee_name) for row in rows]
        made = bacs.make_credit_file(ctx, items, new.pay_on)
        payment.payment_file_id = made.file_id
        content, media = made.content, _BACS
    else:
        content, media = paper.file(ctx, payment, rows, new.profile), paper.MEDIA[new.profile]
    request = paper.request(ctx, payment, rows, safe.keep(ctx, payment, content, media))
    payment.request_sha256 = documents.put(ctx, request.content, _PDF)
    ctx.session.flush()
    return request.standing.warning


def _sent(
    payment: RefundPayment, left_out: tuple[LeftOut, ...] = (), touched: frozenset[int] = frozenset(), warning: str = ""
) -> Sent:
    total = Money(payment.pence)
    noun = "refund" if payment.count == 1 else "refunds"
    told = f"{paper.TITLES[payment.method]} {payment.id}: {payment.count:,} {noun} of {total} in all, posted."
    if left_out:
        told += f" Left out: {'; '.join(f'{each.number}, {each.why}' for each in left_out)}"
    told += f" {warning}" if warning else ""
    return Sent(payment.id, payment.method, payment.count, total, left_out, told, Changes(_AREAS, touched))
