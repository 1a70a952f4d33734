"""Made-up reports of Bacs in the shapes of bacs.md 2.1, for the tests of their readers and of what is done with them."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from app.models.values import ReportKind

SUN = "123456"
_XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="newbacs-advices.xsd"'


def _element(name, fields, inside=""):
    """An element with attributes; underscores in the names of fields stand for hyphens where there are any in the report."""
    attributes = "".join(f" {key}={quoteattr(str(value))}" for key, value in fields.items())
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _hyphens(fields):
    return {key.replace("_", "-"): value for key, value in fields.items()}


def document(inside, *, root="BACSDocument", encoding="UTF-8", signature="TUFERSBVUA==", xsi=True):
    """A whole report around its data."""
    head = f"<?xml version='1.0' encoding='{encoding}'?>\n<{root}{_XSI if xsi else ''}><Data>"
    tail = f"</Data><SignatureMethod>Vanilla</SignatureMethod><Signature>{signature}</Signature></{root}>"
    return f"{head}{inside}{tail}".encode(encoding)


# ADDACS, AUDDIS, AWACS


def advice(reference="RENT 00124471", reason="1", **fields):
    """One message about an instruction; `fields` as in the report, with underscores for hyphens."""
    known = {
        "user_number": SUN,
        "record_type": "A",
        "effective_date": "2026-11-20",
        "reference": reference,
        "payer_name": "A TENANT",
        "payer_account_number": "66374958",
        "payer_sort_code": "089999",
        "reason_code": reason,
        "aosn": "00000001",
    }
    return _element("MessagingAdvice", _hyphens(known | fields))


def moved(reference="RENT 00124471", reason="3", sort_code="107999", number="88837491", **fields):
    """A message that gives the payer's new account."""
    return advice(reference, reason, payer_new_sort_code=sort_code, payer_new_account_number=number, **fields)


def _advices(inside, header, rest):
    known = {
        "advice_type": "ADDACS",
        "report_type": "7001",
        "user_number": SUN,
        "user_name": "ANYTOWN COUNCIL",
        "report_generation_date": "2026-11-20",
        "envelope_sequence_number": "00000002",
        "document_number": "0",
        "stream_identifier": "0",
        "subject_first_aosn": "00000001",
        "subject_last_aosn": "00000001",
    }
    head = _element("MessagingHeader", _hyphens(known | header)) + _element("AddresseeInformation", {"name": " "})
    return document(f"<MessagingAdvices>{head}{inside}</MessagingAdvices>", **rest)


def addacs(*advices, header=None, **rest):
    """A report that instructions were cancelled, amended, moved or reinstated."""
    return _advices("".join(advices) + "<MessagingError/>", header or {}, rest)


def auddis_returned(*advices, header=None, **rest):
    """A report that banks returned instructions; its messages are of the type N."""
    kind = {"advice_type": "-", "report_type": "7002"}
    return _advices(
        "".join(each.replace('record-type="A"', 'record-type="N"') for each in advices), kind | (header or {}), rest
    )


def awacs(*advices, header=None, **rest):
    """A report of details that banks put right."""
    kind = {"advice_type": "AWACS", "report_type": "7005"}
    return _advices(
        "".join(each.replace('record-type="A"', 'record-type="W"') for each in advices), kind | (header or {}), rest
    )


def _auddis_file(kind, fields, errors, header, rest):
    known = {
        "user_number": SUN,
        "aosn": "1",
        "processing_date": "2026-11-24",
        "originator_file_number": "001",
        "work_code": "1 DAILY",
        "file_type": "LIVE",
        "accepted_ddi": "2",
        "rejected_ddi": "0",
        "vol_serial_number": "000042",
        "file_error_code": "0",
    }
    lines = {f"line{number}": text for number, text in enumerate(errors, 1)} or {
        "line1": "0",
        "line2": "0",
        "line3": "0",
    }
    inside = _element("MessagingAdvice", _hyphens(known | fields)) + _element("MessagingError", lines)
    zeros = dict.fromkeys(("envelope_sequence_number", "subject_first_aosn", "subject_last_aosn"), "0")
    return _advices(inside, kind | zeros | (header or {}), rest)


def auddis_accepted(serial="000042", accepted=2, rejected=0, header=None, file_type="LIVE", **rest):
    """A report that a file of instructions was taken."""
    kind = {"advice_type": "AUDACC", "report_type": "7003"}
    fields = {"record_type": "V", "vol_serial_number": serial, "accepted_ddi": accepted, "rejected_ddi": rejected}
    fields["file_type"] = file_type
    return _auddis_file(kind, fields, (), header, rest)


