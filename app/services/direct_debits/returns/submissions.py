"""Reports of whole files that we sent: the run that each is of, and whether Bacs took what was sent.

Input and Withdrawal reports and those of accepted or rejected AUDDIS files name the serial number of the volume.
"""

from __future__ import annotations

from typing import Final

from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.runs import DebitRun
from app.models.values import DebitRunKind, DebitRunState, Money, ReportItemState, ReportKind
from app.services.bacs.dto import EntryTotals, ReadReport, ReportFile
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.direct_debits.returns import rules
from app.services.direct_debits.runs import keeping as runs
from app.services.direct_debits.runs.dto import RefusedRecord

_TAKEN: Final = frozenset({DebitRunState.MADE, DebitRunState.SENT, DebitRunState.MATCHED, DebitRunState.POSTED})
"""What may be matched by a report: one that was only made was sent after all."""
_MENDED: Final = frozenset({"AMENDED", "A", "WARNING"})
"""What Bacs calls a record that it changed and took."""
_MOST_WORDS: Final = 400
TEST: Final = "The file was sent as a test: the bank has nothing of it, and nothing is carried out."
_NO_RUN: Final = "No run has this serial number."


def keep(ctx: Context, report: BankReport, found: ReadReport) -> list[BankReportItem]:
    """An item for each file that a report tells of. An Input report is dealt with at once: it changes nothing on accounts.

    What is told of a file that was sent as a test is set aside (bacs.md 2.1): no mandate is live and no run is refused by it.
    """
    items = []
    for place, file in enumerate(found.files, 1):
        run = _run(ctx, found, file)
        item = _item(report, found, file, place, run)
        if file.is_test:
            item.state, item.outcome = ReportItemState.SET_ASIDE, TEST
            item.decided_by, item.decided_at = ctx.officer.id, ctx.clock.now()
        elif run is not None:
            report.run_id = report.run_id or run.id
            if found.kind is ReportKind.INPUT:
                _compare(ctx, item, run, found, file)
            elif found.kind is ReportKind.WITHDRAWAL:
                runs.not_matched(ctx, run.id, "Its submission was withdrawn.")
        items.append(item)
    report.count = len(items)
    report.pence = sum(item.pence or 0 for item in items)
    report.words = "\n".join(filter(None, [report.words, *(item.outcome for item in items)]))
    ctx.session.add_all(items)
    return items


def differences(run: DebitRun, file: ReportFile) -> list[str]:
    """What Bacs took that isn't what a run sent, a sentence each; instructions carry no money, so they are only counted."""
    said = []
    collected = run.kind is DebitRunKind.COLLECTION
    sent = _sent(run)
    took = _taken(file)
    if took is None and collected:
        said.append("The report gives no totals of the file.")
    elif took is not None and took != sent:
        said.append(
            f"Bacs took {took[0]:,} collections of {Money(took[1])}; the run sent {sent[0]:,} of {Money(sent[1])}."
            if collected
            else f"Bacs took {took[0]:,} instructions; the run sent {sent[0]:,}."
        )
    count, pence = _refused(file)
    if count:
        said.append(f"Bacs refused {count:,} of {Money(pence)}.")
    return [*said, *_otherwise(run, file)]


def _otherwise(run: DebitRun, file: ReportFile) -> list[str]:
    """What is wrong with a whole file, a sentence each."""
    said = []
    if file.error_code:
        said.append(f"Bacs refused the file: {file.error_code}.")
    if file.processing_on is not None and file.processing_on != run.processing_on:
        said.append(
            f"It has the processing day {written(file.processing_on)}; the run has {written(run.processing_on)}."
        )
    return said


def _sent(run: DebitRun) -> tuple[int, int]:
    return run.count, run.pence if run.kind is DebitRunKind.COLLECTION else 0


def _only_records(run: DebitRun, found: ReadReport, file: ReportFile) -> bool:
    """Whether all that differs is some records that Bacs refused, each of which the report names."""
    took, refused = _taken(file), _refused(file)
    if took is None or not took[0] or len(found.files) != 1 or _otherwise(run, file):
        return False
    records = _records(found)
    named = len(records), sum(each.amount.pence if each.amount is not None else 0 for each in records)
    return named == refused and (took[0] + refused[0], took[1] + refused[1]) == _sent(run)


def _records(found: ReadReport) -> tuple[RefusedRecord, ...]:
    """The records that Bacs refused; those that it mended and took aren't among them."""
    return tuple(
        RefusedRecord(each.reference, each.words, each.amount, each.transaction_code, each.original_processing_on)
        for each in found.items
        if each.raw_code not in _MENDED
    )


def _refused(file: ReportFile) -> tuple[int, int]:
    """How many debits Bacs refused, and what they come to: by account, else of the whole file."""
    whole = (file.debits.rejected,) if file.debits is not None else ()
    parts = [each.debits.rejected for each in file.accounts] or whole
    return sum(each.count for each in parts), sum(each.amount.pence for each in parts)


def _taken(file: ReportFile) -> tuple[int, int] | None:
    """The collections that Bacs took, without contra records: by account, else of the whole file."""
    if file.accounts:
        parts = [each.debits.accepted for each in file.accounts]
        return sum(each.count for each in parts), sum(each.amount.pence for each in parts)
    whole: EntryTotals | None = file.debits
    return (whole.accepted.count, whole.accepted.amount.pence) if whole is not None else None


def _run(ctx: Context, found: ReadReport, file: ReportFile) -> DebitRun | None:
    serial = int(file.serial) if file.serial.isdigit() else None
    return runs.of_input(ctx, serial=serial, reference=found.submission_reference)


def _item(report: BankReport, found: ReadReport, file: ReportFile, place: int, run: DebitRun | None) -> BankReportItem:
    rule = rules.rule_for(found.kind, "")
    took = _taken(file)
    name = f"File {file.serial}" if file.serial else "A file"
    return BankReportItem(
        report_id=report.id,
        place=place,
        reference=(f"Run {run.number}" if run is not None else name)[:40],
        reason_code="",
        raw_code=file.error_code[:10],
        words="; ".join(found.errors)[:400],
        effective_on=found.generated_on,
        original_on=file.processing_on,
        pence=took[1] if took is not None else None,
        run_id=run.id if run is not None else None,
        effect=rule.effect,
        state=ReportItemState.PROPOSED if run is not None else ReportItemState.UNMATCHED,
        outcome="" if run is not None else _NO_RUN,
    )


def _compare(ctx: Context, item: BankReportItem, run: DebitRun, found: ReadReport, file: ReportFile) -> None:
    """Match a run that Bacs took whole; else say what differs, and give a task."""
    wrong = differences(run, file)
    if run.state not in _TAKEN:
        wrong.append(f"Run {run.number} is {run.state.value} here.")
    day = f" of {written(found.generated_on)}" if found.generated_on is not None else ""
    told = ""
    if not wrong:
        taken = f"{run.count:,} of {Money(run.pence)} taken"
        told = runs.matched(ctx, run.id, f"Input report{day}: {taken}").told
    elif _only_records(run, found, file):
        try:
            told = runs.matched_but(ctx, run.id, _records(found), f"Input report{day}: {' '.join(wrong)}").told
        except UserError as error:
            wrong.append(error.message)
    item.outcome = " ".join([told or "Not matched:", *wrong, *found.errors])[:_MOST_WORDS]
    if not told:
        runs.not_matched(ctx, run.id, item.outcome)
    runs.name_submission(ctx, run.id, found.submission_reference)
    item.state, item.decided_by, item.decided_at = ReportItemState.APPLIED, ctx.officer.id, ctx.clock.now()
