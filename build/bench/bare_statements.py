"""The reference of the statement row: a plain reportlab canvas that draws what our pen drew, page by page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.services.exports import pen
from app.services.exports.fonts import FACES, face
from app.services.exports.statement import pdf

Pages = list[list[tuple[Any, ...]]]
_HEIGHT = A4[1]


@contextmanager
def recording() -> Iterator[Pages]:
    """Pages drawn meanwhile, as what is to be drawn on each."""
    pages: Pages = []

    class Recorder(pen.Pen):
        """A pen that also notes what it draws."""

        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            self._noted: list[tuple[Any, ...]] = []

        def text(self, x: float, y: float, text: str) -> None:
            self._noted.append(("text", x, y, text, self._face, self._size, self._fill))
            super().text(x, y, text)

        def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
            self._noted.append(("box", x, y, wide, high, colour))
            super().box(x, y, wide, high, colour)

        def end_page(self) -> None:
            pages.append(self._noted)
            self._noted = []
            super().end_page()

    plain = pdf.Pen
    pdf.Pen = Recorder  # type: ignore[misc]
    try:
        yield pages
    finally:
        pdf.Pen = plain  # type: ignore[misc]


def start() -> None:
    """Make a process ready to draw."""
    for name in FACES:
        face(name)


def draw(pages: Pages) -> bytes:
    """The pages as one file, by the canvas's own methods."""
    out = io.BytesIO()
    canvas = Canvas(out, A4, pageCompression=1)
    for page in pages:
        for kind, *what in page:
            if kind == "text":
                x, y, text, name, size, fill = what
                canvas.setFillColorRGB(*_colour(fill))
                canvas.setFont(name, size)
                canvas.drawString(x, _HEIGHT - y, text)
            else:
                x, y, wide, high, colour = what
                canvas.setFillColorRGB(*_colour(colour))
                canvas.rect(x, _HEIGHT - y - high, wide, high, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _colour(operands: str) -> list[float]:
    return [float(part) for part in operands.split()] or [0.0, 0.0, 0.0]
