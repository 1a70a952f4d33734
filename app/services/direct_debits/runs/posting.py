"""Matched collections put on the accounts on their entry day: set-based, once, by what each account has of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import Date, Select, func, insert, literal, or_, select, update

from app.models.db import Text_
from app.models.direct_debits.mandates import Mandate, MandateStep
from app.models.direct_debits.runs import DebitRun, DebitRunJournal
from app.models.direct_debits.schedules import CollectionShare
from app.models.values import (
    BacsCode,
    CollectionState,
    DebitRunKind,
    DebitRunState,
    JournalKind,
    MandateEvent,
    Money,
    Subject,
    ToldBy,
)
from app.services.core import audit
from app.services.core.calendars import week_monday
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary import keeping as diary
from app.services.direct_debits.runs import gathering, rules, settling
from app.services.direct_debits.runs.dto import PostedDay, RunsPosted
from app.services.direct_debits.runs.taking import COLLECTIONS, LINES, STANDS
from app.services.ledger import numbering, periods, reversing
from app.services.ledger.dto import JournalHeader
from app.services.ledger.posting import append_bulk
from app.services.ledger.sql import AnySelect

CODE: Final = "RDD"
"""Direct Debit, against the control account of the same name."""
AREAS: Final = frozenset({"direct_debits", "ledger", "rent", "diary", "home"})
_MANDATES: Final = Mandate.metadata.tables["mandate"]
_SHARES: Final = CollectionShare.metadata.tables["collection_share"]
_STEPS: Final = MandateStep.metadata.tables["mandate_step"]


def register() -> None:
    """Tell the ledger which journals are of runs: what they collected comes back as the bank's reports say, not by itself."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Direct Debits"))


def post(ctx: Context, on: date) -> RunsPosted:
    """Post every matched run's collections with an entry day up to a day, a journal for each run and entry day.

    One that can't be posted is set aside, told with the reason, and the others are posted.

    They belong to their entry day, and are accounted for in its period, or on the first day of the open one if that is closed.

    Raises:
        UserError: the day is still to come.
    """
    if on > ctx.clock.today():
        raise UserError(
            f"{rules.spelt(on)} is still to come.", "What is collected is posted on the day that the money moves.", "on"
        )
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    days: list[PostedDay] = []
    failed: list[str] = []
    for run, day in due(ctx, on):
        number = run.number
        try:
            with ctx.session.begin_nested():
                days.append(_post_day(ctx, run, day))
        except UserError as error:
            failed.append(f"Run {number} of {rules.spelt(day)} isn't posted: {error.message}")
    left = tuple(run.number for run in unmatched(ctx, on))
    told = _told(on, days, left, failed)
    return RunsPosted(on, tuple(days), left, told, Changes(AREAS), tuple(failed))


def unmatched(ctx: Context, on: date) -> Sequence[DebitRun]:
    """The runs whose entry day has come and that no Input report has matched."""
    rows = select(DebitRun).where(
        DebitRun.kind == DebitRunKind.COLLECTION,
        DebitRun.state.in_((DebitRunState.MADE, DebitRunState.SENT)),
        DebitRun.entry_on <= on,
    )
    return ctx.session.scalars(rows.order_by(DebitRun.id)).all()


def due(ctx: Context, on: date) -> list[tuple[DebitRun, date]]:
    """The matched runs with the entry days that are to be posted up to a day, the earliest first."""
    done = select(DebitRunJournal.entry_on).where(
        DebitRunJournal.run_id == LINES.c.run_id, DebitRunJournal.entry_on == LINES.c.entry_on
    )
    rows = (
        select(DebitRun, LINES.c.entry_on)
        .join(LINES, LINES.c.run_id == DebitRun.id)
        .where(
            DebitRun.kind == DebitRunKind.COLLECTION,
            DebitRun.state == DebitRunState.MATCHED,
            LINES.c.entry_on <= on,
            STANDS,
            ~done.exists(),
        )
        .distinct()
        .order_by(LINES.c.entry_on, DebitRun.id)
    )
    return [(row.DebitRun, row.entry_on) for row in ctx.session.execute(rows)]


def lines_of(run: DebitRun, day: date) -> AnySelect:
    """What a run puts on the accounts for an entry day, as the ledger takes it."""
    return (
        select(
            _SHARES.c.account_id,
            literal(CODE, Text_(8)).label("code"),
            (-_SHARES.c.pence).label("pence"),
            literal(day, Date).label("effective_on"),
            literal(week_monday(day), Date).label("rent_week"),
            literal("Direct Debit", Text_(200)).label("narrative"),
        )
        .select_from(LINES)
        .join(COLLECTIONS, COLLECTIONS.c.id == LINES.c.collection_id)
        .join(_SHARES, _SHARES.c.collection_id == COLLECTIONS.c.id)
        .where(
            LINES.c.run_id == run.id,
            LINES.c.entry_on == day,
            STANDS,
            COLLECTIONS.c.run_id == run.id,
            COLLECTIONS.c.state == CollectionState.IN_RUN,
            _SHARES.c.pence > 0,
        )
        .order_by(LINES.c.place, _SHARES.c.account_id)
    )


