"""A quick pen for many alike pages: it writes the operators of a page straight on a reportlab canvas."""

from __future__ import annotations

import io
from typing import Any, Final

from app.services.exports.fonts import FACES, REGULAR, face, printable, width

MM: Final = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
_A4: Final = (PAGE_WIDTH, PAGE_HEIGHT)
LANGUAGE: Final = "en-GB"
_ESCAPES: Final = {
    **{code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))},
    **{ord(mark): f"\\{mark}" for mark in "()\\"},
}


def rgb(colour: str) -> str:
    """A colour such as `#1F5673` as PDF operands, ready for `rg` or `RG`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f}"


class Pen:
    """Draws text, rules and tints on A4 pages, or on paper of another size in points; `x` runs from the left edge, `y` down from the top, both in points.

    reportlab makes the document, embeds the fonts and compresses the pages; what it does slowly for each string
    (splitting it over font subsets, a text object, a font change) is done here once for each different string. The
    output holds no time and no random number: the same drawing is the same file, byte for byte.
    """

    def __init__(
        self, title: str, author: str, subject: str = "", *, landscape: bool = False, size: tuple[float, float] = _A4
    ) -> None:
        for name in FACES:
            face(name)
        self.width, self.height = (size[1], size[0]) if landscape else size
        self._out = io.BytesIO()
        self._canvas = _canvas(self._out, (self.width, self.height))
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setCreator("Rentbook")
        self._document = self._canvas._doc  # noqa: SLF001  reportlab's fonts keep their subsets by document
        self._code: list[str] = []
        self._shown: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._face, self._size = REGULAR, 9.0
        self._set: tuple[str, float] | None = None
        self._fill = ""
        self.pages = 0

    def getCode(self) -> str:  # noqa: N802  what reportlab's Canvas.drawText asks for
        """The operators of the page so far."""
        return "\n".join(self._code)

    def font(self, name: str, size: float) -> None:
        """Choose the font and size (points) of the text that follows."""
        self._face, self._size = name, size

    def fill(self, colour: str) -> None:
        """Choose the colour of the text and tints that follow, as operands from `rgb`."""
        if colour != self._fill:
            self._fill = colour
            self._code.append(f"{colour} rg")

    def text(self, x: float, y: float, text: str) -> None:
        """Write text with its baseline at `y`."""
        shown = self._shown.get((self._face, text))
        if shown is None:
            shown = self._show(text)
        runs = []
        for subset, operand in shown:
            if self._set != (subset, self._size):
                self._set = (subset, self._size)
                runs.append(f"{subset} {self._size:g} Tf ")
            runs.append(f"({operand}) Tj ")
        self._code.append(f"BT {x:.2f} {self.height - y:.2f} Td {''.join(runs)}ET")

    def right(self, x: float, y: float, text: str) -> None:
        """Write text that ends at `x`."""
        self.text(x - width(text, self._face, self._size), y, text)

    def rule(self, x: float, y: float, end: float, thick: float, colour: str) -> None:
        """Draw a level line from `x` to `end`."""
        self.box(x, y - thick / 2, end - x, thick, colour)

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """Fill an area whose top left is at `x`, `y`."""
        self.fill(colour)
        self._code.append(f"{x:.2f} {self.height - y - high:.2f} {wide:.2f} {high:.2f} re f")

    def end_page(self) -> None:
        """Finish the page."""
        self._canvas.drawText(self)
        self._canvas.showPage()
        self._code.clear()
        self._set, self._fill = None, ""
        self.pages += 1

    def finish(self) -> bytes:
        """The file."""
        self._canvas.save()
        return self._out.getvalue()

    def _show(self, text: str) -> tuple[tuple[str, str], ...]:
        """The text as (font resource, operand) for each font subset that it needs."""
        font = face(self._face)
        shown = tuple(
            (font.getSubsetInternalName(subset, self._document), run.decode("latin-1").translate(_ESCAPES))
            for subset, run in font.splitString(printable(text), self._document)
        )
        self._shown[self._face, text] = shown
        return shown


def _canvas(out: io.BytesIO, size: tuple[float, float]) -> Any:
    """An empty document (not typed: reportlab's stubs know neither a font's name nor the document inside)."""
    from reportlab.pdfgen.canvas import Canvas

    first_font: Any = REGULAR
    return Canvas(out, pagesize=size, pageCompression=1, invariant=1, lang=LANGUAGE, initialFontName=first_font)
