"""On which day a row says that its mandate is collected."""

from __future__ import annotations

from typing import Final

from app.models.values import Frequency
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.importing.dto import FileRow

BY_MONTH: Final = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY})
_LAST: Final = 28
_LEAST: Final = 3
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKEND: Final = 5


def frequency_of(row: FileRow) -> Frequency:
    """How often it is collected; monthly, where the row doesn't say."""
    return row.frequency or Frequency.MONTHLY


def day_of(row: FileRow) -> int | None:
    """The day of the month, or of the week (0 is Monday), that a row names; None where it names none.

    A day of the month needn't be one of the policy's: what is loaded keeps the day that it had.

    Raises:
        UserError: it is no such day, or at the weekend.
    """
    written = row.day.strip().casefold()
    if not written:
        return None
    if frequency_of(row) in BY_MONTH:
        digits = written.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
        if digits.isdecimal() and 1 <= int(digits) <= _LAST:
            return int(digits)
        raise UserError(f"'{row.day}' is no day of the month.", f"Write 1 to {_LAST}, or leave it empty.", "day")
    found = [place for place, name in enumerate(_WEEKDAYS) if len(written) >= _LEAST and name.startswith(written)]
    if not found:
        raise UserError(f"'{row.day}' is no day of the week.", "Write Monday to Friday, or leave it empty.", "day")
    if found[0] >= _WEEKEND:
        raise UserError("Nothing is collected at the weekend.", "Write Monday to Friday.", "day")
    return found[0]
