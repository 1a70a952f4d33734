"""What a report says of a whole file of ours, carried out: a run refused or withdrawn, or its instructions accepted."""

from __future__ import annotations

from typing import Final

from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunKind, DebitRunState, Money, ReportKind, ReturnEffect
from app.services.bacs import reports
from app.services.bacs.dto import ReportFile
from app.services.bacs.own import own_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.returns import naming, reading, submissions
from app.services.direct_debits.returns.rules import Rule
from app.services.direct_debits.runs import keeping as runs
from app.services.direct_debits.runs.rules import DEAD

_OF_INSTRUCTIONS: Final = frozenset({ReportKind.AUDDIS_ACCEPTED, ReportKind.AUDDIS_REJECTED})
_SENT: Final = frozenset({DebitRunState.SENT, DebitRunState.MATCHED})
_MOST_WORDS: Final = 400


def carry_out(ctx: Context, item: BankReportItem, report: BankReport, rule: Rule) -> list[str]:
    """Carry out what a report says of a whole file of ours, in words.

    One that tells of less than the whole run leaves it as it is, with a task: a day of a file for several, or some records.

    Raises:
        UserError: the file was sent as a test, the report is of another kind of run, something of the run is on the accounts, or the officer marked the
            file as sent and would put back all that was in it.
    """
    run = runs.found(ctx, item.run_id or 0)
    file = reports.read(reading.opened(ctx, report), own_number(ctx)).files[item.place - 1]
    if file.is_test:
        raise UserError(submissions.TEST, "Leave the item set aside; wait for the report of the file that is live.")
    if report.kind in _OF_INSTRUCTIONS and run.kind is not DebitRunKind.LODGEMENT:
        raise UserError(
            f"Run {run.number} is of collections, and this report is of instructions.", "Set the item aside."
        )
    refuses = rule.effect is ReturnEffect.REJECT
    if refuses and run.state in _SENT and run.sent_by == ctx.officer.id:
        raise UserError("You marked this file as sent, so somebody else puts back what was in it.", "Ask a colleague.")
    differs = _differs(file, report, run)
    if differs and run.state not in DEAD:
        runs.not_matched(ctx, run.id, differs)
        return [f"Run {run.number} is left as it is, with a task.", differs]
    return _refuse(ctx, item, report, run) if refuses else _accept(ctx, item, report, run)


def _refuse(ctx: Context, item: BankReportItem, report: BankReport, run: DebitRun) -> list[str]:
    why = f"{naming.REPORTS[report.kind]}: {item.words or 'refused by Bacs'}"
    runs.refused(ctx, run.id, why[:_MOST_WORDS])
    return [f"Run {run.number} is refused: what it sent waits again."]


def _accept(ctx: Context, item: BankReportItem, report: BankReport, run: DebitRun) -> list[str]:
    runs.matched(ctx, run.id, naming.REPORTS[report.kind])
    number = run.number
    on = max(item.effective_on or run.processing_on, run.processing_on)
    count = mandates.accepted_run(ctx, run.id, on=on, report_item_id=item.id)
    return [f"{count:,} instruction{'' if count == 1 else 's'} of run {number} accepted."]


def _differs(file: ReportFile, report: BankReport, run: DebitRun) -> str:
    """What a report tells of that isn't the whole run, as a sentence; empty where it is."""
    told = _instructions(file, report.kind) if report.kind in _OF_INSTRUCTIONS else _debits(file)
    collected = run.kind is DebitRunKind.COLLECTION
    whole = {(run.count, run.pence if collected else 0), (run.asked_count, run.asked_pence if collected else 0)}
    if told is None:
        return f"The report gives no totals of the file; run {run.number} has {run.count:,} of {Money(run.pence)}."
    if told in whole:
        return ""
    return (
        f"The report is of {told[0]:,} of {Money(told[1])}; run {run.number} has {run.count:,} of {Money(run.pence)}. "
        "Ask the bank what became of the rest."
    )


def _instructions(file: ReportFile, kind: ReportKind) -> tuple[int, int] | None:
    accepted = kind is ReportKind.AUDDIS_ACCEPTED
    count = file.accepted_instructions if accepted else file.rejected_instructions
    return None if count is None else (count, 0)


def _debits(file: ReportFile) -> tuple[int, int] | None:
    """The debits of all the processing days that a report tells of."""
    if not file.days:
        return None
    return sum(day.debits.count for day in file.days), sum(day.debits.amount.pence for day in file.days)
