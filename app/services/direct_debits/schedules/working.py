"""An instalment worked out from what was read: the parts of every account that a mandate pays, over the dates left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from app.models.values import ZERO, Money, PartKind
from app.services.benefits import rules as benefits
from app.services.benefits.dto import Claim, Expected
from app.services.core.calendars import BACS, WEEK, RentYear, WorkingDays, mondays, week_monday
from app.services.direct_debits.schedules import days, rules
from app.services.direct_debits.schedules.costs import week_costs
from app.services.direct_debits.schedules.dto import Part, Share, Terms, Worked
from app.services.direct_debits.schedules.gathering import Basis
from app.services.direct_debits.schedules.owed import Owed, owed

NEW: Final = 0
"""A mandate that isn't set up yet."""
BY_OTHERS: Final = "Collected by mandate"
"""How the words of a part begin that another mandate collects."""
LEFT_WORDS: Final = "by an officer, for the end of the year"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A collection that stays as it is: in a run, presented again, set by hand, or too near to give notice of another.

    Attributes:
        shares: account and pence.
        regular: it is one of the schedule's, in whose place nothing else is collected.
    """

    planned_on: date
    due_on: date
    shares: tuple[tuple[int, int], ...]
    regular: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be worked out.

    Attributes:
        first_due: the first working day of Bacs on which something new can be collected.
        year: the rent year that it goes to the end of; None: that of the first collection.
        taken: what is on its way already.
        skipped: nominal days on which an officer wants nothing collected.
        bacs: the days on which Bacs works, with its one-off closures.
        mandate_id: whose instalment it is, or `NEW`: what others collect of the same accounts comes off; None: it doesn't.
        left: what an officer left for the end of the year by hand, by account: below nothing it is collected less.
    """

    account_ids: tuple[int, ...]
    terms: Terms
    first_due: date
    least: Money = ZERO
    year: RentYear | None = None
    taken: tuple[OnItsWay, ...] = ()
    skipped: frozenset[date] = frozenset()
    bacs: WorkingDays = BACS
    mandate_id: int | None = None
    left: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Pieces:
    """The parts of the sum, and what of the balances stays out of it."""

    parts: list[Part] = field(default_factory=list)
    kept: list[Share] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def work(basis: Basis, asked: Question) -> Worked:
    """Work an instalment out."""
    year = asked.year or days.year_of(basis.today, asked.terms, asked.first_due, basis.stated, asked.bacs)
    pieces = Pieces()
    for account_id in asked.account_ids:
        _account(basis, account_id, year, pieces)
        pieces.parts.extend(_by_others(basis, account_id, asked.mandate_id, year.ends_on))
    pieces.parts.extend(_taken(asked.taken))
    _leave(asked.left, pieces)
    planned = days.days(
        year,
        asked.terms,
        asked.first_due,
        asked.bacs,
        but=asked.skipped | {each.planned_on for each in asked.taken if each.regular},
        taken={each.due_on for each in asked.taken if each.regular},
    )
    span = rules.Span(basis.next_week, year.ends_on, planned, asked.least)
    return rules.work(asked.terms, span, pieces.parts, pieces.kept, tuple(pieces.left))


def _account(basis: Basis, account_id: int, year: RentYear, pieces: Pieces) -> None:
    """The parts of one account."""
    account = basis.accounts[account_id]
    pieces.parts.extend(charge_parts(basis, account_id, basis.next_week, year.ends_on))
    late = _late(basis, account_id)
    found = balance_parts(basis, account_id, year.ends_on, late)
    full = not found.kept
    first = _after_protected(basis, account_id)
    pieces.parts.extend(weekly_parts(basis, account_id, year.ends_on, first=first, arrears=full))
    pieces.parts.extend(_monthly_part(account_id, _to_come(basis, account_id, year.ends_on, arrears=full)))
    pieces.parts.extend(found.parts)
    if found.kept:
        pieces.kept.append(Share(account_id, found.kept))
    if found.why:
        pieces.left.append(f"{account.reference}: {found.why}" if account.reference else found.why)


