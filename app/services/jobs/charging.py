"""The weekly charge without anybody at the desk: a week is rehearsed, and posted only if nobody has to look first.

What an officer looks at in the rehearsal is the exceptions. Those that stood in the week before were seen when it was posted;
who comes and goes is the week's ordinary business. Anything else waits for an officer, who posts the week under Weekly charge.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from app.services.charges import commands, queries
from app.services.charges.dto import ChargeException, ChargeResult, Concern
from app.services.charges.runs import last_charged
from app.services.core.calendars import WEEK, week_monday
from app.services.core.context import Context
from app.services.core.session import Desk
from app.services.jobs.dto import Given, NeedsAnOfficer, Outcome

_ORDINARY: Final = frozenset({Concern.STARTED, Concern.ENDED})
_AREAS: Final = frozenset({"charges", "rent", "ledger", "home"})
_MOST_TOLD: Final = 3
_DO: Final = "Look at them under Weekly charge, then put right what is wrong or post the week there."


def charge_due(desk: Desk, given: Given) -> Outcome:
    """Post every week that is due up to today's, in order, each after its own rehearsal.

    Raises:
        NeedsAnOfficer: no week was charged yet, or the next one has exceptions that the week before had not. The weeks before
            it are posted.
        UserError: as `charges.commands.charge_week`.
    """
    week = week_monday(desk.clock.today())
    if desk.ask(last_charged) is None:
        raise NeedsAnOfficer(
            "No week was charged yet.", "An officer rehearses and posts the first one under Weekly charge."
        )
    done: list[ChargeResult] = []
    due = desk.ask(queries.weeks_due, week)
    for each in due:
        given.cancel.check()
        given.progress(len(done), len(due), f"Charging the week of {each:%d %b %Y}")
        _refuse_exceptions(each, desk.ask(new_exceptions, each), done)
        done.append(desk.run(commands.charge_week, given.progress, given.cancel, each))
    if not done:
        return Outcome("Every week up to this one is charged.", did=False)
    return Outcome(_told(done), areas=_AREAS)


def new_exceptions(ctx: Context, week: date) -> tuple[ChargeException, ...]:
    """What the rehearsal of a week would show first, less what the week before shows too and who comes and goes."""
    before = {(each.concern, each.account_id, each.reference) for each in queries.exceptions(ctx, week - WEEK)}
    return tuple(
        each
        for each in queries.exceptions(ctx, week)
        if each.concern not in _ORDINARY and (each.concern, each.account_id, each.reference) not in before
    )


def _refuse_exceptions(week: date, found: tuple[ChargeException, ...], done: list[ChargeResult]) -> None:
    if not found:
        return
    posted = f"{_told(done)} " if done else ""
    some = "; ".join(f"{each.reference}: {each.text}" if each.reference else each.text for each in found[:_MOST_TOLD])
    more = f" And {len(found) - _MOST_TOLD:,} more." if len(found) > _MOST_TOLD else ""
    count = "1 account has" if len(found) == 1 else f"{len(found):,} accounts have"
    raise NeedsAnOfficer(
        f"{posted}The week of {_spelt(week)} is not posted: {count} something new to look at. {some}{more}", _DO
    )


def _told(done: list[ChargeResult]) -> str:
    return " ".join(
        f"Week of {_spelt(each.week)}: {f'journal {each.journal}, {each.lines:,} lines' if each.journal else 'free'}."
        for each in done
    )


def _spelt(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
