"""Text files of values (.csv), whatever program and country wrote them."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.services.core import open_files
from app.services.core.errors import UserError
from app.services.imports import archive

_DELIMITERS: Final = ",;\t|"
_BLOCK: Final = 1 << 20
_SAMPLE_LINES: Final = 20


class TextFiles:
    """A folder of .csv files, or one of them, as sheets of rows: a sheet is named after its file.

    Args:
        path: the folder, or the file.
        delimiter: what parts the values; empty: it is found by itself.
        encoding: how the text is encoded; empty: it is found by itself.

    Raises:
        UserError: on opening or reading, where there is no such file, or its text can't be made out.
    """

    def __init__(self, path: Path, delimiter: str = "", encoding: str = "") -> None:
        self.path = path
        self._delimiter, self._encoding = delimiter, encoding
        files = [path] if path.is_file() else sorted(f for f in path.iterdir() if f.suffix.lower() == ".csv")
        if not files:
            raise UserError(
                f"The folder {path.name} holds no .csv files.",
                "Choose the folder with properties.csv, people.csv, tenancies.csv and so on.",
            )
        self.files = tuple(files)
        self.note = ""
        self._files = {file.stem: file for file in files}
        self.sheets: tuple[str, ...] = tuple(self._files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Files are closed as their rows end."""

    def rows(self, sheet: str) -> Iterator[tuple[int, Sequence[Any]]]:
        """The rows that aren't blank, each with its number as Excel would count when it opens the file."""
        path = self._files[sheet]
        with opened(path, self._encoding) as stream:
            first, delimiter = (0, self._delimiter) if self._delimiter else delimiter_of(stream)
            number = first
            try:
                for row in csv.reader(stream, delimiter=delimiter):
                    number += 1
                    if any(row):
                        yield number, [cell or None for cell in row]
            except csv.Error as error:
                raise UserError(
                    f"{path.name} can't be read past row {number}: {_reason(error)}",
                    "Look at that row in a text editor: a quotation mark is probably not closed.",
                ) from error


def opened(path: Path, encoding: str = "") -> io.TextIOWrapper:
    """A text file, opened for reading with its line ends as they are; an encoding that is asked for must fit all of it.

    Raises:
        UserError: as `encoding_of`, or the file isn't in that encoding.
    """
    found = encoding_of(path)
    if encoding and found != "utf-16":
        found = _decoded(path, encoding)
    return path.open(encoding=found, newline="")


def fixed_lines(path: Path, encoding: str = "") -> Iterator[tuple[int, str]]:
    """The lines of a text file that aren't blank, without their ends, each with its number.

    The mark at the end of files from older systems (Ctrl-Z) is no line.

    Raises:
        UserError: as `opened`.
    """
    with opened(path, encoding) as stream:
        for number, line in enumerate(stream, start=1):
            text = line.rstrip("\r\n\x1a")
            if text.strip():
                yield number, text


def encoding_of(path: Path) -> str:
    """How a text file is encoded: as its first bytes say, else UTF-8 if it is that, else the Windows code page.

    Raises:
        UserError: empty, too large, not text, or the database that is open here.
    """
    open_files.refuse(path)
    size = path.stat().st_size
    if not size:
        raise archive.empty(path)
    if size > archive.FILE_LIMIT * 4:
        raise archive.too_large(path, size)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(path, "utf-16")
    if head.count(0) * 3 > len(head):
        return _decoded(path, "utf-16-be" if head[:1] == b"\0" else "utf-16-le")
    if 0 in head or head.startswith((b"PK\x03\x04", bytes.fromhex("D0CF11E0"))):
        raise UserError(
            f"{path.name} is not a text file, whatever its name says.",
            "If it is a workbook, give it its .xlsx name; otherwise export it as .csv again.",
        )
    try:
        return _decoded(path, "utf-8-sig")
    except UserError:
        return _decoded(path, "cp1252")


def _decoded(path: Path, encoding: str) -> str:
    """The encoding, once the whole file has been decoded by it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise UserError(
            f"{path.name} holds characters that can't be made out.",
            "Save it again as 'CSV UTF-8' from Excel.",
        ) from error
    return encoding


def delimiter_of(stream: io.TextIOBase) -> tuple[int, str]:
    """How many lines to step over (one, if it says `sep=`) and what parts the values; the stream stands after them."""
    start = stream.readline()
    if start.lower().startswith("sep=") and len(start.strip("\r\n")) == 5:
        return 1, start[4]
    lines = [start]
    while len(lines) < _SAMPLE_LINES and (line := stream.readline()):
        lines.append(line)
    stream.seek(0)
    return 0, max(_DELIMITERS, key=lambda delimiter: _evenness("".join(lines), delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows of the sample have the commonest width above one, and that width."""
    try:
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if len(row) > 1
        )
    except csv.Error:
        return 0, 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return rows, width


def _reason(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text or "field larger" in text:
        return "one of its cells is longer than 131,072 characters."
    if "NUL" in text:
        return "it holds a character that no text has (NUL)."
    return f"{text}."