def charge_parts(basis: Basis, account_id: int, first: date, until: date) -> Iterator[Part]:
    """What an account is charged in the weeks from one to the end of a year; each rent year is a part of its own."""
    facts = basis.facts.get(account_id)
    if facts is None:
        return
    while first <= until:
        year = days.year_at(first, basis.stated)
        last = min(year.ends_on, until)
        costs = week_costs(facts, tuple(mondays(first, last)))
        pence = rules.charged(costs)
        if pence:
            words = rules.charge_words(costs)
            ending = f", to {_day(last)}" if last < until else ""
            yield Part(PartKind.CHARGES, account_id, Money(pence), f"{words}{ending}")
        first = last + _DAY


def weekly_parts(
    basis: Basis, account_id: int, until: date, *, first: date | None = None, arrears: bool = True
) -> Iterator[Part]:
    """What Housing Benefit brings until a day; week 53 is paid, a rent-free week isn't (rules.md 1.2)."""
    found = basis.weekly.get(account_id)
    if found is None:
        return
    facts = basis.facts.get(account_id)
    free = facts.free_weeks if facts else frozenset()
    weeks = [monday for monday in mondays(first or found.from_week, until) if monday not in free]
    brought = benefits.brought(found.claims if arrears else _current(found.claims), weeks)
    if brought:
        words = f"{len(weeks)} weeks"
        if brought.pence % len(weeks) == 0:
            words += f" of {Money(brought.pence // len(weeks))}"
        yield Part(PartKind.HOUSING_BENEFIT, account_id, -brought, words)


def monthly_parts(basis: Basis, account_id: int, after: date, until: date, *, arrears: bool = True) -> Iterator[Part]:
    """What Universal Credit was to bring after a day until another: only the payments that come to us, each a month's."""
    return _monthly_part(account_id, _payments(basis, account_id, after + _DAY, until, arrears=arrears))


def _payments(basis: Basis, account_id: int, first: date, until: date, *, arrears: bool) -> list[Expected]:
    """The payments of Universal Credit that are due to us from one day to another."""
    claims = basis.monthly.get(account_id, ())
    return [
        each
        for claim in (claims if arrears else _current(claims))
        for each in benefits.assessment_periods(claim, first, until, basis.pay_days)
    ]


def _to_come(basis: Basis, account_id: int, until: date, *, arrears: bool) -> list[Expected]:
    """The payments of Universal Credit that are still to come for current rent.

    One due some days ago may still come, and one due in some days may have come: each that came answers the first that was
    due. What is overdue for arrears that a hold protects isn't among them: it lowers those.
    """
    protected = _protected_until(basis, account_id) or date.min
    return [each for each in _unanswered(basis, account_id, until, arrears=arrears) if each.due_on > protected]


def _unanswered(basis: Basis, account_id: int, until: date, *, arrears: bool) -> Iterator[Expected]:
    """The payments that didn't come yet and aren't missed (benefits.rules)."""
    came = sorted(basis.came.get(account_id, ()))
    payments = _payments(basis, account_id, basis.today - benefits.LATE + _DAY, until, arrears=arrears)
    for each in sorted(payments, key=lambda payment: payment.due_on):
        answer = next((on for on in came if on >= each.due_on - benefits.EARLY), None)
        if answer is None:
            yield each
        else:
            came.remove(answer)


def _monthly_part(account_id: int, expected: Sequence[Expected]) -> Iterator[Part]:
    payments = [each.amount.pence for each in expected]
    if any(payments):
        same = f" of {Money(payments[0])}" if len(set(payments)) == 1 else ""
        words = f"{len(payments)} payment{'' if len(payments) == 1 else 's'}{same}"
        yield Part(PartKind.UNIVERSAL_CREDIT, account_id, Money(-sum(payments)), words)


