"""The reference of a pay point card: the supplier's prefix, a running number, and check digits, as policy says."""

from __future__ import annotations

from typing import Final

from app.services.rent.references import check_digits

NOT_SET: Final = "not set"
COLUMNS: Final = {
    "reference": "Card reference",
    "account": "Account reference",
    "name": "Name",
    "line1": "Address line 1",
    "line2": "Address line 2",
    "line3": "Address line 3",
    "line4": "Address line 4",
    "line5": "Address line 5",
    "postcode": "Postcode",
    "reason": "Reason",
}
"""What a file for the supplier can have, and what its heading says where the policy doesn't."""
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


def columns(text: str) -> tuple[tuple[str, str], ...]:
    """The columns that a policy names, each with its heading: `reference=PRN, name`.

    Raises:
        ValueError: one is no column, one is there twice, or the reference isn't among them.
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        key, _, heading = (each.strip() for each in part.partition("="))
        key = key.lower()
        if key not in COLUMNS:
            raise ValueError(f"'{key}' is no column: there are {', '.join(COLUMNS)}.")
        if key in found:
            raise ValueError(f"'{key}' is there twice.")
        found[key] = heading or COLUMNS[key]
    if "reference" not in found:
        raise ValueError("The file needs the card's reference.")
    return tuple(found.items())
