"""New payment references by the landlord's scheme, for accounts that are opened or come without one."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from app.services.core.cards import luhn

_FIRST: Final = "7"
_WEIGHTS: Final = (2, 3, 4, 5, 6, 7)


def new_reference(scheme: str, number: int, taken: Container[str]) -> str:
    """A reference that is not taken: 7, a running number of seven digits, one spare, then the scheme's check digits.

    Args:
        scheme: none, mod10 (Luhn), mod11 (weights 2 to 7 from the right) or mod97 (ISO 7064, two digits).
        number: a number that no other account has.
        taken: the references in use, without spaces.

    Raises:
        ValueError: the scheme is not one of these.
    """
    for spare in range(100):
        body = f"{_FIRST}{number:07}{spare}"
        check = check_digits(scheme, body)
        if check is not None and body + check not in taken:
            return body + check
    raise AssertionError("one of a hundred references is free")


def check_digits(scheme: str, body: str) -> str | None:
    """The check digits of a number; None where mod 11 would need an X, for which a reference has no room."""
    if scheme == "none":
        return ""
    if scheme == "mod10":
        return next(str(digit) for digit in range(10) if luhn(f"{body}{digit}"))
    if scheme == "mod11":
        total = sum(int(digit) * _WEIGHTS[i % 6] for i, digit in enumerate(reversed(body)))
        check = -total % 11
        return None if check == 10 else str(check)
    if scheme == "mod97":
        return f"{98 - int(body) * 100 % 97:02}"
    raise ValueError(f"'{scheme}' is not a reference scheme.")
