"""Looks at a workbook file before anything opens it: what it really is, and how large it would become."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final, NoReturn

from app.services.core import open_files
from app.services.core.errors import UserError

FILE_LIMIT: Final = 256 * 1024**2
"""Bytes of a file that comes in."""
UNPACKED_LIMIT: Final = 2 * 1024**3
"""Bytes that a workbook may unpack to, all its parts together."""
RATIO_LIMIT: Final = 200
"""How many times its size a part may unpack to, once it is larger than RATIO_FROM; real sheets reach some 30."""
RATIO_FROM: Final = 16 * 1024**2
_PARTS_LIMIT: Final = 5_000
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_AS_XLSX: Final = "Open it in Excel and use 'Save as', 'Excel workbook (.xlsx)', then load that."


def examine(path: Path) -> None:
    """Refuse what is not a workbook that is safe to open.

    Raises:
        UserError: not an .xlsx file, protected by a password, damaged, or unpacking to more than is reasonable.
    """
    _check_beginning(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged(path) from error


def empty(path: Path) -> UserError:
    """The sentence for a file of no bytes."""
    return UserError(f"{path.name} is empty: the file has no content.", "Save or download it again.")


def damaged(path: Path) -> UserError:
    """The sentence for a workbook that begins well and can't be read to its end."""
    return UserError(
        f"{path.name} is damaged: it begins like a workbook but can't be read to its end.",
        "Copy or download it again; if Excel opens it, save it again from there.",
    )


def too_large(path: Path, size: int) -> UserError:
    """The sentence for a file that is larger than anything a landlord sends."""
    return UserError(
        f"{path.name} is too large: {size / 1024**2:,.0f} MB, and at most {FILE_LIMIT // 1024**2} MB are read.",
        "Load it in parts, such as a sheet at a time.",
    )


def _check_beginning(path: Path) -> None:
    open_files.refuse(path)
    size = path.stat().st_size
    if not size:
        raise empty(path)
    if size > FILE_LIMIT:
        raise too_large(path, size)
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(_OLE):
        _refuse_ole(path)
    if not head.startswith(b"PK"):
        _refuse_other(path, head)


def _refuse_ole(path: Path) -> NoReturn:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise UserError(
            f"{path.name} is protected by a password, so it can't be read.",
            "Open it in Excel, take the password off (File, Info, Protect workbook), save it, and load that.",
        )
    raise UserError(f"{path.name} is in the old Excel format (.xls), which is not read.", _AS_XLSX)


def _refuse_other(path: Path, head: bytes) -> NoReturn:
    if re.search(rb"<(?:html|table|!doctype html)", head, re.IGNORECASE):
        raise UserError(f"{path.name} is a web page saved under a workbook's name.", _AS_XLSX)
    raise UserError(
        f"{path.name} is not an Excel workbook, whatever its name says.",
        "Load an .xlsx workbook, a .csv file or a folder of .csv files.",
    )


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = set(archive.namelist())
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UserError(f"{path.name} is not an Excel workbook, whatever its name says.", _AS_XLSX)
    if "xl/workbook.bin" in names:
        raise UserError(f"{path.name} is a binary workbook (.xlsb), which is not read.", _AS_XLSX)
    unpacked = sum(part.file_size for part in parts)
    worst = max((p.file_size / max(p.compress_size, 1) for p in parts if p.file_size > RATIO_FROM), default=0)
    if unpacked > UNPACKED_LIMIT or worst > RATIO_LIMIT or len(parts) > _PARTS_LIMIT:
        raise UserError(
            f"{path.name} would unpack to {unpacked / 1024**2:,.0f} MB from {path.stat().st_size / 1024**2:,.1f} MB, "
            "which no rent roll does; it was not opened.",
            "If it is genuine, delete empty formatted rows and pictures and save it again, or load .csv files.",
        )
    if "xl/workbook.xml" in names and b"purl.oclc.org" in archive.read("xl/workbook.xml")[:2000]:
        raise UserError(f"{path.name} is a 'Strict Open XML' workbook, which is not read.", _AS_XLSX)
