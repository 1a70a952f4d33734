"""A recalculation worked out: the weeks that were charged, as they should have been and as the ledger has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.accounts import Account
from app.models.codes import TransactionCode
from app.models.tenancies import Tenancy
from app.models.values import ZERO, Money
from app.services.adjustments.recalculating import rules
from app.services.adjustments.recalculating.dto import Recalculation, WeekWorked
from app.services.charges.differences import AsIf, charged_mondays
from app.services.charges.elements.checking import amount_faults, charge_code, charged_account
from app.services.charges.elements.dto import Dated
from app.services.charges.elements.rules import dated
from app.services.charges.facts import AccountFacts, account_facts, elements_of, flagged, vat_rates
from app.services.charges.rules import VAT_CODE, week_parts
from app.services.core import access
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.rent_years import stated_years
from app.services.ledger.charged import charged, put_right

_SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Worked:
    """A recalculation with everything that decides it.

    Attributes:
        before, after: the whole history of the charge, as it is recorded and as it will be.
        mondays: the weeks in its days that were charged.
        weeks: what became of them, by week; with VAT two of each.
    """

    account: Account
    tenancy: Tenancy
    code: TransactionCode
    before: tuple[Dated, ...]
    after: tuple[Dated, ...]
    mondays: tuple[date, ...]
    weeks: tuple[WeekWorked, ...]


def worked(ctx: Context, wanted: Recalculation) -> Worked:
    """Work a recalculation out.

    Raises:
        UserError: a code that can't be charged, an amount, day or account that won't do; each beside its field.
    """
    access.open_account(ctx, wanted.account_id)
    account, tenancy = charged_account(ctx, wanted.account_id)
    code = charge_code(ctx, wanted.code)
    _refuse(ctx, wanted, code, tenancy)
    elements = elements_of(ctx, [account.id]).get(account.id, ())
    before = dated(elements, code.code)
    after = rules.replaced(before, wanted.from_on, wanted.to_on, rules.spans(wanted.rates, wanted.to_on))
    own = tuple(flagged(code, code.code, each.weekly, each.span) for each in after)
    others = tuple(each for each in elements if each.code != code.code)
    (facts,) = account_facts(ctx, [account.id], AsIf(elements={account.id: (*others, *own)}))
    mondays = charged_mondays(ctx, wanted.from_on, wanted.to_on)
    weeks = tuple(_weeks(ctx, code, facts, mondays)) if mondays else ()
    return Worked(account, tenancy, code, before, after, mondays, weeks)


def charged_days(ctx: Context) -> tuple[date, date] | None:
    """The first and the last day of the weeks that were charged; None where none was."""
    mondays = charged_mondays(ctx, date.min)
    return (mondays[0], mondays[-1] + _SUNDAY) if mondays else None


def _refuse(ctx: Context, wanted: Recalculation, code: TransactionCode, tenancy: Tenancy) -> None:
    if not wanted.rates:
        raise UserError("Type what it should have been, and from which day.", field="rates")
    known = charged_days(ctx)
    if known is None:
        raise UserError("No week was charged yet, so none was charged wrongly.", "Change the charge itself.")
    found = [*rules.faults(wanted, tenancy.start_on, known[1])]
    for rate in wanted.rates:
        found += [UserError(str(each), each.hint, "rates") for each in amount_faults(code, rate.weekly)]
    if found:
        raise UserErrors(found) if len(found) > 1 else found[0]


@dataclass(frozen=True, slots=True)
class _Charged:
    """What stands on the account by code and week: in pence, of it by corrections, and its first day."""

    pence: Mapping[tuple[str, date], int]
    corrected: Mapping[tuple[str, date], int]
    first: Mapping[tuple[str, date], date]


def _weeks(ctx: Context, code: TransactionCode, facts: AccountFacts, mondays: Collection[date]) -> Iterator[WeekWorked]:
    rates = vat_rates(ctx, mondays)
    years = stated_years(ctx.session)
    was = _charged(ctx, facts.account_id, min(mondays), max(mondays))
    for monday in mondays:
        year = rent_year(monday, years)
        name = f"week {year.week_number(monday)} of {year.name}, {rules.said(monday)}"
        yield _week(facts, code, monday, rates[monday], was, name)
        tax = _vat(facts, code, monday, rates[monday], was, name)
        if tax is not None:
            yield tax


def _charged(ctx: Context, account_id: int, first: date, last: date) -> _Charged:
    found = tuple(charged(ctx, [account_id], first, last))
    return _Charged(
        {(each.code, each.week): int(each.pence) for each in found},
        put_right(ctx, account_id, first, last),
        {(each.code, each.week): each.effective_on for each in found},
    )


def _week(
    facts: AccountFacts, code: TransactionCode, monday: date, basis_points: int, was: _Charged, name: str
) -> WeekWorked:
    free = monday in facts.free_weeks
    closed = facts.closed_on is not None and facts.closed_on < monday
    own = [each for each in facts.elements if each.code == code.code]
    parts = [] if closed else list(week_parts(monday, facts.tenancy, own, free=free))
    steps = [rules.due_in_words(monday, facts.tenancy, parts, free=free, element=code.free_week)]
    if parts and code.vat and facts.vat(monday).charged:
        steps.append(rules.vat_in_words(parts, basis_points))
    due = [line for line in facts.lines(monday, basis_points) if line.code == code.code]
    should = sum((line.amount for line in due), ZERO)
    return _compared(code.code, monday, name, should, [line.effective_on for line in due], steps, was)


def _vat(
    facts: AccountFacts, code: TransactionCode, monday: date, basis_points: int, was: _Charged, name: str
) -> WeekWorked | None:
    """The VAT of the account in the week, where the charge bears any."""
    if not code.vat:
        return None
    due = [line for line in facts.lines(monday, basis_points) if line.code == VAT_CODE]
    if not due and (VAT_CODE, monday) not in was.pence:
        return None
    should = sum((line.amount for line in due), ZERO)
    steps = [f"Due: {should} of VAT"]
    return _compared(VAT_CODE, monday, name, should, [line.effective_on for line in due], steps, was)


def _compared(
    code: str, monday: date, name: str, should: Money, days: list[date], steps: list[str], was: _Charged
) -> WeekWorked:
    key = code, monday
    corrected = Money(was.corrected.get(key, 0))
    by_run = Money(was.pence.get(key, 0)) - corrected
    first = min([*days, was.first.get(key, date.max)])
    return WeekWorked(
        week=monday,
        name=name,
        code=code,
        should=should,
        charged=by_run,
        put_right=corrected,
        effective_on=monday if first == date.max else first,
        steps=(*steps, *rules.compared_in_words(should, by_run, corrected)),
    )
