"""A file of the bank read, kept sealed, and its items matched: each report once, whoever hands it in again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select, update

from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.officers import Officer
from app.models.values import Money, ReportItemState, ReportKind, ReturnEffect
from app.services.bacs import keeping as bacs
from app.services.bacs import reports
from app.services.bacs.dto import ReadReport, ReportItem
from app.services.bacs.own import own_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.direct_debits.returns import matching, naming, rules, submissions
from app.services.direct_debits.returns.dto import NewReport, ReportRead
from app.services.direct_debits.returns.matching import Matched, Wanted
from app.services.documents import safe
from app.services.ledger import numbering

NO_AMOUNT: Final = "The report doesn't say how much is claimed: ask the bank, and open the case from its mandate."
_SEALED: Final = "application/octet-stream"
_NAME, _WORDS, _REFERENCE, _PAYER = 200, 400, 40, 70


def keep(ctx: Context, new: NewReport) -> ReportRead:
    """Read a report and keep it with its items; one that was read before is told, and nothing is kept again.

    Raises:
        UserError: it is no report, is of another council, is spoilt, or is of returned credits; nothing of it is kept.
    """
    found = reports.read(new.content, own_number(ctx))
    if found.kind is ReportKind.ARUCS:
        raise UserError(
            "This is a report of returned credits (ARUCS).",
            "Read it on the page Adjustments, under Payments: Bacs report.",
        )
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: the same report from two desks is read once.
    sha256 = hashlib.sha256(new.content).hexdigest()
    before = select(BankReport).where(or_(BankReport.report_key == found.key, BankReport.sha256 == sha256))
    if (standing := ctx.session.scalars(before.order_by(BankReport.id).limit(1)).first()) is not None:
        return _read_before(ctx, standing, new.file_name)
    report = _report(ctx, found, new, sha256)
    items = submissions.keep(ctx, report, found) if found.kind in rules.OF_FILES else _items(ctx, report, found)
    ctx.session.flush()
    return _told(report, found, items)


def opened(ctx: Context, report: BankReport) -> bytes:
    """The file of a report, as it came; it holds whole bank details.

    Raises:
        UserError: the key isn't at this desk, or what is kept isn't what was read.
    """
    return safe.opened(ctx, _about(report.id), report.document_sha256 or "", report.sha256)


def item_about(item_id: int) -> str:
    """What the new details of an item are sealed about."""
    return f"bank_report_item:{item_id}"


def _about(report_id: int) -> str:
    return f"bank_report:{report_id}"


def _report(ctx: Context, found: ReadReport, new: NewReport, sha256: str) -> BankReport:
    pence = sum(amount_of(item) or 0 for item in found.items)
    report = BankReport(
        kind=found.kind,
        report_key=found.key,
        sha256=sha256,
        file_name=new.file_name[:_NAME],
        generated_on=found.generated_on,
        count=len(found.items),
        pence=pence,
        words="\n".join([*found.errors, *_faults(found)]),
        read_by=ctx.officer.id,
        read_at=ctx.clock.now(),
    )
    ctx.session.add(report)
    ctx.session.flush()
    report.document_sha256 = safe.keep(ctx, _about(report.id), new.content, _SEALED)
    return report


def _items(ctx: Context, report: BankReport, found: ReadReport) -> list[BankReportItem]:
    marked = bacs.fingerprinter(ctx)
    marks = {each.place: marked(each.destination) if each.destination is not None else "" for each in found.items}
    is_return = found.kind is ReportKind.ARUDD
    matched = matching.match(
        ctx,
        [
            Wanted(
                each.place,
                each.reference,
                marks[each.place],
                is_return,
                each.amount.pence if each.amount is not None else None,
                each.original_processing_on,
            )
            for each in found.items
        ],
    )
    rows = [_item(report, found, each, matched[each.place], marks[each.place]) for each in found.items]
    ctx.session.add_all(rows)
    ctx.session.flush()
    _seal_new(ctx, rows, found.items)
    return rows


def _item(report: BankReport, found: ReadReport, each: ReportItem, one: Matched, mark: str) -> BankReportItem:
    rule = rules.rule_for(found.kind, each.reason_code, each.record_type)
    if each.new_destination is None:
        rule = rules.without_details(rule)
    destination = each.new_destination
    row = BankReportItem(
        report_id=report.id,
        place=each.place,
        reference=each.reference[:_REFERENCE],
        reason_code=each.reason_code[:4],
        raw_code=each.raw_code[:10],
        words=each.words[:_WORDS],
        effective_on=each.effective_on or found.generated_on,
        original_on=each.original_processing_on,
        pence=amount_of(each),
        transaction_code=each.transaction_code[:4],
        payer_name=each.payer_name[:_PAYER],
        last_two=each.last_two[-2:],
        fingerprint=mark,
        new_last_two=destination.account_number[-2:] if destination is not None else "",
        mandate_id=one.mandate_id,
        collection_id=one.collection_id,
        effect=rule.effect,
        state=ReportItemState.PROPOSED,
    )
    row.outcome = one.why or (NO_AMOUNT if lacks_amount(row) else "")
    if row.outcome:
        row.state = ReportItemState.UNMATCHED
    return row


def amount_of(each: ReportItem) -> int | None:
    """The pence of an item; of a claim that gives no sum, what the collections that it names come to, if all are given."""
    if each.amount is not None and each.amount.pence:
        return each.amount.pence
    named = [debit.amount for debit in each.debits]
    if named and all(named):
        return sum(amount.pence for amount in named if amount is not None)
    return each.amount.pence if each.amount is not None else None


def lacks_amount(item: BankReportItem) -> bool:
    """Whether an item is a claim of nobody knows how much: no case is opened of it."""
    return item.effect is ReturnEffect.CLAIM and not item.pence


def _seal_new(ctx: Context, rows: Sequence[BankReportItem], items: Sequence[ReportItem]) -> None:
    """Keep the new details that the bank gave, sealed; an UPDATE of the column alone, which no audit sees."""
    table = BankReportItem.metadata.tables[BankReportItem.__tablename__]
    for row, item in zip(rows, items, strict=True):
        if item.new_destination is not None:
            sealed = bacs.seal_account(ctx, item_about(row.id), item.new_destination)
            ctx.session.execute(update(table).where(table.c.id == row.id).values(new_sealed=sealed))


def _read_before(ctx: Context, report: BankReport, file_name: str) -> ReportRead:
    by = ctx.session.scalar(select(Officer.name).where(Officer.id == report.read_by)) or ""
    before = f"read on {written(report.read_at.date())} by {by}"
    name = f"{file_name}: " if file_name else ""
    told = f"{name}{naming.REPORTS[report.kind]} was {before}; nothing is done again."
    return ReportRead(
        report.id, report.kind, file_name, report.count, Money(report.pence), 0, 0, (), (), told, before=before
    )


def _told(report: BankReport, found: ReadReport, items: Sequence[BankReportItem]) -> ReportRead:
    unmatched = sum(item.state is ReportItemState.UNMATCHED for item in items)
    to_do = tuple(item.id for item in items if item.state is ReportItemState.PROPOSED)
    faults = (*found.errors, *_faults(found))
    said = [f"{naming.REPORTS[report.kind]}: {len(items):,} item{'' if len(items) == 1 else 's'} read"]
    if to_do:
        said.append(f"{len(to_do):,} to apply")
    if unmatched:
        said.append(f"{unmatched:,} to look at")
    if faults:
        said.append(f"{len(faults):,} could not be read" if _faults(found) else "Bacs found faults")
    done = [item.outcome for item in items if item.state is ReportItemState.APPLIED and item.outcome]
    told = ", ".join(said) + "." + "".join(f" {each}" for each in done[:3])
    return ReportRead(
        report.id,
        report.kind,
        report.file_name,
        len(items),
        Money(report.pence),
        len(items) - unmatched,
        unmatched,
        faults,
        to_do,
        told,
    )


def _faults(found: ReadReport) -> tuple[str, ...]:
    return tuple(f"Item {fault.line}: {fault.message}" if fault.line else fault.message for fault in found.faults)
