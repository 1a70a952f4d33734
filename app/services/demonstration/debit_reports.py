"""The reports of the bank that the made-up landlord reads: what Bacs took of a file, and what came back unpaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import quoteattr

from app.models.values import Money

_SUN = "000123"
_NAME = "TESTFORD COUNCIL"


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A collection that came back: the payer's reference and name, the code of the bank, and what was collected."""

    reference: str
    payer: str
    code: str
    words: str
    amount: Money


def input_report(serial: int, processing_on: date, count: int, total: Money) -> bytes:
    """The report that Bacs took a file of debits whole."""
    none, took = _sums(0, Money(0)), _sums(count, total)
    contra = _sums(1, total) if total.pence else none
    by_account = _entry("CreditEntry", none, none) + _entry("DebitEntry", took, none)
    by_account += _entry("CreditContraEntry", none, none) + _entry("DebitContraEntry", contra, none)
    whole = _entry("CreditEntry", contra, none) + _entry("DebitEntry", took, none)
    account = _element("AccountTotal", {"number": "12345678", "sortCode": "001122"}, by_account)
    day = {"recordDate": f"{processing_on}", "processingDate": f"{processing_on}"}
    records = _element("Credit", none) + _element("Debit", took)
    about = {"userNumber": _SUN, "userFileNumber": "001", "uhl1ProcessingDate": f"{processing_on}"}
    file = _element("UserFileInformation", about)
    file += f"<DaySection>{_element('DaySectionRecord', day, records)}</DaySection>"
    file += f"<InputReportSummary><AccountTotals>{account}</AccountTotals>"
    file += f"<AgreementOfFileTotals>{whole}</AgreementOfFileTotals></InputReportSummary>"
    named = {"submissionReferenceNumber": f"TEST{serial:06}", "volumeSerialNumber": f"{serial:06}"}
    head = _element("Header", {"reportType": "REFT2013"}, _element("ProducedOn", {"date": f"{processing_on}"}))
    inside = f"<UserFile><InputUserFile>{file}</InputUserFile></UserFile>"
    submission = f"<Submission>{_element('SubmissionInformation', named)}{inside}</Submission>"
    return _document(f"<InputReport>{head}{submission}</InputReport>")


def arudd(on: date, processed_on: date, items: Sequence[Unpaid]) -> bytes:
    """The report of collections that came back, of one day of processing."""
    own = _element("OriginatingAccount", {"name": _NAME, "number": "12345678", "sortCode": "00-11-22"})
    records = "".join(_unpaid(each, processed_on) for each in items)
    total = sum((each.amount for each in items), Money(0))
    totals = _element("Totals", {"numberOf": f"{len(items)}", "valueOf": _pounds(total), "currency": "GBP"})
    head = _element("Header", {"reportType": "REFT1019", "adviceNumber": "007", "currentProcessingDate": f"{on}"})
    head += _element("ServiceLicenseInformation", {"userName": _NAME, "userNumber": _SUN})
    record = f"<OriginatingAccountRecord>{own}{records}{totals}</OriginatingAccountRecord>"
    return _document(
        f"<ARUDD>{head}<Advice><OriginatingAccountRecords>{record}</OriginatingAccountRecords></Advice></ARUDD>"
    )


def _unpaid(item: Unpaid, processed_on: date) -> str:
    fields = {
        "ref": item.reference,
        "transCode": "17",
        "returnCode": item.code,
        "returnDescription": item.words.upper(),
        "originalProcessingDate": f"{processed_on}",
        "valueOf": _pounds(item.amount),
        "currency": "GBP",
    }
    return _element(
        "ReturnedDebitItem", fields, _element("PayerAccount", {"ref": item.reference, "name": item.payer.upper()})
    )


def _sums(count: int, total: Money) -> dict[str, str]:
    return {"numberOf": f"{count}", "currency": "GBP", "valueOf": _pounds(total)}


def _entry(name: str, accepted: dict[str, str], rejected: dict[str, str]) -> str:
    return _element(name, {}, _element("AcceptedRecords", accepted) + _element("RejectedRecords", rejected))


def _pounds(amount: Money) -> str:
    return f"{amount.pence // 100}.{amount.pence % 100:02}"


def _element(name: str, fields: dict[str, str], inside: str = "") -> str:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in fields.items())
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _document(inside: str) -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<BACSDocument><Data>{inside}</Data></BACSDocument>".encode()