def auddis_rejected(serial="000042", rejected=2, errors=("User Status is TEST on Arrival Day",), header=None, **rest):
    """A report that a file of instructions was refused."""
    kind = {"advice_type": "AUDREJ", "report_type": "7004"}
    fields = {"record_type": "R", "vol_serial_number": serial, "accepted_ddi": 0, "rejected_ddi": rejected}
    return _auddis_file(kind, fields | {"file_error_code": "30264"}, errors, header, rest)


# ARUDD


def returned(reference="RENT 00124471", code="0128", pounds="65.00", *, payer=None, **fields):
    """One returned collection; None for `payer` is a made-up account."""
    known = {
        "ref": reference,
        "transCode": "17",
        "returnCode": code,
        "returnDescription": "REFER TO PAYER",
        "originalProcessingDate": "2026-11-17",
        "valueOf": pounds,
        "currency": "GBP",
    }
    account = {
        "number": "66374958",
        "ref": reference,
        "name": "A TENANT",
        "sortCode": "08-99-99",
        "bankName": "MADE-UP BANK",
        "branchName": "ANYTOWN",
    }
    return _element("ReturnedDebitItem", known | fields, _element("PayerAccount", account | (payer or {})))


def arudd(*records, sun=SUN, on="2026-11-19", number="007", **rest):
    """A report of returned collections: each record is the items of one of the council's accounts, with its totals or without."""
    own = _element("OriginatingAccount", {"name": "ANYTOWN COUNCIL RENT", "number": "70872490", "sortCode": "40-40-40"})
    parts = "".join(f"<OriginatingAccountRecord>{own}{each}</OriginatingAccountRecord>" for each in records)
    head = _element("Header", {"reportType": "REFT1019", "adviceNumber": number, "currentProcessingDate": on})
    head += _element("AddresseeInformation", {"name": "ANYTOWN COUNCIL"})
    head += _element("ServiceLicenseInformation", {"userName": "ANYTOWN COUNCIL", "userNumber": sun})
    inside = f"<Advice><OriginatingAccountRecords>{parts}</OriginatingAccountRecords></Advice>"
    return document(f"<ARUDD>{head}{inside}</ARUDD>", **rest)


def totals(number, pounds):
    """The totals of one record of an ARUDD."""
    return _element("Totals", {"numberOf": number, "valueOf": pounds, "currency": "GBP"})


# DDICA


def claim(
    reference="RENT 00124471",
    reason="1",
    pounds="130.00",
    debits=(("2026-10-19", "65.00"), ("2026-11-19", "65.00")),
    **fields,
):
    """One indemnity claim; a claim may name several collections."""
    known = {
        "SeqNo": "1",
        "PayingBankReference": "MUB0001",
        "SUReference": reference,
        "ReasonCode": reason,
        "ReasonCodeMeaning": "AMOUNT AND/OR DATE DIFFER",
        "PayerSortCode": "089999",
        "PayerName": "A TENANT",
        "PayerAccount": "66374958",
        "TotalAmount": pounds,
    }
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in (known | fields).items())
    listed = "".join(
        f"<DDCollection><DateOfDirectDebit>{on}</DateOfDirectDebit><Amount>{each}</Amount></DDCollection>"
        for on, each in debits
    )
    return f"{inside}<DDCollections>{listed}</DDCollections>"


def ddica(*claims, total="", cancelled=(), cancelled_total="", sun=SUN, on="2026-12-10", **rest):
    """A report of claims, new ones and those that the bank cancelled; the council is debited on a day."""
    told = f"<TotalValueOfDebits>{total}</TotalValueOfDebits>" if total else ""
    new = "".join(f"<DDICAdvice>{each}</DDICAdvice>" for each in claims)
    inside = f"<ServiceUserNumber>{sun}</ServiceUserNumber><NewAdvices><DateOfDebit>{on}</DateOfDebit>{told}{new}</NewAdvices>"
    if cancelled:
        taken = f"<TotalValueOfCancellations>{cancelled_total}</TotalValueOfCancellations>" if cancelled_total else ""
        taken += "".join(f"<DDICCancellation>{each}</DDICCancellation>" for each in cancelled)
        inside += f"<Cancellations>{taken}</Cancellations>"
    return document(f"<Document>{inside}</Document>", **{"root": "VocaDocument"} | rest)


# Input and Withdrawal


