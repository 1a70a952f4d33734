"""Joining PDF files that this package made, and taking pages out of one, without reading what is on them.

A run of statements is drawn in parts by several processes and joined to one file; a statement is reprinted by taking
its pages out of that file. Both copy the objects of a page as they are and only renumber them, so a page is the same,
byte for byte, wherever it goes, and the same pages always make the same file. This reads only what `Pen` writes (a
plain cross-reference table, one page tree); anything else raises ValueError.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.services.exports.pen import LANGUAGE

_REFERENCE: Final = re.compile(rb"(\d+) 0 R\b")
_KIDS: Final = re.compile(rb"/Kids \[([^\]]*)\]")
_PARENT: Final = re.compile(rb"/Parent \d+ 0 R")
_SUBSET: Final = re.compile(rb"/([A-Z]{3})([A-Z]{3}\+OpenSans)")
_TITLE: Final = re.compile(rb"/Title \((?:\\.|[^\\)])*\)|/Title <[0-9A-Fa-f]*>", re.DOTALL)
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_CATALOG_BODY: Final = (
    b"\n<< /Lang (%s) /Pages 3 0 R /Type /Catalog /ViewerPreferences << /DisplayDocTitle true >> >>\n"
    % LANGUAGE.encode()
)
_CATALOG, _INFO, _TREE = 1, 2, 3
_PAGES_PER_NODE: Final = 200


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file cut into its objects: where each begins and ends, and the numbers of its page objects, in order and as a set."""

    data: bytes
    offsets: dict[int, tuple[int, int]]
    pages: tuple[int, ...]
    leaves: frozenset[int]
    info: int

    def body(self, number: int) -> bytes:
        """What stands between `obj` and `endobj`."""
        start, end = self.offsets[number]
        return self.data[start:end]


def join(parts: Iterable[bytes]) -> bytes:
    """One file of all the pages of all the parts, in order, with the title and author of the first part.

    The parts may come from a generator that lets each go: no more than one is held beside the file.
    """
    return _assemble((part, part.pages) for part in map(parse, parts))


def take(file: bytes, first: int, count: int, title: str = "") -> bytes:
    """A file of `count` pages from the page number `first` (the first page is 1), with what those pages use and no more.

    Args:
        file: the file to take them from.
        first: the number of the first page.
        count: how many pages.
        title: the title of the new file; without one it keeps that of `file`.

    Raises:
        ValueError: the file has no such pages.
    """
    return next(take_each(file, [(first, count, title)]))


def take_each(file: bytes, wanted: Sequence[tuple[int, int, str]]) -> Iterator[bytes]:
    """`take` for many statements of one file: for each first page, number of pages and title, a file."""
    parsed = parse(file)
    for first, count, title in wanted:
        if first < 1 or count < 1 or first - 1 + count > len(parsed.pages):
            raise ValueError(f"Pages {first} to {first + count - 1} are not in a file of {len(parsed.pages)} pages.")
        yield _assemble([(parsed, parsed.pages[first - 1 : first - 1 + count])], title)


def count_pages(file: bytes) -> int:
    """How many pages the file has."""
    return len(parse(file).pages)


def parse(data: bytes) -> Parsed:
    """Find the objects of a file.

    Raises:
        ValueError: the file is not one that this package made.
    """
    end = _START.search(data, max(0, len(data) - 64))
    if end is None:
        raise ValueError("Not a PDF that Rentbook made: its end is missing.")
    table = data[int(end[1]) : end.start()]
    if not table.startswith(b"xref\n"):
        raise ValueError("Not a PDF that Rentbook made: its table of objects is missing.")
    head, _, trailer = table.partition(b"trailer")
    starts = [int(line[:10]) for line in head.split(b"\n")[2:] if line[17:18] == b"n"]
    order = sorted(starts)
    ends = dict(zip(order, [*order[1:], int(end[1])], strict=True))
    offsets = {}
    for number, start in enumerate(starts, 1):
        body = data.index(b"obj", start, start + 24) + 3
        offsets[number] = (body, data.rindex(b"endobj", body, ends[start]))
    catalog = _number(trailer, b"/Root")
    tree = _number(data[slice(*offsets[catalog])], b"/Pages")
    pages = tuple(_leaves(data, offsets, tree))
    return Parsed(data, offsets, pages, frozenset(pages), _number(trailer, b"/Info"))


def _leaves(data: bytes, offsets: dict[int, tuple[int, int]], node: int) -> Iterator[int]:
    kids = _KIDS.search(data, *offsets[node])
    if kids is None:
        yield node
        return
    for match in _REFERENCE.finditer(kids[1]):
        yield from _leaves(data, offsets, int(match[1]))


