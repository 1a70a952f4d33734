"""`rentbook dd schedule` and `dd recalculate`: how an instalment comes about, and instalments worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click

from app.cli.frame import answer, command, long_work, open_desk, spell
from app.cli.frame import table as columns
from app.models.values import Frequency, Money
from app.services.core.context import Context
from app.services.direct_debits.schedules import commands, queries, recalculating, telling
from app.services.direct_debits.schedules.dto import (
    BY_MONTH,
    CollectionRow,
    Difference,
    Explained,
    Recalculated,
    Rehearsal,
    Schedule,
    ScheduleOf,
    Scope,
    SumLine,
    Terms,
    Worked,
)
from app.services.rent.queries import account_by_reference

EVERY: Final = {
    "week": Frequency.WEEKLY,
    "fortnight": Frequency.FORTNIGHTLY,
    "4weeks": Frequency.FOUR_WEEKLY,
    "month": Frequency.MONTHLY,
    "quarter": Frequency.QUARTERLY,
}
_SHOWN: Final = 50
"""Differences that are printed as text; all of them are in the JSON."""


@command("schedule")
@click.argument("reference", metavar="REF")
@click.option("--every", type=click.Choice(list(EVERY)), help="Without a mandate: what one set up today would collect.")
@click.option("--day", type=int, default=1, help="With --every: of the month, or of the week, where 1 is Monday.")
def schedule(reference: str, every: str | None, day: int) -> None:
    """How the instalment of a Direct Debit comes about: the sum in parts, the dates, and the forecast at the end of the year.

    REF is the reference of the mandate, or the payment reference of an account that it pays.
    """
    with open_desk() as desk:
        if every is not None:
            worked = desk.ask(_worked, reference, EVERY[every], day)
            answer(_worked_data(worked), _worked_told(worked))
            return
        found, explained = desk.ask(_found, reference)
    answer(_data(found, explained), _told(found, explained))


def _worked(ctx: Context, reference: str, every: Frequency, day: int) -> Worked:
    terms = Terms(every, day if every in BY_MONTH else day - 1, ctx.clock.today())
    return queries.preview(ctx, (account_by_reference(ctx, reference),), terms)


def _worked_data(worked: Worked) -> dict[str, Any]:
    return {
        "parts": [{"kind": part.kind, "pence": part.amount.pence, "words": part.words} for part in worked.parts],
        "total_pence": worked.total.pence,
        "count": worked.count,
        "usual_pence": worked.usual.pence,
        "first_pence": worked.first.pence,
        "forecast_pence": worked.forecast.pence,
        "why": worked.why,
        "left": list(worked.left),
        "collections": [
            {"planned_on": each.planned_on, "due_on": each.due_on, "pence": each.amount.pence}
            for each in worked.planned
        ],
    }


def _worked_told(worked: Worked) -> Iterator[str]:
    rows = [*((part.label, part.words, str(part.amount)) for part in worked.parts), ("In all", "", str(worked.total))]
    yield from columns(("", "", "Amount"), rows, right=frozenset({2}))
    yield ""
    yield telling.said(worked)
    yield from worked.left
    for each in worked.planned:
        yield f"{spell(each.due_on)}  {each.amount}"
    yield f"Forecast for {spell(worked.ends_on)}: {worked.forecast.dr_cr()}"


def _found(ctx: Context, reference: str) -> tuple[ScheduleOf, Explained | None]:
    found = queries.of_mandate(ctx, queries.mandate_by_reference(ctx, reference))
    return found, queries.explain(ctx, found.schedule.schedule_id) if found.schedule else None


def _data(found: ScheduleOf, explained: Explained | None) -> dict[str, Any]:
    of = found.schedule
    references = dict(found.accounts)
    return {
        "mandate": found.reference,
        "accounts": [reference for _, reference in found.accounts],
        "schedule": _schedule(of, references) if of else None,
        "said": explained.said if explained else "The mandate has no schedule.",
        "collections": [_collection(each, references) for each in found.collections],
    }


def _schedule(of: Schedule, references: dict[int, str]) -> dict[str, Any]:
    return {
        "version": of.number,
        "frequency": of.terms.frequency,
        "day": of.terms.day,
        "first_week_on": of.first_week_on,
        "ends_on": of.ends_on,
        "reason": of.reason,
        "parts": [
            {
                "kind": part.kind,
                "account": references.get(part.account_id, ""),
                "pence": part.amount.pence,
                "words": part.words,
            }
            for part in of.parts
        ],
        "total_pence": of.total.pence,
        "count": of.count,
        "usual_pence": of.usual.pence,
        "first_pence": of.first.pence,
        "forecast_pence": of.forecast.pence,
    }


def _collection(each: CollectionRow, references: dict[int, str]) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "state": each.state,
        "planned_on": each.planned_on,
        "due_on": each.due_on,
        "pence": each.amount.pence,
        "by_hand": each.by_hand,
        "noticed_on": each.noticed_on,
        "changed_since_notice": each.changed_since_notice,
        "shares": {references.get(share.account_id, ""): share.amount.pence for share in each.shares},
    }


def _told(found: ScheduleOf, explained: Explained | None) -> Iterator[str]:
    accounts = ", ".join(reference for _, reference in found.accounts)
    yield f"Mandate {found.reference}, for {accounts}."
    if explained is None:
        yield "It has no schedule yet."
        return
    of = explained.schedule
    yield f"Version {of.number}: {of.reason}"
    yield ""
    yield from columns(("", "", "Amount"), [_line(each) for each in explained.lines], right=frozenset({2}))
    yield ""
    yield explained.said
    if found.collections:
        yield ""
        rows = [(spell(each.due_on), str(each.amount), each.state.value, each.by_hand) for each in found.collections]
        yield from columns(("Collected on", "Amount", "", ""), rows, right=frozenset({1}))


def _line(line: SumLine) -> tuple[str, str, str]:
    amount = "" if line.amount is None else str(line.amount)
    return line.label, line.words, amount if not line.label.startswith("At the end") else _balance(line.amount)


def _balance(amount: Money | None) -> str:
    return amount.dr_cr() if amount is not None else ""


@command("recalculate")
@click.argument("references", nargs=-1, metavar="[REF...]")
@click.option("--rehearse", is_flag=True, help="Say what would change and why, and keep nothing.")
@click.option("--next-year", is_flag=True, help="Make the schedules of the next rent year.")
def recalculate(references: tuple[str, ...], *, rehearse: bool, next_year: bool) -> None:
    """Work the instalments out again of every Direct Debit, or of those of REF, and write those that move.

    What moves is told with the reason: a charge or a benefit that changed, the balance, a collection that came back.
    """
    with open_desk() as desk:
        wanted = desk.ask(_wanted, references) if references else None
        scope = Scope(mandate_ids=wanted, next_year=next_year)
        with long_work("Working out") as (progress, cancel):
            found = desk.watch(recalculating.rehearse, progress, cancel, scope)
        done: Recalculated | None = None
        if not rehearse and found.differences:
            ids = [each.mandate_id for each in found.differences]
            with long_work("Writing") as (progress, cancel):
                done = desk.run(commands.recalculate_all, progress, cancel, ids, next_year=next_year)
    data = {
        "looked": found.looked,
        "recalculated": done.count if done else 0,
        "left": done.left if done else 0,
        "differences": [_difference(each) for each in found.differences],
        "without_schedule": list(found.without),
    }
    answer(data, _rehearsed(found, done))


def _wanted(ctx: Context, references: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(queries.mandate_by_reference(ctx, each) for each in references)


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "mandate": each.reference,
        "account": each.account,
        "was_pence": each.was,
        "now_pence": each.now,
        "first_pence": each.first,
        "count": each.count,
        "next_on": each.next_on,
        "forecast_pence": each.forecast,
        "reasons": list(each.reasons),
        "told": each.told,
        "refused": each.refused,
    }


def _rehearsed(found: Rehearsal, done: Recalculated | None) -> Iterator[str]:
    differ = len(found.differences)
    yield f"{found.looked:,} worked out: {differ:,} would be" + (
        " another amount." if differ == 1 else " other amounts."
    )
    rows = [
        (each.reference, each.account, _amount(each.was), _amount(each.now), each.refused or " ".join(each.reasons))
        for each in found.differences[:_SHOWN]
    ]
    if rows:
        yield from columns(("Mandate", "Account", "Was", "Now", "Why"), rows, right=frozenset({2, 3}))
    if differ > _SHOWN:
        yield f"and {differ - _SHOWN:,} more."
    if found.without:
        more = f" and {len(found.without) - _SHOWN:,} more" if len(found.without) > _SHOWN else ""
        yield f"Without a schedule, nothing worked out: {', '.join(found.without[:_SHOWN])}{more}."
    yield done.told if done else "Nothing was kept."


def _amount(amount: Money | None) -> str:
    return "nothing" if amount is None else str(amount)
