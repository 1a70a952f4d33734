"""The list of receipts: the ids of those that fit in their order, their lines, and what they come to."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.desks import IncomeStream, PaymentDesk
from app.models.reception_payments.receipts import Receipt, ReceiptShare
from app.models.values import Money as Amount
from app.models.values import MoneyReceiptState, PayerKind, TakenBy
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import like_pattern
from app.services.core.ids import read_ids
from app.services.reception_payments.receipts import rules
from app.services.reception_payments.receipts.dto.shown import (
    ReceiptFilter,
    ReceiptForm,
    ReceiptRow,
    ReceiptSort,
    ReceiptTotals,
    ReceiptView,
    ShareRow,
)
from app.services.reception_payments.tills import sessions

_WRITTEN: Final = re.compile(r"(?P<prefix>[A-Z]{1,6})\s*0*(?P<number>\d{1,9})")
_MOST_NAMED: Final = 900
_STANDS: Final = (MoneyReceiptState.TAKEN, MoneyReceiptState.VOID_ASKED)


def ids(ctx: Context, wanted: ReceiptFilter, sort: ReceiptSort, *, descending: bool) -> array[int]:
    """The ids of the receipts that fit, in order."""
    keys = _keys(sort)
    order = [key.desc() if descending else key for key in (*keys, Receipt.id)]
    return read_ids(ctx.session, _over(ctx, wanted).order_by(*order), ctx.cancel)


def rows(ctx: Context, receipt_ids: Sequence[int]) -> tuple[ReceiptRow, ...]:
    """The lines with these ids, in that order; those of restricted records don't say whose they are."""
    shut, hidden = access.closed_accounts(ctx), access.restricted_accounts(ctx)
    found: dict[int, ReceiptRow] = {}
    for chunk in in_chunks(list(receipt_ids)):
        shares = shares_of(ctx, chunk)
        read = (
            select(Receipt, PaymentDesk.name, PaymentDesk.prefix, Officer.name.label("officer"))
            .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
            .join(Officer, Officer.id == Receipt.officer_id)
            .where(Receipt.id.in_(chunk))
        )
        for row in ctx.session.execute(read):
            mine = shares[row.Receipt.id]
            accounts = {share.account_id for share in mine if share.account_id is not None}
            found[row.Receipt.id] = _row(row, mine, shut=bool(accounts & shut), hidden=bool(accounts & hidden))
    return tuple(found[each] for each in receipt_ids if each in found)


def shares_of(ctx: Context, receipt_ids: Sequence[int]) -> Mapping[int, list[ShareRow]]:
    """Where some receipts went, in their order; at most one chunk of them."""
    read = (
        select(ReceiptShare, Account.payment_reference, Account.name, Account.kind, IncomeStream.name.label("stream"))
        .join(Account, Account.id == ReceiptShare.account_id)
        .outerjoin(IncomeStream, IncomeStream.id == ReceiptShare.stream_id)
        .where(ReceiptShare.receipt_id.in_(receipt_ids))
        .order_by(ReceiptShare.receipt_id, ReceiptShare.place)
    )
    found: dict[int, list[ShareRow]] = defaultdict(list)
    for share, reference, name, kind, stream in ctx.session.execute(read):
        account_id = None if stream else share.account_id
        row = ShareRow(account_id, reference or "", stream or name, kind, Amount(share.pence), share.words)
        found[share.receipt_id].append(row)
    return found


def on_account(account_id: int) -> Select[int, int]:
    """The receipts that put money on an account, and how much, the newest first."""
    return (
        select(ReceiptShare.receipt_id, ReceiptShare.pence)
        .join(Receipt, Receipt.id == ReceiptShare.receipt_id)
        .where(ReceiptShare.account_id == account_id)
        .order_by(Receipt.taken_on.desc(), Receipt.id.desc())
    )


def totals(ctx: Context, wanted: ReceiptFilter) -> ReceiptTotals:
    """How many fit, and what those that stand come to."""
    return _summed(ctx, _over(ctx, wanted))


def totals_of(ctx: Context, receipt_ids: Sequence[int]) -> ReceiptTotals:
    """What some receipts come to."""
    count, pence, in_till = 0, 0, 0
    for chunk in in_chunks(list(receipt_ids)):
        part = _summed(ctx, select(Receipt.id).where(Receipt.id.in_(chunk)))
        count, pence, in_till = count + part.count, pence + part.amount.pence, in_till + part.in_till
    return ReceiptTotals(count, Amount(pence), in_till)


def counts(ctx: Context) -> dict[ReceiptView, int]:
    """How many each view has, but that of all."""
    views = [view for view in ReceiptView if view is not ReceiptView.ALL]
    one: list[ColumnElement[int]] = [func.sum(case((in_view(ctx, view), 1), else_=0)) for view in views]
    lately = or_(*(in_view(ctx, view) for view in views))
    found = ctx.session.execute(select(*one).where(lately)).one()
    return {view: int(number or 0) for view, number in zip(views, found, strict=True)}


def form(ctx: Context) -> ReceiptForm:
    """The desks, and the officers who took payments."""
    desks = ctx.session.execute(select(PaymentDesk.id, PaymentDesk.name).order_by(PaymentDesk.name))
    took = select(Receipt.officer_id).distinct()
    officers = ctx.session.execute(select(Officer.id, Officer.name).where(Officer.id.in_(took)).order_by(Officer.name))
    return ReceiptForm(tuple((each.id, each.name) for each in desks), tuple((each.id, each.name) for each in officers))


