"""The list of mandates: the numbers of those that fit in their order, their lines, and what they come to next."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Instruction, Mandate, MandateAccount, MandateBank
from app.models.direct_debits.schedules import Collection as Debit
from app.models.direct_debits.schedules import DebitSchedule
from app.models.values import (
    CollectionState,
    Frequency,
    InstructionState,
    MandateState,
    MandateWay,
    Money,
    ScheduleState,
)
from app.services.bacs.dto import Masked
from app.services.core import access
from app.services.core.calendars import months_after
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import like_pattern
from app.services.core.ids import read_ids
from app.services.direct_debits.mandates.dto import (
    MandateFilter,
    MandateRow,
    MandateSort,
    MandateTotals,
    MandateView,
)
from app.services.direct_debits.mandates.rules import COLLECTS, LIVE, OVER

_MOST_WORDS: Final = 6
_MOST_NAMED: Final = 900
_STATES: Final = {state: place for place, state in enumerate(MandateState)}
_PLANNED: Final = (CollectionState.PLANNED, CollectionState.IN_RUN)


def ids(ctx: Context, wanted: MandateFilter, sort: MandateSort, *, descending: bool) -> array[int]:
    """The numbers of the mandates that fit, in order."""
    ahead = _next_of_all(ctx)
    statement = _over(ctx, wanted)
    if sort in {MandateSort.NEXT_ON, MandateSort.NEXT_AMOUNT}:
        statement = statement.outerjoin(ahead, ahead.c.mandate_id == Mandate.id)
    key = {MandateSort.NEXT_ON: ahead.c.due_on, MandateSort.NEXT_AMOUNT: ahead.c.pence}.get(sort, _key(sort))
    order = (key.desc(), Mandate.id.desc()) if descending else (key, Mandate.id)
    return read_ids(ctx.session, statement.order_by(*order), ctx.cancel)


def rows(ctx: Context, mandate_ids: Sequence[int]) -> tuple[MandateRow, ...]:
    """The lines with these numbers, in that order; those of restricted records say nothing to whoever may not open them."""
    if not mandate_ids:
        return ()
    shut, declared = access.closed_accounts(ctx), access.declared_accounts(ctx)
    hidden, masked = access.restricted_accounts(ctx), access.restricted_people(ctx)
    away = access.closed_people(ctx)
    found: dict[int, MandateRow] = {}
    for chunk in in_chunks(list(mandate_ids)):
        ahead = next_of(ctx, chunk)
        read = (
            select(Mandate, Account.payment_reference, Account.name, MandateBank.last_two)
            .join(Account, Account.id == Mandate.account_id)
            .outerjoin(MandateBank, and_(MandateBank.mandate_id == Mandate.id, MandateBank.to_on.is_(None)))
            .where(Mandate.id.in_(chunk))
        )
        for row in ctx.session.execute(read):
            account_id, person_id = row.Mandate.account_id, row.Mandate.person_id
            found[row.Mandate.id] = _row(
                row,
                ahead.get(row.Mandate.id),
                shut=account_id in shut or person_id in away,
                hidden=account_id in hidden or person_id in masked,
                declared=account_id in declared,
            )
    return tuple(found[each] for each in mandate_ids if each in found)


def totals(ctx: Context, wanted: MandateFilter) -> MandateTotals:
    """How many fit, and what their next collections come to."""
    return _summed(ctx, _over(ctx, wanted))


def totals_of(ctx: Context, mandate_ids: Sequence[int]) -> MandateTotals:
    """What some mandates collect next."""
    count, pence = 0, 0
    for chunk in in_chunks(list(mandate_ids)):
        part = _summed(ctx, select(Mandate.id).where(Mandate.id.in_(chunk)))
        count, pence = count + part.count, pence + part.next_amount.pence
    return MandateTotals(count, Money(pence))


def counts(ctx: Context) -> dict[MandateView, int]:
    """How many mandates each list has that officers work through."""
    return {
        view: ctx.session.scalar(select(func.count()).select_from(Mandate).where(in_view(ctx, view))) or 0
        for view in MandateView
    }


def in_view(ctx: Context, view: MandateView) -> ColumnElement[bool]:
    """Whether a mandate belongs to a list."""
    today = ctx.clock.today()
    match view:
        case MandateView.LIVE:
            return Mandate.state.in_(LIVE)
        case MandateView.TO_LODGE:
            waits = select(Instruction.mandate_id).where(
                Instruction.state.in_((InstructionState.WAITING, InstructionState.IN_RUN))
            )
            return Mandate.id.in_(waits)
        case MandateView.SUSPENDED:
            days = ctx.policy.number("direct_debits.suspended_days", today)
            long = Mandate.state_on <= today - timedelta(days=days)
            return and_(Mandate.state == MandateState.SUSPENDED, or_(Mandate.resume_on <= today, long))
        case MandateView.DORMANT_SOON:
            months = ctx.policy.number("direct_debits.dormant_months", today)
            soon = ctx.policy.number("direct_debits.dormant_soon_months", today)
            return and_(Mandate.state.not_in(sorted(OVER)), Mandate.last_bank_on <= months_after(today, soon - months))
        case MandateView.NO_SCHEDULE:
            scheduled = select(DebitSchedule.mandate_id).where(DebitSchedule.state == ScheduleState.CURRENT)
            return and_(Mandate.state.in_(COLLECTS), Mandate.id.not_in(scheduled))
    loaded = Mandate.way == MandateWay.LOADED
    return and_(Mandate.state.not_in(sorted(OVER)), Mandate.confirmed_on.is_(None), ~loaded)


def next_of(ctx: Context, mandate_ids: Collection[int]) -> dict[int, tuple[Any, Money]]:
    """The next collection of some mandates: its day and amount, by mandate. At most one chunk of them."""
    firsts = (
        select(Debit.mandate_id, func.min(Debit.due_on).label("due_on"))
        .where(Debit.mandate_id.in_(mandate_ids), *_ahead(ctx))
        .group_by(Debit.mandate_id)
        .subquery()
    )
    read = (
        select(Debit.mandate_id, Debit.due_on, func.sum(Debit.pence))
        .join(firsts, and_(firsts.c.mandate_id == Debit.mandate_id, firsts.c.due_on == Debit.due_on))
        .where(*_ahead(ctx))
        .group_by(Debit.mandate_id, Debit.due_on)
    )
    return {mandate_id: (due_on, Money(int(pence))) for mandate_id, due_on, pence in ctx.session.execute(read)}


def _ahead(ctx: Context) -> tuple[ColumnElement[bool], ...]:
    """What is still to be collected: of a suspended mandate only what a run has already."""
    stopped = Debit.mandate_id.in_(select(Mandate.id).where(Mandate.state == MandateState.SUSPENDED))
    goes = or_(Debit.state == CollectionState.IN_RUN, ~stopped)
    return (Debit.state.in_(_PLANNED), Debit.due_on >= ctx.clock.today(), Debit.pence > 0, goes)


def _over(ctx: Context, wanted: MandateFilter) -> Select[Any]:
    statement = select(Mandate.id).select_from(Mandate).join(Account, Account.id == Mandate.account_id)
    return statement.where(*_where(ctx, wanted))


def _next_of_all(ctx: Context) -> Subquery:
    """The next collection of every mandate; of two on one day the smaller counts."""
    firsts = select(Debit.mandate_id, func.min(Debit.due_on).label("due_on")).where(*_ahead(ctx))
    first = firsts.group_by(Debit.mandate_id).subquery()
    same = and_(first.c.mandate_id == Debit.mandate_id, first.c.due_on == Debit.due_on)
    read = select(Debit.mandate_id, Debit.due_on, func.min(Debit.pence).label("pence")).join(first, same)
    return read.where(*_ahead(ctx)).group_by(Debit.mandate_id, Debit.due_on).subquery("ahead")


def _key(sort: MandateSort) -> Any:
    keys: dict[MandateSort, Any] = {
        MandateSort.ACCOUNT: func.coalesce(Account.payment_reference, ""),
        MandateSort.PAYER: Mandate.payer_name,
        MandateSort.STATE: case(*((Mandate.state == state, place) for state, place in _STATES.items()), else_=-1),
        MandateSort.STATE_ON: Mandate.state_on,
        MandateSort.WAY: Mandate.way,
        MandateSort.LAST_BANK_ON: Mandate.last_bank_on,
    }
    return keys.get(sort, Mandate.reference)


def _where(ctx: Context, wanted: MandateFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.view is not None:
        where.append(in_view(ctx, wanted.view))
    if wanted.states:
        where.append(Mandate.state.in_(sorted(wanted.states)))
    if wanted.ways:
        where.append(Mandate.way.in_(sorted(wanted.ways)))
    if wanted.account_id is not None:
        paying = select(MandateAccount.mandate_id).where(MandateAccount.account_id == wanted.account_id)
        where.append(or_(Mandate.account_id == wanted.account_id, Mandate.id.in_(paying)))
    if wanted.day is not None:
        on_day = select(DebitSchedule.mandate_id).where(
            DebitSchedule.state == ScheduleState.CURRENT,
            DebitSchedule.frequency.in_((Frequency.MONTHLY, Frequency.QUARTERLY)),
            DebitSchedule.day == wanted.day,
        )
        where.append(Mandate.id.in_(on_day))
    if wanted.from_on is not None:
        where.append(Mandate.state_on >= wanted.from_on)
    if wanted.to_on is not None:
        where.append(Mandate.state_on <= wanted.to_on)
    if wanted.text.strip():
        where += _words(ctx, wanted.text)
    return where


def _words(ctx: Context, text: str) -> list[ColumnElement[bool]]:
    """Each word is in the reference, the account, its name or the payer's; not in what the officer may not open."""
    places = (Mandate.reference, Mandate.payer_name, Account.payment_reference, Account.name)
    found: list[ColumnElement[bool]] = [
        or_(*(place.like(like_pattern(word), escape="/") for place in places)) for word in text.split()[:_MOST_WORDS]
    ]
    shut = sorted(access.restricted_accounts(ctx))[:_MOST_NAMED]
    people = sorted(access.restricted_people(ctx))[:_MOST_NAMED]
    if shut or people:
        by_number = or_(*(place.like(like_pattern(text.strip()), escape="/") for place in (places[0], places[2])))
        payer = or_(Mandate.person_id.is_(None), Mandate.person_id.not_in(people))
        found.append(or_(and_(Account.id.not_in(shut), payer), by_number))
    return found


