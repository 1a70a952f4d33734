"""Single cells: dates, money, references, fixed words. Each function takes a cell as it was read and returns its value.

A cell that can't be read raises `CellError` with a sentence that says what is wrong and what would be right.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final, Self

from app.models.values import Money, MoneyError


class CellError(ValueError):
    """A cell that can't be read, with the reason as a sentence."""


class UnsavedFormula:
    """Stands for a formula whose result is not in the file (the workbook was made by a program and never calculated)."""

    def __repr__(self) -> str:
        return "a formula"


class ShownNumber(float):
    """A number cell whose format shows more than its digits, such as 00042; `shown` is what the officer sees."""

    shown: str

    def __new__(cls, value: float, shown: str) -> Self:
        """A number and what is shown of it."""
        number = super().__new__(cls, value)
        number.shown = shown
        return number


UNSAVED_FORMULA: Final = UnsavedFormula()
EXCEL_ERRORS: Final = frozenset(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA #FIELD! #BLOCKED! #UNKNOWN!".split()
)
_EXACT_DIGITS: Final = 15
_EARLIEST: Final = date(1850, 1, 1)
_LATEST: Final = date(2199, 12, 31)
_MONTHS: Final = {
    name.lower(): number
    for names in (calendar.month_abbr, calendar.month_name, ("", *["-"] * 8, "sept"))
    for number, name in enumerate(names)
    if name.strip("-")
}
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})")
_ISO: Final = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")
_WORDED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]*([a-z]+)[ .,/-]*(\d{2}|\d{4})")
_WORDED_MONTH_FIRST: Final = re.compile(r"([a-z]+)[ .-]*(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})")
_ASIDE: Final = re.compile(r"\([^)]*\)")
_CREDIT_FIRST: Final = re.compile(r"([CD]R)\b[ .]*(.+)", re.IGNORECASE)
_NOTHING: Final = frozenset({"-", "–", "—", "n/a", "na", "none", "nil", "null", "unknown", "not known", "tbc"})
_NO_DATES: Final = frozenset({date(1900, 1, 1), date(9999, 12, 31)})
"""What other systems write where they have no date."""
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$")
_SPACES: Final = re.compile(r"\s+")
_INVISIBLE: Final[dict[int, str]] = {
    **dict.fromkeys((*range(32), 0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), ""),
    **dict.fromkeys((9, 10, 13), " "),
}
_NUMBER_WORDS: Final = {"bedsit": 0, "studio": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4}


