"""The figures of the reception over some days, each in one statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.cards import CardDispute, CardDisputeShare, CardPayment
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.reception_payments.visits import Visit, VisitReason
from app.models.values import AccountKind, Money, MoneyReceiptState, TakenBy, VisitState
from app.services.core import access
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import received
from app.services.ledger.dto import CodeReceived
from app.services.reception_payments.figures.dto import (
    AccountPaid,
    ReceptionFigures,
    Taken,
    TakenBack,
    TakenOn,
    Waited,
)
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.tills import sessions

_BACK: Final = (MoneyReceiptState.VOID, MoneyReceiptState.RETURNED)
_MOST_ACCOUNTS: Final = 200
_MOST_DAYS: Final = 400


def report(ctx: Context, from_on: date, to_on: date) -> ReceptionFigures:
    """The figures of some days, both included, by the day that a payment counts as paid.

    Cash and cheques in the till that the officer holds open are left out: they count it blind.

    Raises:
        UserError: the span ends before it begins, or is longer than a year and a month.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    if (to_on - from_on).days > _MOST_DAYS:
        raise UserError(f"At most {_MOST_DAYS} days are counted at once.", "Choose fewer.", "from_on")
    rows = _receipts(ctx, from_on, to_on)
    blind = set(ctx.session.scalars(sessions.in_own_till(ctx)))
    stand = [row for row in rows if row.Receipt.state is not MoneyReceiptState.VOID and row.Receipt.id not in blind]
    undone = [_back(row) for row in rows if row.Receipt.state in _BACK]
    undone += _lost_parts(ctx, from_on, to_on)
    waits, average = _waits(ctx, from_on, to_on)
    return ReceptionFigures(
        from_on=from_on,
        to_on=to_on,
        count=len(stand),
        total=Money(sum(row.Receipt.pence for row in stand)),
        taken_back=Money(sum(each.amount.pence for each in undone)),
        average_wait=average,
        days=_days(stand),
        ways=_by(stand, lambda row: rules.METHODS[row.Receipt.taken_by]),
        desks=_by(stand, lambda row: row.desk),
        officers=_by(stand, lambda row: row.officer),
        hours=tuple(sorted(_by(stand, _hour), key=lambda each: each.name)),
        channels=_channels(ctx, from_on, to_on),
        accounts=_accounts(ctx, from_on, to_on),
        undone=tuple(undone),
        waits=waits,
    )


def _receipts(ctx: Context, from_on: date, to_on: date) -> Sequence[Any]:
    taker, undoer = aliased(Officer), aliased(Officer)
    rows = (
        select(
            Receipt,
            PaymentDesk.name.label("desk"),
            PaymentDesk.prefix,
            taker.name.label("officer"),
            undoer.name.label("undone_by"),
        )
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .join(taker, taker.id == Receipt.officer_id)
        .outerjoin(undoer, undoer.id == Receipt.undone_by)
        .where(Receipt.taken_on >= from_on, Receipt.taken_on <= to_on)
        .order_by(Receipt.taken_on.desc(), Receipt.id.desc())
    )
    return ctx.session.execute(rows).all()


def _by(rows: Iterable[Any], name: Callable[[Any], str]) -> tuple[Taken, ...]:
    """What was taken by each name, the most first."""
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for row in rows:
        key = name(row)
        counts[key] += 1
        totals[key] += row.Receipt.pence
    found = [Taken(key, counts[key], Money(totals[key])) for key in counts]
    return tuple(sorted(found, key=lambda each: (-each.total.pence, each.name)))


def _hour(row: Any) -> str:
    """The hour of the office's clock in which a payment was taken."""
    hour = row.Receipt.recorded_at.astimezone().hour
    return f"{hour:02}:00 to {hour:02}:59"


def _days(rows: Iterable[Any]) -> tuple[TakenOn, ...]:
    """What was taken on each day, the newest first."""
    by_day: dict[date, list[Receipt]] = defaultdict(list)
    for row in rows:
        by_day[row.Receipt.taken_on].append(row.Receipt)
    made = []
    for on, found in by_day.items():
        telephone = sum(each.pence for each in found if each.taken_by is TakenBy.CARD)
        whole = sum(each.pence for each in found)
        made.append(TakenOn(on, len(found), Money(whole - telephone), Money(telephone)))
    return tuple(sorted(made, key=lambda each: each.on, reverse=True))


def _back(row: Any) -> TakenBack:
    one = row.Receipt
    return TakenBack(
        one.id,
        rules.numbered(row.prefix, one.number),
        one.undone_on or one.taken_on,
        rules.METHODS[one.taken_by],
        Money(one.pence),
        one.state,
        one.undone_why,
        row.undone_by or "",
    )


