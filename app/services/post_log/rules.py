"""What in a text may name an account: payment references however they are spaced, postcodes, telephone numbers, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from app.services.core.day_times import NOON
from app.services.core.folding import fold
from app.services.core.phones import same_number
from app.services.rent.references import check_digits

MOST_READ: Final = 20_000
"""Characters of a text that are looked through; a reference stands near its beginning or its end, and both are read."""
_MOST_NUMBERS: Final = 400
_SHORTEST, _LONGEST = 5, 24
_LEAST_DIGITS: Final = 4
_MOST_PARTS: Final = 5
_NUMBERED: Final = re.compile(r"[0-9][A-Za-z0-9]*")
_LEADING: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,5} ?\Z")
"""A short word that belongs to the number after it, as in `RENT 0041`."""
_LONGEST_LEADING: Final = 7
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BETWEEN: Final = frozenset({"", " ", "\N{NO-BREAK SPACE}", "-", "/", ".", " - ", "  "})
_POSTCODE: Final = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)[ \N{NO-BREAK SPACE}]{0,2}([0-9][A-Z]{2})\b", re.IGNORECASE)
_TELEPHONE: Final = re.compile(
    r"(?<![\w+])(?:\+\d|\(?0)[\d ()\-.\N{NO-BREAK SPACE}]{7,20}\d(?!\w)(?: ?(?:x|ext\.?) ?\d{1,5}\b)?", re.IGNORECASE
)
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'\-]{1,64}@[A-Za-z0-9.\-]{1,180}\.[A-Za-z]{2,24}")
_LEAST_REFERENCE: Final = 7
_NAMED: Final = re.compile(r"(20\d\d)[-_ .](\d{1,6})(?!\d)")
_WEIGHED: Final = {"mod10": 1, "mod11": 1, "mod97": 2}


def read_part(text: str) -> str:
    """As much of a text as is looked through: its beginning and its end."""
    if len(text) <= MOST_READ:
        return text
    return f"{text[: MOST_READ // 2]}\n{text[-MOST_READ // 2 :]}"


def numbers_in(text: str) -> tuple[str, ...]:
    """What may be a reference, as references are looked up, in the order they stand in the text.

    `ref 0012 4471-03` gives `0012447103` and each shorter run of its parts: where a number begins and ends only a look
    at the accounts can tell.
    """
    return tuple(dict.fromkeys(_runs(read_part(text))))[:_MOST_NUMBERS]


def _runs(text: str) -> Iterator[str]:
    parts = [_part(text, each) for each in _NUMBERED.finditer(text)]
    for at in range(len(parts)):
        whole, digits, end = "", 0, -1
        for key, own, start, stop in parts[at : at + _MOST_PARTS]:
            if end >= 0 and text[end:start] not in _BETWEEN:
                break
            whole, digits, end = whole + key, digits + own, stop
            if len(whole) > _LONGEST:
                break
            if len(whole) >= _SHORTEST and digits >= _LEAST_DIGITS:
                yield whole
                if not whole[0].isdigit():
                    yield whole.lstrip(_LETTERS)


def _part(text: str, number: re.Match[str]) -> tuple[str, int, int, int]:
    """A number with the letters before it: as it is looked up, its digits, and where it begins and ends."""
    start = number.start()
    leading = _LEADING.search(text, max(0, start - _LONGEST_LEADING), start)
    key = number.group().upper()
    digits = sum(map(str.isdigit, key))
    if leading is None:
        return key, digits, start, number.end()
    return leading.group().strip().upper() + key, digits, leading.start(), number.end()


def _has_digit(part: str) -> bool:
    return any(map(str.isdigit, part))


def misread_numbers(numbers: tuple[str, ...], scheme: str) -> tuple[str, ...]:
    """Those that may be a reference with a slip in it: long enough, of digits only, and wrong by the check digits.

    Without check digits (the scheme `none`) every long number may be.
    """
    return tuple(
        each for each in numbers if each.isdigit() and len(each) >= _LEAST_REFERENCE and not _is_right(each, scheme)
    )


def _is_right(number: str, scheme: str) -> bool:
    width = _WEIGHED.get(scheme, 0)
    return bool(width) and check_digits(scheme, number[:-width]) == number[-width:]


def postcodes_in(text: str) -> tuple[str, ...]:
    """The postcodes in a text, as they are written: `AL10 0AA`."""
    found = _POSTCODE.finditer(read_part(text))
    return tuple(dict.fromkeys(f"{each[1]} {each[2]}".upper() for each in found))


def telephones_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text, as they are compared."""
    found = _TELEPHONE.finditer(read_part(text))
    return tuple(dict.fromkeys(number for each in found if (number := same_number(each.group()))))


def emails_in(text: str) -> tuple[str, ...]:
    """The e-mail addresses in a text, in small letters."""
    return tuple(dict.fromkeys(each.lower() for each in _EMAIL.findall(read_part(text))))


def is_named(name: str, folded: str) -> bool:
    """Whether a last name stands in a folded text as words of its own."""
    wanted = fold(name)
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded) is not None


def is_addressed(address: str, folded: str) -> bool:
    """Whether the first line of an address (`12 Made Street`) stands in a folded text, whatever its commas."""
    wanted = fold(address.replace(",", " "))
    return _has_digit(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded.replace(",", " ")) is not None


def received_at(day: date, at: time | None, today: date, now: datetime) -> datetime:
    """The moment that something was received, in UTC; without a time it is now, or noon of another day."""
    if at is None and day == today:
        return now
    return datetime.combine(day, at or time(NOON)).astimezone(UTC)


def named_item(file_name: str) -> tuple[int, int] | None:
    """The year and number of the item that a scan's name begins with: `2026-0041 page 1.pdf`."""
    found = _NAMED.match(file_name)
    return (int(found[1]), int(found[2])) if found else None
