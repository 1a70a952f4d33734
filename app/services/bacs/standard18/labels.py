"""The labels of a file, read and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.bacs.standard18 import fixed, layout
from app.services.bacs.standard18.faults import Faults
from app.services.core.calendars import BACS

_LAYOUTS: Final = {
    "VOL1": layout.VOL1,
    "HDR1": layout.HDR1,
    "HDR2": layout.HDR2,
    "UHL1": layout.UHL1,
    "EOF1": layout.EOF1,
    "EOF2": layout.EOF2,
    "UTL1": layout.UTL1,
}
_WORK_CODES: Final = ("1 DAILY", "4 MULTI", "5 RECALLS")
_MULTI: Final = "4 MULTI"

Found = Mapping[str, tuple[int, str]]
"""The labels that a file has: by name, the number of the line and the line."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the labels say of a file."""

    serial: str = ""
    sun: str = ""
    work_code: str = ""
    created_on: date | None = None
    processing_on: date | None = None
    many_days: bool = False


def check(found: Found, faults: Faults, sun: str = "") -> Head:
    """What the labels say, their faults noted; `sun` is the Service User Number that the file should be of, if any."""
    fields = {name: _LAYOUTS[name].read(line) for name, (_, line) in found.items()}
    for name, (number, line) in found.items():
        _check_length(number, name, line, faults)
        fixed.check(name, number, line, faults)
    serial = fields.get("VOL1", {}).get("serial", "").strip()
    own_sun = fields.get("VOL1", {}).get("sun", "").strip()
    if "VOL1" in found:
        _check_volume(found["VOL1"][0], serial, own_sun, sun, faults)
    created = _check_header(found, fields, serial, own_sun, faults) if "HDR1" in found else None
    many_days = _many_days(found, fields, faults)
    processing = _check_user_header(found["UHL1"][0], fields["UHL1"], many_days, faults) if "UHL1" in found else None
    _check_repeats(found, faults)
    work_code = fields.get("UHL1", {}).get("work_code", "").strip()
    return Head(serial, own_sun, work_code, created, processing, many_days)


def check_expiry(found: tuple[int, str], last_on: date, faults: Faults) -> None:
    """HDR1 expires after the last processing day (bacs.md 1.4)."""
    number, line = found
    expires = layout.read_day(layout.HDR1.read(line)["expires"])
    if expires is not None and expires <= last_on:
        at = layout.HDR1.first("expires")
        faults.add(number, at, f"The file expires by {last_on.day} {last_on:%b %Y}, its last processing day.")


def _check_length(number: int, name: str, line: str, faults: Faults) -> None:
    if len(line) != layout.LABEL:
        at = min(len(line), layout.LABEL) + 1
        faults.add(number, at, f"{name} has {len(line)} characters; a label has {layout.LABEL}.")


def _check_volume(number: int, serial: str, own_sun: str, sun: str, faults: Faults) -> None:
    if not serial or set(serial) == {"0"}:
        faults.add(number, layout.VOL1.first("serial"), "The serial number of the submission is empty or zeros.")
    at = layout.VOL1.first("sun")
    if not (len(own_sun) == 6 and own_sun.isdigit()):
        faults.add(number, at, f"The Service User Number '{own_sun}' is not six digits.")
    elif sun and own_sun != sun:
        faults.add(number, at, f"The file is of the Service User Number {own_sun}; this council's is {sun}.")


def _check_header(
    found: Found, fields: Mapping[str, Mapping[str, str]], serial: str, sun: str, faults: Faults
) -> date | None:
    number, header = found["HDR1"][0], fields["HDR1"]
    for name, what in (
        ("sun", "Service User Number"),
        ("sun_again", "Service User Number"),
        ("serial", "serial number"),
    ):
        wanted = serial if name == "serial" else sun
        if wanted and header[name].strip() != wanted:
            faults.add(
                number, layout.HDR1.first(name), f"The {what} is '{header[name].strip()}' here and '{wanted}' in VOL1."
            )
    for name, wanted in (("file_type", "A"), ("file_kind", "S")):
        if header[name].upper() != wanted:
            at = layout.HDR1.first(name)
            faults.add(number, at, f"The file's name has '{header[name]}' here instead of '{wanted}'.")
    created = faults.day(number, layout.HDR1.first("created"), header["created"], "day it was made")
    expires = faults.day(number, layout.HDR1.first("expires"), header["expires"], "day it expires")
    if created and expires and expires <= created:
        faults.add(number, layout.HDR1.first("expires"), "The file expires on or before the day it was made.")
    return created


def _many_days(found: Found, fields: Mapping[str, Mapping[str, str]], faults: Faults) -> bool:
    """Whether the records have a day each, by HDR2; else by the work code."""
    many = fields.get("UHL1", {}).get("work_code", "").strip() == _MULTI
    if "HDR2" not in found:
        return many
    length = fields["HDR2"]["record_length"]
    if length not in {"00100", "00106"}:
        faults.add(
            found["HDR2"][0],
            layout.HDR2.first("record_length"),
            f"The length of records is '{length}'; it is 00100, or 00106 where each has its own day.",
        )
        return many
    if "UHL1" in found and many != (length == "00106"):
        faults.add(
            found["UHL1"][0],
            layout.UHL1.first("work_code"),
            f"The work code is '{fields['UHL1']['work_code'].strip()}', but HDR2 says that records have {int(length)} characters.",
        )
    return length == "00106"


def _check_user_header(number: int, header: Mapping[str, str], many_days: bool, faults: Faults) -> date | None:
    if header["work_code"].strip().upper() not in _WORK_CODES:
        at = layout.UHL1.first("work_code")
        faults.add(number, at, f"The work code '{header['work_code']}' is none of {', '.join(_WORK_CODES)}.")
    at = layout.UHL1.first("processing")
    if many_days and not header["processing"].strip():
        return None
    day = faults.day(number, at, header["processing"], "processing day")
    if day and not BACS.is_working(day):
        faults.add(number, at, f"Bacs doesn't process on {day:%A} {day.day} {day:%b %Y}.")
    return day


def _check_repeats(found: Found, faults: Faults) -> None:
    """EOF1 and EOF2 are HDR1 and HDR2 again; only the count of blocks may differ."""
    for header, trailer in (("HDR1", "EOF1"), ("HDR2", "EOF2")):
        if header not in found or trailer not in found:
            continue
        first, second = found[header][1], found[trailer][1]
        for name, (start, end) in _LAYOUTS[trailer].places.items():
            if name not in {"label", "blocks"} and first[start - 1 : end] != second[start - 1 : end]:
                faults.add(found[trailer][0], start, f"{trailer} differs from {header} here.")
                break
