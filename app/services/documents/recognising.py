"""What a file is, by its content; its name is believed in nothing."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from app.services.core.errors import UserError


class Shape(StrEnum):
    """What can be done with a document: shown in the window as pages, a picture or text, or only kept."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    OFFICE = "office"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a content is: its media type, its shape, and its name in a sentence ("a PNG picture")."""

    media_type: str
    shape: Shape
    said: str


_PICTURES: Final = (
    (b"\x89PNG\r\n\x1a\n", Recognised("image/png", Shape.PICTURE, "a PNG picture")),
    (b"\xff\xd8\xff", Recognised("image/jpeg", Shape.PICTURE, "a JPEG picture")),
    (b"GIF87a", Recognised("image/gif", Shape.PICTURE, "a GIF picture")),
    (b"GIF89a", Recognised("image/gif", Shape.PICTURE, "a GIF picture")),
    (b"II*\x00", Recognised("image/tiff", Shape.PICTURE, "a TIFF picture")),
    (b"MM\x00*", Recognised("image/tiff", Shape.PICTURE, "a TIFF picture")),
)
_BMP: Final = Recognised("image/bmp", Shape.PICTURE, "a BMP picture")
_WEBP: Final = Recognised("image/webp", Shape.PICTURE, "a WebP picture")
_PDF: Final = Recognised("application/pdf", Shape.PDF, "a PDF")
_TEXT: Final = Recognised("text/plain", Shape.TEXT, "text")
_CSV: Final = Recognised("text/csv", Shape.TEXT, "text")
_WEB: Final = Recognised("text/html", Shape.TEXT, "a web page")
_EMAIL: Final = Recognised("message/rfc822", Shape.MAIL, "a saved e-mail")
_OUTLOOK: Final = Recognised("application/vnd.ms-outlook", Shape.MAIL, "a saved e-mail")
_RTF: Final = Recognised("application/rtf", Shape.OFFICE, "a rich text document")
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OFFICE_PARTS: Final = (
    ("word/", Recognised(f"{_OPEN_XML}wordprocessingml.document", Shape.OFFICE, "a Word document")),
    ("xl/", Recognised(f"{_OPEN_XML}spreadsheetml.sheet", Shape.OFFICE, "an Excel workbook")),
    ("ppt/", Recognised(f"{_OPEN_XML}presentationml.presentation", Shape.OFFICE, "a PowerPoint file")),
)
_OLE_PARTS: Final = (
    ("__nameid_version1.0", _OUTLOOK),
    ("WordDocument", Recognised("application/msword", Shape.OFFICE, "a Word document")),
    ("Workbook", Recognised("application/vnd.ms-excel", Shape.OFFICE, "an Excel workbook")),
    ("EncryptedPackage", Recognised("application/x-ole-storage", Shape.OFFICE, "an office file with a password")),
)
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_MAIL_HEAD: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3}")
_WEB_HEAD: Final = re.compile(r"\s*<(?:!doctype html|html)", re.IGNORECASE)
_RUNNABLE: Final = frozenset(
    "app bat cmd com cpl exe hta jar js jse lnk msi pif ps1 reg scr sh url vbe vbs wsf wsh".split()
)
_CLAIMS: Final = (
    (Shape.PDF, "a PDF", {"pdf"}),
    (Shape.PICTURE, "a picture", {"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp"}),
    (Shape.TEXT, "a text file", {"txt", "csv", "log", "md"}),
    (Shape.OFFICE, "an office file", {"docx", "xlsx", "pptx", "doc", "xls", "ppt", "rtf", "docm", "xlsm"}),
    (Shape.MAIL, "a saved e-mail", {"eml", "msg"}),
)
_LONGEST_NAME: Final = 200


def safe_name(file_name: str) -> str:
    """A file's name without its folders and without letters that hide its ending (such as right-to-left marks)."""
    bare = PurePosixPath(file_name.replace("\\", "/")).name
    shown = "".join(each for each in bare if unicodedata.category(each) not in {"Cc", "Cf", "Co", "Cs"}).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > _LONGEST_NAME and dot:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return shown[:_LONGEST_NAME] or "document"