def _number(text: bytes, key: bytes) -> int:
    match = re.search(re.escape(key) + rb" (\d+) 0 R", text)
    if match is None:
        raise ValueError(f"Not a PDF that Rentbook made: {key.decode()} is missing.")
    return int(match[1])


class _File:
    """A file being written: objects are numbered before they are added, in any order, and each is let go once added."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._digest = hashlib.sha256()
        self._starts: dict[int, int] = {}
        self._last = _TREE
        self._write(b"%PDF-1.4\n%\x93\x8c\x8b\x9e\n")

    def new_number(self) -> int:
        """A number for an object to come, after those that every file has."""
        self._last += 1
        return self._last

    def add(self, number: int, body: bytes) -> None:
        """Write an object."""
        self._starts[number] = self._out.tell()
        self._write(b"%d 0 obj%sendobj\n" % (number, body))

    def finish(self) -> bytes:
        """Write the table of objects; the whole file."""
        at, digest = self._out.tell(), self._digest.hexdigest()[:32].encode()
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % (self._last + 1))
        self._write(b"".join(b"%010d 00000 n \n" % self._starts[number] for number in range(1, self._last + 1)))
        self._write(
            b"trailer\n<< /ID [<%s><%s>] /Info %d 0 R /Root %d 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (digest, digest, _INFO, _CATALOG, self._last + 1, at)
        )
        return self._out.getvalue()

    def _write(self, piece: bytes) -> None:
        self._digest.update(piece)
        self._out.write(piece)


def _assemble(chosen: Iterable[tuple[Parsed, Sequence[int]]], title: str = "") -> bytes:
    """Write a file of the chosen pages: catalog, info, the objects of each part, and a page tree of two levels."""
    out = _File()
    out.add(_CATALOG, _CATALOG_BODY)
    tree: list[tuple[int, list[int]]] = []
    for part, (file, pages) in enumerate(chosen):
        if not part:
            out.add(_INFO, _titled(file.body(file.info), title))
        name = b"/%s\\2" % _subset_tag(part)
        numbers = {old: out.new_number() for old in _needed(file, pages)}
        for old, new in numbers.items():
            if old not in file.leaves:
                out.add(new, _SUBSET.sub(name, _renumbered(file.body(old), numbers)))
                continue
            if not tree or len(tree[-1][1]) == _PAGES_PER_NODE:
                tree.append((out.new_number(), []))
            node, kids = tree[-1]
            body = _renumbered(_PARENT.sub(b"/Parent ~", file.body(old)), numbers)
            out.add(new, body.replace(b"~", b"%d 0 R" % node, 1))
            kids.append(new)
    for node, kids in tree:
        out.add(node, _node(kids, len(kids), _TREE))
    out.add(_TREE, _node([node for node, _ in tree], sum(len(kids) for _, kids in tree), None))
    return out.finish()


def _subset_tag(part: int) -> bytes:
    """Three letters that set the fonts of one part apart from those of another: printers know a subset by its name."""
    return bytes(ord("A") + part // power % 26 for power in (676, 26, 1))


def _titled(info: bytes, title: str) -> bytes:
    if not title:
        return info
    return _TITLE.sub(b"/Title <%s>" % title.encode("utf-16").hex().upper().encode(), info, count=1)


def _node(kids: Sequence[int], count: int, parent: int | None) -> bytes:
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    above = b"" if parent is None else b" /Parent %d 0 R" % parent
    return b"\n<< /Count %d /Kids [ %s ]%s /Type /Pages >>\n" % (count, listed, above)


def _needed(file: Parsed, pages: Sequence[int]) -> list[int]:
    """The objects that the pages use, themselves included, in the order of the file."""
    seen: set[int] = set()
    waiting = list(pages)
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        body = _PARENT.sub(b"", _dictionary(file.body(number)))
        waiting.extend(int(match[1]) for match in _REFERENCE.finditer(body))
    order = {page: at for at, page in enumerate(pages)}
    return sorted(seen, key=lambda number: (number in order, order.get(number, number)))


def _dictionary(body: bytes) -> bytes:
    at = body.find(b"stream\n")
    return body if at < 0 else body[:at]


def _renumbered(body: bytes, numbers: dict[int, int]) -> bytes:
    head = _dictionary(body)
    return _REFERENCE.sub(lambda match: b"%d 0 R" % numbers[int(match[1])], head) + body[len(head) :]