def _records(name, count, pounds):
    return _element(name, {"numberOf": count, "currency": "GBP", "valueOf": pounds})


def _entry(name, accepted, rejected, trailer=None):
    inside = _records("AcceptedRecords", *accepted) + _records("RejectedRecords", *rejected)
    inside += _records("UserTrailerTotals", *trailer) if trailer else ""
    return f"<{name}>{inside}</{name}>"


def refused(reference="RENT 00124471", pounds="65.00", kind="REJECTED", message="INVALID ACCOUNT", **more):
    """One record that Bacs refused."""
    fields = {"reference": reference, "valueOf": pounds, "currency": "GBP", "name": "A TENANT"} | more
    item = _element("ErrorItem", fields)
    return f"<Error>{item}{_element('ErrorMessage', {'type': kind, 'message': message})}</Error>"


def input_report(
    accepted=(2, "130.00"), rejected=(0, "0.00"), *, serial="000042", sun=SUN, on="2026-11-23", processing="2026-11-24",
    reference="2026112301S000000001", errors=(), account="70872490", **rest,
):  # fmt: skip
    """A report that a file of collections was taken: debits of the council's account, and the credit that balances them."""
    none = (0, "0.00")
    contra = (1, accepted[1]) if accepted[0] else none
    by_account = (
        _entry("CreditEntry", none, none)
        + _entry("DebitEntry", accepted, rejected)
        + _entry("CreditContraEntry", none, none)
        + _entry("DebitContraEntry", contra, none)
    )
    whole = _entry("CreditEntry", contra, none, contra) + _entry("DebitEntry", accepted, rejected, accepted)
    day = _element(
        "DaySectionRecord",
        {"recordDate": processing, "processingDate": processing},
        _records("Credit", *none) + _records("Debit", *accepted),
    )
    about = {
        "userNumber": sun,
        "userFileNumber": "001",
        "uhl1WorkCode": "1 DAILY  ",
        "uhl1ProcessingDate": processing,
        "fileReferenceNumber": "2026112301F000000001",
    }
    account_totals = _element("AccountTotal", {"number": account, "sortCode": "404040"}, by_account)
    file = (
        _element("UserFileInformation", about)
        + f'<DaySection daySectionLevelErrorMessage="">{day}</DaySection>'
        + f"<InputReportSummary><AccountTotals>{account_totals}</AccountTotals>"
        + f"<AgreementOfFileTotals>{whole}</AgreementOfFileTotals></InputReportSummary>"
        + (f"<Errors>{''.join(errors)}</Errors>" if errors else "")
    )
    head = f'<Header reportNumber="1" reportType="REFT2013"><ProducedOn date="{on}" time="03:58:19"/><ProcessingDate date="{processing}"/></Header>'
    submission = _element(
        "SubmissionInformation", {"submissionReferenceNumber": reference, "volumeSerialNumber": serial}
    )
    inside = f'<Submission>{submission}<UserFile fileLevelMessage=""><InputUserFile>{file}</InputUserFile></UserFile></Submission>'
    return document(f"<InputReport>{head}{inside}</InputReport>", **rest)


def withdrawal(debits=(2, "130.00"), *, serial="000042", sun=SUN, **rest):
    """A report that a file was withdrawn before it was processed."""
    day = f"<DaySection><Totals>{_records('Credit', 0, '0.00')}{_records('Debit', *debits)}</Totals></DaySection>"
    file = _element("UserFileInformation", {"userNumber": sun, "userFileNumber": "001"}) + day
    submission = _element("SubmissionInformation", {"bureauNumber": "", "volumeSerialNumber": serial})
    inside = (
        f"<Submission>{submission}<UserFile><WithdrawalUserFile>{file}</WithdrawalUserFile></UserFile></Submission>"
    )
    return document(f"<WithdrawalReport>{inside}</WithdrawalReport>", **rest)


EVERY = {
    ReportKind.ADDACS: addacs(advice(), moved("RENT 2")),
    ReportKind.AUDDIS_RETURNED: auddis_returned(advice(reason="5")),
    ReportKind.AUDDIS_ACCEPTED: auddis_accepted(),
    ReportKind.AUDDIS_REJECTED: auddis_rejected(),
    ReportKind.ARUDD: arudd(returned() + totals(1, "65.00")),
    ReportKind.AWACS: awacs(moved(reason="0")),
    ReportKind.DDICA: ddica(claim(), total="130.00"),
    ReportKind.INPUT: input_report(errors=(refused(),)),
    ReportKind.WITHDRAWAL: withdrawal(),
}