def recognise(name: str, content: bytes) -> Recognised:
    """What a content is, where that is something to keep and its name doesn't claim otherwise.

    Raises:
        UserError: it is empty, a program, an archive or nothing known, or its name says it is something else.
    """
    if not content:
        raise UserError(f"{name} is empty: the file has no content.", "Save or scan it again, then attach that.")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if content.startswith(_PROGRAMS) or ending in _RUNNABLE:
        raise UserError(f"{name} is a program, whatever its name says; programs are not kept.", _ASK_SENDER)
    found = _by_beginning(content) or _by_parts(name, content) or _as_text(ending, content)
    if found is None:
        raise UserError(
            f"{name} is not a PDF, a picture, text or an office file, so it can't be kept.",
            "Print it to PDF or save it as one of these, then attach that.",
        )
    _refuse_claim(name, ending, found)
    return found


_ASK_SENDER: Final = "If you don't know what it is, don't open it, and tell your IT service desk."


def shape_of(media_type: str) -> str:
    """How a kept document of this media type is shown; nothing if it can only be saved."""
    if media_type == "application/pdf":
        return Shape.PDF.value
    if media_type.startswith("image/"):
        return Shape.PICTURE.value
    return Shape.TEXT.value if media_type.startswith(("text/", "message/")) else ""


_ENDINGS: Final = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/bmp": ("bmp",),
    "image/tiff": ("tif", "tiff"),
    "image/webp": ("webp",),
    "text/plain": ("txt",),
    f"{_OPEN_XML}wordprocessingml.document": ("docx",),
    f"{_OPEN_XML}spreadsheetml.sheet": ("xlsx",),
    f"{_OPEN_XML}presentationml.presentation": ("pptx",),
}
OUTSIDE: Final = frozenset(_ENDINGS)
"""The media types that may be handed to the computer's own program: none of them runs anything by being opened."""


def named_for(file_name: str, media_type: str) -> str:
    """A file's name with an ending of its true kind, so that the computer opens it as what it is."""
    endings = _ENDINGS.get(media_type, ("bin",))
    name = safe_name(file_name)
    return name if name.rpartition(".")[2].lower() in endings else f"{name}.{endings[0]}"


def text_of(content: bytes) -> str | None:
    """The content as text, if that is what it is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None


_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _by_beginning(content: bytes) -> Recognised | None:
    for head, found in _PICTURES:
        if content.startswith(head):
            return found
    if content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00":
        return _BMP
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _WEBP
    if b"%PDF-" in content[:1024]:
        return _PDF
    return _RTF if content.startswith(b"{\\rtf") else None


def _by_parts(name: str, content: bytes) -> Recognised | None:
    """Office files, which are archives of parts; other archives are refused."""
    if content[4:8] == b"ftyp":
        raise UserError(
            f"{name} is a film or a picture of a kind that can't be shown (HEIC).", "Save the picture as JPEG first."
        )
    if content.startswith(_OLE):
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise _macros(name)
        return next((found for part, found in _OLE_PARTS if part.encode("utf-16-le") in content), None)
    if not content.startswith(_ARCHIVES):
        return None
    parts = _names_in(content)
    if any(part.endswith("vbaProject.bin") for part in parts):
        raise _macros(name)
    for folder, found in _OFFICE_PARTS:
        if "[Content_Types].xml" in parts and any(part.startswith(folder) for part in parts):
            return found
    raise UserError(f"{name} is an archive of files, which is not kept.", "Unpack it and attach the files in it.")


def _names_in(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


def _macros(name: str) -> UserError:
    return UserError(f"{name} holds macros, which are programs; it is not kept.", _ASK_SENDER)


def _as_text(ending: str, content: bytes) -> Recognised | None:
    text = text_of(content)
    if text is None:
        return None
    if ending == "eml" and _MAIL_HEAD.match(text):
        return _EMAIL
    if _WEB_HEAD.match(text):
        return _WEB
    return _CSV if ending == "csv" else _TEXT


def _refuse_claim(name: str, ending: str, found: Recognised) -> None:
    for shape, said, endings in _CLAIMS:
        if ending in endings and shape is not found.shape:
            raise UserError(
                f"{name} is not {said}, whatever its name says: what is in it is {found.said}.",
                "Open it where it came from and save it anew, then attach that.",
            )
