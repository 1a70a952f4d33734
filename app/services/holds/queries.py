"""What is stopped on which accounts, and the holds that stop it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from app.models.accounts import Account
from app.models.holds import Hold, HoldCase, HoldStop
from app.models.officers import Officer
from app.models.values import HoldKind, Money, Stop
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.finding import has_word
from app.services.holds import keeping, rules
from app.services.holds.dto import HoldFilter, HoldForm, HoldRow, HoldsShown, Stopped

MOST: Final = 2_000
"""The most that the register lists at once."""
_SOON: Final = timedelta(days=14)


def stops(ctx: Context, account_ids: Collection[int] | None, stop: Stop, day: date | None = None) -> dict[int, Stopped]:
    """Which accounts have something stopped on a day (today, if none is given), why and until when.

    Where several holds stop it, the one that lasts longest is told. Set-based: ask for a whole run at once.
    Only these accounts are asked about, or every one where `account_ids` is None.
    """
    day = day or ctx.clock.today()
    wanted = (
        select(Hold.account_id, Hold.id, Hold.kind, Hold.reason, Hold.to_on)
        .join(HoldStop, HoldStop.hold_id == Hold.id)
        .where(HoldStop.stop == stop, in_force(day))
        .order_by(Hold.id)
    )
    if account_ids is None:
        return _longest(ctx.session.execute(wanted))
    found: dict[int, Stopped] = {}
    for chunk in in_chunks(sorted(account_ids)):
        found |= _longest(ctx.session.execute(wanted.where(Hold.account_id.in_(chunk))))
    return found


def stopped_select(ctx: Context, stop: Stop, day: date | None = None, *, but: Collection[HoldKind] = ()) -> Select[int]:
    """A select of the accounts that have something stopped on a day, for a condition in SQL; `but`: kinds left out."""
    day = day or ctx.clock.today()
    return (
        select(Hold.account_id)
        .join(HoldStop, HoldStop.hold_id == Hold.id)
        .where(HoldStop.stop == stop, in_force(day), Hold.kind.not_in(sorted(but)))
    )


def stopped(ctx: Context, account_id: int, stop: Stop, day: date | None = None) -> Stopped | None:
    """The same of one account; None where nothing stops it."""
    return stops(ctx, (account_id,), stop, day).get(account_id)


def in_force(day: date) -> ColumnElement[bool]:
    """Whether a hold holds on a day."""
    return and_(Hold.from_on <= day, or_(Hold.to_on.is_(None), Hold.to_on >= day))


def listed(ctx: Context, account_id: int) -> tuple[HoldRow, ...]:
    """The holds of an account, past ones too, the latest first."""
    access.open_account(ctx, account_id)
    statement = _rows().where(Hold.account_id == account_id).order_by(Hold.from_on.desc(), Hold.id.desc())
    return _shown(ctx, ctx.session.execute(statement).all())


def live(ctx: Context, account_id: int, day: date) -> tuple[HoldRow, ...]:
    """The holds in force on an account on a day, the earliest first, for whoever has opened it already."""
    statement = _rows().where(Hold.account_id == account_id, in_force(day)).order_by(Hold.from_on, Hold.id)
    return _shown(ctx, ctx.session.execute(statement).all())


def form(ctx: Context, account_id: int) -> HoldForm:
    """What the sheets of holds begin with.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    rows = listed(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None:
        raise UserError(f"There is no account number {account_id}.")
    today = ctx.clock.today()
    open_ = tuple(row for row in rows if row.to_on is None or row.to_on >= today)
    return HoldForm(account_id, account.payment_reference or "", account.name, open_)


def register(ctx: Context, wanted: HoldFilter) -> tuple[HoldRow, ...]:
    """The holds of the office that a filter asks for, those that end first before the others; at most `MOST`."""
    statement = _rows().where(_asked(ctx, wanted.shown))
    for word in wanted.text.split():
        columns = (Account.name, Account.payment_reference, Hold.reason, HoldCase.reference)
        statement = statement.where(has_word(word, *columns))
    shut = access.closed_accounts(ctx)
    no_end = func.coalesce(Hold.to_on, date(9999, 12, 31))
    order = (no_end.desc(), Hold.id.desc()) if wanted.shown is HoldsShown.ENDED else (no_end, Hold.id)
    rows = ctx.session.execute(statement.order_by(*order).limit(MOST)).all()
    return _shown(ctx, [row for row in rows if row.Hold.account_id not in shut])


def counts(ctx: Context) -> dict[HoldsShown, int]:
    """How many holds there are of what wants looking at, for the register's buttons."""
    wanted = (HoldsShown.LIVE, HoldsShown.ENDING, HoldsShown.REVIEW)
    each = (func.sum(case((_asked(ctx, shown), 1), else_=0)) for shown in wanted)
    row = ctx.session.execute(select(*each).select_from(Hold)).one()
    return {shown: number or 0 for shown, number in zip(wanted, row, strict=True)}


def _longest(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, Stopped]:
    found: dict[int, Stopped] = {}
    for account_id, hold_id, kind, reason, to_on in rows:
        before = found.get(account_id)
        if before is None or rules.lasts_longer(to_on, before.until):
            found[account_id] = Stopped(reason, to_on, kind, hold_id)
    return found


def _asked(ctx: Context, shown: HoldsShown) -> ColumnElement[bool]:
    today = ctx.clock.today()
    live_now = in_force(today)
    match shown:
        case HoldsShown.LIVE:
            return live_now
        case HoldsShown.ENDING:
            return and_(live_now, Hold.to_on <= today + _SOON)
        case HoldsShown.REVIEW:
            return and_(live_now, Hold.review_on <= today)
        case HoldsShown.CASES:
            return and_(live_now, Hold.case_id.is_not(None))
        case HoldsShown.TO_COME:
            return Hold.from_on > today
        case HoldsShown.ENDED:
            return Hold.to_on < today
        case _:
            return Hold.id > 0


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Hold,
            Officer.name.label("officer"),
            HoldCase.reference.label("case_reference"),
            Account.payment_reference,
            Account.name,
            Account.balance_pence,
        )
        .join(Officer, Officer.id == Hold.placed_by)
        .join(Account, Account.id == Hold.account_id)
        .outerjoin(HoldCase, HoldCase.id == Hold.case_id)
    )


def _shown(ctx: Context, rows: Collection[Row[*tuple[Any, ...]]]) -> tuple[HoldRow, ...]:
    today = ctx.clock.today()
    stopping = keeping.stops_of(ctx, [row.Hold.id for row in rows])
    return tuple(_row(row, stopping[row.Hold.id], today) for row in rows)


def _row(row: Row[*tuple[Any, ...]], stopping: tuple[Stop, ...], today: date) -> HoldRow:
    hold: Hold = row.Hold
    return HoldRow(
        hold_id=hold.id,
        version=hold.version,
        account_id=hold.account_id,
        reference=row.payment_reference or "",
        name=row.name,
        balance=Money(row.balance_pence),
        kind=hold.kind,
        stops=stopping,
        reason=hold.reason,
        from_on=hold.from_on,
        to_on=hold.to_on,
        review_on=hold.review_on,
        placed_by=row.officer,
        live=rules.is_live(hold.from_on, hold.to_on, today),
        case_id=hold.case_id,
        case=row.case_reference or "",
        released=hold.released,
    )
