"""Dates whose order isn't known, and rows that are one invoice; no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.services.imports.values import CellError, read_date
from app.services.purchase_orders.invoices.loading.dto import DateOrder

_NUMBERS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T].*)?")
_MONTHS: Final = 12


def order_of(texts: Iterable[str]) -> tuple[DateOrder | None, str]:
    """The order of day and month in a file's dates, if they leave no doubt; else the question that has to be asked.

    A date that reads the same both ways, an ISO date or one with the month in words says nothing.
    """
    day_first, month_first, either = "", "", ""
    for text in texts:
        match = _NUMBERS.fullmatch(text.strip())
        if match is None:
            continue
        one, two = int(match[1]), int(match[2])
        if one > _MONTHS >= two:
            day_first = day_first or text
        elif two > _MONTHS >= one:
            month_first = month_first or text
        elif one != two and one <= _MONTHS:
            either = either or text
    if day_first and month_first:
        return None, f"'{day_first}' has the day first and '{month_first}' the month: which is right?"
    if day_first or month_first:
        return (DateOrder.DMY if day_first else DateOrder.MDY), ""
    if either:
        return None, f"'{either}' can be read with the day first or the month: which is it?"
    return DateOrder.DMY, ""


def day_of(text: str, order: DateOrder) -> date:
    """A date in a known order.

    Raises:
        ValueError: it is none; a sentence says so.
    """
    match = _NUMBERS.fullmatch(text.strip())
    if match is not None and order is DateOrder.MDY:
        if int(match[1]) > _MONTHS:
            raise ValueError(f"'{text}' has no month {match[1]}: dates are read with the month first.")
        text = f"{match[2]}/{match[1]}/{match[3]}"
    try:
        return read_date(text)
    except CellError as error:
        raise ValueError(str(error)) from error


def amounts_of(net: int | None, vat: int | None, gross: int | None) -> tuple[int, int]:
    """(net, VAT) of what a row says, in pence; a credit note's are negative.

    Raises:
        ValueError: too little is said, they don't add up, or their signs differ; a sentence says which.
    """
    if net is None and gross is None:
        raise ValueError("It has neither an amount before VAT nor one with VAT.")
    if net is None:
        if vat is None:
            raise ValueError(
                "It has one amount alone: say the amount before VAT or the VAT too, 0.00 if there is none."
            )
        net = (gross or 0) - vat
    elif vat is None:
        if gross is None:
            raise ValueError("It has one amount alone: say the VAT too, 0.00 if there is none.")
        vat = gross - net
    if gross is not None and net + vat != gross:
        raise ValueError(f"{_pounds(net)} and VAT of {_pounds(vat)} don't make {_pounds(gross)}.")
    if net * vat < 0:
        raise ValueError(f"{_pounds(net)} and VAT of {_pounds(vat)} have different signs.")
    if not net + vat:
        raise ValueError("It comes to nothing.")
    return net, vat


def together(keys: Sequence[tuple[str, str]]) -> list[list[int]]:
    """The places of the rows that are one invoice: of one supplier and number, one below the other."""
    found: list[list[int]] = []
    for place, key in enumerate(keys):
        if place and keys[place - 1] == key and all(key):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _pounds(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"
