"""The figures of what was adjusted, recharged, refunded and written off, counted once for each of the four."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from app.models.adjustments import Adjustment, AdjustmentKind, AdjustmentLine, AdjustmentReason
from app.models.officers import Officer
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import ZERO, AdjustmentState, Money
from app.models.write_offs import WriteOffReason
from app.services.adjustments.register.dto import Stage, What
from app.services.adjustments.register.origins import ORIGINS, Origin
from app.services.adjustments.register.parts import TABLES
from app.services.adjustments.reports.dto import Figures, MonthFigures, Report
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.recharges.rules import TITLES

_NO_REASON: Final = "No reason of its own"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was posted on one day by one officer, of one kind for one reason."""

    what: What
    kind: str
    kind_key: str
    reason: str
    reason_key: str
    officer_id: int
    officer: str
    on: date
    count: int
    debit: int
    credit: int


def report(ctx: Context, from_on: date, to_on: date) -> Report:
    """What was posted from one day to another, both included, and stands today.

    Raises:
        UserError: the span ends before it begins.
    """
    if to_on < from_on:
        raise UserError("The last day is before the first.", "Change one of them.", "to_on")
    counted = [*_adjustments(ctx, from_on, to_on)]
    for what in (What.RECHARGE, What.REFUND, What.WRITE_OFF):
        counted += _others(ctx, ORIGINS[what], from_on, to_on)
    whole = sum((_figures("Everything", each) for each in counted), Figures("Everything"))
    return Report(
        from_on,
        to_on,
        whole,
        _by(counted, lambda each: each.kind, lambda each: {"key": each.kind_key}),
        _by(counted, lambda each: each.reason or _NO_REASON, lambda each: {"key": each.reason_key}),
        _by(counted, lambda each: each.officer, lambda each: {"officer_id": each.officer_id}),
        _by_month(counted),
        _charted(counted, from_on, to_on),
        _reversed(ctx, from_on, to_on),
    )


def _adjustments(ctx: Context, from_on: date, to_on: date) -> Iterable[_Counted]:
    """Line by line: a transfer debits and credits what it moves."""
    pence, both = AdjustmentLine.pence, AdjustmentLine.other_account_id.is_not(None)
    debit = case((pence > 0, pence), (both, -pence), else_=0)
    credit = case((pence < 0, -pence), (both, pence), else_=0)
    names = (
        AdjustmentKind.title,
        AdjustmentKind.key,
        AdjustmentReason.title,
        AdjustmentReason.key,
        Officer.id,
        Officer.name,
        Adjustment.accounting_on,
    )
    statement = (
        select(*names, func.count(AdjustmentLine.id), func.sum(debit), func.sum(credit))
        .join(Adjustment, Adjustment.id == AdjustmentLine.adjustment_id)
        .join(AdjustmentKind, AdjustmentKind.key == AdjustmentLine.kind)
        .join(AdjustmentReason, AdjustmentReason.key == AdjustmentLine.reason)
        .join(Officer, Officer.id == Adjustment.made_by)
        .where(
            Adjustment.state == AdjustmentState.POSTED,
            Adjustment.accounting_on >= from_on,
            Adjustment.accounting_on <= to_on,
        )
        .group_by(*names)
    )
    return [_Counted(What.ADJUSTMENT, *row) for row in ctx.session.execute(statement)]


def _others(ctx: Context, origin: Origin, from_on: date, to_on: date) -> Iterable[_Counted]:
    split: dict[What, ColumnElement[Any]] = {
        What.RECHARGE: Recharge.kind.expression,
        What.REFUND: Refund.cause.expression,
        What.WRITE_OFF: WriteOffReason.title.expression,
    }
    debit, credit = case((origin.net > 0, origin.net), else_=0), case((origin.net < 0, -origin.net), else_=0)
    names = (split[origin.what], Officer.id, Officer.name, origin.posted_on)
    statement: Select[Any] = (
        select(*names, func.count(origin.id), func.sum(debit), func.sum(credit))
        .select_from(TABLES[origin.what])
        .join(Officer, Officer.id == origin.made_by)
    )
    fits = (origin.stands, origin.posted_on >= from_on, origin.posted_on <= to_on)
    found = ctx.session.execute(origin.joined(statement).where(*fits).group_by(*names))
    return [_counted(origin.what, row) for row in found]


def _counted(what: What, row: Any) -> _Counted:
    by, officer_id, officer, on, count, debit, credit = row
    kinds = {What.REFUND: "Refund", What.WRITE_OFF: "Write-off"}
    kind = kinds.get(what) or TITLES[by]
    reason = "" if what is What.RECHARGE else str(by).replace("_", " ").capitalize()
    return _Counted(what, kind, "", reason, "", officer_id, officer, on, count, debit, credit)


def _reversed(ctx: Context, from_on: date, to_on: date) -> int:
    statement = select(func.coalesce(func.sum(Adjustment.line_count), 0)).where(
        Adjustment.state == AdjustmentState.REVERSED,
        Adjustment.accounting_on >= from_on,
        Adjustment.accounting_on <= to_on,
    )
    returned = ORIGINS[What.REFUND]
    back = select(func.count(Refund.id)).where(
        returned.at_stage([Stage.BACK]), Refund.sent_on >= from_on, Refund.sent_on <= to_on
    )
    return (ctx.session.scalar(statement) or 0) + (ctx.session.scalar(back) or 0)


def _by(
    counted: Iterable[_Counted], name: Callable[[_Counted], str], more: Callable[[_Counted], dict[str, Any]]
) -> tuple[Figures, ...]:
    """The figures under each name, the largest sums first."""
    found: dict[str, Figures] = {}
    for each in counted:
        figures = _figures(name(each), each, **more(each))
        found[figures.name] = found[figures.name] + figures if figures.name in found else figures
    return tuple(sorted(found.values(), key=lambda each: (-(each.debit + each.credit).pence, each.name)))


def _by_month(counted: Iterable[_Counted]) -> tuple[Figures, ...]:
    found: dict[date, Figures] = {}
    for each in counted:
        month = each.on.replace(day=1)
        named = _figures(f"{month:%b %Y}", each, month_on=month)
        found[month] = found[month] + named if month in found else named
    return tuple(found[month] for month in sorted(found, reverse=True))


def _charted(counted: Iterable[_Counted], from_on: date, to_on: date) -> tuple[MonthFigures, ...]:
    """Every month of the span, also one in which nothing was refunded or written off; without a month there is no chart."""
    sums: dict[tuple[date, What], Money] = {}
    for each in counted:
        key = (each.on.replace(day=1), each.what)
        sums[key] = sums.get(key, ZERO) + Money(each.debit + each.credit)
    months = []
    month = from_on.replace(day=1)
    while month <= to_on:
        refunds, written_off = (sums.get((month, what), ZERO) for what in (What.REFUND, What.WRITE_OFF))
        months.append(MonthFigures(month, refunds, written_off))
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return tuple(months)


def _figures(name: str, each: _Counted, **more: Any) -> Figures:
    return Figures(name, each.count, Money(each.debit), Money(each.credit), what=each.what, **more)
