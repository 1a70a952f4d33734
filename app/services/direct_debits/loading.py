"""Mandates of a spreadsheet loaded with their first schedules in one go: what is live by it is collected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.values import Frequency
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.direct_debits.mandates.importing import commands
from app.services.direct_debits.mandates.importing.dto import Collected, Loaded, NewLoad
from app.services.direct_debits.schedules import keeping as schedules
from app.services.direct_debits.schedules.bulk import make_all
from app.services.direct_debits.schedules.dto import BY_MONTH, WEEKDAYS, Terms


@requires(Permission.KEEP_DIRECT_DEBITS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Load the mandates of a file, in force at once, each with the schedule that it is collected by.

    Raises:
        UserErrors: something in it is wrong; nothing was kept.
        UserError: rows pay an account that another mandate pays and it isn't said that all collect, or policy names no day.
        Cancelled: the officer asked for it; nothing was kept.
    """
    done = commands.load(ctx, new)
    terms = {each.mandate_id: terms_of(ctx, each) for each in done.collected}
    planned = make_all(ctx, terms, "Loaded with its mandate.")
    none = done.count - planned
    left = f" {none:,} {'has' if none == 1 else 'have'} nothing to collect this rent year." if none else ""
    return replace(done, told=f"{done.told} Schedules are made.{left}")


def terms_of(ctx: Context, each: Collected) -> Terms:
    """How a mandate is collected: as its row says, else on the first collection day of the policy; counted from the last."""
    last = each.last_on or ctx.clock.today()
    if each.frequency in BY_MONTH:
        return Terms(each.frequency, _day_of_month(ctx) if each.day is None else each.day, last)
    day = each.day if each.day is not None else last.weekday() if last.weekday() < len(WEEKDAYS) else 0
    return Terms(each.frequency, day, _counted_from(each.frequency, last, day))


def _counted_from(frequency: Frequency, last: date, day: int) -> date:
    """The nominal day of the last collection: money of a holiday moves on a working day after it."""
    return last if frequency is Frequency.WEEKLY else last - timedelta(days=(last.weekday() - day) % 7)


def _day_of_month(ctx: Context) -> int:
    days = schedules.day_options(ctx)
    if not days:
        raise UserError("The policy names no day on which something is collected.", "Set its collection days first.")
    return days[0]
