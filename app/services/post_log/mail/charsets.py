"""Bytes of an e-mail into text, whatever it says of its character set."""

from __future__ import annotations

import codecs
import email.errors
import email.header
import re
import unicodedata
from typing import Final

_SINGLE_BYTE: Final = frozenset({"iso8859-1", "cp1252", "ascii"})
_WINDOWS: Final = "cp1252"
_OF_PYTHON: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""Codecs that no letter is written in, and some of which take their time."""
_MARKS: Final = frozenset({"Cc", "Cf", "Cs"})
_SPACE: Final = re.compile(r"\s+")


def decoded(content: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether the character set that was named is the one it is in.

    A name that means nothing, or one that the bytes don't fit, is passed over: UTF-8 if they are that, else a guess. Text
    that calls itself Western but is whole UTF-8 is UTF-8, since nothing else looks like it.
    """
    named = _known(charset)
    if not content.isascii() and (named is None or named in _SINGLE_BYTE):
        try:
            return content.decode("utf-8"), named is None and charset is None
        except UnicodeDecodeError:
            pass
    if named is not None and named != "ascii":
        try:
            return _whole(content.decode(_WINDOWS if named == "iso8859-1" else named)), True
        except UnicodeError:
            pass
    if content.isascii():
        return content.decode("ascii"), charset is None or named is not None
    return _guessed(content), False


def header_text(raw: str) -> str:
    """A header as one line of text, its encoded words decoded and what can't be seen left out."""
    text = _raw(raw)
    if "=?" in text:
        text = _words(text)
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    shown = "".join(" " if each in "\r\n\t" else each for each in text if _shown(each))
    return _SPACE.sub(" ", shown).strip()


def _shown(letter: str) -> bool:
    return letter in "\r\n\t" or unicodedata.category(letter) not in _MARKS


def _words(raw: str) -> str:
    """Encoded words (RFC 2047); those whose encoding is broken stay as they stand."""
    try:
        parts = email.header.decode_header(raw)
    except (email.errors.HeaderParseError, ValueError):
        return raw
    return "".join(each if isinstance(each, str) else _word(each, charset) for each, charset in parts)


def _word(content: bytes, charset: str | None) -> str:
    """One encoded word, or what stands between them, which the library hands out in a code of its own."""
    if charset is not None:
        return decoded(content, charset)[0]
    try:
        return _whole(content.decode("raw-unicode-escape"))
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _raw(raw: str) -> str:
    """A header that holds bytes instead of encoded words, which many programs write."""
    if raw.isascii():
        return raw
    try:
        return decoded(raw.encode("ascii", "surrogateescape"), None)[0]
    except UnicodeEncodeError:
        return raw


def _whole(text: str) -> str:
    """Text without halves of characters, which some character sets can hold and no database keeps."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        found = codecs.lookup(charset.strip("\"' "))
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) and found.name not in _OF_PYTHON else None


def _guessed(content: bytes) -> str:
    """Text of an unknown set: UTF-8 or Windows if they fit, else what it looks most like."""
    for each in ("utf-8", _WINDOWS):
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    return str(best) if best is not None else content.decode(_WINDOWS, "replace")
