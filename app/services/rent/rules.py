"""How names, addresses and references are written, and the text by which an account is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.models.values import AccountKind, PropertyType, Tenure
from app.services.core.folding import fold

SEARCH_LENGTH: Final = 700
_LEAST_DIGITS: Final = 5
_LONGEST_NAME: Final = 200
_REFERENCE_WORD: Final = re.compile(r"[0-9A-Z]+")
_SHORTEST_REFERENCE: Final = 6
_MOST_REFERENCE_WORDS: Final = 4
_LONGEST_REFERENCE: Final = 40
_MAIN_KINDS: Final = (
    AccountKind.RENT,
    AccountKind.GARAGE,
    AccountKind.LEASEHOLD,
    AccountKind.FORMER_TENANT,
    AccountKind.SUNDRY,
)

KIND_WORDS: Final = {
    AccountKind.RENT: "Rent account",
    AccountKind.GARAGE: "Garage",
    AccountKind.RECHARGE: "Recharges",
    AccountKind.COURT_COSTS: "Court costs",
    AccountKind.HB_OVERPAYMENT: "HB overpayment",
    AccountKind.FORMER_TENANT: "Former tenancy",
    AccountKind.LEASEHOLD: "Leasehold",
    AccountKind.SUNDRY: "Sundry",
    AccountKind.CONTROL: "Control account",
}
"""What officers call each kind of account."""


def reference_key(reference: str) -> str:
    """A reference as it is looked up: no spaces, in capitals."""
    return "".join(reference.split()).upper()


def full_name(title: str, first_name: str, last_name: str) -> str:
    """A name as it is written on a letter."""
    return " ".join(part for part in (title, first_name, last_name) if part)


def joined_names(names: Sequence[str]) -> str:
    """Names in one line: `Ms A Example and Mr B Sample`; those that don't fit are counted."""
    names = [name for name in dict.fromkeys(names) if name]
    text = " and ".join(names)
    kept = len(names)
    while len(text) > _LONGEST_NAME and kept > 1:
        kept -= 1
        text = f"{' and '.join(names[:kept])} and {len(names) - kept} more"
    return text[:_LONGEST_NAME]


def one_line(*lines: str) -> str:
    """An address in one line."""
    return ", ".join(line for line in lines if line)


def search_text(
    names: Iterable[tuple[str, str, str]],
    references: Iterable[str | None],
    address: Iterable[str],
    postcode: str,
    phones: Iterable[str],
) -> str:
    """Everything an account is found by, folded.

    Args:
        names: title, first and last name of each person in order; the last name comes first in the text.
        references: payment, tenancy and property references; they stand without their spaces.
        address: the lines of the address.
        postcode: stands as written and without its space.
        phones: numbers; they stand without their spaces.
    """
    parts = [full_name(last, first, title) for title, first, last in names]
    parts += ["".join(reference.split()) for reference in references if reference]
    parts += [*(line for line in address if line), postcode, "".join(postcode.split())]
    parts += ["".join(phone.split()) for phone in phones if phone]
    return fold(" ".join(parts))[:SEARCH_LENGTH]


def misread(reference: str) -> frozenset[str]:
    """What a reference may have been meant to be: one digit another, or two neighbours the other way round.

    Nothing of a text with fewer than five digits, which any number is near to.
    """
    key = reference_key(reference)
    if sum(letter.isdigit() for letter in key) < _LEAST_DIGITS or len(key) > _LONGEST_REFERENCE:
        return frozenset()
    changed = {
        key[:place] + digit + key[place + 1 :]
        for place, letter in enumerate(key)
        if letter.isdigit()
        for digit in "0123456789"
    }
    swapped = {key[:place] + key[place + 1] + key[place] + key[place + 2 :] for place in range(len(key) - 1)}
    return frozenset((changed | swapped) - {key})


def references_in(said: str) -> frozenset[str]:
    """What in a text could be an account reference: each word with a digit, and up to four words in a row written as one."""
    words = _REFERENCE_WORD.findall(said.upper())
    found: set[str] = set()
    for first in range(len(words)):
        joined = ""
        for word in words[first : first + _MOST_REFERENCE_WORDS]:
            joined += word
            if len(joined) >= _SHORTEST_REFERENCE and any(letter.isdigit() for letter in joined):
                found.add(joined)
    return frozenset(found)


def main_kind_order(kind: AccountKind) -> int:
    """The place of a kind when a tenancy's main account is looked for; the lowest is the main account."""
    return _MAIN_KINDS.index(kind) if kind in _MAIN_KINDS else len(_MAIN_KINDS)


def main_kind(property_type: PropertyType, tenure: Tenure) -> AccountKind:
    """The kind of a tenancy's main account."""
    if property_type is PropertyType.GARAGE or tenure is Tenure.GARAGE:
        return AccountKind.GARAGE
    if tenure in {Tenure.LEASEHOLD, Tenure.FREEHOLD}:
        return AccountKind.LEASEHOLD
    return AccountKind.RENT