def in_view(ctx: Context, view: ReceiptView) -> ColumnElement[bool]:
    """Whether a receipt belongs to a view."""
    today = Receipt.taken_on == ctx.clock.today()
    match view:
        case ReceiptView.TODAY:
            return today
        case ReceiptView.MINE:
            return and_(today, Receipt.officer_id == ctx.officer.id)
        case ReceiptView.WAITING:
            return Receipt.state == MoneyReceiptState.VOID_ASKED
        case ReceiptView.BACK:
            return Receipt.state.in_((MoneyReceiptState.VOID, MoneyReceiptState.RETURNED))
    return Receipt.id > 0


def _row(row: Row[*tuple[Any, ...]], shares: Sequence[ShareRow], *, shut: bool, hidden: bool) -> ReceiptRow:
    kept: Receipt = row.Receipt
    first = shares[0] if shares else None
    masked = shut or hidden
    return ReceiptRow(
        receipt_id=kept.id,
        number=rules.numbered(row.prefix, kept.number),
        desk=row.name,
        state=kept.state,
        taken_by=kept.taken_by,
        amount=Amount(kept.pence),
        taken_on=kept.taken_on,
        recorded_at=kept.recorded_at,
        officer=row.officer,
        payer=kept.payer,
        payer_name=access.RESTRICTED_NAME if masked and kept.payer is PayerKind.HOLDER else kept.payer_name,
        account_id=first.account_id if first is not None and not shut else None,
        reference=first.reference if first is not None else "",
        name=access.RESTRICTED_NAME if masked else (first.name if first is not None else ""),
        others=max(0, len(shares) - 1),
        shut=shut,
    )


def _keys(sort: ReceiptSort) -> tuple[Any, ...]:
    methods = {method: place for place, method in enumerate(TakenBy)}
    states = {state: place for place, state in enumerate(MoneyReceiptState)}
    keys: dict[ReceiptSort, tuple[Any, ...]] = {
        ReceiptSort.NUMBER: (PaymentDesk.prefix, Receipt.number),
        ReceiptSort.AMOUNT: (Receipt.pence,),
        ReceiptSort.METHOD: (case(*((Receipt.taken_by == each, at) for each, at in methods.items()), else_=-1),),
        ReceiptSort.STATE: (case(*((Receipt.state == each, at) for each, at in states.items()), else_=-1),),
        ReceiptSort.DESK: (PaymentDesk.name,),
        ReceiptSort.OFFICER: (Officer.name,),
    }
    return keys.get(sort, (Receipt.taken_on,))


def _over(ctx: Context, wanted: ReceiptFilter) -> Select[Any]:
    statement = (
        select(Receipt.id)
        .select_from(Receipt)
        .join(PaymentDesk, PaymentDesk.id == Receipt.desk_id)
        .join(Officer, Officer.id == Receipt.officer_id)
    )
    return statement.where(*_where(ctx, wanted))


def _where(ctx: Context, wanted: ReceiptFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.view is not ReceiptView.ALL:
        where.append(in_view(ctx, wanted.view))
    if wanted.desk_id is not None:
        where.append(Receipt.desk_id == wanted.desk_id)
    if wanted.methods:
        where.append(Receipt.taken_by.in_(sorted(wanted.methods)))
    if wanted.states:
        where.append(Receipt.state.in_(sorted(wanted.states)))
    if wanted.officer_id is not None:
        where.append(Receipt.officer_id == wanted.officer_id)
    if wanted.account_id is not None:
        where.append(Receipt.id.in_(_on(ReceiptShare.account_id == wanted.account_id)))
    if wanted.from_on is not None:
        where.append(Receipt.taken_on >= wanted.from_on)
    if wanted.to_on is not None:
        where.append(Receipt.taken_on <= wanted.to_on)
    if text := wanted.text.strip():
        where.append(_found(ctx, text))
    return where


def _on(*where: ColumnElement[bool]) -> Select[Any]:
    return select(ReceiptShare.receipt_id).join(Account, Account.id == ReceiptShare.account_id).where(*where)


def _found(ctx: Context, text: str) -> ColumnElement[bool]:
    """Its number, or words of what it says; a name is not found where it is of a restricted record."""
    pattern = like_pattern(text)
    key = like_pattern(text.replace(" ", "").upper())
    places = (Receipt.cheque_number, Receipt.slip, Receipt.book_number)
    found: list[ColumnElement[bool]] = [place.like(pattern, escape="/") for place in places]
    found.append(Receipt.id.in_(_on(Account.reference_key.like(key, escape="/"))))
    shut = sorted(access.restricted_accounts(ctx))[:_MOST_NAMED]
    named = Receipt.payer_name.like(pattern, escape="/")
    account = Receipt.id.in_(_on(Account.name.like(pattern, escape="/")))
    open_ = Receipt.id.not_in(_on(Account.id.in_(shut))) if shut else Receipt.id > 0
    found.append(and_(or_(named, account), open_))
    if match := _WRITTEN.fullmatch(text.upper()):
        number = Receipt.number == int(match["number"])
        found.append(and_(PaymentDesk.prefix == match["prefix"], number))
    return or_(*found)


def _summed(ctx: Context, of: Select[Any]) -> ReceiptTotals:
    fitting, own = of.subquery(), sessions.in_own_till(ctx).subquery("own")
    stands = case((and_(Receipt.state.in_(_STANDS), own.c.receipt_id.is_(None)), Receipt.pence), else_=0)
    read = (
        select(func.count(), func.sum(stands), func.count(own.c.receipt_id))
        .join_from(fitting, Receipt, Receipt.id == fitting.c.id)
        .outerjoin(own, own.c.receipt_id == Receipt.id)
    )
    count, pence, in_till = ctx.session.execute(read).one()
    return ReceiptTotals(count, Amount(int(pence or 0)), in_till)
