"""Noting an ending: its row, the tenancy's last day, the charges that follow from it, who has to do what by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from app.models.endings import Ending
from app.models.values import EndingState, TenancyChange
from app.services.charges import differences
from app.services.charges.dto import Span
from app.services.core import access
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.ledger.dto import Posted
from app.services.tenancies import keeping
from app.services.tenancies.endings import reading, tasks
from app.services.tenancies.endings.deciding import decide
from app.services.tenancies.endings.dto import REASONS, Dates, NoteEnding
from app.services.tenancies.endings.reading import Case
from app.services.tenancies.endings.rules import KEYLESS

NOON: Final = time(12)
"""When keys are taken to have come where no hour is typed."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Noted:
    """An ending that was noted, and the charges that were put right with it."""

    found: Case
    ending: Ending
    posted: Posted | None


@dataclass(frozen=True, slots=True)
class Follows:
    """What begins in the same transaction as a tenancy ends, and puts right by itself what was charged.

    Attributes:
        lets: lettings that begin, by property: it isn't void then.
        garages: lettings of garages that go on with what begins, or begin anew with it.
    """

    lets: Mapping[int, Span] = field(default_factory=dict)
    garages: tuple[int, ...] = ()


NOTHING: Final = Follows()


def note(ctx: Context, wanted: NoteEnding, with_id: int | None = None, follows: Follows = NOTHING) -> Noted:
    """Note an ending, or note it anew: the tenancy lasts to its day, and weeks charged otherwise are put right at once.

    Garages that end with it are noted with it (`with_id`), and withdrawn where they are no longer named.

    Raises:
        UserError: something about it can't be taken (`deciding.decide`), or the officer may not work on an account.
    """
    found = reading.case(ctx, wanted.tenancy_id)
    access.touch(ctx, found.account_ids)
    days = decide(ctx, found, wanted)
    ending = found.ending or _new(ctx, found)
    before = found.tenancy.end_on
    _write(ending, wanted, days)
    ending.with_id = with_id
    ctx.session.add(ending)
    found.tenancy.end_on = days.ends_on
    ctx.session.flush()
    why = f"Tenancy {found.tenancy.ref} ends on {written(days.ends_on)}"
    posted = put_right(ctx, found, ending, before, why, follows)
    if before != days.ends_on:
        words = f"{REASONS[wanted.reason]}: the last day is {written(days.ends_on)}{_late(days)}."
        on = wanted.notice_on or ctx.clock.today()
        journal = posted.journal if posted else None
        keeping.record(ctx, wanted.tenancy_id, TenancyChange.NOTICE, on, words, journal=journal)
    if with_id is None:
        tasks.next_step(ctx, found, ending)
        _garages(ctx, ending, wanted)
    return Noted(found, ending, posted)


def put_right(
    ctx: Context, found: Case, ending: Ending, before: date | None, why: str, follows: Follows = NOTHING
) -> Posted | None:
    """Post what another last day makes of the weeks that were charged; None where it makes nothing.

    Of the tenancy's accounts, of garages whose VAT hangs on the home, and of the void. `before` is the last day as it was; none,
    where the tenancy was to go on.
    """
    ends = [day for day in (before, found.tenancy.end_on) if day is not None]
    if not ends or before == found.tenancy.end_on:
        return None
    later = {account.id for garage in follows.garages for account in keeping.accounts_of(ctx, garage)}
    accounts = set(differences.linked_accounts(ctx, found.account_ids)) - later
    key = f"ending:{ending.id}:{ending.version}"
    posted = differences.post_differences(ctx, accounts, min(ends) + _DAY, why, key, lets=follows.lets)
    if posted is not None:
        ending.journal = posted.journal
        ctx.session.flush()
    return posted


def withdraw(ctx: Context, ending: Ending, reason: str) -> Posted | None:
    """Notice is withdrawn: the tenancy goes on, weeks that were charged as void are the tenant's, and its tasks are ended.

    Raises:
        UserError: the property is let to somebody else by now, or the officer may not work on an account.
    """
    found = reading.case(ctx, ending.tenancy_id)
    access.touch(ctx, found.account_ids)
    reading.refuse_let(ctx, found, ending)
    for garage in reading.with_it(ctx, ending.id):
        withdraw(ctx, garage, reason)
    before = found.tenancy.end_on
    found.tenancy.end_on = None
    ending.state = EndingState.WITHDRAWN
    ending.undone_at, ending.undone_by, ending.undone_reason = ctx.clock.now(), ctx.officer.id, reason
    ctx.session.flush()
    posted = put_right(ctx, found, ending, before, f"Notice withdrawn, tenancy {found.tenancy.ref}")
    tasks.end_all(ctx, found.account.id, "The notice was withdrawn")
    words = f"The notice to {written(before or ending.ends_on)} was withdrawn."
    journal = posted.journal if posted else None
    keeping.record(ctx, ending.tenancy_id, TenancyChange.NOTICE_WITHDRAWN, ctx.clock.today(), words, journal=journal)
    return posted


def moment(local: datetime | None) -> datetime | None:
    """The office's own time as a moment."""
    return local.astimezone(UTC) if local is not None else None


def local(at: datetime | None) -> datetime | None:
    """A moment as the office's own time, without a zone."""
    return at.astimezone().replace(tzinfo=None) if at is not None else None


def _new(ctx: Context, found: Case) -> Ending:
    return Ending(
        tenancy_id=found.tenancy.id,
        state=EndingState.NOTICE,
        noted_at=ctx.clock.now(),
        noted_by=ctx.officer.id,
    )


def _write(ending: Ending, wanted: NoteEnding, days: Dates) -> None:
    ending.reason = wanted.reason
    ending.notice_on = wanted.notice_on
    ending.agreed = wanted.agreed_on is not None
    ending.notice_ends_on, ending.ends_on = days.notice_ends_on, days.ends_on
    ending.keys_due_at = moment(days.keys_due_at) if wanted.reason not in KEYLESS else None
    ending.keys_returned_at = moment(wanted.keys_returned_at)
    ending.late_weeks = days.late_weeks
    ending.waive_late = wanted.waive_late
    ending.excused = wanted.excused.strip()
    ending.left_on = wanted.left_on
    ending.public_trustee = wanted.public_trustee
    ending.forwarding_address = wanted.forwarding_address.strip()
    ending.contact_name = wanted.contact_name.strip()
    ending.contact_details = wanted.contact_details.strip()


def _late(days: Dates) -> str:
    if not days.late_weeks:
        return ""
    many = "another week" if days.late_weeks == 1 else f"{days.late_weeks} more weeks"
    return f", {many} for late keys included"


def _garages(ctx: Context, ending: Ending, wanted: NoteEnding) -> None:
    noted = {each.tenancy_id: each for each in reading.with_it(ctx, ending.id)}
    for tenancy_id, garage in noted.items():
        if tenancy_id not in wanted.garages:
            withdraw(ctx, garage, "The garage no longer ends with the home")
    for tenancy_id in wanted.garages:
        standing = noted.get(tenancy_id)
        note(
            ctx,
            NoteEnding(
                tenancy_id,
                wanted.reason,
                agreed_on=ending.ends_on,
                forwarding_address=wanted.forwarding_address,
                contact_name=wanted.contact_name,
                contact_details=wanted.contact_details,
                ending_id=standing.id if standing else 0,
                version=standing.version if standing else 0,
            ),
            ending.id,
        )
