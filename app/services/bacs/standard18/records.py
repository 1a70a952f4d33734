"""One data record read and looked through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models.values import BacsCode
from app.services.bacs.dto import Destination, OwnAccount, ReadLine
from app.services.bacs.rules import CHARACTERS, core_reference
from app.services.bacs.standard18 import layout
from app.services.bacs.standard18.faults import Faults
from app.services.core.calendars import BACS
from app.services.core.errors import UserError

DEBITS: Final = frozenset({BacsCode.FIRST, BacsCode.REGULAR, BacsCode.AGAIN, BacsCode.FINAL})
CREDITS: Final = frozenset({BacsCode.CREDIT.value, "Z4", "Z5"})
"""A credit; interest; a dividend (bacs.md 1.9)."""
INSTRUCTIONS: Final = frozenset({BacsCode.NEW, BacsCode.CANCEL, BacsCode.CONVERT})
_PENCE: Final = layout.DATA.first("pence")
_MOST_DIGITS: Final = 15
"""An amount with more has no place in any sum."""
_OTHER_TYPES: Final = frozenset("123456789")
_NUMBERS: Final = (
    ("sort_code", "sort code"),
    ("account_number", "account number"),
    ("account_type", "type of account"),
    ("own_sort_code", "council's sort code"),
    ("own_account_number", "council's account number"),
)


def read(line: str, number: int, width: int, faults: Faults) -> ReadLine | None:
    """A data record, its faults noted; None where it is no data record or too short to be read."""
    if line[:4].upper() in {"VOL1", "HDR1", "HDR2", "UHL1", "EOF1", "EOF2", "UTL1"}:
        faults.add(number, 1, f"The label {line[:4].upper()} stands among the data records.")
        return None
    pence = _long_amount(line, number, width, faults)
    if pence is not None:
        line = line[: _PENCE - 1] + line[_PENCE - 1 + len(line) - width :]
    elif len(line) != width:
        faults.add(number, min(len(line), width) + 1, f"The record has {len(line)} characters instead of {width}.")
        if len(line) < layout.DATA.first("reference"):
            return None
    fields = (layout.DATED if width == layout.MULTI_DAY else layout.DATA).read(line)
    _check_numbers(number, fields, faults)
    if pence is None:
        pence = faults.digits(number, _PENCE, fields["pence"], "amount")
    is_contra = fields["reference"].rstrip().upper() == layout.CONTRA
    _check_code(number, fields, pence, is_contra, faults)
    day = None
    if width == layout.MULTI_DAY:
        at = layout.DATED.first("processing")
        day = faults.day(number, at, fields["processing"], "processing day")
        if day and not BACS.is_working(day):
            faults.add(number, at, f"Bacs doesn't process on {day:%A} {day.day} {day:%b %Y}.")
    return ReadLine(
        number,
        Destination(fields["sort_code"], fields["account_number"]),
        fields["code"],
        OwnAccount(fields["own_sort_code"], fields["own_account_number"], ""),
        pence or 0,
        fields["user_name"].rstrip(),
        fields["reference"].rstrip(),
        fields["name"].rstrip(),
        is_contra,
        day,
    )


def _long_amount(line: str, number: int, width: int, faults: Faults) -> int | None:
    """An amount of more than eleven digits, which makes its record as much longer; None where that isn't so."""
    digits = layout.PENCE_DIGITS + len(line) - width
    amount = line[_PENCE - 1 : _PENCE - 1 + digits]
    if digits <= layout.PENCE_DIGITS or not (amount.isascii() and amount.isdigit()):
        return None
    faults.add(number, _PENCE, f"The amount has {digits} digits; a record carries {layout.PENCE_DIGITS}.")
    return int(amount) if digits < _MOST_DIGITS else 0


def _check_numbers(number: int, fields: Mapping[str, str], faults: Faults) -> None:
    for name, what in _NUMBERS:
        if not (fields[name].isascii() and fields[name].isdigit()):
            faults.add(number, layout.DATA.first(name), f"The {what} is not digits throughout.")
    if fields["account_type"] in _OTHER_TYPES:
        at = layout.DATA.first("account_type")
        faults.add(number, at, f"The type of account is '{fields['account_type']}'; it is always 0.")
    free = fields["free"].strip()
    if free and free != "0000" and not (fields["code"] in CREDITS and free.startswith("/")):
        at = layout.DATA.first("free")
        faults.add(number, at, f"'{free}' stands where a record is blank (positions 32 to 35).")
    if set(fields["account_number"]) == {"0"} and not fields["name"].strip():
        at = layout.DATA.first("name")
        faults.add(number, at, "An account number of zeros needs the name of the account.")


def _check_code(number: int, fields: Mapping[str, str], pence: int | None, is_contra: bool, faults: Faults) -> None:
    code, at = fields["code"], layout.DATA.first("code")
    if code not in DEBITS | CREDITS | INSTRUCTIONS:
        faults.add(number, at, f"The transaction code '{code}' is none that a service user sends.")
        return
    if is_contra and code not in {BacsCode.REGULAR, BacsCode.CREDIT}:
        faults.add(number, at, f"A contra record has the code 17 or 99, not {code}.")
    if is_contra and (fields["sort_code"], fields["account_number"]) != (
        fields["own_sort_code"],
        fields["own_account_number"],
    ):
        faults.add(number, 1, "A contra record is of the council's own account; this one names another.")
    if pence is not None and (pence == 0) != (code in INSTRUCTIONS):
        what = "carries no amount" if pence else "carries an amount"
        faults.add(number, layout.DATA.first("pence"), f"A record with the code {code} {what}.")
    if not is_contra:
        _check_reference(number, code, fields["reference"].strip(), faults)


def _check_reference(number: int, code: str, reference: str, faults: Faults) -> None:
    at = layout.DATA.first("reference")
    if not reference:
        faults.add(number, at, "The reference is empty.")
    elif code not in CREDITS and set(reference) <= CHARACTERS:
        try:
            core_reference(reference)
        except UserError as error:
            faults.add(number, at, error.message)
