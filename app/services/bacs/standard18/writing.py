"""A submission as the bytes that Bacs takes; the same submission gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import BacsCode
from app.services.bacs import rules
from app.services.bacs.dto import Destination, Line, OwnAccount, Section, Submission, Totals
from app.services.bacs.standard18 import layout
from app.services.bacs.standard18.records import DEBITS, INSTRUCTIONS
from app.services.core.errors import UserError

_LAST_SERIAL: Final = 999_999
_MOST_LINES: Final = 9_000_000
_EXPIRES: Final = timedelta(days=7)
"""After the processing day; it must be later (bacs.md 1.4)."""
_END: Final = "\r\n"
_ORDER: Final = {BacsCode.FIRST: 1, BacsCode.REGULAR: 2, BacsCode.AGAIN: 3, BacsCode.FINAL: 4, BacsCode.CREDIT: 5}


def write(submission: Submission) -> bytes:
    """The file, contra records and totals included.

    Raises:
        UserError: nothing is in it, a field isn't as Bacs takes it, or a total is more than a contra record carries.
    """
    _check(submission)
    days = sorted({section.processing_on or submission.processing_on for section in submission.sections})
    data = layout.DATA if len(days) == 1 else layout.DATED
    labels = {"serial": f"{submission.serial:06}", "sun": submission.sun, "sun_again": submission.sun}
    labels |= {"created": layout.write_day(submission.created_on), "expires": layout.write_day(days[-1] + _EXPIRES)}
    labels |= {"processing": layout.write_day(days[0]), "record_length": f"{data.length:05}"}
    labels["work_code"] = layout.SINGLE_DAY_WORK if len(days) == 1 else layout.MULTI_DAY_WORK
    records = [each.write(labels) for each in (layout.VOL1, layout.HDR1, layout.HDR2, layout.UHL1)]
    records += [data.write(each) for each in _lines(submission)]
    records += [data.write(each) for each in _contras(submission)]
    records += [layout.EOF1.write(labels), layout.EOF2.write(labels), _trailer(totals(submission))]
    return "".join(record + _END for record in records).encode("ascii")


def totals(submission: Submission) -> Totals:
    """The totals that UTL1 carries: contra records are in them, so that debits are as much as credits."""
    lines = [line for section in submission.sections for line in section.lines]
    groups = _groups(submission).values()
    pence = sum(group.debits + group.credits_ for group in groups)
    return Totals(
        debit_pence=pence,
        debit_count=sum(line.code in DEBITS for line in lines) + sum(bool(group.credits_) for group in groups),
        credit_pence=pence,
        credit_count=sum(line.code is BacsCode.CREDIT for line in lines) + sum(bool(group.debits) for group in groups),
        instruction_count=sum(line.code in INSTRUCTIONS for line in lines),
    )


def _lines(submission: Submission) -> list[dict[str, str]]:
    """The data records: first collections before regular ones, then those presented again, then final ones; else as they come.

    Instructions stay as they come: a cancellation stands before the new instruction that takes its place.
    """
    placed = []
    for section in submission.sections:
        day = layout.write_day(section.processing_on or submission.processing_on)
        placed += [(line.code, _data(line, section.own, submission.user_name, day)) for line in section.lines]
    placed.sort(key=lambda each: _ORDER.get(each[0], 0))
    return [fields for _, fields in placed]


@dataclass(slots=True)
class _Group:
    """The pence of one of the council's own accounts on one day, which a contra record each way balances."""

    own: OwnAccount
    day: date
    debits: int = 0
    credits_: int = 0


def _groups(submission: Submission) -> dict[tuple[str, str, date], _Group]:
    found: dict[tuple[str, str, date], _Group] = {}
    for section in submission.sections:
        day = section.processing_on or submission.processing_on
        key = (section.own.sort_code, section.own.account_number, day)
        group = found.setdefault(key, _Group(section.own, day))
        group.debits += _sum(section, DEBITS)
        group.credits_ += _sum(section, {BacsCode.CREDIT})
    return found


