"""Input and Withdrawal reports: what Bacs took, refused or withdrew of the files that we sent (bacs.md 2.1)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.models.values import Money, ReportKind
from app.services.bacs.dto import (
    AccountTotals,
    DayTotals,
    EntryTotals,
    ReadReport,
    ReportFile,
    ReportItem,
    ReportTotals,
)
from app.services.bacs.reports.fields import Fields, first, last_two
from app.services.bacs.reports.identity import check_sun, key_of
from app.services.bacs.reports.xml import name_of, under
from app.services.bacs.standard18.faults import Faults

_NONE = ReportTotals(0, Money(0))


def read_submission(report: Element, sun: str, faults: Faults) -> ReadReport:
    """A report of a submission: its files with their totals, and each record that was refused.

    Raises:
        UserError: it is another council's.
    """
    kind = ReportKind.INPUT if name_of(report) == "InputReport" else ReportKind.WITHDRAWAL
    header = first(report, "Header")
    submission = Fields.attributes(0, faults, next(under(report, "SubmissionInformation"), None))
    serial, reference = submission.text("volumeSerialNumber", 20), submission.text("submissionReferenceNumber", 40)
    own_sun, parts = _own_files(report, sun, faults)
    if own_sun or kind is ReportKind.INPUT:
        check_sun(own_sun, sun, faults)
    files = tuple(_file(part, serial, faults) for part in parts)
    items: list[ReportItem] = []
    for part in parts:
        items += [_refused(len(items) + at, each, faults) for at, each in enumerate(under(part, "Error"), 1)]
    produced = first(header, "ProducedOn") if header is not None else None
    on = Fields.attributes(0, faults, produced).day("date") or next((file.processing_on for file in files), None)
    numbers = [reference, serial, *(f"{file.file_number}.{file.reference}" for file in files)]
    numbers += [_sums(file) for file in files]
    return ReadReport(
        kind,
        own_sun,
        on,
        key_of(kind, own_sun, on, numbers, items),
        tuple(items),
        submission_reference=reference,
        files=files,
        errors=_errors(parts, faults),
    )


def _sums(file: ReportFile) -> str:
    """The totals of a file in few characters: of two reports of one file, each of another day, both are read."""
    sides = [side for day in file.days for side in (day.credits_, day.debits)]
    sides += [side for each in file.accounts for side in (each.debits.accepted, each.debits.rejected)]
    return ",".join(f"{each.count}x{each.amount.pence}" for each in sides)


def _own_files(report: Element, sun: str, faults: Faults) -> tuple[str, list[Element]]:
    """Whose files the report tells of, and their parts; those of others that a bureau sent with ours are left out."""
    parts = [(_about(each, faults).text("userNumber", 20), each) for each in under(report, "UserFile")]
    if not parts:
        return "", [report]
    numbers = [number for number, _ in parts]
    own_sun = sun if sun in numbers else next((number for number in numbers if number), "")
    others = sorted({number for number in numbers if number and number != own_sun})
    if others:
        faults.add(0, 0, f"Files of other service users are left out: {', '.join(others)[:100]}.")
    return own_sun, [part for number, part in parts if number in {"", own_sun}]


def _about(part: Element, faults: Faults) -> Fields:
    return Fields.attributes(0, faults, next(under(part, "UserFileInformation"), None))


def _file(part: Element, serial: str, faults: Faults) -> ReportFile:
    about = _about(part, faults)
    days = tuple(_day(each, faults) for each in under(part, "DaySectionRecord")) or tuple(
        _day(each, faults) for section in under(part, "DaySection") for each in section if name_of(each) == "Totals"
    )
    agreed = next(under(part, "AgreementOfFileTotals"), None)
    return ReportFile(
        serial,
        file_number=about.text("userFileNumber", 20),
        reference=about.text("fileReferenceNumber", 40),
        processing_on=about.day("uhl1ProcessingDate") or next((day.processing_on for day in days), None),
        work_code=about.text("uhl1WorkCode", 20),
        accounts=tuple(_account(each, faults) for each in under(part, "AccountTotal")),
        days=days,
        credits_=_entry(agreed, "CreditEntry", faults) if agreed is not None else None,
        debits=_entry(agreed, "DebitEntry", faults) if agreed is not None else None,
    )


def _account(found: Element, faults: Faults) -> AccountTotals:
    account = Fields.attributes(0, faults, found).account("sortCode", "number")
    credits_, debits, credit_contras, debit_contras = (
        _entry(found, name, faults) for name in ("CreditEntry", "DebitEntry", "CreditContraEntry", "DebitContraEntry")
    )
    return AccountTotals(account, last_two(account), credits_, debits, credit_contras, debit_contras)


def _entry(found: Element, name: str, faults: Faults) -> EntryTotals:
    entry = first(found, name)
    if entry is None:
        return EntryTotals(_NONE, _NONE)
    accepted, rejected, trailer = (
        _totals(first(entry, each), faults) for each in ("AcceptedRecords", "RejectedRecords", "UserTrailerTotals")
    )
    return EntryTotals(accepted or _NONE, rejected or _NONE, trailer)


def _totals(found: Element | None, faults: Faults) -> ReportTotals | None:
    return Fields.attributes(0, faults, found).totals() if found is not None else None


def _day(found: Element, faults: Faults) -> DayTotals:
    sides = [_totals(first(found, name), faults) or _NONE for name in ("Credit", "Debit")]
    return DayTotals(Fields.attributes(0, faults, found).day("processingDate"), sides[0], sides[1])


def _refused(place: int, error: Element, faults: Faults) -> ReportItem:
    """A record that Bacs refused or changed: the record, and what was wrong with it."""
    item = Fields.attributes(place, faults, first(error, "ErrorItem"))
    message = first(error, "ErrorMessage")
    told = Fields.attributes(place, faults, message)
    said = [told.text(name, 200) for name in ("message", "description", "line1", "line2")]
    said.append(" ".join("".join(message.itertext()).split())[:200] if message is not None else "")
    words = " ".join(each for each in said if each)
    kind = told.text("type", 10).upper()
    account = item.account("sortCode", "number")
    return ReportItem(
        place,
        item.text("reference", 40) or item.text("ref", 40),
        kind[:1],
        kind,
        words[:400] or f"Bacs says {kind or 'that something is wrong'}",
        original_processing_on=item.day("processingDate") or item.day("recordDate"),
        amount=item.amount("valueOf", "currency"),
        transaction_code=item.text("transCode", 4),
        payer_name=item.text("name"),
        destination=account,
        last_two=last_two(account),
    )


def _errors(parts: list[Element], faults: Faults) -> tuple[str, ...]:
    """What Bacs says of whole files and whole days."""
    found: dict[str, None] = {}
    for part in parts:
        found[Fields.attributes(0, faults, part).text("fileLevelMessage", 200)] = None
        for section in under(part, "DaySection"):
            found[Fields.attributes(0, faults, section).text("daySectionLevelErrorMessage", 200)] = None
    return tuple(each for each in found if each)
