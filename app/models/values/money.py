"""Money: whole pence, one parser, one way to write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self


class MoneyError(ValueError):
    """Text that is not an amount of money, with the reason as a sentence."""


_AMOUNT: Final = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d*))?")
_LARGEST_PENCE: Final = 10**14


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide whole numbers, rounding to the nearest and halves away from zero.

    Raises:
        ZeroDivisionError: the denominator is 0.
    """
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole pence. On an account a positive amount is owed by the tenant (a debit).

    There is no division: `times` multiplies before it divides and rounds once, `split` shares out an
    amount in parts that always add up to it.
    """

    pence: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount in pounds as an officer types it.

        Accepts `£1,234.50`, `1234.5`, `(12.00)`, `-12`, `12.00-`, `12.00 CR` and `12.00 DR`; brackets, a
        minus and CR mean a credit.

        Raises:
            MoneyError: nothing typed, not a number, more than two decimals, commas in the wrong place,
                two signs at once, or an amount too large to be real.
        """
        shown = text.strip()
        if not shown:
            raise MoneyError("No amount was given: type pounds and pence, such as 118.42.")
        body, negative = _take_sign(shown)
        match = _AMOUNT.fullmatch(body)
        if match is None or not (match["whole"] or match["part"]):
            raise MoneyError(f"'{shown}' is not an amount: type pounds and pence, such as 1,234.50.")
        part = match["part"] or ""
        if part[2:].strip("0"):
            raise MoneyError(f"'{shown}' has more than two decimals: an amount is in whole pence.")
        pence = int((match["whole"] or "0").replace(",", "")) * 100 + int(part[:2].ljust(2, "0") or "0")
        if pence > _LARGEST_PENCE:
            raise MoneyError(f"'{shown}' is too large to be an amount on a rent account.")
        return cls(-pence if negative else pence)

    def __add__(self, other: Money) -> Money:
        return Money(self.pence + other.pence)

    def __sub__(self, other: Money) -> Money:
        return Money(self.pence - other.pence)

    def __neg__(self) -> Money:
        return Money(-self.pence)

    def __abs__(self) -> Money:
        return Money(abs(self.pence))

    def __bool__(self) -> bool:
        return self.pence != 0

    def __mul__(self, count: int) -> Money:
        return Money(self.pence * count)

    __rmul__ = __mul__

    def times(self, numerator: int, denominator: int = 1) -> Money:
        """This amount x numerator / denominator, rounded half-up once (halves away from zero)."""
        return Money(divide_half_up(self.pence * numerator, denominator))

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Share the amount by whole, non-negative weights; the parts always add up to the amount.

        Raises:
            ValueError: no weight is above 0, or one is below 0.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("Weights must be 0 or more, and one of them above 0.")
        parts: list[Money] = []
        running = shared = 0
        for weight in weights:
            running += weight
            upto = divide_half_up(self.pence * running, total)
            parts.append(Money(upto - shared))
            shared = upto
        return tuple(parts)

    def plain(self) -> str:
        """The amount for a column: `1,234.50`, a credit as `5.00 CR`."""
        return f"{_pounds(self.pence)} CR" if self.pence < 0 else _pounds(self.pence)

    def dr_cr(self) -> str:
        """The amount of a balance in words: `£412.86 DR` is owed, `£5.00 CR` is in credit, `£0.00` is neither."""
        if not self.pence:
            return "£0.00"
        return f"£{_pounds(self.pence)} {'DR' if self.pence > 0 else 'CR'}"

    def __str__(self) -> str:
        return f"{'-' if self.pence < 0 else ''}£{_pounds(self.pence)}"


ZERO: Final = Money(0)


def _take_sign(shown: str) -> tuple[str, bool]:
    body = shown.upper().replace("£", "").replace("\N{MINUS SIGN}", "-")
    signs: list[bool] = []
    if body.startswith("(") and body.endswith(")"):
        signs.append(True)
        body = body[1:-1]
    body = body.strip()
    for word, negative in (("CR", True), ("DR", False)):
        if body.endswith(word):
            signs.append(negative)
            body = body[: -len(word)].strip()
    if body[:1] in "+-" and body:
        signs.append(body[0] == "-")
        body = body[1:].strip()
    if body.endswith("-"):
        signs.append(True)
        body = body[:-1].strip()
    if len(signs) > 1:
        raise MoneyError(f"'{shown}' has two signs: use one of a minus, brackets, CR or DR.")
    return body, any(signs)


def _pounds(pence: int) -> str:
    pounds, part = divmod(abs(pence), 100)
    return f"{pounds:,}.{part:02}"
