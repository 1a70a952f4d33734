"""A Standard 18 file read back: its records, its totals, and every fault with its line and position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.services.bacs.dto import ReadFile, ReadLine
from app.services.bacs.rules import CHARACTERS
from app.services.bacs.standard18 import labels, layout, records, sums
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

MOST_BYTES: Final = 64 * 1024 * 1024
_HEAD: Final = ("VOL1", "HDR1", "HDR2", "UHL1")
_TAIL: Final = ("EOF1", "EOF2", "UTL1")
_LABELS: Final = frozenset({*_HEAD, *_TAIL})
_WRONG: Final = re.compile(f"[^{re.escape(''.join(sorted(CHARACTERS)))}]")
_MARK: Final = b"\xef\xbb\xbf"


def read(content: bytes, sun: str = "") -> ReadFile:
    """All that a file holds and all that is wrong with it; it is never refused for a fault.

    Args:
        content: the bytes of the file, records ended by CR LF, LF or nothing.
        sun: the Service User Number that it should be of; any, if empty.

    Raises:
        UserError: it is far larger than any file of Bacs.
    """
    if len(content) > MOST_BYTES:
        raise UserError(f"The file has over {MOST_BYTES // 1024 // 1024} MB: this is no Bacs file.")
    faults = Faults()
    lines = _lines(content, faults)
    first, last, found = _find_labels(lines, faults)
    head = labels.check(found, faults, sun)
    width = layout.MULTI_DAY if head.many_days else layout.SINGLE_DAY
    data: list[ReadLine] = []
    for number in range(first, last):
        read_line = records.read(lines[number], number + 1, width, faults)
        if read_line is not None:
            data.append(read_line)
    days = [day for day in (head.processing_on, *(each.processing_on for each in data)) if day]
    if "HDR1" in found and days:
        labels.check_expiry(found["HDR1"], max(days), faults)
    totals = sums.count(data)
    sums.check_contras(data, faults)
    if "UTL1" in found:
        sums.check_trailer(found["UTL1"], totals, faults)
    return ReadFile(
        head.serial, head.sun, head.work_code, head.created_on, head.processing_on, tuple(data), totals, faults.sorted()
    )


def _lines(content: bytes, faults: Faults) -> list[str]:
    """The records, each looked through for characters that Bacs doesn't take."""
    if content.startswith(_MARK):
        faults.add(1, 1, "The file begins with a byte order mark, which a text editor wrote.")
        content = content.removeprefix(_MARK)
    text = content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a\x00")
    lines = text.split("\n")
    while lines and not lines[-1].strip(" \x1a\x00"):
        lines.pop()
    if not lines:
        faults.add(0, 0, "The file is empty.")
    if len(lines) == 1 and len(lines[0]) > layout.MULTI_DAY:
        lines = list(_parted(lines[0]))
    for number, line in enumerate(lines, 1):
        wrong = _WRONG.search(line)
        if wrong:
            faults.add(number, wrong.start() + 1, _told(wrong.group()))
    return lines


def _parted(text: str) -> Iterator[str]:
    """The records of a file without line ends, by the lengths that labels and data have; some channels take it so."""
    width, at = layout.SINGLE_DAY, 0
    while at < len(text):
        name = text[at : at + 4]
        length = layout.LABEL if name in _LABELS else width
        record = text[at : at + length]
        if name == "HDR2" and layout.HDR2.read(record)["record_length"] == f"{layout.MULTI_DAY:05}":
            width = layout.MULTI_DAY
        yield record
        at += length


def _told(character: str) -> str:
    if character.isascii() and character.islower():
        return f"The letter '{character}' is in lower case; Bacs takes capitals."
    return f"The character {character!r} is none that Bacs takes: A-Z, 0-9, space, . & / -"


def _find_labels(lines: list[str], faults: Faults) -> tuple[int, int, dict[str, tuple[int, str]]]:
    """Where the data begins and ends (by index), and the labels before and behind it by their names."""
    found: dict[str, tuple[int, str]] = {}
    first, last = 0, len(lines)
    for name in _HEAD:
        if first < last and lines[first][:4].upper() == name:
            found[name] = (first + 1, lines[first])
            first += 1
        elif lines:
            faults.add(first + 1, 1, f"The label {name} is missing before this line.")
    for name in reversed(_TAIL):
        if last > first and lines[last - 1][:4].upper() == name:
            found[name] = (last, lines[last - 1])
            last -= 1
        elif lines:
            faults.add(last, 1, f"The label {name} is missing behind this line.")
    return first, last, found
