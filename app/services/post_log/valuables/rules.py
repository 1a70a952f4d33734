"""Where something of value is, and how its receipt is written."""

from __future__ import annotations

from app.models.values import ValuableKind
from app.services.post_log.valuables.dto import MONEY, Whereabouts

_DIGITS = 6


def receipt_number(receipt: int) -> str:
    """A receipt as it is written: `R000012`."""
    return f"R{receipt:0{_DIGITS}}"


def receipt_of(text: str) -> int | None:
    """The number of a receipt from how it is written; None if it is none."""
    digits = text.strip().upper().removeprefix("R")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def whereabouts(*, handed: bool, done: bool, pence: int | None, paid_pence: int | None) -> Whereabouts:
    """Where it is, by whether it was handed on, paid in or given back, and by both amounts."""
    if done:
        if paid_pence is None:
            return Whereabouts.GIVEN_BACK
        return Whereabouts.PAID_IN if paid_pence == pence else Whereabouts.DIFFERS
    return Whereabouts.HANDED if handed else Whereabouts.HELD


def wrong_amount(kind: ValuableKind, pence: int | None) -> str:
    """Why something of a kind can't be worth this; empty where it can."""
    if kind in MONEY and (pence is None or pence <= 0):
        return "Money needs its amount."
    if kind is ValuableKind.DOCUMENT and pence is not None:
        return "A document has no amount."
    if pence is not None and pence < 0:
        return "It can't be worth less than nothing."
    return ""
