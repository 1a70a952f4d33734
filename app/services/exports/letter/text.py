"""The letter as plain text for a screen reader or a braille printer, and its body in the markup of GOV.UK Notify."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from app.services.exports.letter.dto import Block, BlockKind, Letter, long_date
from app.services.exports.letter.markup import plain_words

_WIDE: Final = 72


def letter_text(letter: Letter) -> str:
    """The whole letter in lines of at most 72 letters, with Windows line ends so that any editor shows it."""
    sender = letter.sender
    parts: list[Iterable[str]] = [
        (sender.name, sender.office, *sender.address, sender.phone, sender.email, sender.website),
        (letter.addressee, *letter.address),
        (
            f"Our reference: {letter.reference}" if letter.reference else "",
            f"Date: {long_date(letter.letter_date)}",
        ),
        (f"{letter.greeting}," if letter.greeting else "",),
        (letter.subject_line.upper(),),
        *_body_parts(letter.body),
        letter.sign_off,
        ("End of letter.",),
    ]
    shown = [[line for line in part if line] for part in parts]
    return "\r\n\r\n".join("\r\n".join(_wrapped(line) for line in part) for part in shown if part) + "\r\n"


def message_markup(blocks: Sequence[Block]) -> str:
    """The body as GOV.UK Notify reads it in an e-mail: `# ` headings and `* ` lists; it knows neither bold nor tables."""
    parts = []
    for block in blocks:
        words = [plain_words(line) for line in block.lines]
        if block.kind is BlockKind.HEADING:
            parts.append(f"# {words[0]}")
        elif block.kind is BlockKind.BULLETS:
            parts.append("\n".join(f"* {item}" for item in words))
        elif block.kind is BlockKind.TABLE:
            rows = zip(words, map(plain_words, block.values), strict=True)
            parts.append("\n".join(f"* {label}: {value}" for label, value in rows))
        else:
            parts.append("\n".join(words))
    return "\n\n".join(parts)


def message_words(blocks: Sequence[Block]) -> str:
    """The body as the plain text of an e-mail: its parts with an empty line between them."""
    return "\n\n".join("\n".join(part) for part in _body_parts(blocks))


def text_words(blocks: Sequence[Block]) -> str:
    """The body as a text message: its words, a line a paragraph."""
    lines = [line for part in _body_parts(blocks) for line in part]
    return "\n".join(" ".join(line.split()) for line in lines)


def _body_parts(blocks: Sequence[Block]) -> list[list[str]]:
    parts = []
    for block in blocks:
        words = [plain_words(line) for line in block.lines]
        if block.kind is BlockKind.HEADING:
            parts.append([words[0].upper()])
        elif block.kind is BlockKind.BULLETS:
            parts.append([f"- {item}" for item in words])
        elif block.kind is BlockKind.TABLE:
            rows = zip(words, map(plain_words, block.values), strict=True)
            parts.append([f"{label}: {value}" for label, value in rows])
        else:
            parts.append(words)
    return parts


def _wrapped(line: str) -> str:
    hang = "  " if line.startswith("- ") else ""
    return "\r\n".join(textwrap.wrap(" ".join(line.split()), _WIDE, break_on_hyphens=False, subsequent_indent=hang))
