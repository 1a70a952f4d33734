"""The weekly charge without anybody at the desk: a week is rehearsed, and posted only if nobody has to look first.

What an officer looks at in the rehearsal is the exceptions. Those that stand word for word in the week before were seen when it was
posted, and an unusual rent only if it was charged so; who comes and goes is the week's ordinary business. Anything else waits for an
officer, who posts the week under Weekly charge.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.charges import Charge, ChargeRun
from app.models.values import Money
from app.services.charges import commands, queries
from app.services.charges.concerns import RENT_CODE
from app.services.charges.dto import ChargeException, ChargeResult, Concern
from app.services.charges.runs import last_charged
from app.services.core.calendars import WEEK, week_monday
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.session import Desk
from app.services.jobs.dto import Given, NeedsAnOfficer, Outcome
from app.services.ledger import queries as ledger

_ORDINARY: Final = frozenset({Concern.STARTED, Concern.ENDED})
_RUNS: Final = 5
"""Charged weeks in which a rent may have been charged before: more than are ever free on end."""
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
    """What the rehearsal of a week would show first, less what was seen with the week before and who comes and goes.

    The week before is looked at as it is now: what was changed since it was posted nobody has seen, so that an unusual rent counts
    as seen only where one of the last weeks charged the same, and a change of VAT, which is the week's own, never does.
    """
    before = {_words(each) for each in queries.exceptions(ctx, week - WEEK) if each.concern is not Concern.VAT_CHANGED}
    found = [each for each in queries.exceptions(ctx, week) if each.concern not in _ORDINARY]
    unusual = [
        each.account_id
        for each in found
        if each.concern is Concern.OUT_OF_BOUNDS and each.account_id and _words(each) in before
    ]
    charged = _charged_so(ctx, week, unusual)
    return tuple(
        each
        for each in found
        if _words(each) not in before or (each.concern is Concern.OUT_OF_BOUNDS and each.account_id not in charged)
    )


def _words(found: ChargeException) -> tuple[Concern, int | None, str, str]:
    return found.concern, found.account_id, found.reference, found.text


def _charged_so(ctx: Context, week: date, account_ids: list[int]) -> set[int]:
    """Of some accounts those whose rent of this week one of the last weeks charged to the penny."""
    wanted: dict[int, Money] = {}
    in_force = (Charge.code == RENT_CODE, Charge.from_on < week + WEEK, (Charge.to_on >= week) | Charge.to_on.is_(None))
    for some in in_chunks(account_ids):
        rows = select(Charge.account_id, Charge.amount_pence).where(Charge.account_id.in_(some), *in_force)
        wanted.update((row.account_id, Money(row.amount_pence)) for row in ctx.session.execute(rows))
    recent = select(ChargeRun.journal).where(ChargeRun.week_on < week, ChargeRun.journal.is_not(None))
    runs = ctx.session.scalars(recent.order_by(ChargeRun.week_on.desc()).limit(_RUNS)).all()
    lines = ledger.lines_select().order_by(None).subquery().c
    found: set[int] = set()
    for some in in_chunks(list(wanted)):
        rows = select(lines.account_id, lines.pence).where(lines.journal.in_(runs), lines.code == RENT_CODE)
        for row in ctx.session.execute(rows.where(lines.account_id.in_(some))):
            if wanted[row.account_id] == Money(row.pence):
                found.add(row.account_id)
    return found


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
