"""The figures of what is bought: quantities, unit prices, VAT, what a line costs, and its shares by code.

Quantities are in thousandths of a unit, unit prices in thousandths of a penny, amounts in whole pence. Each amount is
rounded once, half up (halves away from zero), line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from app.models.values import Money, PurchaseVat
from app.models.values.money import divide_half_up

UNIT: Final = 1_000
"""One unit in thousandths, and one penny in thousandths of a penny."""
WHOLE: Final = 10_000
"""All of something, in hundredths of one percent."""
_RATES: Final = {PurchaseVat.STANDARD: "vat.standard_rate", PurchaseVat.REDUCED: "vat.reduced_rate"}
_NUMBER: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?")
_MOST_UNITS: Final = 10**9
_MOST_PENCE: Final = 10**12


class _Policy(Protocol):
    def value(self, key: str, on: date, scope: str = "") -> str: ...


class HasPolicy(Protocol):
    """Whatever has the policy in force: a `Context`, which rules may not know."""

    @property
    def policy(self) -> _Policy:
        """The policy."""


def net(quantity: int, price: int) -> int:
    """What a quantity costs before VAT, in pence."""
    return divide_half_up(quantity * price, UNIT * UNIT)


def vat_rate(ctx: HasPolicy, kind: PurchaseVat, on: date) -> Decimal:
    """The rate in percent on the tax point: what is zero-rated, exempt or outside the scope of VAT carries none.

    Raises:
        UserError: the policy has no rate for that day.
    """
    key = _RATES.get(kind)
    return Decimal(ctx.policy.value(key, on)) if key else Decimal(0)


def vat(net_pence: int, rate: Decimal) -> int:
    """The VAT of a line, in pence, by a rate in percent."""
    numerator, denominator = rate.as_integer_ratio()
    return divide_half_up(net_pence * numerator, 100 * denominator)


def cost(net_pence: int, vat_pence: int, recovered: bool) -> int:
    """What its code bears: the net amount, and VAT that can't be got back."""
    return net_pence if recovered else net_pence + vat_pence


def read_quantity(text: str) -> int:
    """A quantity as an officer types it, such as 12 or 1.5.

    Raises:
        ValueError: it is none, nothing, negative, too large, or has more than three decimals; a sentence says which.
    """
    found = _read(text, 3, "quantity", "12 or 1.5")
    if not found:
        raise ValueError("A quantity of nothing can't be ordered: give one above 0.")
    if found > _MOST_UNITS * UNIT:
        raise ValueError(f"'{text.strip()}' is too large to be a quantity.")
    return found


def read_price(text: str) -> int:
    """A unit price in pounds as an officer types it, such as 12.50 or £0.0125; it may be nothing.

    Raises:
        ValueError: it is none, negative, too large, or has more than five decimals; a sentence says which.
    """
    found = _read(text.replace("£", "", 1), 5, "price", "12.50 or 0.0125")
    if found > _MOST_PENCE * UNIT:
        raise ValueError(f"'{text.strip()}' is too large to be a price.")
    return found


def write_quantity(quantity: int) -> str:
    """A quantity as it is read: `12`, `1.5`, `1,200`."""
    sign = "-" if quantity < 0 else ""
    whole, part = divmod(abs(quantity), UNIT)
    return f"{sign}{whole:,}" + (f".{part:03}".rstrip("0") if part else "")


def write_price(price: int) -> str:
    """A unit price as it is read, in pounds with two to five decimals: `12.50`, `0.0125`."""
    pounds, part = divmod(price, 100 * UNIT)
    digits = f"{part:05}"
    return f"{pounds:,}.{digits[:2]}{digits[2:].rstrip('0')}"


def read_percent(text: str) -> int:
    """A percentage in hundredths of one percent, such as 33.33.

    Raises:
        ValueError: it is none, nothing, or above 100.
    """
    found = _read(text.replace("%", "", 1), 2, "percentage", "25 or 33.33")
    if not 0 < found <= WHOLE:
        raise ValueError("A percentage lies above 0 and is at most 100.")
    return found


def write_percent(percent: int) -> str:
    """A percentage as it is read: `25%`, `33.33%`."""
    whole, part = divmod(percent, 100)
    return f"{whole}" + (f".{part:02}".rstrip("0") if part else "") + "%"


def shares(cost_pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """A line's cost shared out by weights of 0 or more; the shares always add up to it.

    Raises:
        ValueError: no weight is above 0, or one is below 0.
    """
    return tuple(part.pence for part in Money(cost_pence).split(weights))


def percent_shares(cost_pence: int, percents: Sequence[int]) -> tuple[int, ...]:
    """A line's cost shared out by hundredths of one percent, which are 100 % together.

    Raises:
        ValueError: they aren't, or one of them is nothing; a sentence says what they come to.
    """
    if any(percent <= 0 for percent in percents):
        raise ValueError("A code with nothing of the line is left out: each percentage lies above 0.")
    together = sum(percents)
    if together != WHOLE:
        gap = abs(WHOLE - together)
        which = "are missing" if together < WHOLE else "are too much"
        raise ValueError(
            f"The codes of the line come to {write_percent(together)}: {write_percent(gap)} {which}; they have to be 100%."
        )
    return shares(cost_pence, percents)


def _read(text: str, decimals: int, what: str, example: str) -> int:
    shown = text.strip()
    if not shown:
        raise ValueError(f"No {what} was given: type one, such as {example}.")
    if shown.startswith(("-", "(")) or shown.endswith("-"):
        raise ValueError(f"'{shown}' is negative: a {what} is never below 0.")
    match = _NUMBER.fullmatch(shown)
    if match is None or not (match[1] or match[2]):
        raise ValueError(f"'{shown}' is not a {what}: type one, such as {example}.")
    part = match[2] or ""
    if part[decimals:].strip("0"):
        raise ValueError(f"'{shown}' has more than {decimals} decimals.")
    return int((match[1] or "0").replace(",", "") + part[:decimals].ljust(decimals, "0"))
