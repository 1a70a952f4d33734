"""Whether two people may be one, who may speak for somebody, and which old way confirms a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from app.services.core.folding import fold

_NEAR: Final = 0.8
"""How much of two names must be the same for one to be the other with a letter or two wrong."""
_SHORT: Final = 4
"""Shorter names are alike only where they are the same: a letter makes another name of them."""

_WHOLE: Final = 3
_ALIKE: Final = 2
_LAST: Final = 1
"""What of a name is the same: all of it, all but a letter or two, the last name alone."""
_BORN: Final = "the same date of birth"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, as it is compared: names folded, numbers by `core.phones.same_number`, e-mail in small letters."""

    first_name: str = ""
    last_name: str = ""
    date_of_birth: date | None = None
    numbers: frozenset[str] = field(default_factory=frozenset)
    email: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two people are alike: what is the same in words, a weight to sort by, and whether they surely are one."""

    reasons: tuple[str, ...] = ()
    weight: int = 0
    sure: bool = False


def likeness(one: Known, other: Known) -> Likeness:
    """How likely two people are the same.

    They surely are where the name is alike and the date of birth, a telephone number or the e-mail address is the same,
    unless two known dates of birth differ. A number alone is a household's: it is worth a look, as are a whole name alone,
    and a last name with the date of birth, which twins share too. A date of birth alone, or with a place, is nobody's.
    """
    name, weight = _name(one, other)
    strong = _strong(one, other)
    place = ["the same postcode"] if one.postcode and one.postcode == other.postcode else []
    reachable = any(words != _BORN for words in strong)
    differ = bool(one.date_of_birth and other.date_of_birth and one.date_of_birth != other.date_of_birth)
    worth = reachable or weight == _WHOLE or (weight and _BORN in strong) or (weight > _LAST and place)
    if not worth or (differ and not (weight > _LAST and reachable)):
        return Likeness()
    reasons = (*([name] if name else []), *strong, *place)
    total = weight + 3 * len(strong) + len(place)
    return Likeness(reasons, total, weight > _LAST and bool(strong) and not differ)


def _strong(one: Known, other: Known) -> list[str]:
    """What few people share."""
    found = []
    if one.date_of_birth and one.date_of_birth == other.date_of_birth:
        found.append(_BORN)
    if one.numbers & other.numbers:
        found.append("the same telephone number")
    if one.email and one.email == other.email:
        found.append("the same e-mail address")
    return found


def _name(one: Known, other: Known) -> tuple[str, int]:
    """What of two names is the same, in words, with its weight; nothing where they are other names."""
    if not one.last_name or not other.last_name:
        return "", 0
    first = _first(one, other)
    if one.last_name == other.last_name:
        if one.first_name == other.first_name and one.first_name:
            return "the same name", _WHOLE
        return ("a similar name", _ALIKE) if first else ("the same last name", _LAST)
    if first and similar(one.last_name, other.last_name):
        return "a similar name", _ALIKE
    if one.first_name == other.last_name and one.last_name == other.first_name:
        return "the same names the other way round", _ALIKE
    return "", 0


def _first(one: Known, other: Known) -> bool:
    """Whether two first names may be one: alike, one the initial of the other, or one with a second name."""
    mine, theirs = one.first_name.split(), other.first_name.split()
    if not mine or not theirs:
        return False
    short, long = sorted((mine[0], theirs[0]), key=len)
    return similar(short, long) or (len(short) == 1 and long.startswith(short))


def similar(one: str, other: str) -> bool:
    """Whether two folded names are the same but for a letter or two."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORT:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def plain_postcode(text: str) -> str:
    """A postcode as it is compared."""
    return "".join(text.split()).upper()


def known(
    first_name: str, last_name: str, date_of_birth: date | None, numbers: Iterable[str], email: str, postcode: str
) -> Known:
    """Somebody as they are compared; `numbers` as `core.phones.same_number` gives them, empty ones don't count."""
    return Known(
        fold(first_name),
        fold(last_name),
        date_of_birth,
        frozenset(number for number in numbers if number),
        email.strip().lower(),
        plain_postcode(postcode),
    )


# A change of contact is confirmed by the old way


class Way(StrEnum):
    """A way by which somebody is reached."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is or was reached: numbers as they are compared, e-mail in small letters, the address for letters."""

    phone: str = ""
    mobile: str = ""
    email: str = ""
    letters_to: str = ""


_NAMES: Final = {
    "phone": "telephone number",
    "mobile": "mobile number",
    "email": "e-mail address",
    "letters_to": "address for letters",
}


def what_changed(before: Reach, after: Reach) -> tuple[str, ...]:
    """What of it is another now, as words that show nothing of the new: `e-mail address`."""
    return tuple(words for name, words in _NAMES.items() if getattr(before, name) != getattr(after, name))


def confirmed_by(before: Reach, after: Reach) -> tuple[Way, ...]:
    """The old ways by which a change is confirmed: each way that is another now, else by letter to where letters went.

    A way that wasn't there before can't confirm anything, nor can a telephone that only rings. Somebody whose new number
    was put there by a stranger hears of it at the address that the stranger didn't change.
    """
    if not what_changed(before, after):
        return ()
    ways = []
    if before.email and before.email != after.email:
        ways.append(Way.EMAIL)
    if before.mobile and before.mobile != after.mobile:
        ways.append(Way.TEXT)
    if before.letters_to != after.letters_to or not ways:
        ways.append(Way.LETTER)
    return tuple(ways)


def together(words: Sequence[str]) -> str:
    """Words in a sentence: `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