def balance_parts(basis: Basis, account_id: int, until: date, late: Money = ZERO) -> Owed:
    """What of the account's balance is collected until a day; `late`: what benefit still brings for held arrears."""
    return owed(
        account_id,
        Money(basis.accounts[account_id].balance),
        basis.today,
        until,
        basis.held.get(account_id),
        basis.frozen.get(account_id),
        basis.arranged.get(account_id),
        Money(basis.ahead.get(account_id, 0)),
        late,
    )


def _late(basis: Basis, account_id: int) -> Money:
    """What benefit still brings for rent that is among the arrears that a hold protects."""
    until = _protected_until(basis, account_id)
    if until is None:
        return ZERO
    overdue = sum((each.amount for each in _unanswered(basis, account_id, until, arrears=False)), ZERO)
    first, found = _after_protected(basis, account_id), basis.weekly.get(account_id)
    if first is None or found is None or first <= found.from_week:
        return overdue
    parts = weekly_parts(basis, account_id, first - _DAY, arrears=False)
    return overdue - sum((part.amount for part in parts), ZERO)


def _protected_until(basis: Basis, account_id: int) -> date | None:
    """The last day whose rent is among arrears that a hold protects: of the application, or without a case today."""
    if account_id not in basis.held or basis.accounts[account_id].balance <= 0:
        return None
    return basis.applied.get(account_id, basis.today)


def _after_protected(basis: Basis, account_id: int) -> date | None:
    """The first week whose Housing Benefit pays current rent, where a hold protects the arrears of the weeks before."""
    until, found = _protected_until(basis, account_id), basis.weekly.get(account_id)
    if found is None or until is None:
        return None
    return max(found.from_week, min(week_monday(until) + WEEK, basis.next_week))


def _current(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The same claims without what is paid off the arrears, where the arrears stay out of the sum."""
    return tuple(
        replace(claim, awards=tuple(replace(award, arrears=ZERO) for award in claim.awards)) for claim in claims
    )


def _taken(taken: Sequence[OnItsWay]) -> Iterator[Part]:
    """What is on its way already, by account."""
    found: dict[int, list[tuple[date, int]]] = {}
    for each in taken:
        for account_id, pence in each.shares:
            found.setdefault(account_id, []).append((each.due_on, pence))
    for account_id, rows in found.items():
        yield _off(account_id, rows)


def _by_others(basis: Basis, account_id: int, mandate_id: int | None, until: date) -> Iterator[Part]:
    """What other mandates collect of an account until a day, each a part.

    Of two that plan collections the earlier goes on as it is and the later collects the rest; what of any of them stays as it
    is, such as a collection in a run, comes off whichever is later.
    """
    rows = basis.others.get(account_id)
    if not rows or mandate_id is None:
        return
    found: dict[str, list[tuple[date, int]]] = {}
    for each in rows:
        earlier = mandate_id == NEW or each.mandate_id < mandate_id
        if each.mandate_id != mandate_id and each.planned_on <= until and (each.stays or earlier):
            found.setdefault(each.reference, []).append((each.due_on, each.pence))
    for reference, mine in found.items():
        yield _off(account_id, mine, f"{BY_OTHERS} {reference}: ")


def _leave(left: Sequence[tuple[int, int]], pieces: Pieces) -> None:
    """What an officer left for the end of the year stays out of the sum, and in the forecast."""
    for account_id, pence in left:
        pieces.parts.append(Part(PartKind.LEFT, account_id, Money(pence), LEFT_WORDS))
        pieces.kept.append(Share(account_id, Money(-pence)))
    rest = -sum(pence for _, pence in left)
    if rest > 0:
        pieces.left.append(f"{Money(rest)} was left for the end of the year by hand.")


def _off(account_id: int, rows: Sequence[tuple[date, int]], whose: str = "") -> Part:
    on = sorted(due_on for due_on, _ in rows)
    when = _day(on[0]) if len(on) == 1 else f"{_day(on[0])} to {_day(on[-1])}"
    words = f"{whose}{len(on)} collection{'' if len(on) == 1 else 's'}, {when}"
    return Part(PartKind.TAKEN, account_id, Money(-sum(pence for _, pence in rows)), words)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
