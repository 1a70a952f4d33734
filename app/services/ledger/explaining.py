"""A balance told as a sum: brought forward, so many weeks charged, benefits, Direct Debits, cash, adjustments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.models.ledger import Entry, Journal
from app.models.values import Basis, ExplainGroup, Money
from app.services.core import access
from app.services.core.calendars import rent_year, week_monday
from app.services.core.context import Context
from app.services.core.rent_years import stated_years
from app.services.ledger import queries
from app.services.ledger.dto import ExplainPart, Explanation, WeekSum

_ORDER = list(ExplainGroup)


@dataclass(slots=True)
class _Part:
    group: ExplainGroup
    code: str
    label: str
    pence: int = 0
    count: int = 0
    weeks: set[date] = field(default_factory=set)


def explain(
    ctx: Context, account_id: int, as_at: date, basis: Basis = Basis.KNOWN, from_on: date | None = None
) -> Explanation:
    """Explain a balance at the end of a day.

    `from_on` (default: the first day of the rent year that `as_at` is in) is where the sum begins; what stood
    before it is brought forward. On the known basis lines count by the day they belong to, on the reported basis
    by the day they were accounted for.
    """
    access.open_account(ctx, account_id)
    start = from_on or rent_year(as_at, stated_years(ctx.session)).first_week_on
    day = Entry.effective_on if basis is Basis.KNOWN else Journal.accounting_on
    statement = queries.lines_select(basis).where(Entry.account_id == account_id, day >= start, day <= as_at)
    rows = ctx.session.execute(statement).all()
    before = queries.balance(ctx, account_id, date.fromordinal(start.toordinal() - 1), basis)
    total = Money(before.pence + sum(row.pence for row in rows))
    return Explanation(
        account_id, as_at, basis, start, before, _parts(rows), _weeks(rows, before, start, as_at, basis), total
    )


def _parts(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[ExplainPart, ...]:
    parts: dict[str, _Part] = {}
    for row in rows:
        part = parts.setdefault(row.code, _Part(row.explain_group, row.code, row.name))
        part.pence += row.pence
        part.count += 1
        part.weeks.add(row.rent_week or week_monday(row.effective_on))
    ordered = sorted(parts.values(), key=lambda part: (_ORDER.index(part.group), -abs(part.pence), part.code))
    return tuple(
        ExplainPart(part.group, part.code, part.label, len(part.weeks), part.count, Money(part.pence))
        for part in ordered
    )


def _weeks(
    rows: Sequence[Row[*tuple[Any, ...]]], before: Money, start: date, as_at: date, basis: Basis
) -> tuple[WeekSum, ...]:
    sums: dict[date, dict[ExplainGroup, int]] = {}
    for row in rows:
        day = row.effective_on if basis is Basis.KNOWN else row.accounting_on
        week = sums.setdefault(max(week_monday(day), week_monday(start)), {})
        week[row.explain_group] = week.get(row.explain_group, 0) + row.pence
    running = before.pence
    weeks: list[WeekSum] = []
    for ordinal in range(week_monday(start).toordinal(), as_at.toordinal() + 1, 7):
        week_on = date.fromordinal(ordinal)
        week = sums.get(week_on, {})
        running += sum(week.values())
        weeks.append(_week(week_on, week, running))
    return tuple(weeks)


def _week(week_on: date, sums: dict[ExplainGroup, int], balance: int) -> WeekSum:
    def of(*groups: ExplainGroup) -> Money:
        return Money(sum(sums.get(group, 0) for group in groups))

    return WeekSum(
        week_on,
        of(ExplainGroup.CHARGES),
        of(ExplainGroup.HOUSING_BENEFIT),
        of(ExplainGroup.UNIVERSAL_CREDIT),
        of(ExplainGroup.DIRECT_DEBIT),
        of(ExplainGroup.CASH),
        of(ExplainGroup.ADJUSTMENTS, ExplainGroup.OPENING),
        Money(balance),
    )
