"""A run as it is opened: its records, its steps, and what may be done with it next."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.runs import DebitRun, DebitRunJournal, DebitRunLeftOut, DebitRunLine
from app.models.values import BacsCode, DebitRunKind, DebitRunState, Money
from app.services.bacs import processing
from app.services.bacs import queries as council
from app.services.bacs.dto import Masked, ProcessingDays
from app.services.core import access
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission
from app.services.diary.keeping import written
from app.services.direct_debits.runs import banks, files, posting, rows, summing, taking
from app.services.direct_debits.runs.dto import (
    LeftOutRow,
    PostedDay,
    RunDetail,
    RunLine,
    RunStep,
)
from app.services.direct_debits.runs.selecting import Out, Record

_STATES_AFTER: Final = {
    DebitRunState.MADE: frozenset({"save", "send", "cancel"}),
    DebitRunState.SENT: frozenset({"save", "refuse", "match"}),
    DebitRunState.MATCHED: frozenset({"save", "refuse", "post"}),
}


def line(place: int, record: Record, hidden: Many[int]) -> RunLine:
    """A record that would go."""
    return RunLine(
        place,
        record.mandate_id,
        record.bank.bank_id,
        record.instruction_id,
        record.collection_id,
        record.account_id,
        record.account_reference,
        record.reference,
        access.RESTRICTED_NAME if record.account_id in hidden else record.payer,
        Masked(record.bank.last_two).words,
        record.code,
        record.days.processing_on,
        record.days.entry_on,
        Money(record.pence),
        record.own_scope,
        record.bank.amended and record.code is not BacsCode.CANCEL,
        "" if record.account_id in hidden else record.bank.name,
    )


def left_out(out: Out, hidden: Many[int]) -> LeftOutRow:
    """A record that would be left out."""
    record = out.record
    return LeftOutRow(
        record.mandate_id,
        record.collection_id,
        record.instruction_id,
        record.account_id,
        record.account_reference,
        record.reference,
        access.RESTRICTED_NAME if record.account_id in hidden else record.payer,
        out.reason,
        out.words,
        Money(record.pence),
        record.days.entry_on,
    )


def lines(ctx: Context, run: DebitRun) -> tuple[RunLine, ...]:
    """The records of a run that was asked for."""
    line_ = taking.LINES.c
    statement = (
        select(
            *line_,
            Mandate.reference,
            Mandate.payer_name,
            Mandate.account_id,
            Account.payment_reference,
            MandateBank.last_two,
            MandateBank.holder,
        )
        .join(Mandate, Mandate.id == line_.mandate_id)
        .join(Account, Account.id == Mandate.account_id)
        .join(MandateBank, MandateBank.id == line_.bank_id)
        .where(line_.run_id == run.id)
        .order_by(line_.place)
    )
    hidden = access.restricted_accounts(ctx)
    changed = _amended(ctx, run)
    by_entry = {each.entry_on: each.processing_on for each in days_of(ctx, run)}
    return tuple(_kept(row, by_entry, hidden, changed) for row in ctx.session.execute(statement))


def _kept(each: Any, by_entry: Mapping[date, date], hidden: Many[int], changed: Many[int]) -> RunLine:
    """A record that was asked for, by its row."""
    is_hidden = each.account_id in hidden
    return RunLine(
        each.place,
        each.mandate_id,
        each.bank_id,
        each.instruction_id,
        each.collection_id,
        each.account_id,
        each.payment_reference or "",
        each.reference,
        access.RESTRICTED_NAME if is_hidden else each.payer_name,
        Masked(each.last_two).words,
        each.code,
        by_entry[each.entry_on],
        each.entry_on,
        Money(each.pence),
        each.own_scope,
        each.bank_id in changed and each.code is not BacsCode.CANCEL,
        "" if is_hidden else banks.written(each.holder),
        each.refused_words or "",
    )


def detail(ctx: Context, run: DebitRun) -> RunDetail:
    """A run with its totals and steps."""
    days = days_of(ctx, run)
    file = files.file_of(ctx, run)
    may = (
        _STATES_AFTER.get(run.state, frozenset())
        if Permission.RUN_DIRECT_DEBITS in ctx.officer.permissions
        else frozenset()
    )
    if run.kind is DebitRunKind.LODGEMENT:
        may -= {"post"}
    why_not = dict(_why_not(ctx, run, may))
    return RunDetail(
        row=rows.of(ctx, (run.id,))[0],
        days=days,
        by_code=summing.by_code(taking.sums(ctx, run, DebitRunLine.code)),
        by_day=summing.by_day(taking.sums(ctx, run, DebitRunLine.entry_on), days),
        by_own=summing.by_own(
            taking.sums(ctx, run, DebitRunLine.own_scope), council.own_accounts(ctx, run.processing_on)
        ),
        reasons=summing.by_reason(taking.sums(ctx, run, DebitRunLeftOut.reason)),
        amended=len(_amended(ctx, run)),
        steps=tuple(_steps(ctx, run)),
        posted=posted(ctx, run),
        note=run.note,
        file_name=files.name(run, file) if file else "",
        sha256=file.sha256 if file else "",
        may=may - why_not.keys(),
        why_not=why_not,
    )


def days_of(ctx: Context, run: DebitRun) -> tuple[ProcessingDays, ...]:
    """The days of a run's file."""
    bacs = bacs_days(ctx.policy, ctx.clock.today())
    found = [processing.days_of(run.processing_on, bacs)]
    while found[-1].entry_on < run.last_entry_on:
        found.append(processing.days_of(bacs.add(found[-1].processing_on, 1), bacs))
    return tuple(found)


