"""Telephone numbers as officers type them: whether they can be one, and by what they are compared.

The rules of each country's numbers are those of the library `phonenumbers`; a number without a country's code is of the
United Kingdom.
"""

from __future__ import annotations

from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

_HOME: Final = "GB"
_LEAST_DIGITS: Final = 9
"""A number that no exchange has given out, as those kept for fiction, is taken from so many digits on."""
_EXTENSION: Final = ";ext="


def same_number(text: str) -> str:
    """The number as it is compared, `+441914980123` with `;ext=12` where it has an extension; empty if it is none."""
    number = _read(text)
    if number is None:
        return ""
    extension = f"{_EXTENSION}{number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension


def in_words(text: str) -> str:
    """The number as it is read out and written: `0191 498 0123`, with its country's code where that isn't ours."""
    number = _read(text)
    if number is None:
        return text.strip()
    home = number.country_code == phonenumbers.country_code_for_region(_HOME)
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL)


def is_number(text: str) -> bool:
    """Whether somebody can be called by it."""
    return _read(text) is not None


def is_landline(text: str) -> bool:
    """Whether it is surely no mobile: no text message reaches it."""
    number = _read(text)
    return number is not None and phonenumbers.number_type(number) == PhoneNumberType.FIXED_LINE


def spellings(text: str) -> tuple[str, ...]:
    """How a number may stand in a record once spaces, hyphens, brackets and points are gone; none if it is no number."""
    number = _read(text)
    if number is None:
        return ()
    digits, code = phonenumbers.national_significant_number(number), number.country_code
    ends = ("", *(f"{word}{number.extension}" for word in ("x", "ext"))) if number.extension else ("",)
    heads = (f"+{code}", f"00{code}", f"+{code}0", f"{code}", "0")
    return tuple(f"{head}{digits}{end}" for head in heads for end in ends)


def _read(text: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text.replace("\N{NON-BREAKING HYPHEN}", "-"), _HOME)
    except NumberParseException:
        return None
    digits = len(phonenumbers.national_significant_number(number))
    can_be = phonenumbers.is_possible_number(number) and digits >= _LEAST_DIGITS
    return number if can_be or phonenumbers.is_valid_number(number) else None