def _contras(submission: Submission) -> Iterator[dict[str, str]]:
    """Of each group, a credit that balances its debits and a debit that balances its credits."""
    narrative = rules.bacs_text(submission.contra_narrative)[: rules.NAME_LENGTH] or submission.user_name
    for group in _groups(submission).values():
        for pence, code in ((group.debits, BacsCode.CREDIT), (group.credits_, BacsCode.REGULAR)):
            if pence:
                own = group.own
                to = Destination(own.sort_code, own.account_number)
                name = rules.bacs_text(own.name)[: rules.NAME_LENGTH]
                line = Line(to, code, pence, layout.CONTRA, name)
                yield _data(line, own, narrative, layout.write_day(group.day))


def _sum(section: Section, codes: Iterable[BacsCode]) -> int:
    return sum(line.pence for line in section.lines if line.code in codes)


def _data(line: Line, own: OwnAccount, user_name: str, day: str) -> dict[str, str]:
    return {
        "sort_code": line.destination.sort_code,
        "account_number": line.destination.account_number,
        "code": line.code.value,
        "own_sort_code": own.sort_code,
        "own_account_number": own.account_number,
        "pence": f"{line.pence:011}",
        "user_name": user_name,
        "reference": line.reference,
        "name": line.name,
        "processing": day,
    }


def _trailer(found: Totals) -> str:
    return layout.UTL1.write(
        {
            "debit_pence": f"{found.debit_pence:013}",
            "credit_pence": f"{found.credit_pence:013}",
            "debit_count": f"{found.debit_count:07}",
            "credit_count": f"{found.credit_count:07}",
            "instruction_count": f"{found.instruction_count:07}",
        }
    )


def _check(submission: Submission) -> None:
    if not any(section.lines for section in submission.sections):
        raise UserError("There is nothing to put in a Bacs file.")
    if not 1 <= submission.serial <= _LAST_SERIAL:
        raise UserError(
            f"The serial number {submission.serial} isn't one of a Bacs file: six digits, none of them used again.",
            "Ask the council's bank how the numbers go on.",
        )
    if not _digits(submission.sun, 6):
        raise UserError("The Service User Number is six digits.", "It is a policy value: Admin, Policy values.")
    _check_text(submission.user_name, "name of the council")
    if sum(len(section.lines) for section in submission.sections) > _MOST_LINES:
        raise UserError(f"A Bacs file takes {_MOST_LINES:,} records.", "Make two files.")
    for section in submission.sections:
        _check_section(section)
    if any(max(group.debits, group.credits_) > rules.MOST_PENCE for group in _groups(submission).values()):
        raise UserError("The total is more than the £999,999,999.99 that one record carries.", "Make two files.")


def _check_section(section: Section) -> None:
    own = section.own
    if not (_digits(own.sort_code, 6) and _digits(own.account_number, 8)):
        raise UserError(
            "The council's own account is a sort code of six digits and a number of eight.",
            "They are policy values: Admin, Policy values.",
        )
    for line in section.lines:
        _check_line(line)


def _check_line(line: Line) -> None:
    to = line.destination
    if not (_digits(to.sort_code, 6) and _digits(to.account_number, 8)):
        raise UserError(f"The bank details of {line.name} are not a sort code and an account number.")
    if (line.code in INSTRUCTIONS) != (line.pence == 0) or not 0 <= line.pence <= rules.MOST_PENCE:
        raise UserError(f"The amount for {line.name} can't be put in a Bacs file.", "It is £0.01 to £999,999,999.99.")
    _check_text(line.reference, f"reference for {line.name}")
    _check_text(line.name, "name of a payee")


def _check_text(text: str, what: str) -> None:
    if not text or text != rules.bacs_text(text) or len(text) > rules.NAME_LENGTH:
        raise UserError(
            f"The {what} '{text}' is not 1 to 18 of the characters that Bacs takes.", "Use A to Z, 0 to 9, . & / -"
        )


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()
