"""ADDACS, AUDDIS and AWACS: messages about instructions, and AUDDIS files accepted and rejected (bacs.md 2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from app.models.values import ReportKind
from app.services.bacs.dto import ReadReport, ReportFile, ReportItem
from app.services.bacs.reports.fields import Fields, first, last_two
from app.services.bacs.reports.identity import NOTHING, check_sun, key_of
from app.services.bacs.reports.reasons import reason
from app.services.bacs.reports.xml import name_of, under
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

_BY_TYPE: Final[Mapping[str, ReportKind]] = {
    "7001": ReportKind.ADDACS,
    "7002": ReportKind.AUDDIS_RETURNED,
    "7003": ReportKind.AUDDIS_ACCEPTED,
    "7004": ReportKind.AUDDIS_REJECTED,
}
_BY_ADVICE: Final[Mapping[str, ReportKind]] = {
    "ADDACS": ReportKind.ADDACS,
    "AUDDIS": ReportKind.AUDDIS_RETURNED,
    "AUDACC": ReportKind.AUDDIS_ACCEPTED,
    "AUDREJ": ReportKind.AUDDIS_REJECTED,
    "AWACS": ReportKind.AWACS,
}
_BY_RECORD: Final[Mapping[str, ReportKind]] = {
    "A": ReportKind.ADDACS,
    "N": ReportKind.AUDDIS_RETURNED,
    "D": ReportKind.AUDDIS_RETURNED,
    "V": ReportKind.AUDDIS_ACCEPTED,
    "R": ReportKind.AUDDIS_REJECTED,
    "W": ReportKind.AWACS,
}
_NUMBERS: Final = (
    "envelope-sequence-number",
    "document-number",
    "stream-identifier",
    "subject-first-aosn",
    "subject-last-aosn",
)
_OLD: Final = ("payer-sort-code", "payer-account-number")
_NEW: Final = ("payer-new-sort-code", "payer-new-account-number")
_LINES: Final = ("line1", "line2", "line3")


def read_advices(report: Element, sun: str, faults: Faults) -> ReadReport:
    """A report of messages about instructions.

    Raises:
        UserError: it doesn't say which it is or says it in two ways, or is another council's.
    """
    found = first(report, "MessagingHeader")
    if found is None:
        raise UserError("The report has no header, so that nobody can tell what it is.", NOTHING)
    header = Fields.attributes(0, faults, found)
    advices = [each for each in report if name_of(each) == "MessagingAdvice"]
    kind = _kind(header, advices)
    own_sun = header.text("user-number", 20)
    check_sun(own_sun, sun, faults)
    read = tuple(_advices(advices, _Reading(kind, own_sun, faults)))
    items = tuple(each for each in read if isinstance(each, ReportItem))
    files = tuple(each for each in read if isinstance(each, ReportFile))
    on = header.day("report-generation-date")
    numbers = [header.text(name, 20) for name in _NUMBERS]
    numbers += [f"{file.serial}.{file.file_number}.{file.processing_on}.{file.error_code}" for file in files]
    return ReadReport(
        kind, own_sun, on, key_of(kind, own_sun, on, numbers, items), items, files=files, errors=_errors(report, faults)
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    kind: ReportKind
    sun: str
    faults: Faults


def _kind(header: Fields, advices: list[Element]) -> ReportKind:
    """Which report it is: by its number and its name, else by the letter of its first message."""
    number, name = header.text("report-type", 20), header.text("advice-type", 20).upper()
    told = {_BY_TYPE.get(number), _BY_ADVICE.get(name)} - {None}
    if not told:
        told = {_BY_RECORD.get(advice.get("record-type", "").strip()) for advice in advices[:1]} - {None}
    if len(told) > 1:
        raise UserError(f"The report calls itself {name} and {number}, which are two different ones.", NOTHING)
    kind = next(iter(told), None)
    if kind is None:
        raise UserError(f"The report is none that is known here: it calls itself '{name or number}'.", NOTHING)
    return kind


def _advices(advices: list[Element], reading: _Reading) -> Iterator[ReportItem | ReportFile]:
    for place, advice in enumerate(advices, 1):
        fields = Fields.attributes(place, reading.faults, advice)
        number = fields.text("user-number", 20)
        if number and reading.sun and number != reading.sun:
            fields.fault(
                f"The message is of the Service User Number {number}; the report is of {reading.sun}. Left out."
            )
            continue
        if reading.kind in {ReportKind.AUDDIS_ACCEPTED, ReportKind.AUDDIS_REJECTED} and advice.get("reference") is None:
            yield _file(fields)
        else:
            yield _item(place, fields, reading.kind)


def _item(place: int, fields: Fields, kind: ReportKind) -> ReportItem:
    record_type = fields.text("record-type", 2)
    if record_type and _BY_RECORD.get(record_type) is not kind:
        fields.fault(f"The message is of the type {record_type}, which this report doesn't hold.")
    code = (
        "" if kind is ReportKind.AWACS and not fields.text("reason-code") else fields.code("reason-code", "reason code")
    )
    account = fields.account(*_OLD)
    reference = fields.text("reference", 40)
    if not reference:
        fields.fault("The message has no reference.")
    return ReportItem(
        place,
        reference,
        code[:1],
        code,
        reason(kind, code[:1]),
        effective_on=fields.day("effective-date"),
        payer_name=fields.text("payer-name"),
        destination=account,
        new_destination=fields.account(*_NEW, before=_OLD),
        last_two=last_two(account),
        record_type=record_type,
        aosn=fields.text("aosn", 20),
    )


def _file(fields: Fields) -> ReportFile:
    error = fields.text("file-error-code", 20)
    found = ReportFile(
        serial=fields.text("vol-serial-number", 20),
        file_number=fields.text("originator-file-number", 20),
        processing_on=fields.day("processing-date"),
        work_code=fields.text("work-code", 20),
        file_type=fields.text("file-type", 20),
        error_code=error if error.strip("0") else "",
        accepted_instructions=fields.count("accepted-ddi"),
        rejected_instructions=fields.count("rejected-ddi"),
    )
    if found.is_test:
        fields.fault("The file was sent as a test: nothing of it was lodged.")
    return found


def _errors(report: Element, faults: Faults) -> tuple[str, ...]:
    """The lines that say what was wrong; some banks write 0 for none."""
    found = []
    for error in under(report, "MessagingError"):
        fields = Fields.attributes(0, faults, error)
        found += [line for line in (fields.text(name, 200) for name in _LINES) if line.strip("0")]
    return tuple(found)