def fold(text: str) -> str:
    """A word with its case, spaces and marks taken away: `Post Code`, `post_code` and `POSTCODE` are one."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def read_text(raw: Any, length: int = 0) -> str:
    """Text with its spaces tidied and invisible characters removed; a number as it is written."""
    if type(raw) is not str:
        raw = _number_text(raw)
    text = _SPACES.sub(" ", raw.translate(_INVISIBLE)).strip()
    if text.startswith("#") and text.upper() in EXCEL_ERRORS:
        raise CellError(f"The cell holds Excel's error {text}. Put the value itself there.")
    if length and len(text) > length:
        raise CellError(f"The text has {len(text)} characters and at most {length} fit. Shorten it.")
    return text


def read_code(raw: Any, length: int = 0) -> str:
    """A reference, its leading zeros kept."""
    if isinstance(raw, float) and not isinstance(raw, ShownNumber) and not raw.is_integer():
        raise CellError(
            f"{raw} is a number with decimals, not a reference. Format the column as Text and type it again."
        )
    return read_text(raw, length)


def read_codes(raw: Any, length: int = 0) -> tuple[str, ...]:
    """Several references parted by `;` (a comma, a bar or a new line will do)."""
    parts = re.split(r"[;,|\n]", raw) if type(raw) is str else [raw]
    codes = [read_code(part, length) for part in parts]
    return tuple(code for code in codes if code)


def read_date(raw: Any) -> date:
    """A date cell, or text with the day first (1/4/2026, 01.04.26, 1 Apr 2026) or ISO (2026-04-01).

    A year of two digits is read as Excel reads it: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999.
    """
    found = _date_of(raw)
    if not _EARLIEST <= found <= _LATEST:
        raise CellError(f"{_shown(raw)} is in the year {found.year}, which can't be right. Check the year.")
    return found


def says_nothing(raw: Any) -> bool:
    """Whether a cell of dates, numbers or yes and no stands for a blank: `-`, `n/a`, 31/12/9999."""
    if isinstance(raw, date):
        return (raw.date() if isinstance(raw, datetime) else raw) in _NO_DATES
    if not isinstance(raw, str):
        return False
    text = raw.strip().casefold()
    if not text or text in _NOTHING:
        return True
    return ("1900" in text or "9999" in text) and _no_date_in(text)


def _no_date_in(text: str) -> bool:
    try:
        return _date_in(text) in _NO_DATES
    except CellError:
        return False


def read_birth_date(raw: Any) -> date:
    """A date of birth: read as other dates are, but a year of two digits could be in either century and is refused."""
    if type(raw) is str and re.fullmatch(r".*\D\d\d", _CLOCK.sub("", raw.strip())):
        raise CellError(f"{_shown(raw)} doesn't say which century. Write the year with four digits, as 01/04/1962.")
    return read_date(raw)


def read_money(raw: Any) -> int:
    """An amount in pounds, as pence; a minus, brackets or CR mean a credit."""
    if isinstance(raw, bool):
        raise CellError(f"{_shown(raw)} is not an amount. Type pounds and pence, such as 118.42.")
    if isinstance(raw, int | float):
        return _number_pence(raw)
    text = read_text(raw)
    if match := _CREDIT_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]}"
    try:
        return Money.parse(text).pence
    except MoneyError as error:
        raise CellError(str(error)) from error


def read_count(raw: Any) -> int:
    """A whole number from 0 to 99, such as of bedrooms; `2 bed`, `bedsit` and `studio` are understood."""
    text = read_text(raw).casefold()
    match = re.fullmatch(r"(\d{1,2}|[a-z]+)(?:\.0+)?(?:[ -]*beds?(?:room)?s?)?", text)
    number = match and (int(match[1]) if match[1].isdigit() else _NUMBER_WORDS.get(match[1]))
    if number is None:
        raise CellError(f"{_shown(raw)} is not a whole number. Type a number from 0 to 99.")
    return number


def read_yes_no(raw: Any) -> bool:
    """Yes or no, in the words that people use."""
    word = fold(read_text(raw))
    if word in {"yes", "y", "true", "1", "t", "x"}:
        return True
    if word in {"no", "n", "false", "0", "f"}:
        return False
    raise CellError(f"{_shown(raw)} is neither yes nor no. Type yes or no.")


def read_choice(raw: Any, words: Mapping[str, str], mapped: Mapping[str, str] | None = None) -> str:
    """One of the fixed words.

    Args:
        raw: the cell.
        words: each accepted word, folded, and what it means.
        mapped: the landlord's own words, folded, and what they mean.
    """
    text = read_text(raw)
    said = (mapped or {}).get(fold(text), text)
    word = fold(said)
    for known in (word, fold(_ASIDE.sub("", said))):
        if known in words:
            return words[known]
    near = get_close_matches(word, words, n=1, cutoff=0.75)
    meant = f"{near[0]} ({words[near[0]]})" if near and fold(words[near[0]]) != near[0] else near and words[near[0]]
    right = f"Did you mean {meant}?" if near else f"It can be: {', '.join(_offered(words))}."
    raise CellError(f"'{text}' is not known here. {right}")


def _offered(words: Mapping[str, str]) -> Iterable[str]:
    """What a cell can be: a code by a plain word for it, `rent (DBR)`."""
    for meaning in plain_words(words):
        plain = next((word for word, meant in words.items() if meant == meaning and word != fold(meaning)), "")
        yield f"{plain} ({meaning})" if plain and meaning.isupper() else meaning


def plain_words(words: Mapping[str, str]) -> Iterable[str]:
    """The distinct meanings of a list of fixed words, in their order."""
    return dict.fromkeys(words.values())


def _shown(raw: Any) -> str:
    return f"'{raw}'" if isinstance(raw, str) else str(raw)


def _number_text(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, UnsavedFormula):
        raise CellError("The formula has no saved result. Open the workbook in Excel, save it, and load it again.")
    if isinstance(raw, date | time | timedelta):
        raise CellError(
            f"Excel has turned this cell into a date or time ({raw}). Format the column as Text and type it again."
        )
    if isinstance(raw, ShownNumber):
        return raw.shown
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and not raw.is_integer():
        return format(raw, f".{_EXACT_DIGITS}g")
    if abs(raw) >= 10**_EXACT_DIGITS:
        raise CellError(
            "Excel keeps only 15 digits of a number, so the last digits are lost. Format the column as Text and type it again."
        )
    return str(int(raw))


def _number_pence(number: float) -> int:
    try:
        pounds = Decimal(format(number, f".{_EXACT_DIGITS}g"))
        pence = pounds * 100
        if pence != pence.to_integral_value():
            raise CellError(f"{pounds} has a part of a penny. Round it to pounds and pence.")
        return Money.parse(format(pounds, "f")).pence
    except (ArithmeticError, MoneyError) as error:
        raise CellError(
            f"{number} is not an amount on a rent account. Type pounds and pence, such as 118.42."
        ) from error


def _date_of(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        return _date_in(read_text(raw))
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        shown = str(int(raw)) if float(raw).is_integer() else ""
        if len(shown) == 8:
            return _date_in(shown)
        raise CellError(f"{raw} is a bare number, not a date. Format the column as Date, or type it as 01/04/2026.")
    if isinstance(raw, UnsavedFormula):
        _number_text(raw)
    raise CellError(f"{_shown(raw)} is not a date. Type it with the day first, as 01/04/2026.")


def _date_in(shown: str) -> date:
    text = _CLOCK.sub("", shown).casefold()
    if match := _ISO.fullmatch(text):
        return _made(shown, int(match[3]), int(match[2]), int(match[1]))
    if match := _DAY_FIRST.fullmatch(text):
        return _made(shown, int(match[1]), int(match[2]), _year(match[3]))
    if (match := _WORDED.fullmatch(text)) and match[2] in _MONTHS:
        return _made(shown, int(match[1]), _MONTHS[match[2]], _year(match[3]))
    if (match := _WORDED_MONTH_FIRST.fullmatch(text)) and match[1] in _MONTHS:
        return _made(shown, int(match[2]), _MONTHS[match[1]], int(match[3]))
    if re.fullmatch(r"\d{8}", text):
        if 1 <= int(text[4:6]) <= 12 and 1850 <= int(text[:4]) <= 2199:
            return _made(shown, int(text[6:]), int(text[4:6]), int(text[:4]))
        return _made(shown, int(text[:2]), int(text[2:4]), int(text[4:]))
    raise CellError(f"'{shown}' is not a date. Type it with the day first, as 01/04/2026.")


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 30 else 1900 + year


def _made(shown: str, day: int, month: int, year: int) -> date:
    if month > 12 and day <= 12:
        raise CellError(
            f"'{shown}' has no month {month}: dates are read with the day first. Did you mean {month:02}/{day:02}/{year}?"
        )
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        raise CellError(f"'{shown}' is not a date. Type it with the day first, as 01/04/2026.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise CellError(f"'{shown}' is not a date: {calendar.month_name[month]} {year} has {days} days.")
    return date(year, month, day)
