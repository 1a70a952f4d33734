"""A case held against the policy of its reason: each condition met or not, and what else was found. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import ZERO, HoldKind, Money
from app.services.adjustments.write_offs import rules
from app.services.adjustments.write_offs.dto import Debt, Facts, Finding, NewCase, ReasonRow

DECEASED: Final = "deceased"
INSOLVENCIES: Final[Mapping[str, HoldKind]] = {
    "bankruptcy": HoldKind.BANKRUPTCY,
    "debt_relief": HoldKind.DEBT_RELIEF_ORDER,
    "iva": HoldKind.IVA,
}
"""The reasons that a case of insolvency must stand behind."""


@dataclass(frozen=True, slots=True)
class Larger:
    """From which amount a debtor has had more letters, how many, and how long ago the last one."""

    from_: Money
    letters: int
    days: int


def findings(facts: Facts, new: NewCase, reason: ReasonRow, larger: Larger) -> tuple[Finding, ...]:
    """Everything that was found and asked for, the conditions of the reason first."""
    return (
        *_conditions(facts, new, reason, larger),
        *_told(facts, new, reason),
    )


def amount_of(new: NewCase) -> Money:
    """What a case writes off, over its accounts."""
    return sum(new.amounts.values(), ZERO)


def _conditions(facts: Facts, new: NewCase, reason: ReasonRow, larger: Larger) -> Iterator[Finding]:
    yield from _tenancy(facts, reason)
    if reason.most is not None:
        words = f"{facts.owed} is owed in all; this reason is for debts up to {reason.most}."
        yield Finding("Size of the debt", words, facts.owed <= reason.most)
    yield from _letters(facts, reason, larger)
    if reason.needs_trace:
        yield Finding("Trace", new.trace.strip() or "Nobody has looked for the debtor yet.", bool(new.trace.strip()))
    if reason.needs_evidence:
        words = f"{reason.needs_evidence}: {_count(facts.evidence, 'document')} attached."
        yield Finding("Evidence", words, bool(facts.evidence))
    if reason.key == DECEASED:
        yield _death(facts)
    if reason.key in INSOLVENCIES:
        yield from _insolvency(facts, new, INSOLVENCIES[reason.key])
    if reason.unenforceable:
        yield _out_of_time(facts, new)
    yield from _joint(facts, new, reason)
    yield from _in_the_way(facts, new)


def _tenancy(facts: Facts, reason: ReasonRow) -> Iterator[Finding]:
    live = [each.reference for each in facts.elsewhere if each.live]
    if facts.ended_on is None or facts.ended_on >= facts.today:
        allowed = "this reason allows that" if reason.for_current else "this reason is for former tenants only"
        yield Finding("Tenancy", f"It goes on: {allowed}.", reason.for_current)
        return
    yield Finding("Tenancy", f"It ended on {_day(facts.ended_on)}.", True)
    if live:
        words = f"They hold another tenancy, account {', '.join(live)}."
        yield Finding("Other tenancies", words, reason.for_current)


def _letters(facts: Facts, reason: ReasonRow, larger: Larger) -> Iterator[Finding]:
    letters, days = reason.least_letters, reason.least_days
    if letters and facts.owed >= larger.from_:
        letters, days = max(letters, larger.letters), max(days, larger.days)
    if not letters:
        return
    words = f"{_count(facts.letters, 'letter')} went out; this reason asks for {letters}."
    yield Finding("Letters", words, facts.letters >= letters)
    if days:
        since = None if facts.last_letter_on is None else (facts.today - facts.last_letter_on).days
        told = "No letter went out" if since is None else f"{_count(since, 'day')} have gone by since the last letter"
        yield Finding(
            "Time since the last letter",
            f"{told}; {_count(days, 'day')} are asked for.",
            since is not None and since >= days,
        )


def _death(facts: Facts) -> Finding:
    died = [each.died_on for each in facts.debtors if each.died_on is not None]
    words = f"Died on {_day(max(died))}." if died else "Nobody of this tenancy is recorded as having died."
    return Finding("Death", words, bool(died))


def _insolvency(facts: Facts, new: NewCase, kind: HoldKind) -> Iterator[Finding]:
    cases = [each for each in facts.insolvencies if each.kind is kind]
    what = _case(kind)
    if not cases:
        yield Finding(what, "No such case is open on these accounts: record it under Holds first.", False)
        return
    case = max(cases, key=lambda each: each.applied_on)
    yield Finding(what, f"{case.reference or 'Case'}, of {_day(case.applied_on)}.", True)
    if kind is not HoldKind.IVA:
        over = [each for each, amount in new.amounts.items() if amount > case.debts.get(each, ZERO)]
        owed = sum((max(ZERO, case.debts.get(each, ZERO)) for each in new.amounts), ZERO)
        words = f"{owed} was owed on the day of the order; what fell due later is not ended by it."
        yield Finding("Debt at the order", words, not over)
    if kind is HoldKind.DEBT_RELIEF_ORDER:
        words = "Its year is over." if case.over else "Its year isn't over yet: the debts end with it."
        yield Finding("Year of the order", words, case.over)


def _out_of_time(facts: Facts, new: NewCase) -> Finding:
    out = sum((_barred(each, new, facts.today) for each in facts.debts), ZERO)
    words = f"{out} of {amount_of(new)} is out of time (six years, Limitation Act 1980)."
    return Finding("Out of time", words, bool(amount_of(new)) and out >= amount_of(new))


def _joint(facts: Facts, new: NewCase, reason: ReasonRow) -> Iterator[Finding]:
    kind = INSOLVENCIES.get(reason.key)
    spared = {
        each.person_id
        for each in facts.debtors
        if (reason.key == DECEASED and each.died_on is not None) or (kind is not None and kind in each.insolvency)
    }
    others = [each for each in facts.debtors if each.person_id not in spared]
    if len(facts.debtors) < 2 or not others:
        return
    if not reason.for_joint:
        owe = f"{_count(len(others), 'other tenant')} owe{'s' if len(others) == 1 else ''}"
        words = f"{owe} the same debt: it can't be written off for this reason."
        yield Finding("Joint tenants", words, False)
        return
    words = "Each of them was pursued first." if new.joint_pursued else "Say whether each of them was pursued first."
    yield Finding("Joint tenants", f"{_count(len(facts.debtors), 'tenant')} owe the debt. {words}", new.joint_pursued)


def _in_the_way(facts: Facts, new: NewCase) -> Iterator[Finding]:
    for account_id in new.amounts:
        if facts.stopped and account_id in facts.stopped:
            yield Finding("Hold", f"A hold stops write-offs: {facts.stopped[account_id]}", False)
    credit = sum((each.balance for each in facts.elsewhere if each.balance < ZERO), ZERO)
    credit += sum((each.balance for each in facts.debts if each.balance < ZERO), ZERO)
    if credit:
        words = f"{abs(credit)} is in credit on another account of theirs: transfer it first."
        yield Finding("Credit elsewhere", words, False)


def _told(facts: Facts, new: NewCase, reason: ReasonRow) -> Iterator[Finding]:
    """What only informs whoever decides; also what was looked for and not found."""
    for debt in facts.debts:
        if debt.account_id in new.amounts and debt.by_year:
            years = ", ".join(f"{amount} of {year}" for year, amount in debt.by_year)
            yield Finding(f"Debt by year, {debt.reference}", f"{years}.")
            yield Finding(f"Limitation, {debt.reference}", _limitation(debt, facts.today))
    yield from _pursued(facts, new, reason)
    if new.acknowledged_on is not None:
        yield Finding("Acknowledged", f"In writing on {_day(new.acknowledged_on)}.")
    if reason.key != DECEASED:
        yield Finding("Death", _death(facts).words)
    insolvent = [f"{_case(each.kind)} of {_day(each.applied_on)}" for each in facts.insolvencies]
    yield Finding("Insolvency", f"{', '.join(insolvent) or 'None is known'}.")
    yield Finding("Breathing space", _breathing(facts.breathing_until))
    if facts.written_off:
        yield Finding("Written off before", f"{facts.written_off} in the last 12 months.")
    yield Finding("Owed in all", f"{facts.owed} on {_count(_owing(facts), 'account')}.")


def _pursued(facts: Facts, new: NewCase, reason: ReasonRow) -> Iterator[Finding]:
    """What was done to have it paid, and what came of it."""
    if not reason.least_letters:
        last = "" if facts.last_letter_on is None else f", the last on {_day(facts.last_letter_on)}"
        yield Finding("Letters", f"{_count(facts.letters, 'letter')} went out{last}.")
    if facts.returned_on is not None:
        yield Finding("Letter came back", f"On {_day(facts.returned_on)}.")
    if not reason.needs_trace:
        yield Finding("Trace", new.trace.strip() or "Nobody has looked for the debtor.")
    paid = facts.last_payment
    yield Finding("Last payment", "None is known." if paid is None else f"{paid[1]} on {_day(paid[0])}.")
    if facts.arrangement:
        yield Finding("Arrangement", facts.arrangement)


def _breathing(until: date | None) -> str:
    if until is None:
        return "None is in force."
    ends = "" if until == date.max else f" until {_day(until)}"
    return f"In force{ends}: nothing is asked of the debtor meanwhile."


def _case(kind: HoldKind) -> str:
    """A kind of insolvency in words."""
    return "Voluntary arrangement" if kind is HoldKind.IVA else kind.value.replace("_", " ").capitalize()


def _limitation(debt: Debt, today: date) -> str:
    first, last = debt.parts[0], debt.parts[-1]
    can = "could" if first.barred(today) else "can"
    ends = f"the oldest part, due {_day(first.due_on)}, {can} be sued for until {_day(first.last_on)}"
    if len(debt.parts) > 1:
        ends += f", the latest, due {_day(last.due_on)}, until {_day(last.last_on)}"
    out = f"{debt.barred} is out of time" if debt.barred else "Nothing is out of time"
    return f"{out}; {ends}."


def _barred(debt: Debt, new: NewCase, today: date) -> Money:
    return rules.barred(debt.parts, today, new.amounts.get(debt.account_id, ZERO))


def _owing(facts: Facts) -> int:
    return sum(each.balance > ZERO for each in facts.debts) + sum(each.balance > ZERO for each in facts.elsewhere)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
