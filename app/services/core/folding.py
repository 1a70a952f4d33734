"""Text as it is compared and found: however it is typed, whatever its accents, capitals and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST_WORD: Final = 40
MOST_TYPED: Final = 500
"""Characters of a text that is looked for; what was pasted beyond them is not read."""
_LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_DROPPED: Final = str.maketrans("", "", "'`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}")
_POSTCODE_LETTERS: Final = 4
_PARTS: Final = re.compile(r"\w+")


def fold(text: str) -> str:
    """Text as it is compared: small letters without accents or apostrophes, single spaces."""
    if text.isascii():
        return " ".join(text.lower().translate(_DROPPED).split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.translate(_DROPPED).translate(_LETTERS).split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of what an officer types to find something; commas part words too."""
    return tuple(dict.fromkeys(fold(text[:MOST_TYPED].replace(",", " ")).split()))


def index_words(texts: Iterable[str | None]) -> set[str]:
    """The words by which a record with these texts is found: each whole, its parts, and a number also unspaced.

    So `AL10 0AA` is found by its halves and as one, `Marlow-Finch` by either name, an e-mail address by its ends.
    """
    found: set[str] = set()
    for text in texts:
        if not text:
            continue
        whole = fold(text.replace(",", " ")).split()
        found.update(whole)
        for word in whole:
            if not word.isalnum():
                found.update(_PARTS.findall(word))
        if len(whole) > 1 and _is_number(joined := "".join(whole)):
            found.add(joined)
    return {word[:LONGEST_WORD] for word in found}


def _is_number(joined: str) -> bool:
    """Whether a text is a reference, postcode or telephone number rather than words: few letters beside its digits."""
    letters = sum(map(str.isalpha, joined))
    return letters < len(joined) and (letters <= _POSTCODE_LETTERS or 2 * letters <= len(joined))


def unspaced(text: str) -> str:
    """What is typed as one word, where it holds a digit: a reference, postcode or number with spaces in it; else empty."""
    folded = fold(text[:MOST_TYPED])
    return "".join(folded.split()) if " " in folded and any(letter.isdigit() for letter in folded) else ""


def like_pattern(word: str) -> str:
    """A word to be found anywhere, for LIKE with the escape `/` on either engine."""
    word = word[:MOST_TYPED]
    for special in "/%_[":
        word = word.replace(special, f"/{special}")
    return f"%{word}%"