def _post_day(ctx: Context, run: DebitRun, day: date) -> PostedDay:
    ctx.cancel.check()
    here = (LINES.c.run_id == run.id, LINES.c.entry_on == day, STANDS)
    count, pence = ctx.session.execute(select(func.count(), func.sum(LINES.c.pence)).where(*here)).one()
    header = JournalHeader(
        kind=JournalKind.RECEIPTS,
        accounting_on=periods.first_open_day(ctx.session, day),
        source=f"Direct Debit run {run.number}",
        idempotency_key=f"debit-run:{run.id}:{day}",
        declared_pence=-int(pence),
        narrative=f"Direct Debits of {rules.spelt(day)}",
        authorised_by=run.approved_by,
        approval=run.request_id,
    )
    posted = append_bulk(ctx, header, lines_of(run, day))
    _move(ctx, run, day, posted.journal)
    ctx.session.add(
        DebitRunJournal(run_id=run.id, entry_on=day, journal=posted.journal, count=int(count), pence=int(pence))
    )
    if _all_posted(ctx, run, day):
        run.state, run.posted_at = DebitRunState.POSTED, ctx.clock.now()
    diary.finish_for(ctx, Subject.DIRECT_DEBIT_RUN, run.id, settling.TO_POST, "Posted")
    ctx.session.flush()
    return PostedDay(run.id, run.number, day, posted.journal, int(count), Money(int(pence)), posted.duplicate)


def _move(ctx: Context, run: DebitRun, day: date, journal: int) -> None:
    """The collections are posted, and the mandates collected, some for the first time."""
    of_day = (LINES.c.run_id == run.id, LINES.c.entry_on == day, STANDS)
    these = COLLECTIONS.c.id.in_(select(LINES.c.collection_id).where(*of_day))
    values = {"state": CollectionState.POSTED, "journal": journal, "version": COLLECTIONS.c.version + 1}
    ctx.session.execute(update(COLLECTIONS).where(these, COLLECTIONS.c.state == CollectionState.IN_RUN).values(values))
    mandates = _MANDATES.c.id.in_(select(LINES.c.mandate_id).where(*of_day))
    first_here = select(LINES.c.mandate_id).where(*of_day, LINES.c.code == BacsCode.FIRST, ~gathering.moved())
    new = (_MANDATES.c.id.in_(first_here), _MANDATES.c.first_collected_on.is_(None))
    names = [column.name for column in _STEPS.c if column.name not in {"id", "report_item_id"}]
    ctx.session.execute(insert(_STEPS).from_select(names, _steps(ctx, run, day, names).where(*new)))
    first = {"first_collected_on": day, "version": _MANDATES.c.version + 1}
    ctx.session.execute(update(_MANDATES).where(*new).values(first))
    before = or_(_MANDATES.c.last_bank_on.is_(None), _MANDATES.c.last_bank_on < day)
    seen = {"last_bank_on": day, "version": _MANDATES.c.version + 1}
    ctx.session.execute(update(_MANDATES).where(mandates, before).values(seen))
    for table in ("collection", "mandate"):
        audit.record_bulk(ctx, table, "update", run=run.number, posted_on=day, journal=journal)


def _steps(ctx: Context, run: DebitRun, day: date, names: Sequence[str]) -> Select[*tuple[object, ...]]:
    """A step of each mandate that is collected the first time."""
    values = {
        "mandate_id": _MANDATES.c.id,
        "from_state": _MANDATES.c.state,
        "to_state": _MANDATES.c.state,
        "event": literal(MandateEvent.COLLECTED, _STEPS.c.event.type),
        "effective_on": literal(day, Date),
        "told_by": literal(ToldBy.SYSTEM, _STEPS.c.told_by.type),
        "words": literal(f"Run {run.number}", _STEPS.c.words.type),
        "run_id": literal(run.id, _STEPS.c.run_id.type),
        "officer_id": literal(ctx.officer.id, _STEPS.c.officer_id.type),
        "recorded_at": literal(ctx.clock.now(), _STEPS.c.recorded_at.type),
    }
    return select(*(values[name] for name in names))


def _all_posted(ctx: Context, run: DebitRun, day: date) -> bool:
    done = select(DebitRunJournal.entry_on).where(DebitRunJournal.run_id == run.id)
    rest = select(LINES.c.entry_on).where(
        LINES.c.run_id == run.id, LINES.c.entry_on != day, LINES.c.entry_on.not_in(done), STANDS
    )
    return ctx.session.scalars(rest).first() is None


def _made(ctx: Context, journal: int) -> str:
    rows = select(DebitRun.number).join(DebitRunJournal, DebitRunJournal.run_id == DebitRun.id)
    number = ctx.session.scalar(rows.where(DebitRunJournal.journal == journal))
    return "" if number is None else f"of Direct Debit run {number}"


def _told(on: date, days: Sequence[PostedDay], left: Sequence[int], failed: Sequence[str]) -> str:
    if not days and not left and not failed:
        return f"Nothing is to be posted up to {rules.spelt(on)}."
    total = Money(sum(day.amount.pence for day in days))
    count = sum(day.count for day in days)
    told = (
        f"{count:,} {'collection' if count == 1 else 'collections'} of {total} in all posted."
        if days
        else "Nothing posted."
    )
    if left:
        runs = ", ".join(f"{number}" for number in left)
        told += f" Not matched with an Input report, so not posted: run {runs}."
    return " ".join([told, *failed])
