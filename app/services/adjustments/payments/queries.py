"""The refunds that are to be paid, are paid or came back, as they are listed."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from sqlalchemy import Row, Select, String, cast, func, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.bacs import PaymentFile
from app.models.officers import Officer
from app.models.refunds import Refund, RefundPayment
from app.models.values import ZERO, Money, RefundMethod, RefundState
from app.services.adjustments.payments import ready
from app.services.adjustments.payments.dto import PaidFilter, PaidRow, PaymentForm, Shown
from app.services.adjustments.refunds import keeping
from app.services.bacs import queries as bank
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import has_word
from app.services.signing import keeping as signing

MOST: Final = 500
"""The list shows so many at most, the newest first; a name or a reference finds the rest."""
_STATES: Final = {
    Shown.TO_PAY: RefundState.APPROVED,
    Shown.PAID: RefundState.SENT,
    Shown.RETURNED: RefundState.RETURNED,
}
_FILED: Final = (RefundMethod.FINANCE, RefundMethod.CHEQUE, RefundMethod.BACS)


def listed(ctx: Context, wanted: PaidFilter) -> tuple[PaidRow, ...]:
    """The refunds that a filter asks for, the newest first; names of restricted records are not shown."""
    rows = list(ctx.session.execute(_statement(wanted)))
    refunds = sorted((row.Refund for row in rows), key=lambda row: row.number)
    why = ready.why_not(ctx, refunds) if wanted.shown is Shown.TO_PAY else {}
    known = bank.details(ctx, [row.bank_detail_id for row in refunds if row.bank_detail_id is not None])
    banks = {detail_id: each.masked.words for detail_id, each in known.items()}
    shut = access.restricted_accounts(ctx)
    return tuple(_row(row, banks, why, shut) for row in rows)


def counts(ctx: Context) -> dict[Shown, int]:
    """How many refunds each choice has."""
    rows = select(Refund.state, func.count()).where(Refund.state.in_(_STATES.values())).group_by(Refund.state)
    found = {state: count for state, count in ctx.session.execute(rows)}  # noqa: C416  rows aren't pairs to mypy
    return {shown: found.get(state, 0) for shown, state in _STATES.items()}


def form(ctx: Context) -> PaymentForm:
    """What the sheet that sends refunds begins with."""
    rows = keeping.to_pay(ctx)
    why = ready.why_not(ctx, rows)
    count: Counter[RefundMethod] = Counter()
    total = dict.fromkeys(_FILED, ZERO)
    for row in rows:
        if row.method in total and row.id not in why:
            count[row.method] += 1
            total[row.method] += Money(row.pence)
    ready_ = {method: (count[method], total[method]) for method in _FILED}
    bacs_on = bank.next_days(ctx).processing_on if _makes_files(ctx) else None
    return PaymentForm(ready_, ctx.clock.today(), bacs_on, signing.standing(ctx).told)


def _makes_files(ctx: Context) -> bool:
    try:
        return bank.own_side(ctx).makes_credit_files
    except UserError:
        return False


def _statement(wanted: PaidFilter) -> Select[*tuple[Any, ...]]:
    asker, approver = aliased(Officer), aliased(Officer)
    rows = (
        select(
            Refund,
            Account.payment_reference,
            asker.name.label("asker"),
            approver.name.label("approver"),
            PaymentFile.serial,
            PaymentFile.processing_on,
            PaymentFile.state.label("file_state"),
        )
        .join(Account, Account.id == Refund.account_id)
        .join(asker, asker.id == Refund.made_by)
        .outerjoin(approver, approver.id == Refund.approved_by)
        .outerjoin(RefundPayment, RefundPayment.id == Refund.payment_id)
        .outerjoin(PaymentFile, PaymentFile.id == RefundPayment.payment_file_id)
        .where(Refund.state == _STATES[wanted.shown])
    )
    for word in wanted.text.split():
        either = has_word(word, Refund.payee_name, Account.payment_reference)
        rows = rows.where(either | (cast(Refund.number, String(12)) == word))
    return rows.order_by(Refund.number.desc()).limit(MOST)


def _row(row: Row[*tuple[Any, ...]], banks: dict[int, str], why: dict[int, str], shut: frozenset[int]) -> PaidRow:
    refund: Refund = row.Refund
    return PaidRow(
        refund_id=refund.id,
        number=refund.number,
        account_id=refund.account_id,
        reference=row.payment_reference or "",
        payee_name=access.RESTRICTED_NAME if refund.account_id in shut else refund.payee_name,
        amount=Money(refund.pence),
        method=refund.method,
        state=refund.state,
        bank=banks.get(refund.bank_detail_id or 0, ""),
        made_by=row.asker,
        approved_by=row.approver or "",
        why_not=why.get(refund.id, ""),
        payment_id=refund.payment_id,
        sent_on=refund.sent_on,
        returned_on=refund.returned_on,
        returned_why=refund.returned_why,
        file=f"Bacs file {row.serial}" if row.serial else "",
        file_state=row.file_state,
        file_on=row.processing_on,
    )
