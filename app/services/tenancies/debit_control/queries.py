"""Monday's sheet, and the register of those that were signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.charges import ChargeRun, DebitControl, DebitControlLine, DebitControlMove
from app.models.officers import Officer
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import DebitMove, Money
from app.services.charges import runs
from app.services.core import access
from app.services.core.calendars import WEEK, week_monday
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.rent.rules import main_kind_order, one_line
from app.services.tenancies.debit_control import charged, positions, rules
from app.services.tenancies.debit_control.dto import (
    COUNTS,
    SUMS,
    GroupDebit,
    Move,
    MoveRow,
    Place,
    Sheet,
    SheetState,
    WeekRow,
)
from app.services.tenancies.debit_control.working import Worked

_SHOWN = 60
_FEW = 8
_MOVES = tuple(DebitMove)


def sheet(ctx: Context, week: date) -> Sheet:
    """The debit control of a week (any day of it): as it was signed, else as the records say now."""
    monday = week_monday(week)
    row = row_of(ctx, monday)
    return _signed(ctx, row) if row is not None and row.checked_at is not None else _open(ctx, monday, row)


def next_week(ctx: Context) -> date:
    """The Monday of the sheet to prepare next: after the latest signed one, else the last week that was charged."""
    latest = positions.latest_signed(ctx)
    if latest is not None:
        return latest + WEEK
    return runs.last_charged(ctx) or week_monday(ctx.clock.today())


def weeks(ctx: Context, most: int = _SHOWN) -> tuple[WeekRow, ...]:
    """The weeks with a sheet and those that were charged since the latest signed one, the latest first."""
    names = _names(ctx)
    closing = select(
        DebitControlLine.control_id,
        func.sum(DebitControlLine.closing_pence).label("closing"),
        func.sum(DebitControlLine.run_pence).label("run"),
    ).group_by(DebitControlLine.control_id)
    sums = closing.subquery("sums")
    statement = (
        select(DebitControl, sums.c.closing, sums.c.run)
        .outerjoin(sums, sums.c.control_id == DebitControl.id)
        .order_by(DebitControl.week_on.desc())
        .limit(most)
    )
    found = [
        WeekRow(
            row.DebitControl.week_on,
            _state(row.DebitControl),
            names.get(row.DebitControl.prepared_by, ""),
            names.get(row.DebitControl.checked_by, ""),
            None if row.closing is None else Money(int(row.closing)),
            None if row.run is None else Money(int(row.run)),
        )
        for row in ctx.session.execute(statement)
    ]
    known = {each.week_on for each in found}
    found += [WeekRow(week, SheetState.OPEN, "", "", None, None) for week in _unsigned(ctx) if week not in known]
    return tuple(sorted(found, key=lambda each: each.week_on, reverse=True))


def _unsigned(ctx: Context) -> list[date]:
    """The charged weeks after the latest signed sheet; without any the last few."""
    statement = select(ChargeRun.week_on).order_by(ChargeRun.week_on.desc()).limit(_SHOWN)
    latest = positions.latest_signed(ctx)
    charged_weeks = list(ctx.session.scalars(statement))
    return charged_weeks[:_FEW] if latest is None else [week for week in charged_weeks if week > latest]


def row_of(ctx: Context, monday: date) -> DebitControl | None:
    """The sheet of a week, if one was prepared."""
    return ctx.session.scalars(select(DebitControl).where(DebitControl.week_on == monday)).one_or_none()


def work_out(ctx: Context, monday: date) -> Worked:
    """A week's sheet as the records and the ledger say now."""
    latest = positions.latest_signed(ctx)
    signed = latest is not None and latest < monday
    since = latest if signed and latest is not None else monday - WEEK
    opening = positions.as_signed(ctx) if signed else positions.on_monday(ctx, since)
    closing = positions.on_monday(ctx, monday)
    moved = rules.moves(opening, closing)
    week = charged.of_week(ctx, monday)
    lines = _lines(ctx, rules.sums(opening, closing, moved), *charged.by_group(ctx, week))
    return Worked(monday, since, signed, charged.is_charged(ctx, monday), lines, moved, closing, week)


def _open(ctx: Context, monday: date, row: DebitControl | None) -> Sheet:
    worked = work_out(ctx, monday)
    names = _names(ctx) if row is not None else {}
    return Sheet(
        week_on=monday,
        state=_state(row),
        since=worked.since,
        from_signed=worked.from_signed,
        charged=worked.charged,
        lines=worked.lines,
        moves=_move_rows(ctx, worked.moves),
        unmatched=charged.unmatched(ctx, worked.week) if worked.charged else (),
        explanation=row.explanation if row else "",
        prepared_by=names.get(row.prepared_by, "") if row else "",
        prepared_at=row.prepared_at if row else None,
        request_id=row.request_id if row else None,
    )


