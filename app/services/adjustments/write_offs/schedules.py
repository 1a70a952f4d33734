"""Cases put forward together: submitted, approved, posted against the provision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.models.values import JournalKind, LimitKind, Money, Stop, Subject, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffSchedule
from app.services.adjustments.write_offs import bands, building, keeping, parts, rules
from app.services.adjustments.write_offs.building import Besides
from app.services.adjustments.write_offs.dto import Band, NewSchedule, OwedPart, Saved
from app.services.approvals import third
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.holds import queries as holds
from app.services.ledger import numbering
from app.services.ledger.dto import JournalHeader, Line
from app.services.ledger.posting import append

CODE = "WOF"
KIND = "write_off"
"""The key of the kind of adjustment."""
LIMIT = LimitKind.WRITE_OFF


def make(ctx: Context, new: NewSchedule) -> WriteOffSchedule:
    """Put drafts on a new schedule, each looked at again; the same key gives the one that it made before.

    Raises:
        UserError: one isn't a free draft any more, or a condition of its reason isn't met.
    """
    before = ctx.session.scalar(select(WriteOffSchedule).where(WriteOffSchedule.entry_key == new.entry_key))
    if before is not None:
        return before
    if not new.case_ids:
        raise UserError("No case is chosen.", "Choose the cases that are put forward together.", "case_ids")
    if not new.title.strip():
        raise UserError("Say what the schedule is for.", "Such as: Former tenants, November 2026.", "title")
    refuse_card_number(ctx, new.title, "title", "title")
    rows = keeping.found_all(ctx, list(dict.fromkeys(new.case_ids)))
    for row in rows:
        if row.state is not WriteOffState.DRAFT or row.schedule_id is not None:
            raise UserError(f"Write-off {row.number} is not a free draft any more.", "Leave it out.", "case_ids")
    _look_again(ctx, rows)
    schedule = WriteOffSchedule(
        number=numbering.take(ctx, "write_off_schedule"),
        entry_key=new.entry_key,
        title=new.title.strip()[:200],
        band=rules.highest(Band(row.band) for row in rows).value,
        state=WriteOffState.DRAFT,
        count=len(rows),
        pence=sum(row.pence for row in rows),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(schedule)
    ctx.session.flush()
    for row in rows:
        row.schedule_id = schedule.id
    ctx.session.flush()
    return schedule


def found(ctx: Context, schedule_id: int) -> WriteOffSchedule:
    """A schedule by its id, if the officer may work on its accounts.

    Raises:
        UserError: there is none, or one of its accounts is one that they may not work on.
    """
    row = found_any(ctx, schedule_id)
    access.touch_subject(ctx, Subject.WRITE_OFF_SCHEDULE, schedule_id)
    return row


def found_any(ctx: Context, schedule_id: int) -> WriteOffSchedule:
    """A schedule by its id, whoever looks.

    Raises:
        UserError: there is none.
    """
    return record(ctx, WriteOffSchedule, schedule_id, "schedule")


def cases(ctx: Context, schedule_id: int) -> Sequence[WriteOff]:
    """The cases of a schedule, by number."""
    return ctx.session.scalars(
        select(WriteOff).where(WriteOff.schedule_id == schedule_id).order_by(WriteOff.number)
    ).all()


def prove(ctx: Context, schedule: WriteOffSchedule) -> None:
    """Look at the cases of a schedule again before somebody decides on it: what is still owed, and whose authority it needs.

    Raises:
        UserError: a condition of one isn't met any more, nothing is owed for one, or a higher authority decides by now.
    """
    rows = cases(ctx, schedule.id)
    _look_again(ctx, rows)
    band = rules.highest(Band(row.band) for row in rows)
    if rules.highest((band, Band(schedule.band))) is not Band(schedule.band):
        decides = bands.authorities(ctx, ctx.clock.today()).by[band]
        raise UserError(
            f"More is owed by now than when schedule {schedule.number} was made, so another authority decides: {decides}.",
            "Withdraw it, and make another.",
        )
    schedule.pence = sum(row.pence for row in rows)


def move(ctx: Context, schedule: WriteOffSchedule, state: WriteOffState) -> None:
    """A schedule and its cases have come so far."""
    schedule.state = state
    for row in cases(ctx, schedule.id):
        row.state = state


def why_not_post(ctx: Context, schedule: WriteOffSchedule) -> str:
    """Why the officer who acts may not post it, as a sentence; empty where they may."""
    return why_not_post_each(ctx, [schedule])[schedule.id]


def why_not_post_each(ctx: Context, schedules: Sequence[WriteOffSchedule]) -> dict[int, str]:
    """The same of each of some schedules, by its id.

    Where a third officer posts, whoever made or approved a schedule doesn't, nor whoever built one of its cases.
    """
    why = {
        each.id: f"Schedule {each.number} is {each.state.value}, not approved."
        for each in schedules
        if each.state is not WriteOffState.APPROVED
    }
    took = _took_part(ctx, [each for each in schedules if each.id not in why])
    earlier = third.why_not(ctx, (KIND,), {ctx.officer.id}) if took else ""
    return {each.id: why.get(each.id, earlier if each.id in took else "") for each in schedules}


def _took_part(ctx: Context, schedules: Sequence[WriteOffSchedule]) -> set[int]:
    """The ids of those of which the officer who acts made or approved the schedule, or built a case."""
    me = ctx.officer.id
    mine = {each.id for each in schedules if me in {each.made_by, each.approved_by}}
    for chunk in in_chunks(sorted({each.id for each in schedules} - mine)):
        built = select(WriteOff.schedule_id).where(WriteOff.schedule_id.in_(chunk), WriteOff.made_by == me)
        mine.update(each for each in ctx.session.scalars(built.distinct()) if each is not None)
    return mine


def post_now(ctx: Context, schedule: WriteOffSchedule) -> Saved:
    """Post a schedule as one journal against the provision: of each debt what is still owed, never more.

    Raises:
        UserError: nothing is owed any more, a hold stops it, or the period is closed.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    rows = {row.id: row for row in cases(ctx, schedule.id)}
    today, less, lines, of_case = ctx.clock.today(), 0, [], Counter[int]()
    debts = _now(ctx, rows)
    for debt, pence, _ in debts:
        less += debt.pence - pence
        of_case[debt.write_off_id] += pence
        if pence:
            words = f"Written off, case {rows[debt.write_off_id].number}"
            lines.append(Line(debt.account_id, CODE, -pence, today, narrative=words))
    if not lines:
        raise UserError("Nothing is owed on these accounts any more, so nothing was posted.", "Withdraw the schedule.")
    header = JournalHeader(
        JournalKind.ADJUSTMENT,
        today,
        f"write-off schedule {schedule.number}",
        f"write-off-schedule:{schedule.id}",
        narrative=schedule.title,
        authorised_by=schedule.approved_by,
        approval=schedule.request_id,
    )
    posted = append(ctx, header, lines)
    parts.cut(ctx, debts)
    for row in rows.values():
        row.state, row.pence, row.posted_on, row.journal = WriteOffState.POSTED, of_case[row.id], today, posted.journal
    schedule.pence, schedule.posted_by, schedule.journal = -posted.total_pence, ctx.officer.id, posted.journal
    schedule.state = WriteOffState.POSTED
    ctx.session.flush()
    told = f"Schedule {schedule.number} is posted as journal {posted.journal}: {Money(schedule.pence)} written off."
    if less:
        told += f" {Money(less)} had been paid since, so that much less was written off."
    return saved(schedule, told, frozenset(line.account_id for line in lines))


