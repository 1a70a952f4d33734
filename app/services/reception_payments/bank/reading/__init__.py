"""A file of the bank, read in whichever format it comes: MT940, BAI2, camt.053, or a table with headings (.csv, .xlsx)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.services.core import open_files
from app.services.core.errors import UserError
from app.services.imports import archive
from app.services.reception_payments.bank.dto import AccountStatement, StatementFile, StatementFormat
from app.services.reception_payments.bank.reading import joining

_HEAD: Final = 4096
_ANOTHER: Final = "Ask the bank for the statement as MT940, BAI2, camt.053 or .csv."


def read(path: Path) -> StatementFile:
    """Read a file of the bank whole: its accounts, each with its pages joined, and what doesn't add up in it.

    Raises:
        UserError: there is no such file, it is empty or too large, in no format that is known, spoilt, or in another currency.
    """
    content = _content(path)
    kind = format_of(content)
    if kind is StatementFormat.CSV:
        from app.services.reception_payments.bank.reading import tabled

        statements = tabled.read(path)
    else:
        statements = _read(kind, content, path.name)
    joined = joining.join(statements)
    if not joined:
        raise UserError(f"{path.name} holds no statement.", _ANOTHER, "path")
    return StatementFile(kind, joined, tuple(joining.faults(joined)))


def format_of(content: bytes) -> StatementFormat:
    """The format that a file begins like; a table where it is like no other."""
    text = content[:_HEAD].decode("latin-1").lstrip("\ufeffï»¿ \t\r\n")
    if text.startswith("<") and "camt.053" in text:
        return StatementFormat.CAMT053
    if text.startswith("01,"):
        return StatementFormat.BAI2
    tags = (f"\n{text}").replace("\r", "\n")
    if "\n:20:" in tags and ("\n:60" in tags or "\n:25" in tags):
        return StatementFormat.MT940
    return StatementFormat.CSV


def _read(kind: StatementFormat, content: bytes, name: str) -> list[AccountStatement]:
    if kind is StatementFormat.MT940:
        from app.services.reception_payments.bank.reading import mt940

        return mt940.read(content, name)
    if kind is StatementFormat.BAI2:
        from app.services.reception_payments.bank.reading import bai2

        return bai2.read(content, name)
    from app.services.reception_payments.bank.reading import camt053

    return camt053.read(content, name)


def _content(path: Path) -> bytes:
    open_files.refuse(path)
    try:
        size = path.stat().st_size
        if size > archive.FILE_LIMIT:
            raise archive.too_large(path, size)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"There is no file {path}.", "Check the name and the folder.", "path") from error
    except OSError as error:
        raise UserError(f"{path.name} may not be read.", "Close whatever has it open.", "path") from error
    if not content.strip():
        raise archive.empty(path)
    return content
