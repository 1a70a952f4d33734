"""`rentbook charge`: a week's charge, rehearsed or posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import click

from app.cli.frame import DATE, answer, command, long_work, open_desk, spell, table, tell
from app.models.values import Money
from app.services.charges import commands, queries
from app.services.charges.dto import ChargeException, ChargeResult, GroupTotal, Rehearsal
from app.services.charges.jobs import catch_up as charge_weeks


@command()
@click.option("--week", type=DATE, required=True, help="Any day of the week.")
@click.option("--rehearse", is_flag=True, help="Say what the week would post, and post nothing.")
@click.option("--catch-up", is_flag=True, help="First charge, in order, every week before it that is due.")
def charge(week: date, rehearse: bool, catch_up: bool) -> None:
    """Charge a week to every live tenancy and void property, once."""
    if rehearse and catch_up:
        raise click.UsageError("Rehearse one week, or catch up with several: not both.")
    with open_desk() as desk:
        if rehearse:
            _answer_rehearsal(desk.ask(queries.rehearse, week))
            return
        with long_work("Charging") as (progress, cancel):
            before = charge_weeks(desk, week, progress, cancel) if catch_up else ()
            done = desk.run(commands.charge_week, progress, cancel, week)
    if done.duplicate and not before:
        tell(f"This week was charged before, by journal {done.journal}; nothing was posted.")
    data = _result(done)
    if catch_up:
        data["weeks"] = [_result(each) for each in before]
    answer(data, _said([*before, *([] if before else [done])]))


def _result(done: ChargeResult) -> dict[str, Any]:
    return {
        "week": done.week,
        "journal": done.journal,
        "lines": done.lines,
        "total_pence": done.total_pence,
        "duplicate": done.duplicate,
        "exceptions": _exceptions(done.exceptions),
    }


def _said(weeks: Iterable[ChargeResult]) -> Iterator[str]:
    for done in weeks:
        yield from _looked_at(done.exceptions)
        posted = f"journal {done.journal}, {done.lines:,} lines, {Money(done.total_pence)}" if done.journal else "free"
        yield f"Week of {spell(done.week)}: {posted}."


def _answer_rehearsal(found: Rehearsal) -> None:
    data = {
        "week": found.week,
        "rehearsal": True,
        "week_number": found.week_number,
        "rent_year": found.rent_year,
        "accounting_on": found.accounting_on,
        "journal": found.journal,
        "lines": found.lines,
        "total_pence": found.total,
        "void_pence": found.void,
        "exceptions": _exceptions(found.exceptions),
    }
    answer(data | _totals(found) | _differences(found), _rehearsed(found))


def _totals(found: Rehearsal) -> dict[str, Any]:
    codes = [
        {"code": each.code, "name": each.name, "lines": each.lines, "amount_pence": each.amount}
        for each in found.by_code
    ]
    groups = [
        {
            "rent_group": each.code,
            "name": each.name,
            "accounts": each.accounts,
            "lines": each.lines,
            "amount_pence": each.amount,
            "free": each.free,
        }
        for each in found.by_group
    ]
    return {"by_code": codes, "by_rent_group": groups}


def _differences(found: Rehearsal) -> dict[str, Any]:
    totals = [
        {"change": each.change, "accounts": each.accounts, "amount_pence": each.amount}
        for each in found.difference_totals
    ]
    accounts = [
        {
            "reference": each.reference,
            "name": each.name,
            "before_pence": each.before,
            "now_pence": each.now,
            "change": each.change,
        }
        for each in found.differences
    ]
    return {"difference_totals": totals, "differences": accounts}


def _rehearsed(found: Rehearsal) -> Iterator[str]:
    yield from _looked_at(found.exceptions)
    right = frozenset({2, 3, 4})
    groups = [
        (each.code, _named(each), f"{each.accounts:,}", f"{each.lines:,}", str(each.amount)) for each in found.by_group
    ]
    if found.void:
        void_lines = found.lines - sum(each.lines for each in found.by_group)
        groups.append(("Void", "To the void loss accounts", "", f"{void_lines:,}", str(found.void)))
    yield from table(("Rent group", "", "Accounts", "Lines", "Amount"), groups, right)
    yield ""
    codes = [(each.code, each.name, "", f"{each.lines:,}", str(each.amount)) for each in found.by_code]
    yield from table(("Code", "", "", "Lines", "Amount"), codes, right)
    yield ""
    for each in found.difference_totals:
        why = each.change.value.replace("_", " ")
        yield f"Different from the week before ({why}): {each.accounts:,} {_accounts(each.accounts)}, {each.amount.dr_cr()}."
    state = f"was charged by journal {found.journal}" if found.journal else "would post"
    week = f"Week {found.week_number} of {found.rent_year}, {spell(found.week)}"
    yield f"{week}: {state}: {found.lines:,} lines, {found.total}."


def _accounts(number: int) -> str:
    return "account" if number == 1 else "accounts"


def _named(group: GroupTotal) -> str:
    return f"{group.name} (free week)" if group.free else group.name


def _looked_at(exceptions: Sequence[ChargeException]) -> Iterator[str]:
    for each in exceptions:
        where = " ".join(filter(None, (each.reference, each.address)))
        yield f"look: {where}: {each.text}" if where else f"look: {each.text}"
    if exceptions:
        yield ""


def _exceptions(exceptions: Sequence[ChargeException]) -> list[dict[str, Any]]:
    return [
        {"concern": each.concern, "reference": each.reference, "address": each.address, "message": each.text}
        for each in exceptions
    ]
