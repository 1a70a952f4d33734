"""Whether a file may be kept: its size, its kind, that it can be read to its end, and that no card number is in it."""

from __future__ import annotations

import io
import logging
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.dto import Limits
from app.services.documents.recognising import Recognised, Shape, recognise, text_of

_MB: Final = 1_000_000
_UNPACKED: Final = 400 * _MB
"""Bytes that an office file may unpack to, all its parts together."""
_FORMATS: Final = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_TAGS: Final = re.compile(r"<[^>]*>")
_WRITTEN_PARTS: Final = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml")
_MOST_WRITTEN: Final = 20 * _MB


def limits(ctx: Context) -> Limits:
    """The sizes and kinds that the office keeps, by its policy of today."""
    today = ctx.clock.today()
    kept = {Shape.PDF, Shape.PICTURE, Shape.TEXT}
    for key, shape in (("documents.office_files", Shape.OFFICE), ("documents.mail_files", Shape.MAIL)):
        if ctx.policy.number(key, today):
            kept.add(shape)
    return Limits(
        ctx.policy.number("documents.largest_mb", today) * _MB,
        ctx.policy.number("documents.largest_megapixels", today) * _MB,
        frozenset(shape.value for shape in kept),
    )


def check(ctx: Context, name: str, content: bytes, allowed: Limits) -> Recognised:
    """What a file is, if it may be kept.

    Raises:
        UserError: too large, of a kind that isn't kept, not what it claims to be, damaged, or holding a card number.
    """
    if len(content) > allowed.largest_bytes:
        raise too_large(name, len(content), allowed)
    found = recognise(name, content)
    if found.shape.value not in allowed.shapes:
        raise UserError(f"{name} is {found.said}, and this office keeps none.", "Print it to PDF, then attach that.")
    if found.shape is Shape.PICTURE:
        _check_picture(name, content, found, allowed)
    elif found.shape is Shape.PDF:
        _check_pdf(name, content)
    elif found.shape is Shape.OFFICE:
        _check_office(name, content)
    for text in _texts(content, found):
        _refuse_cards(ctx, name, text)
    return found


def too_large(name: str, size: int, allowed: Limits) -> UserError:
    """The sentence for a file over the limit."""
    return UserError(
        f"{name} is {size / _MB:,.0f} MB, and files of at most {allowed.largest_bytes // _MB} MB are kept.",
        "Scan it at a lower resolution, or attach it in parts.",
    )


def _check_picture(name: str, content: bytes, found: Recognised, allowed: Limits) -> None:
    """Ask for the size before anything is decoded, then decode it, so that what is kept can be shown."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                width, height = picture.size
                if width * height > allowed.largest_pixels:
                    raise _too_many_pixels(name, f"{width:,} x {height:,}", allowed)
                picture.draft("L", (max(1, width // 8), max(1, height // 8)))
                picture.load()
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name, "too many", allowed) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error, EOFError) as error:
        raise UserError(
            f"{name} is damaged: it begins like {found.said} but can't be read to its end.",
            "Save, scan or send it again, then attach that.",
        ) from error


def _too_many_pixels(name: str, size: str, allowed: Limits) -> UserError:
    most = allowed.largest_pixels // _MB
    return UserError(
        f"{name} has {size} pixels, and pictures of at most {most} megapixels are kept; it was not opened.",
        "Make it smaller, then attach that.",
    )


def _check_pdf(name: str, content: bytes) -> None:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    damaged = UserError(
        f"{name} is damaged: it begins like a PDF but can't be read to its end.",
        "Save, scan or download it again, then attach that.",
    )
    if b"%%EOF" not in content[-2048:]:
        raise damaged
    try:
        with _quiet("pypdf"):
            reader = PdfReader(io.BytesIO(content))
            pages = 1 if reader.is_encrypted else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise damaged from error
    if not pages:
        raise UserError(f"{name} has no pages.", "Save or scan it again, then attach that.")


@contextmanager
def _quiet(library: str) -> Iterator[None]:
    """A library that logs what it mends in a file says nothing meanwhile."""
    log = logging.getLogger(library)
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


def _check_office(name: str, content: bytes) -> None:
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            broken = archive.testzip() if unpacked <= _UNPACKED else None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UserError(f"{name} is damaged and can't be opened.", "Save it again, then attach that.") from error
    if unpacked > _UNPACKED:
        raise UserError(
            f"{name} would unpack to {unpacked / _MB:,.0f} MB, which no letter does; it was not opened.",
            "Print it to PDF, then attach that.",
        )
    if broken:
        raise UserError(f"{name} is damaged: its part {broken} can't be read.", "Save it again, then attach that.")


def _texts(content: bytes, found: Recognised) -> Iterator[str]:
    """What is written in a file, as far as it can be read here."""
    if found.media_type.startswith(("text/", "message/")):
        yield text_of(content) or ""
    elif found.shape is Shape.OFFICE and content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if _WRITTEN_PARTS.fullmatch(part.filename) and part.file_size <= _MOST_WRITTEN:
                    yield _TAGS.sub("", archive.read(part).decode("utf-8", "replace"))


def _refuse_cards(ctx: Context, name: str, text: str) -> None:
    try:
        refuse_card_number(ctx, text, "file", "file")
    except UserError as error:
        raise UserError(
            f"{name} holds {error.message.split('holds ', 1)[1]}",
            "Card numbers are never kept: take it out of the file, or black it out, then attach that.",
            "file",
        ) from error
