"""Statements as PDF: one, or many in one file with the pages of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from app.services.exports.fonts import FACES, face
from app.services.exports.pen import Pen
from app.services.exports.statement import large, standard
from app.services.exports.statement.dto import Sender, Statement, Variant

_DRAW: Final[dict[Variant, Callable[[Pen, Statement, Sender], int]]] = {
    Variant.STANDARD: standard.draw,
    Variant.LARGE_PRINT: large.draw,
}


def prepare() -> None:
    """Read the fonts, so that a process that only draws does it once, when it starts."""
    for name in FACES:
        face(name)


def statement_pdf(statement: Statement, sender: Sender, variant: Variant = Variant.STANDARD) -> bytes:
    """The statement as a PDF of its own; the same statement always gives the same bytes."""
    pen = Pen(statement.title, sender.name, "Account statement")
    _DRAW[variant](pen, statement, sender)
    return pen.finish()


def statements_pdf(
    statements: Sequence[Statement], sender: Sender, variant: Variant, title: str
) -> tuple[bytes, tuple[int, ...]]:
    """Many statements in one PDF, each starting a page, and the number of pages of each."""
    pen = Pen(title, sender.name, "Account statements")
    draw = _DRAW[variant]
    pages = tuple(draw(pen, statement, sender) for statement in statements)
    return pen.finish(), pages
