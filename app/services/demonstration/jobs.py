"""Making the demonstration landlord: the current rent year first, then the earlier ones, each whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.services.core import database as databases
from app.services.core.clock import Clock
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.demonstration import commands, queries
from app.services.demonstration.dto import FULL, Size, Summary
from app.services.demonstration.office import set_up_office
from app.services.demonstration.officers import add_officers
from app.services.demonstration.plan import Plan, make_plan
from app.services.demonstration.queries import Begun
from app.services.demonstration.requests import ask_for_approval, ask_for_period
from app.services.demonstration.tasks import give_tasks

SEED: Final = "testford"
_MOST: Final = Size(100_000, 20_000, 7)


def make(
    path: Path,
    clock: Clock | None = None,
    size: Size = FULL,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Make the landlord with its current rent year in a file of its own, or go on with one that was stopped half way.

    Raises:
        UserError, Cancelled: as `create`.
    """
    username, name = system_user()
    there = path.exists()
    database = databases.open_database(path, clock) if there else databases.create(path, username, name, clock)
    try:
        begin(Desk.sit_down(database, username, clock), size, progress, cancel)
    finally:
        database.close()


def create(
    desk: Desk,
    size: Size = FULL,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    seed: str = SEED,
) -> Summary:
    """Make the whole landlord: `begin`, then `follow`.

    One that was stopped half way is gone on with, whatever size is asked for.

    Raises:
        UserError: the database holds another landlord, or the size is out of bounds.
        Cancelled: it was stopped; what was posted stays, and is a whole ledger.
    """
    begin(desk, size, progress, cancel, seed=seed)
    return follow(desk, progress, cancel)


def begin(
    desk: Desk,
    size: Size = FULL,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    seed: str = SEED,
) -> Summary:
    """Make the landlord with its current rent year; opening balances stand in for the years before it.

    Raises:
        UserError, Cancelled: as `create`.
    """
    cancel = cancel or CancelToken()
    kept = desk.ask(queries.begun)
    if kept is None:
        _refuse_size(size)
        kept = Begun(size, seed, desk.clock.today(), desk.ask(queries.next_account))
        progress(0, 0, "Making up people and homes")
        plan = _plan(kept)
        desk.run(commands.fill, progress, cancel, plan)
    elif desk.ask(queries.is_charged, kept.years.weeks(kept.years.current)[-1]):
        return desk.ask(queries.summary)
    else:
        plan = _plan(kept)
    desk.run(commands.open_current_year, progress, cancel, plan)
    months = sorted({(day.year, day.month) for day in plan.days(plan.years.current)})
    for done, month in enumerate(months):
        progress(done, len(months), f"Rent year {plan.years.current.name}")
        desk.run(commands.post_month, no_progress, cancel, plan, month)
    progress(len(months), len(months), f"Rent year {plan.years.current.name}")
    _furnish(desk, kept)
    return desk.ask(queries.summary)


def _furnish(desk: Desk, kept: Begun) -> None:
    """What an office has beside its rents: officers, requests that wait, tasks and letters."""
    from app.services.demonstration.adjustments import adjust_some
    from app.services.demonstration.answers import answer_post
    from app.services.demonstration.changes import change_some
    from app.services.demonstration.charge_changes import rehearse_rents
    from app.services.demonstration.direct_debits import debit_some
    from app.services.demonstration.endings import end_some
    from app.services.demonstration.holds import place_holds
    from app.services.demonstration.known import keep_people
    from app.services.demonstration.lets import let_one
    from app.services.demonstration.letters import write_letters  # what draws letters is read only now
    from app.services.demonstration.life_events import happen
    from app.services.demonstration.post_mail import bring_mail
    from app.services.demonstration.post_standards import time_post
    from app.services.demonstration.purchase_orders import buy_some
    from app.services.demonstration.reception import receive_some
    from app.services.demonstration.recharges import recharge_some
    from app.services.demonstration.refunds import refund_some
    from app.services.demonstration.write_offs import write_off_some

    first = (
        set_up_office,
        happen,
        change_some,
        end_some,
        let_one,
        rehearse_rents,
        place_holds,
        keep_people,
        add_officers,
    )
    asked = (ask_for_approval, adjust_some, recharge_some, refund_some, write_off_some)
    for each in (*first, *asked, debit_some, buy_some, receive_some):
        desk.do(each)
    if not tuple(kept.years.earlier()):
        desk.do(ask_for_period)
    for each in (give_tasks, bring_mail, write_letters, answer_post, time_post):
        desk.do(each)


def follow(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Summary:
    """Post the rent years before the current one, the latest first, each half year in one transaction.

    Raises:
        UserError: the database holds no demonstration landlord.
        Cancelled: it was stopped; the half years that were finished stay.
    """
    cancel = cancel or CancelToken()
    kept = desk.ask(queries.begun)
    if kept is None:
        raise UserError("There is no demonstration landlord in this database.")
    missing = [half for half in kept.years.earlier() if not desk.ask(queries.is_charged, half.first)]
    plan = _plan(kept) if missing else None
    for half in missing:
        assert plan is not None
        desk.run(commands.post_earlier, progress, cancel, plan, half)
    if missing:
        desk.do(ask_for_period)
    return desk.ask(queries.summary)


def _plan(kept: Begun) -> Plan:
    return make_plan(kept.size, kept.seed, kept.today, kept.first_account)


def _refuse_size(size: Size) -> None:
    least = Size(1, 0, 1)
    for name in ("dwellings", "garages", "years"):
        asked, low, high = (getattr(each, name) for each in (size, least, _MOST))
        if not low <= asked <= high:
            raise UserError(f"A demonstration landlord has from {low:,} to {high:,} {name}, not {asked:,}.")