def _lost_parts(ctx: Context, from_on: date, to_on: date) -> list[TakenBack]:
    """What lost challenges took of card payments that stand otherwise."""
    rows = (
        select(
            Receipt.id,
            Receipt.number,
            Receipt.taken_on,
            Receipt.taken_by,
            PaymentDesk.prefix,
            CardDispute.back_on,
            CardDispute.back_why,
            Officer.name,
            func.sum(CardDisputeShare.pence).label("pence"),
        )
        .join(CardPayment, CardPayment.receipt_id == Receipt.id)
        .join(CardDispute, CardDispute.card_payment_id == CardPayment.id)
        .join(CardDisputeShare, CardDisputeShare.dispute_id == CardDispute.id)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .outerjoin(Officer, Officer.id == CardDispute.back_by)
        .where(Receipt.taken_on.between(from_on, to_on), Receipt.state.not_in(_BACK))
        .group_by(
            *(Receipt.id, Receipt.number, Receipt.taken_on, Receipt.taken_by, PaymentDesk.prefix),
            *(CardDispute.id, CardDispute.back_on, CardDispute.back_why, Officer.name),
        )
        .order_by(CardDispute.id.desc())
    )
    return [
        TakenBack(
            row.id,
            rules.numbered(row.prefix, row.number),
            row.back_on or row.taken_on,
            rules.METHODS[row.taken_by],
            Money(int(row.pence)),
            MoneyReceiptState.RETURNED,
            row.back_why,
            row.name or "",
        )
        for row in ctx.session.execute(rows)
    ]


def _channels(ctx: Context, from_on: date, to_on: date) -> tuple[CodeReceived, ...]:
    """What came in by each receipt code, without what lies in the officer's own open till."""
    rows = (
        select(ReceiptShare.code, func.count(), func.sum(ReceiptShare.pence))
        .join(Receipt, Receipt.id == ReceiptShare.receipt_id)
        .where(
            Receipt.id.in_(sessions.in_own_till(ctx)),
            Receipt.state != MoneyReceiptState.VOID,
            Receipt.taken_on.between(from_on, to_on),
            ReceiptShare.stream_id.is_(None),
        )
        .group_by(ReceiptShare.code)
    )
    left = {code: (int(count), int(pence)) for code, count, pence in ctx.session.execute(rows)}
    found = []
    for each in received.by_code(ctx, from_on, to_on):
        count, pence = left.get(each.code, (0, 0))
        if each.count > count:
            found.append(replace(each, count=each.count - count, total=each.total - Money(pence)))
    return tuple(sorted(found, key=lambda each: (-each.total.pence, each.code)))


def _accounts(ctx: Context, from_on: date, to_on: date) -> tuple[AccountPaid, ...]:
    """The accounts for which most was taken, the most first."""
    pence, count = func.sum(ReceiptShare.pence), func.count()
    rows = (
        select(Account.id, Account.payment_reference, Account.name, count, pence)
        .join(ReceiptShare, ReceiptShare.account_id == Account.id)
        .join(Receipt, Receipt.id == ReceiptShare.receipt_id)
        .where(
            Receipt.taken_on >= from_on,
            Receipt.taken_on <= to_on,
            Receipt.state != MoneyReceiptState.VOID,
            Account.kind != AccountKind.CONTROL,
            Receipt.id.not_in(sessions.in_own_till(ctx)),
        )
        .group_by(Account.id, Account.payment_reference, Account.name)
        .order_by(pence.desc(), Account.id)
        .limit(_MOST_ACCOUNTS)
    )
    closed = access.closed_accounts(ctx)
    return tuple(
        AccountPaid(
            account_id,
            "" if account_id in closed else reference or "",
            "Restricted" if account_id in closed else name,
            number,
            Money(int(total)),
        )
        for account_id, reference, name, number, total in ctx.session.execute(rows)
    )


def _waits(ctx: Context, from_on: date, to_on: date) -> tuple[tuple[Waited, ...], int | None]:
    """How long people waited by what they came for, and all together; who left counts, but not in the minutes."""
    rows = (
        select(VisitReason.name, Visit.state, Visit.arrived_at, Visit.seen_at)
        .join(VisitReason, VisitReason.id == Visit.reason_id)
        .where(Visit.arrived_at >= midnight(from_on), Visit.arrived_at < midnight(to_on + timedelta(days=1)))
        .order_by(VisitReason.place, VisitReason.name)
    )
    minutes: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for reason, state, arrived, seen in ctx.session.execute(rows):
        counts[reason] += 1
        left[reason] += state is VisitState.LEFT
        known = minutes.setdefault(reason, [])
        if seen is not None:
            known.append(int((seen - arrived).total_seconds() // 60))
    every = [each for found in minutes.values() for each in found]
    waits = tuple(
        Waited(reason, counts[reason], left[reason], _mean(found), max(found, default=None))
        for reason, found in minutes.items()
    )
    return waits, _mean(every)


def _mean(minutes: Sequence[int]) -> int | None:
    return round(sum(minutes) / len(minutes)) if minutes else None