def _signed(ctx: Context, row: DebitControl) -> Sheet:
    names = _names(ctx)
    kept = ctx.session.scalars(select(DebitControlLine).where(DebitControlLine.control_id == row.id)).all()
    groups = {group.id: group for group in ctx.session.scalars(select(RentGroup))}
    moves = ctx.session.scalars(
        select(DebitControlMove).where(DebitControlMove.control_id == row.id).order_by(DebitControlMove.place)
    )
    before = select(func.max(DebitControl.week_on)).where(
        DebitControl.week_on < row.week_on, DebitControl.checked_at.is_not(None)
    )
    since = ctx.session.scalar(before)
    return Sheet(
        week_on=row.week_on,
        state=SheetState.SIGNED,
        since=since or row.week_on - WEEK,
        from_signed=since is not None,
        charged=True,
        lines=tuple(sorted((_kept_line(each, groups) for each in kept), key=lambda each: each.code)),
        moves=_move_rows(
            ctx,
            [
                Move(
                    Place(each.rent_group_id, each.property_id, each.tenancy_id),
                    each.move,
                    each.before_pence,
                    each.after_pence,
                )
                for each in moves
            ],
        ),
        unmatched=(),
        explanation=row.explanation,
        prepared_by=names.get(row.prepared_by, ""),
        prepared_at=row.prepared_at,
        checked_by=names.get(row.checked_by, ""),
        checked_at=row.checked_at,
        request_id=row.request_id,
    )


def _lines(
    ctx: Context, sums: Mapping[int, rules.Sums], should: Mapping[int, int], was: Mapping[int, int]
) -> tuple[GroupDebit, ...]:
    counted = select(Property.rent_group_id, func.count()).group_by(Property.rent_group_id)
    stock = {row[0]: row[1] for row in ctx.session.execute(counted)}
    nothing = rules.Sums()
    found: list[GroupDebit] = []
    for group in ctx.session.scalars(select(RentGroup).order_by(RentGroup.code)):
        of_group = sums.get(group.id, nothing)
        if not stock.get(group.id) and of_group == nothing and not should.get(group.id) and not was.get(group.id):
            continue
        amounts: dict[str, Any] = {name: Money(getattr(of_group, name)) for name in SUMS[:6]}
        amounts["parts"] = Money(should.get(group.id, 0) - of_group.closing)
        amounts["run"] = Money(was.get(group.id, 0))
        counts: dict[str, Any] = {"let": of_group.let, "void": of_group.void, "stock": stock.get(group.id, 0)}
        found.append(GroupDebit(group.id, group.code, group.name, group.fund, **amounts, **counts))
    return tuple(found)


def _kept_line(kept: DebitControlLine, groups: Mapping[int, RentGroup]) -> GroupDebit:
    group = groups[kept.rent_group_id]
    amounts: dict[str, Any] = {name: Money(getattr(kept, f"{name}_pence")) for name in SUMS}
    counts: dict[str, Any] = {name: getattr(kept, name) for name in COUNTS}
    return GroupDebit(group.id, group.code, group.name, group.fund, **amounts, **counts)


def _move_rows(ctx: Context, moves: Sequence[Move]) -> tuple[MoveRow, ...]:
    places = _described(ctx, {each.place.tenancy_id for each in moves})
    groups = {row.id: row.code for row in ctx.session.execute(select(RentGroup.id, RentGroup.code))}
    shut = access.restricted_accounts(ctx)
    rows: list[MoveRow] = []
    for each in moves:
        place = places[each.place.tenancy_id]
        address = access.RESTRICTED_NAME if place.account_id in shut else one_line(place.address_1, place.postcode)
        code = groups.get(each.place.rent_group_id, "")
        amounts = Money(each.before), Money(each.after)
        rows.append(MoveRow(each.move, code, place.property_ref, address, place.ref, place.account_id, *amounts))
    return tuple(sorted(rows, key=lambda each: (each.rent_group, _MOVES.index(each.move), each.property_ref)))


def _described(ctx: Context, tenancy_ids: Collection[int]) -> dict[int, Any]:
    """Each tenancy with its property and its main account."""
    found: dict[int, Any] = {}
    for chunk in in_chunks(sorted(tenancy_ids)):
        statement = (
            select(
                Tenancy.id,
                Tenancy.ref,
                Property.ref.label("property_ref"),
                Property.address_1,
                Property.postcode,
                Account.id.label("account_id"),
                Account.kind,
            )
            .join(Property, Property.id == Tenancy.property_id)
            .outerjoin(Account, Account.tenancy_id == Tenancy.id)
            .where(Tenancy.id.in_(chunk))
        )
        for row in sorted(ctx.session.execute(statement), key=_main_last):
            found[row.id] = row
    return found


def _main_last(row: Any) -> tuple[int, int]:
    return -main_kind_order(row.kind) if row.kind else 0, -(row.account_id or 0)


def _names(ctx: Context) -> dict[int | None, str]:
    return {row.id: row.name for row in ctx.session.execute(select(Officer.id, Officer.name))}


def _state(row: DebitControl | None) -> SheetState:
    if row is None or row.request_id is None:
        return SheetState.OPEN
    return SheetState.SIGNED if row.checked_at is not None else SheetState.PREPARED
