"""Files as Outlook saves messages, made from nothing: a compound file (MS-CFB) with the properties of MS-OXMSG."""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass, field
from datetime import datetime

_SECTOR, _MINI = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_CUTOFF = 4096
TEXT, BINARY, TIME, LONG = 0x001F, 0x0102, 0x0040, 0x0003


@dataclass
class Folder:
    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    media_type: str = "application/pdf"


def outlook_file(
    *,
    subject: str = "",
    text: str = "",
    html: bytes = b"",
    sender: str = "",
    address: str = "",
    message_id: str = "",
    answers: str = "",
    sent: datetime | None = None,
    files: tuple[File, ...] = (),
    inner: tuple[Folder, ...] = (),
) -> bytes:
    return compound(
        message(subject, text, html, sender, address, message_id, answers, sent, files, inner, at_root=True)
    )


def message(
    subject="",
    text="",
    html=b"",
    sender="",
    address="",
    message_id="",
    answers="",
    sent=None,
    files=(),
    inner=(),
    at_root=False,
) -> Folder:
    made = Folder()
    values = [(0x0037, TEXT, subject), (0x1000, TEXT, text), (0x1013, BINARY, html), (0x0C1A, TEXT, sender)]
    values += [(0x5D01, TEXT, address), (0x0C1F, TEXT, address), (0x1035, TEXT, message_id), (0x1042, TEXT, answers)]
    values += [(0x0039, TIME, sent), (0x3FDE, LONG, 65001)]
    head = bytes(8) + struct.pack("<4I", 0, len(files) + len(inner), 0, len(files) + len(inner)) + bytes(8 * at_root)
    _properties(made, head, values)
    for place, each in enumerate(files):
        attached = made.folders[f"__attach_version1.0_#{place:08X}"] = Folder()
        _properties(attached, bytes(8), [(0x3707, TEXT, each.name), (0x370E, TEXT, each.media_type), (0x3701, BINARY, each.content), (0x3705, LONG, 1)])  # fmt: skip
    for place, each in enumerate(inner, start=len(files)):
        attached = made.folders[f"__attach_version1.0_#{place:08X}"] = Folder(folders={"__substg1.0_3701000D": each})
        _properties(attached, bytes(8), [(0x3001, TEXT, "inner"), (0x3705, LONG, 5)])
    return made


def _properties(folder: Folder, head: bytes, values) -> None:
    rows = b""
    for pid, kind, value in values:
        if not value:
            continue
        if kind == TIME:
            ticks = int((value.timestamp() + 11_644_473_600) * 10_000_000)
            rows += struct.pack("<HHIQ", kind, pid, 6, ticks)
            continue
        if kind == LONG:
            rows += struct.pack("<HHIII", kind, pid, 6, value, 0)
            continue
        raw = value.encode("utf-16-le") if kind == TEXT else value
        folder.streams[f"__substg1.0_{pid:04X}{kind:04X}"] = raw
        rows += struct.pack("<HHIII", kind, pid, 6, len(raw), 0)
    folder.streams["__properties_version1.0"] = head + rows


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.entries: list[list] = []

    def chain(self, content: bytes) -> int:
        if not content:
            return _END
        first, count = len(self.sectors), -(-len(content) // _SECTOR)
        for place in range(count):
            self.sectors.append(content[place * _SECTOR : (place + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            self.fat.append(first + place + 1 if place + 1 < count else _END)
        return first

    def small(self, content: bytes) -> int:
        if not content:
            return _END
        first, count = len(self.mini_fat), -(-len(content) // _MINI)
        self.mini += content.ljust(count * _MINI, b"\0")
        self.mini_fat += [*range(first + 1, first + count), _END]
        return first

    def add(self, name: str, kind: int, folder: Folder | None, content: bytes = b"") -> int:
        place = len(self.entries)
        self.entries.append([name, kind, _FREE, _FREE, _FREE, _END, len(content)])
        if kind == 2:
            self.entries[place][5] = self.small(content) if len(content) < _CUTOFF else self.chain(content)
            return place
        kids = [self.add(each, 2, None, raw) for each, raw in folder.streams.items()]
        kids += [self.add(each, 1, inner) for each, inner in folder.folders.items()]
        kids.sort(key=lambda kid: (len(self.entries[kid][0]), self.entries[kid][0].upper()))
        for before, after in itertools.pairwise(kids):
            self.entries[before][3] = after
        self.entries[place][4] = kids[0] if kids else _FREE
        return place


def compound(root: Folder) -> bytes:
    out = _Writer()
    out.add("Root Entry", 5, root)
    out.entries[0][5], out.entries[0][6] = out.chain(out.mini), len(out.mini)
    mini_fat = out.chain(_numbers(out.mini_fat))
    directory = out.chain(b"".join(map(_entry, out.entries)))
    count = 1
    while count * (_SECTOR // 4) < len(out.sectors) + count:
        count += 1
    first = len(out.sectors)
    fat = _numbers([*out.fat, *[_FAT] * count])
    fat = fat.ljust(count * _SECTOR, b"\xff")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, count, directory, 0, _CUTOFF, mini_fat, -(-len(out.mini_fat) // 128), _END, 0, first)[:36]  # fmt: skip
    places = [first + each for each in range(count)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - count))
    return header.ljust(_SECTOR, b"\0") + b"".join(out.sectors) + fat


def _numbers(numbers: list[int]) -> bytes:
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    return packed.ljust(-(-len(packed) // _SECTOR) * _SECTOR, b"\xff") if packed else b""


def _entry(entry: list) -> bytes:
    name, kind, left, right, child, start, size = entry
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", left, right, child) + bytes(36) + struct.pack("<IQ", start, size)