def posted(ctx: Context, run: DebitRun) -> tuple[PostedDay, ...]:
    """What a run put on the accounts, day by day."""
    rows_ = select(DebitRunJournal).where(DebitRunJournal.run_id == run.id).order_by(DebitRunJournal.entry_on)
    return tuple(
        PostedDay(run.id, run.number, each.entry_on, each.journal, each.count, Money(each.pence))
        for each in ctx.session.scalars(rows_)
    )


def _amended(ctx: Context, run: DebitRun) -> frozenset[int]:
    """The bank accounts that changed since a run last took them; of instructions that cancel nothing counts."""
    mine = select(DebitRunLine.bank_id).where(DebitRunLine.run_id == run.id, DebitRunLine.code != BacsCode.CANCEL)
    return banks.amended(ctx, MandateBank.id.in_(mine), before_run=run.id)


def _steps(ctx: Context, run: DebitRun) -> Iterator[RunStep]:
    """What was done with a run, and what is still to come."""
    file = files.file_of(ctx, run)
    done = (run.made_by, run.approved_by, run.sent_by, run.matched_by, run.settled_by)
    names = officer_names(ctx.session, set(done))

    def name(officer_id: int | None) -> str:
        return names.get(officer_id or 0, "")

    yield RunStep("Asked for", run.made_at, name(run.made_by), run.note)
    made = f"Bacs file {file.serial}, SHA-256 {file.sha256[:12]}\N{HORIZONTAL ELLIPSIS}" if file else ""
    yield RunStep("Approved, file made", run.approved_at, name(run.approved_by), made)
    yield RunStep("Sent", run.sent_at, name(run.sent_by), file.reference if file else "")
    yield RunStep("Matched with what Bacs took", run.matched_at, name(run.matched_by), run.matched_words)
    if run.refused_count:
        refused = f"{run.refused_count:,} of {Money(run.refused_pence)} less than {run.asked_count:,} of {Money(run.asked_pence)}"
        yield RunStep("Refused by Bacs, to go in another run", run.matched_at, name(run.matched_by), refused)
    last = "Lodged: the bank's days are over" if run.kind is DebitRunKind.LODGEMENT else "Posted to the accounts"
    days = ", ".join(f"{each.entry_on:%d %b}: journal {each.journal}" for each in posted(ctx, run))
    yield RunStep(last, run.posted_at, "", days)
    if run.settled_at is not None:
        yield RunStep(run.state.value.capitalize(), run.settled_at, name(run.settled_by), run.why)


def _why_not(ctx: Context, run: DebitRun, may: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What somebody else may do, or what may be done later."""
    today = ctx.clock.today()
    if "cancel" in may and run.made_by == ctx.officer.id:
        yield "cancel", "You asked for this run: should it be cancelled, a colleague does it."
    elif "cancel" in may and files.was_saved_by(ctx, run, ctx.officer.id):
        yield "cancel", "You saved this file: should the run be cancelled, a colleague does it."
    if "cancel" in may and run.processing_on <= today:
        yield "cancel", "Its processing day has come: ask the bank whether it had the file."
    if "refuse" in may and run.sent_by == ctx.officer.id:
        yield "refuse", "You marked this file as sent: should Bacs refuse it, a colleague records that."
    if "refuse" in may and posted(ctx, run):
        yield "refuse", "Something of it is on the accounts."
    if "match" in may and ctx.officer.id in {run.sent_by, run.made_by}:
        yield (
            "match",
            "You asked for this run or sent it: whoever approved it, or another colleague, matches it by hand.",
        )
    if "post" in may and not _due(ctx, run, today):
        yield "post", f"Its money moves on {written(run.entry_on)}."


def _due(ctx: Context, run: DebitRun, today: date) -> bool:
    return any(each.id == run.id for each, _day in posting.due(ctx, today))
