"""What money there is, what a count comes to, and until when a session takes payments. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

NOTES: Final = (5000, 2000, 1000, 500)
COINS: Final = (200, 100, 50, 20, 10, 5, 2, 1)
DENOMINATIONS: Final = (*NOTES, *COINS)
"""Notes and coins of sterling that are paid with, in pence (Bank of England; The Royal Mint)."""
_MOST: Final = 99_999


def named(denomination: int) -> str:
    """A note or coin as it is called: £20, 50p."""
    return f"£{denomination // 100}" if denomination >= 100 else f"{denomination}p"


def total(quantities: Mapping[int, int]) -> int:
    """What notes and coins come to, in pence."""
    return sum(denomination * quantity for denomination, quantity in quantities.items())


def fault_in_count(quantities: Mapping[int, int]) -> str:
    """Why a count can't be right, as a sentence; empty where it can."""
    odd = next((each for each in quantities if each not in DENOMINATIONS), None)
    if odd is not None:
        return f"There is no note or coin of {odd} pence."
    wrong = next((each for each, quantity in quantities.items() if not 0 <= quantity <= _MOST), None)
    return f"{quantities[wrong]} of {named(wrong)} can't be right." if wrong is not None else ""


def is_over(business_on: date, now: datetime, until_hour: int) -> bool:
    """Whether a session's business day is over: past the hour of the night until which it takes payments.

    Args:
        business_on: the day on which it was opened.
        now: the local moment.
        until_hour: of the day after; 0 is midnight.
    """
    until = datetime.combine(business_on + timedelta(days=1), datetime.min.time()).replace(hour=until_hour)
    return now.replace(tzinfo=None) >= until
