"""The small markup in which letters are written, read into blocks that every form of a letter is made from.

An empty line parts paragraphs; `# ` begins a heading; `- ` or `* ` an item of a list; `Label | Value` a row of a table
of two columns; `**words**` are bold. Anything else is words: nothing a tenant's name or an officer's text may hold can
do more than look bold. A line break inside a paragraph stays one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from app.services.exports.letter.dto import Block, BlockKind, Run, Runs

_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITEM: Final = re.compile(r"[-*\N{BULLET}]\s+(?P<words>.+)")
_HEADING: Final = re.compile(r"#{1,3}\s+(?P<words>.+)")
_ROW: Final = re.compile(r"(?P<label>[^|]+?)\s*\|\s*(?P<value>[^|]*)")


def read_markup(text: str) -> tuple[Block, ...]:
    """The blocks of a body, in order; never fails."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    blocks: list[Block] = []
    for kind, group in groupby(lines, _kind_of):
        if kind is not None:
            blocks.extend(_READ[kind](group))
    return tuple(blocks)


def plain_words(runs: Iterable[Run]) -> str:
    """The words of a line without what is bold."""
    return "".join(run.text for run in runs)


def _kind_of(line: str) -> BlockKind | None:
    if not line:
        return None
    if _HEADING.fullmatch(line):
        return BlockKind.HEADING
    if _ITEM.fullmatch(line):
        return BlockKind.BULLETS
    return BlockKind.TABLE if _ROW.fullmatch(line) else BlockKind.PARAGRAPH


def _paragraph(lines: Iterable[str]) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, tuple(_runs(line) for line in lines))]


def _headings(lines: Iterable[str]) -> list[Block]:
    found = (_HEADING.fullmatch(line) for line in lines)
    return [
        Block(BlockKind.HEADING, ((Run(match["words"].replace("**", ""), bold=True),),)) for match in found if match
    ]


def _bullets(lines: Iterable[str]) -> list[Block]:
    found = (_ITEM.fullmatch(line) for line in lines)
    return [Block(BlockKind.BULLETS, tuple(_runs(match["words"]) for match in found if match))]


def _table(lines: Iterable[str]) -> list[Block]:
    rows = [match for match in map(_ROW.fullmatch, lines) if match]
    return [
        Block(
            BlockKind.TABLE,
            tuple(_runs(match["label"]) for match in rows),
            tuple(_runs(match["value"]) for match in rows),
        )
    ]


_READ: Final[dict[BlockKind, Callable[[Iterable[str]], list[Block]]]] = {
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.HEADING: _headings,
    BlockKind.BULLETS: _bullets,
    BlockKind.TABLE: _table,
}


def _runs(line: str) -> Runs:
    found: list[Run] = []
    at = 0
    for match in _BOLD.finditer(line):
        if match.start() > at:
            found.append(Run(line[at : match.start()]))
        found.append(Run(match[1], bold=True))
        at = match.end()
    if at < len(line) or not found:
        found.append(Run(line[at:]))
    return tuple(found)
