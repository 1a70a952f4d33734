"""What stands in the place of a document: a file of its kind that says so, and that no other document has."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from app.services.moving.anonymous.words import LEFT_OUT

_PDF: Final = "application/pdf"
_PNG: Final = "image/png"
_MAIL: Final = "message/rfc822"
_TEXT: Final = "text/plain"


def left_out(name: str, media_type: str) -> tuple[bytes, str]:
    """A file for a document that goes by this name in the copy, and its kind: PDFs, pictures, e-mails and texts stay such.

    Args:
        name: what tells it from every other one.
        media_type: of the document.
    """
    words = f"{LEFT_OUT}: document {name[:16]}."
    if media_type == _PDF:
        return _pdf(words), _PDF
    if media_type.startswith("image/"):
        return _png(words), _PNG
    if media_type == _MAIL:
        return f"Subject: {LEFT_OUT}\r\n\r\n{words}\r\n".encode(), _MAIL
    return f"{words}\n".encode(), media_type if media_type.startswith("text/") else _TEXT


def _pdf(words: str) -> bytes:
    """A PDF of one page of A4 with one line."""
    drawn = f"BT /F1 14 Tf 72 720 Td ({words}) Tj ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (len(parts) + 1, table, len(parts) + 1, len(made))


def _png(words: str) -> bytes:
    """A picture of one grey point, with the words as its title."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (
        chunk(b"IHDR", head),
        chunk(b"tEXt", b"Title\0" + words.encode()),
        chunk(b"IDAT", zlib.compress(b"\0\x80")),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")
