"""What can be done with a till, with a session of it, and with a banking."""

from __future__ import annotations

from enum import StrEnum


class TillAct(StrEnum):
    """What can be done with a till or with a session of it."""

    OPEN = "open"
    CASH_UP = "cash_up"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    SPOT_CHECK = "spot_check"
    COUNT_AGAIN = "count_again"
    """It is cashed up, and not signed yet."""
    SIGN = "sign"
    SHEET = "sheet"
    """Its end-of-day sheet is there, since it was counted."""


class BankingAct(StrEnum):
    """What can be done with a banking."""

    SEAL = "seal"
    CANCEL = "cancel"
