"""The register of voids: what stands empty, since when and why, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.codes import TransactionCode
from app.models.endings import VoidPeriod
from app.models.properties import Property
from app.models.tenancies import Tenancy
from app.models.values import Money, PropertyType, Tenure, VoidReason
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.rent.rules import one_line
from app.services.tenancies.voids.dto import REASONS, ChangeVoid, VoidPeriodRow, VoidRow

_LETTABLE: Final = (PropertyType.DWELLING, PropertyType.GARAGE)
_OWNED: Final = (Tenure.LEASEHOLD, Tenure.FREEHOLD)
_DAY: Final = timedelta(days=1)


def listed(ctx: Context, text: str = "", reason: VoidReason | None = None) -> tuple[VoidRow, ...]:
    """The properties that nobody holds today, the longest empty first; those that were sold are none.

    `text`: words that all stand in the address or the reference. `reason`: only those empty for it.
    """
    rows = [row for row in _empty(ctx, text) if row.tenure is None or row.tenure not in _OWNED]
    ids = [row.id for row in rows]
    periods, weekly, next_on, accounts = _periods(ctx, ids), _weekly(ctx, rows), _next(ctx, ids), _accounts(ctx, rows)
    made = (
        _row(
            row,
            ctx.clock.today(),
            period=periods.get(row.id),
            weekly=Money(weekly.get(row.id, 0)),
            let_on=next_on.get(row.id),
            account_id=accounts.get(row.tenancy_id),
        )
        for row in rows
    )
    found = [each for each in made if reason is None or each.reason is reason]
    return tuple(sorted(found, key=lambda each: (-each.days, each.reference)))


def history(ctx: Context, property_id: int) -> tuple[VoidPeriodRow, ...]:
    """Every period of a property's voids, the latest first."""
    statement = select(VoidPeriod).where(VoidPeriod.property_id == property_id).order_by(VoidPeriod.from_on.desc())
    return tuple(
        VoidPeriodRow(each.id, each.reason, each.from_on, each.to_on, each.note, each.version)
        for each in ctx.session.scalars(statement)
    )


def empty_since(ctx: Context, property_id: int) -> date | None:
    """The first day that a property is empty; None where nobody ever held it.

    Raises:
        UserError: there is no such property, or somebody holds it today or is to hold it on.
    """
    place = ctx.session.get(Property, property_id)
    if place is None:
        raise UserError("That property is no longer there.", "Look at the list again.")
    today = ctx.clock.today()
    held = select(Tenancy).where(Tenancy.property_id == property_id, Tenancy.start_on <= today)
    last = None
    for tenancy in ctx.session.scalars(held):
        if tenancy.end_on is None or tenancy.end_on >= today:
            raise UserError(f"{place.ref} isn't empty today.", "Look at the list again.")
        last = max(last or tenancy.end_on, tenancy.end_on)
    return last + _DAY if last else None


def preview(ctx: Context, wanted: ChangeVoid) -> tuple[Effect, ...]:
    """What another reason for a void will do.

    Raises:
        UserError: the property isn't empty, or the day isn't in its void.
    """
    since = empty_since(ctx, wanted.property_id)
    first = wanted.from_on or since or ctx.clock.today()
    refuse_outside(first, since, ctx.clock.today())
    now = next((each for each in history(ctx, wanted.property_id) if each.to_on is None), None)
    before = REASONS[now.reason] if now is not None else "no reason given"
    effects = [Effect("Void", f"Reason from {written(first)}", before, REASONS[wanted.reason])]
    if now is not None and now.from_on < first:
        kept = f"{REASONS[now.reason]} stays on record from {written(now.from_on)}"
        effects.append(Effect("Void", kept, after=f"to {written(first - _DAY)}"))
    elif now is not None and now.from_on > first:
        effects.append(Effect("Void", f"{REASONS[now.reason]}, from {written(now.from_on)}, is replaced", warns=True))
    effects.append(Effect("Charges", "The void control account is charged as before, whatever the reason"))
    return tuple(effects)


def refuse_outside(first: date, since: date | None, today: date) -> None:
    """A reason lies in the void, and isn't planned.

    Raises:
        UserError: it begins before the property was empty, or later than today.
    """
    if since is not None and first < since:
        raise UserError(
            f"The property is empty only from {written(since)}.", "Choose that day or a later one.", "from_on"
        )
    if first > today:
        raise UserError(f"{written(first)} is still to come.", "Give the reason when it holds.", "from_on")


