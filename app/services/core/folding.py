"""Text as it is compared and found: however it is typed, whatever its accents, capitals and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST_WORD: Final = 40
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_DROPPED: Final = str.maketrans("", "", "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}")
_PARTS: Final = re.compile(r"\w+")


def fold(text: str) -> str:
    """Text as it is compared: small letters without accents or apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.translate(_DROPPED).translate(_LETTERS).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of what an officer types; commas part words too."""
    return tuple(dict.fromkeys(fold(text.replace(",", " ")).split()))


def index_words(texts: Iterable[str | None]) -> frozenset[str]:
    """The words by which a record with these texts is found: each whole, its parts, and a text with digits also unspaced.

    So `AL10 0AA` is found by its halves and as one, `Marlow-Finch` by either name, an e-mail address by its ends.
    """
    found: set[str] = set()
    for text in texts:
        if not text:
            continue
        folded = fold(text.replace(",", " "))
        whole = folded.split()
        found.update(whole)
        found.update(part for word in whole for part in _PARTS.findall(word))
        if any(letter.isdigit() for letter in folded):
            found.add("".join(whole))
    return frozenset(word[:LONGEST_WORD] for word in found)


def unspaced(text: str) -> str:
    """What is typed as one word, where it holds a digit: a reference, postcode or number with spaces in it; else empty."""
    folded = fold(text)
    return "".join(folded.split()) if " " in folded and any(letter.isdigit() for letter in folded) else ""


def like_pattern(word: str) -> str:
    """A word to be found anywhere, for LIKE with the escape `/` on either engine."""
    for special in "/%_[":
        word = word.replace(special, f"/{special}")
    return f"%{word}%"
