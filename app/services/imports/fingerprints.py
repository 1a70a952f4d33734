"""Fingerprints of files and of their lines, by which the same file, or the same line, is recognised when it comes again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.services.core import open_files

_BLOCK: Final = 1 << 20
_PART: Final = "\x1f"


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, or of a folder of .csv files (their names and contents, in name order), as hex."""
    digest = hashlib.sha256()
    if path.is_dir():
        for file in sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv"):
            digest.update(f"{file.name}\0{file_sha256(file)}\n".encode())
        return digest.hexdigest()
    open_files.refuse(path)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def line_fingerprints(kind: str, columns: Iterable[Iterable[Any]]) -> Iterator[str]:
    """One fingerprint a line (32 hex digits), made of its values as we read them.

    The same line is recognised from a .csv or a workbook, with other formats, whatever order its columns had, and when
    a later version knows more columns that are blank here.
    """
    start = hashlib.blake2b(f"{kind}{_PART}".encode(), digest_size=16)
    for values in zip(*(_texts(column) for column in columns), strict=True):
        digest = start.copy()
        digest.update(_PART.join(values).rstrip(_PART).encode())
        yield digest.hexdigest()


def occurrences(fingerprints: Iterable[str]) -> Iterator[int]:
    """Which time each fingerprint comes in its file: 1, 2, 3... Two equal payments on one day are two payments."""
    seen: Counter[str] = Counter()
    for fingerprint in fingerprints:
        seen[fingerprint] += 1
        yield seen[fingerprint]


def _texts(column: Iterable[Any]) -> list[str]:
    return [value if type(value) is str else _text(value) for value in column]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ";".join(value)
    return str(value)
