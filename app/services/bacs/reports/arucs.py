"""ARUCS for payments: credits that came back, such as refunds to accounts that are closed; a fault refuses the whole report."""

from __future__ import annotations

from app.models.values import Money, ReportKind
from app.services.bacs.dto import ReturnedCredit
from app.services.bacs.reports.identity import NOTHING
from app.services.bacs.reports.reading import read
from app.services.core.errors import UserError


def read_arucs(content: bytes, sun: str = "") -> tuple[ReturnedCredit, ...]:
    """The credits that came back, in the order of the report; the same report twice is told by its hash, by whoever keeps it.

    `sun` is the Service User Number that the report should be of; any, if empty.

    Raises:
        UserError: it is another report, of another council, or spoilt; nothing of it is used then.
    """
    report = read(content, sun)
    if report.kind is not ReportKind.ARUCS:
        raise UserError(f"This is no report of returned credits (ARUCS): it is {report.kind.value.upper()}.", NOTHING)
    spoilt = next((fault for fault in report.faults if fault.line), None)
    if spoilt is not None:
        raise UserError(f"Credit {spoilt.line} of the report: {spoilt.message}", NOTHING)
    return tuple(
        ReturnedCredit(
            reference=item.reference,
            amount=item.amount or Money(0),
            code=item.reason_code,
            words=item.words,
            returned_on=report.generated_on,
            paid_on=item.original_processing_on,
            name=item.payer_name,
            last_two=item.last_two,
        )
        for item in report.items
    )
