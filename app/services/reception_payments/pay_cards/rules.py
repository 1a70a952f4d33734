"""The reference of a pay point card: the supplier's prefix, a running number, and check digits, as policy says."""

from __future__ import annotations

from typing import Final

from app.services.rent.references import check_digits

NOT_SET: Final = "not set"
SCHEMES: Final = ("none", "mod10", "mod11", "mod97")


def fault_in_scheme(prefix: str, length: int, scheme: str) -> str:
    """Why no reference can be made by a scheme, as a sentence; empty where one can."""
    if prefix == NOT_SET or not prefix.isascii() or not prefix.isdigit():
        return "The card supplier's prefix isn't set, or isn't digits."
    if scheme not in SCHEMES:
        return f"'{scheme}' is no way to make check digits."
    room = length - len(prefix) - _checks(scheme)
    return "" if room >= 6 else f"{length} digits leave no room for a number after the prefix {prefix}."


def reference(prefix: str, length: int, scheme: str, number: int) -> str | None:
    """The reference of the card of a running number; None where mod 11 has no digit for it, so that the number is left out.

    Raises:
        ValueError: the number is too long for the length that policy says.
    """
    room = length - len(prefix) - _checks(scheme)
    if len(str(number)) > room:
        raise ValueError(f"{number} has no room in {room} digits.")
    body = f"{prefix}{number:0{room}}"
    check = check_digits(scheme, body)
    return None if check is None else body + check


def _checks(scheme: str) -> int:
    return {"none": 0, "mod97": 2}.get(scheme, 1)
