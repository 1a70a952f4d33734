"""Amounts and dates as councils publish them, each with a reason where it can't be read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from app.services.imports.values import CellError, read_date
from app.services.purchase_orders.spending.dto import DayOrder

_COMMON: Final = re.compile(r" ?(-?)£?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d\d))? ?", re.ASCII)
"""What nearly every line has, read without looking further."""
_PLAIN: Final = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?", re.ASCII)
_THREE: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_MONTH: Final = re.compile(r"([A-Za-z]{3,9})[\s\-/.']*(\d{4}|\d{2})|(\d{4})-(\d{2})")
_SERIAL: Final = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
_DAY_ONE: Final = date(1899, 12, 30)
"""What Excel counts days from."""
_DROPPED: Final = str.maketrans("", "", "£\ufffd\u00a3\u00a0 \t'\"")
_MINUS: Final = "-\u2212\u2013\u2010"
_CONTINENTAL: Final = re.compile(r"\d[\d.]*,\d{1,2}")
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")


def pence_of(text: str) -> int:
    """An amount in pounds as pence: with or without a pound sign and commas; a minus, brackets or CR are a credit.

    More than two decimals, as a program that divided left them, are rounded half-up.

    Raises:
        ValueError: it is none, with the reason as a sentence.
    """
    if match := _COMMON.fullmatch(text):
        minus, whole, part = match.groups("00")
        pence = int(whole.replace(",", "") + part)
        return -pence if minus == "-" else pence
    shown = text.strip()
    body, credit = _unsigned(shown)
    if not body:
        raise ValueError("It has no amount.")
    if _CONTINENTAL.fullmatch(body):
        raise ValueError(f"'{shown}' has a comma where pence begin: write 1,234.50.")
    if not _PLAIN.fullmatch(body) or body == ".":
        raise ValueError(f"'{shown}' is not an amount.")
    pence = int((Decimal(body.replace(",", "")) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return -pence if credit else pence


def _unsigned(shown: str) -> tuple[str, bool]:
    """An amount without its pound sign and the sign of a credit, and whether it has one."""
    body = shown.translate(_DROPPED).upper().removeprefix("GBP")
    found = [body[:1] == "(" and body[-1:] == ")", body.endswith("CR")]
    body = body[1:-1] if found[0] else body.removesuffix("CR")
    bare = body.strip(_MINUS)
    found.append(len(body) - len(bare) == 1)
    if sum(found) > 1 or len(body) - len(bare) > 1:
        raise ValueError(f"'{shown}' has two signs.")
    return bare, any(found)


def month_of(text: str, order: DayOrder) -> str:
    """The month of a date, as `2026-04`; of a month alone, such as Apr-26, that month.

    Raises:
        ValueError: it is no date in that order, with the reason as a sentence.
    """
    shown = _CLOCK.sub("", text.strip())
    if not shown:
        raise ValueError("It has no date.")
    if match := _THREE.fullmatch(shown):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
        try:
            return f"{date(year, month, day):%Y-%m}"
        except ValueError:
            raise ValueError(f"'{shown}' is no date with the {_FIRST[order]} first.") from None
    if _SERIAL.fullmatch(shown):
        return f"{_DAY_ONE + timedelta(days=int(shown)):%Y-%m}"
    if match := _MONTH.fullmatch(shown):
        return _month_alone(shown, match)
    try:
        return f"{read_date(shown):%Y-%m}"
    except CellError:
        raise ValueError(f"'{shown}' is no date.") from None


_FIRST: Final = {DayOrder.DAY_FIRST: "day", DayOrder.MONTH_FIRST: "month"}


def _month_alone(shown: str, match: re.Match[str]) -> str:
    if match[3]:
        found = f"{match[3]}-{match[4]}"
        if 1 <= int(match[4]) <= 12:
            return found
        raise ValueError(f"'{shown}' is no month.")
    try:
        return f"{read_date(f'1 {match[1]} {_year(match[2])}'):%Y-%m}"
    except CellError:
        raise ValueError(f"'{shown}' is no month.") from None


def _year(digits: str) -> int:
    return int(digits) + 2000 if len(digits) == 2 else int(digits)