def _now(ctx: Context, rows: Mapping[int, WriteOff]) -> list[tuple[WriteOffDebt, int, tuple[OwedPart, ...]]]:
    """Each debt of some cases with what of it is still owed today, in pence, and the parts of that, the oldest.

    Raises:
        UserError: a hold stops a write-off.
    """
    debts = keeping.debts_of(ctx, sorted(rows))
    _refuse_held(ctx, sorted({debt.account_id for debt in debts}))
    asked = [(row.tenancy_id, Besides(acknowledged_on=row.acknowledged_on)) for row in rows.values()]
    owed = {
        (case_id, debt.account_id): debt
        for case_id, facts in zip(rows, building.facts_of(ctx, asked), strict=True)
        for debt in facts.debts
    }
    found = []
    for debt in debts:
        standing = owed.get((debt.write_off_id, debt.account_id))
        pence = 0 if standing is None else min(debt.pence, max(0, standing.balance.pence))
        found.append((debt, pence, () if standing is None else rules.first(standing.parts, pence)[0]))
    return found


def saved(schedule: WriteOffSchedule, told: str, touched: frozenset[int] = frozenset()) -> Saved:
    """What is told of a schedule."""
    return Saved(
        schedule.id,
        schedule.number,
        schedule.state,
        told,
        Changes(keeping.AREAS, touched),
        schedule.request_id,
        schedule.journal,
    )


def _look_again(ctx: Context, rows: Sequence[WriteOff]) -> None:
    for row, result in zip(rows, keeping.look_again(ctx, rows), strict=True):
        if result.unmet:
            first = result.unmet[0]
            raise UserError(
                f"Write-off {row.number} can't go forward: {first.what.lower()}. {first.words}",
                "Put that right in the case, or leave it out.",
                "case_ids",
            )


def _refuse_held(ctx: Context, account_ids: Sequence[int]) -> None:
    held = holds.stops(ctx, account_ids, Stop.WRITE_OFF)
    if held:
        why = next(iter(held.values())).reason
        raise UserError(f"A hold stops write-offs on {len(held)} of these accounts: {why}", "Release it first.")
