"""Values as the export writes them, so that each can be read back as what it was.

Text stands in quotation marks, always and unchanged; nothing at all is no value. So an empty text (`""`) and no value differ,
and no apostrophe is put before what a spreadsheet would run: the files are to be imported as text, and the manifest counts
such cells.
"""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from app.services.exports.dto import is_formula_like


def written(value: Any) -> str:
    """A value as it stands between two commas.

    Days are 2026-11-22, moments 2026-11-22T09:30:00.000000Z, yes and no 1 and 0, bytes Base64.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(value.value if isinstance(value, StrEnum) else value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return _quoted(str(value))


def line(values: list[Any]) -> str:
    """A line of the file, with its end."""
    return f"{','.join(map(written, values))}\r\n"


def formulas(values: list[Any]) -> int:
    """How many of them a spreadsheet that opens the file by a double click would run."""
    return sum(1 for each in values if isinstance(each, str) and is_formula_like(each))


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"'