def _summed(ctx: Context, of: Select[Any]) -> MandateTotals:
    fitting = of.subquery()
    count = ctx.session.scalar(select(func.count()).select_from(fitting)) or 0
    firsts = (
        select(Debit.mandate_id, func.min(Debit.due_on).label("due_on"))
        .where(*_ahead(ctx), Debit.mandate_id.in_(select(fitting.c.id)))
        .group_by(Debit.mandate_id)
        .subquery()
    )
    same = and_(firsts.c.mandate_id == Debit.mandate_id, firsts.c.due_on == Debit.due_on)
    pence = ctx.session.scalar(select(func.coalesce(func.sum(Debit.pence), 0)).join(firsts, same).where(*_ahead(ctx)))
    return MandateTotals(count, Money(int(pence or 0)))


def _row(
    row: Row[Mandate, str | None, str, str],
    ahead: tuple[Any, Money] | None,
    *,
    shut: bool,
    hidden: bool,
    declared: bool,
) -> MandateRow:
    mandate: Mandate = row.Mandate
    name = access.RESTRICTED_NAME
    return MandateRow(
        mandate_id=mandate.id,
        reference=mandate.reference,
        account_id=mandate.account_id,
        account=row.payment_reference or "",
        name=name if hidden else row.name,
        payer=name if hidden else mandate.payer_name,
        state=mandate.state,
        state_on=mandate.state_on,
        state_why="" if shut else mandate.state_why,
        way=mandate.way,
        bank="" if shut or row.last_two is None else Masked(row.last_two).account_number,
        next_on=None if shut or ahead is None else ahead[0],
        next_amount=None if shut or ahead is None else ahead[1],
        resume_on=mandate.resume_on,
        last_bank_on=mandate.last_bank_on,
        confirmed_on=mandate.confirmed_on,
        received_on=mandate.received_on,
        declared=declared,
        shut=shut,
    )
