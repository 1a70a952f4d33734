"""Files as officers attach them, good and bad, made here from bytes."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.factories import lettings
from tests.prepared import prepared


@prepared
def account(desk):
    return desk.do(lambda ctx: lettings.letting(ctx).account.id)


def pdf(words="A letter"):
    made = io.BytesIO()
    canvas = Canvas(made, invariant=True)
    canvas.drawString(72, 720, words)
    canvas.save()
    return made.getvalue()


def picture(kind="PNG", size=(40, 30), colour="teal"):
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def word(text="Dear tenant", more=()):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
        for name, content in more:
            archive.writestr(name, content)
    return made.getvalue()


def bomb(side=40_000):
    """A PNG of some kilobytes that says it is 1,600 megapixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
