"""The register of endings: what is under way, whose keys are due, whose closing statement, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.endings import Ending
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, EndingState, Money
from app.services.core import access
from app.services.core.context import Context
from app.services.diary.calendar import office_days
from app.services.diary.keeping import written
from app.services.ledger.sql import AnySelect
from app.services.rent.rules import one_line
from app.services.tenancies.endings import policies
from app.services.tenancies.endings.dto import EndingFilter, EndingRow, EndingShown

MOST: Final = 1_000
"""The register shows so many at most; a narrower choice shows the rest."""
_MAIN: Final = (AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD)


def listed(ctx: Context, wanted: EndingFilter) -> tuple[EndingRow, ...]:
    """The endings of a choice, the earliest last day first (of those that are over, the latest first)."""
    now = ctx.clock.now()
    main, former = aliased(Account), aliased(Account)
    statement = _rows(main, former).where(*_shown(wanted.shown, now))
    for word in wanted.text.split():
        statement = statement.where(_found(word, main, former))
    over = wanted.shown in {EndingShown.ENDED, EndingShown.TAKEN_BACK, EndingShown.ALL}
    order = Ending.ends_on.desc() if over else Ending.ends_on
    found = ctx.session.execute(statement.order_by(order, Ending.id).limit(MOST)).all()
    return tuple(_read(ctx, found, now))


def counts(ctx: Context) -> dict[EndingShown, int]:
    """How many there are of each choice that asks for something to be done."""
    now = ctx.clock.now()
    asked = (EndingShown.OPEN, EndingShown.KEYS_DUE, EndingShown.STATEMENT_DUE)
    number = select(func.count()).select_from(Ending)
    return {shown: ctx.session.scalar(number.where(*_shown(shown, now))) or 0 for shown in asked}


def _rows(main: Any, former: Any) -> AnySelect:
    first = (
        select(func.min(Account.id))
        .where(Account.tenancy_id == Ending.tenancy_id, Account.kind.in_(_MAIN))
        .correlate(Ending)
        .scalar_subquery()
    )
    return (
        select(
            Ending,
            Tenancy.ref,
            Property.address_1,
            Property.address_2,
            Property.postcode,
            main.id.label("main_id"),
            main.payment_reference.label("main_ref"),
            main.name,
            main.balance_pence.label("main_pence"),
            former.payment_reference.label("former_ref"),
            former.balance_pence.label("former_pence"),
        )
        .join(Tenancy, Tenancy.id == Ending.tenancy_id)
        .join(Property, Property.id == Tenancy.property_id)
        .join(main, main.id == first)
        .outerjoin(former, former.id == Ending.former_account_id)
    )


def _shown(shown: EndingShown, now: datetime) -> tuple[ColumnElement[bool], ...]:
    notice = Ending.state == EndingState.NOTICE
    ended = Ending.state == EndingState.ENDED
    choices: dict[EndingShown, tuple[ColumnElement[bool], ...]] = {
        EndingShown.OPEN: (notice,),
        EndingShown.KEYS_DUE: (notice, Ending.keys_returned_at.is_(None), Ending.keys_due_at <= now),
        EndingShown.STATEMENT_DUE: (
            ended,
            Ending.statement_on.is_(None),
            Ending.former_account_id.is_not(None),
            Ending.with_id.is_(None),
        ),
        EndingShown.ENDED: (ended,),
        EndingShown.TAKEN_BACK: (Ending.state.in_((EndingState.WITHDRAWN, EndingState.REVERSED)),),
        EndingShown.ALL: (),
    }
    return choices[shown]


def _found(word: str, main: Any, former: Any) -> ColumnElement[bool]:
    part = f"%{word}%"
    texts = (main.name, main.payment_reference, former.payment_reference, Tenancy.ref, Property.address_1)
    return or_(*(text.ilike(part) for text in texts), and_(Property.postcode != "", Property.postcode.ilike(part)))


def _read(ctx: Context, found: Iterable[Row[*tuple[Any, ...]]], now: datetime) -> Iterator[EndingRow]:
    shut = access.restricted_accounts(ctx)
    days = office_days(ctx)
    for row in found:
        ending: Ending = row.Ending
        closed = row.main_id in shut or ending.former_account_id in shut
        ended = ending.state is EndingState.ENDED
        due = None
        if ended and ending.statement_on is None and ending.former_account_id is not None and ending.with_id is None:
            due = days.add(ending.ends_on, policies.closing_statement_days(ctx, ending.ends_on))
        behind = Money(row.main_pence if ended and ending.former_account_id is not None else 0)
        yield EndingRow(
            ending_id=ending.id,
            account_id=(ending.former_account_id if ended else None) or row.main_id,
            reference=(row.former_ref if ended else None) or row.main_ref or "",
            name=access.RESTRICTED_NAME if closed else row.name,
            address=access.RESTRICTED_NAME if closed else one_line(row.address_1, row.address_2, row.postcode),
            reason=ending.reason,
            state=ending.state,
            notice_on=ending.notice_on,
            ends_on=ending.ends_on,
            keys_due_at=ending.keys_due_at,
            keys_returned_at=ending.keys_returned_at,
            late_weeks=ending.late_weeks,
            overpaid="to be given back" in ending.benefit_finding,
            balance=Money(row.former_pence if ended and row.former_pence is not None else row.main_pence),
            left_behind=behind,
            statement_due=due,
            statement_on=ending.statement_on,
            next_step=_next_step(ending, now, due, behind),
            ended=ended,
        )


def _next_step(ending: Ending, now: datetime, statement_due: date | None, behind: Money) -> str:
    """What is to be done, in a few words."""
    if ending.state is EndingState.NOTICE:
        if ending.keys_returned_at is not None or ending.keys_due_at is None:
            return "Finish the ending"
        due = ending.keys_due_at.astimezone()
        if ending.keys_due_at <= now:
            return f"Keys overdue since {written(due.date())}"
        return f"Keys by {written(due.date())}, {due:%H:%M}"
    if ending.state is not EndingState.ENDED:
        return ""
    if statement_due is not None:
        return f"Closing statement by {written(statement_due)}"
    return f"Carry over {behind.dr_cr()} of the rent account" if behind else ""
