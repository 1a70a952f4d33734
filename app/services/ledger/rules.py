"""What a line and a period must be. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import CodeKind
from app.services.ledger.dto import Line

_LONGEST_NARRATIVE: Final = 200
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_USUAL_CREDIT: Final = {CodeKind.CHARGE: False, CodeKind.RECEIPT: True}


@dataclass(frozen=True, slots=True)
class CodeRule:
    """What the ledger needs to know of a transaction code."""

    code: str
    kind: CodeKind
    control: str
    allows_negative: bool
    active: bool


def fault_in(line: Line, rule: CodeRule | None, *, either_sign: bool = False) -> str:
    """Why a line can't be posted, as a sentence; empty when it can. `either_sign` as of `fault_in_code`."""
    if not _is_whole(line.pence):
        return f"A line with code {line.code} is for {line.pence!r}, which isn't whole pence."
    if line.pence == 0:
        return f"A line with code {line.code} is for £0.00; leave it out."
    fault = fault_in_code(line.code, rule, credit=line.pence < 0, either_sign=either_sign)
    return fault or fault_in_text(line.narrative)


def _is_whole(pence: object) -> bool:
    return isinstance(pence, int)


def fault_in_code(code: str, rule: CodeRule | None, *, credit: bool, either_sign: bool = False) -> str:
    """Why a code can't be posted on this side; empty when it can.

    A charge is a debit and a receipt a credit, unless the code allows the other sign (HB clawback, returned cheque, WaterSure).
    `either_sign`: the journal corrects what was charged, so that a charge may be taken back too.
    """
    if rule is None:
        return f"'{code}' is not a transaction code."
    if not rule.active:
        return f"The code {code} is no longer in use."
    if either_sign and rule.kind is CodeKind.CHARGE:
        return ""
    usual = _USUAL_CREDIT.get(rule.kind)
    if usual is not None and credit != usual and not rule.allows_negative:
        return f"The code {code} ({rule.kind.value}) doesn't allow {'a credit' if credit else 'a debit'}."
    return ""


def fault_in_text(narrative: str) -> str:
    """Why a narrative can't be kept; empty when it can."""
    if len(narrative) > _LONGEST_NARRATIVE:
        return f"A narrative may have {_LONGEST_NARRATIVE} characters; this one has {len(narrative)}."
    if _CONTROL.search(narrative):
        return "A narrative may not hold line breaks or other control characters."
    return ""


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the calendar month that a day is in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def period_name(starts_on: date) -> str:
    """A month's name as a period of the financial year that begins in April: `2026-27 P08`."""
    year = starts_on.year if starts_on.month >= 4 else starts_on.year - 1
    number = (starts_on.month - 4) % 12 + 1
    return f"{year}-{(year + 1) % 100:02} P{number:02}"
