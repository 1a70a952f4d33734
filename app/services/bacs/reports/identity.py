"""What a report is known again by, and whose it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from app.models.values import ReportKind
from app.services.bacs.dto import ReportItem
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

_LONGEST: Final = 120
NOTHING: Final = "Nothing was read of it."


def check_sun(number: str, sun: str, faults: Faults) -> None:
    """Refuse the report of another service user; one that names none has that fault.

    Raises:
        UserError: it is another's.
    """
    if not number:
        faults.add(0, 0, "The report names no Service User Number.")
    elif sun and number != sun:
        raise UserError(f"The report is of the Service User Number {number[:20]}; this council's is {sun}.", NOTHING)


def key_of(kind: ReportKind, sun: str, on: date | None, parts: Iterable[str], items: Iterable[ReportItem]) -> str:
    """The report's own identity: its kind, service user, day and numbers, and what its items say.

    Numbers alone are not enough: banks leave them at zero in some reports. Bank details are no part of it, nor is a signature;
    but whether they were read is, so that a spoilt file doesn't stand in the way of the good one.
    """
    told = hashlib.sha256()
    for item in items:
        said = (item.place, item.reference, item.raw_code, item.effective_on, item.original_processing_on, item.amount)
        told.update(repr((*said, item.transaction_code, item.record_type, item.aosn, item.bank_reference)).encode())
        told.update(bytes(each is not None for each in (item.destination, item.new_destination)))
    numbers = "/".join(part.strip() for part in parts)
    key = f"{kind.value}:{sun}:{on or ''}:{numbers}:{told.hexdigest()[:16]}"
    if len(key) <= _LONGEST:
        return key
    return f"{kind.value}:{on or ''}:{hashlib.sha256(key.encode()).hexdigest()}"
