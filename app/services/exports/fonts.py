"""Open Sans in PDF files: embedded, so that every Latin, Greek and Cyrillic name prints on any machine."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from app.services.core.resources import font_file

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "OpenSans-Regular"
SEMIBOLD: Final = "OpenSans-SemiBold"
FACES: Final = (REGULAR, SEMIBOLD)


@cache
def face(name: str) -> TTFont:
    """The font of this name, read from the ttf-opensans package and made known to reportlab once in each process."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0  # streams stay binary: a third smaller, and reportlab's ASCII85 is slow
    font = TTFont(name, str(font_file(name)))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=65_536)
def width(text: str, name: str, size: float) -> float:
    """How wide the text is, in points."""
    shapes = face(name).face
    known: dict[int, float] = shapes.charWidths
    other: float = shapes.defaultWidth
    return sum(known.get(ord(letter), other) for letter in text) * size * 0.001


def can_print(text: str) -> bool:
    """Whether the font has every letter of the text (it has no Arabic, Hebrew, Indic or Far Eastern letters)."""
    known = face(REGULAR).face.charToGlyph
    return all(ord(letter) in known for letter in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=16_384)
def printable(text: str) -> str:
    """The text with the letters that the font has: composed, then without their marks, and `?` where it has neither."""
    if text.isascii() and text.isprintable():
        return text
    known = face(REGULAR).face.charToGlyph
    out = []
    for letter in unicodedata.normalize("NFC", text):
        if ord(letter) in known and letter.isprintable():
            out.append(letter)
        elif letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf"}:
            out.append(" " if letter.isspace() else "")
        else:
            bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in known)
            out.append(bare or "?")
    return "".join(out)


def wrap(text: str, name: str, size: float, room: float) -> list[str]:
    """The text in lines that fit `room` points, broken between words and, where one word is too wide, inside it."""
    lines: list[str] = []
    line = ""
    for word in printable(text).split():
        longer = f"{line} {word}" if line else word
        if width(longer, name, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, name, size) > room and len(word) > 1:
            fits = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or width(word[:n], name, size) <= room)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901  the rest of it goes on
        line = word
    if line or not lines:
        lines.append(line)
    return lines