def _empty(ctx: Context, text: str) -> Sequence[Row[*tuple[Any, ...]]]:
    today = ctx.clock.today()
    now, last, later = aliased(Tenancy), aliased(Tenancy), aliased(Tenancy)
    lives = and_(now.start_on <= today, or_(now.end_on.is_(None), now.end_on >= today))
    newer = and_(
        later.property_id == Property.id,
        later.start_on <= today,
        or_(later.end_on > last.end_on, and_(later.end_on == last.end_on, later.id > last.id)),
    )
    statement = (
        select(
            Property.id,
            Property.ref,
            Property.address_1,
            Property.address_2,
            Property.postcode,
            Property.area,
            last.id.label("tenancy_id"),
            last.end_on,
            last.tenure,
        )
        .outerjoin(last, and_(last.property_id == Property.id, last.start_on <= today, ~exists().where(newer)))
        .where(Property.type.in_(_LETTABLE), ~exists().where(now.property_id == Property.id, lives))
    )
    for word in text.split():
        part = f"%{word}%"
        fields = (Property.ref, Property.address_1, Property.address_2, Property.postcode, Property.area)
        statement = statement.where(or_(*(field.ilike(part) for field in fields)))
    return ctx.session.execute(statement.order_by(Property.id)).all()


def _periods(ctx: Context, ids: Sequence[int]) -> dict[int, VoidPeriod]:
    """By property, the period that lasts."""
    today = ctx.clock.today()
    found: dict[int, VoidPeriod] = {}
    for chunk in in_chunks(ids):
        statement = select(VoidPeriod).where(
            VoidPeriod.property_id.in_(chunk),
            VoidPeriod.from_on <= today,
            or_(VoidPeriod.to_on.is_(None), VoidPeriod.to_on >= today),
        )
        found.update((each.property_id, each) for each in ctx.session.scalars(statement.order_by(VoidPeriod.from_on)))
    return found


def _weekly(ctx: Context, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, int]:
    """By property, the pence a week of its last letting's charges that a void is charged."""
    ended = {row.tenancy_id: row for row in rows if row.tenancy_id is not None}
    found: defaultdict[int, int] = defaultdict(int)
    for chunk in in_chunks(sorted(ended)):
        statement = (
            select(Account.tenancy_id, Charge.amount_pence, Charge.from_on, Charge.to_on)
            .join(Charge, Charge.account_id == Account.id)
            .join(TransactionCode, TransactionCode.code == Charge.code)
            .where(Account.tenancy_id.in_(chunk), TransactionCode.charged_in_void)
        )
        for tenancy_id, pence, from_on, to_on in ctx.session.execute(statement):
            row = ended[tenancy_id]
            if from_on <= row.end_on and (to_on is None or to_on >= row.end_on):
                found[row.id] += pence
    return dict(found)


def _next(ctx: Context, ids: Sequence[int]) -> dict[int, date]:
    """By property, when the next tenancy starts."""
    found: dict[int, date] = {}
    for chunk in in_chunks(ids):
        statement = (
            select(Tenancy.property_id, func.min(Tenancy.start_on))
            .where(Tenancy.property_id.in_(chunk), Tenancy.start_on > ctx.clock.today())
            .group_by(Tenancy.property_id)
        )
        found.update((row[0], row[1]) for row in ctx.session.execute(statement))
    return found


def _accounts(ctx: Context, rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, int]:
    """By tenancy, its first account, where the officer may know of it."""
    shut = access.restricted_accounts(ctx)
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted({row.tenancy_id for row in rows if row.tenancy_id is not None})):
        statement = select(Account.tenancy_id, func.min(Account.id)).where(Account.tenancy_id.in_(chunk))
        pairs = ctx.session.execute(statement.group_by(Account.tenancy_id)).all()
        found.update((pair[0], pair[1]) for pair in pairs if pair[0] is not None and pair[1] not in shut)
    return found


def _row(
    row: Row[*tuple[Any, ...]],
    today: date,
    *,
    period: VoidPeriod | None,
    weekly: Money,
    let_on: date | None,
    account_id: int | None,
) -> VoidRow:
    since = row.end_on + _DAY if row.end_on is not None else None
    days = (today - since).days + 1 if since is not None else 0
    return VoidRow(
        property_id=row.id,
        reference=row.ref,
        address=one_line(row.address_1, row.address_2, row.postcode),
        area=row.area,
        since=since,
        days=days,
        let_on=let_on,
        reason=period.reason if period is not None else None,
        reason_since=period.from_on if period is not None else None,
        note=period.note if period is not None else "",
        weekly=weekly,
        lost=weekly.times(days, 7),
        account_id=account_id,
        version=period.version if period is not None else 0,
    )
