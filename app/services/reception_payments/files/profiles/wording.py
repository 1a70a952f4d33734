"""Columns and kinds of lines as officers write them, a line each, and back: no session, no clock.

Reference = RentAccount          by its heading
Reference = 2                    the second column
Reference = 2, 19                of fixed width: from the second character, 19 of them
Number of the payment = 38, 12, not a card
Cash = RCO                       the code of a kind of line
Note = -                         a kind that is passed over
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.services.core.errors import UserError
from app.services.reception_payments.files.layouts import ColumnAt, Field, Form
from app.services.reception_payments.files.profiles.rules import FIELDS

NOT_CARD: Final = "not a card"
_OVER: Final = "-"
_BY_TITLE: Final = {title.casefold(): field for field, title in FIELDS.items()}


def columns_text(columns: Iterable[ColumnAt], form: Form) -> str:
    """Columns as they are written."""
    return "\n".join(f"{FIELDS[each.field]} = {_place(each, form)}" for each in columns)


def columns_of(text: str, form: Form, *, headings: bool) -> tuple[ColumnAt, ...]:
    """The columns that were written.

    Raises:
        UserError: a line names no column, or doesn't say where it is.
    """
    return tuple(_column(name, said, form, headings=headings) for name, said in _pairs(text, "columns"))


def kinds_text(codes: Iterable[tuple[str, str]], passed_over: Iterable[str]) -> str:
    """Kinds of lines with their codes, then those that are passed over, as they are written."""
    return "\n".join([*(f"{word} = {code}" for word, code in codes), *(f"{word} = {_OVER}" for word in passed_over)])


def kinds_of(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The kinds with their codes, and those that are passed over.

    Raises:
        UserError: a line has no code.
    """
    pairs = list(_pairs(text, "codes"))
    codes = tuple((word, code.upper()) for word, code in pairs if code != _OVER)
    return codes, tuple(word for word, code in pairs if code == _OVER)


def place_text(at: int, length: int, form: Form) -> str:
    """Where a number stands in the trailer, as it is written; empty where it has none."""
    if not at:
        return ""
    return f"{at}, {length}" if form is Form.FIXED else f"{at}"


def place_of(text: str, form: Form, field: str) -> tuple[int, int]:
    """Where a number stands in the trailer; 0 where nothing is written.

    Raises:
        UserError: it isn't one number, or two of a fixed file.
    """
    if not text.strip():
        return 0, 0
    numbers = _numbers(text, field)
    if len(numbers) != (2 if form is Form.FIXED else 1):
        raise UserError(_where(form), "Such as 2, 6 or 3.", field)
    return numbers[0], numbers[1] if form is Form.FIXED else 0


def _place(each: ColumnAt, form: Form) -> str:
    at = f"{each.place}, {each.length}" if form is Form.FIXED else f"{each.place}"
    said = at if each.place else each.heading
    return f"{said}, {NOT_CARD}" if each.not_card else said


def _column(name: str, said: str, form: Form, *, headings: bool) -> ColumnAt:
    field = _BY_TITLE.get(name.casefold())
    if field is None:
        raise UserError(f"There is no column '{name}'.", f"There are: {', '.join(FIELDS.values())}.", "columns")
    body, not_card = _without_mark(said)
    if form is Form.FIXED:
        numbers = _numbers(body, "columns")
        if len(numbers) != 2:
            raise UserError(f"{name}: {_where(form)}", "Such as 2, 19.", "columns")
        return ColumnAt(field, numbers[0], numbers[1], not_card=not_card)
    if body.isascii() and body.isdigit():
        return ColumnAt(field, int(body), not_card=not_card)
    if not headings:
        raise UserError(f"{name}: say the number of the column, counted from 1.", field="columns")
    return ColumnAt(field, heading=body, not_card=not_card)


def _without_mark(said: str) -> tuple[str, bool]:
    head, comma, last = said.rpartition(",")
    marked = bool(comma) and last.strip().casefold() == NOT_CARD
    return (head.strip(), True) if marked else (said, False)


def _pairs(text: str, field: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if not line.strip():
            continue
        name, equals, said = (part.strip() for part in line.partition("="))
        if not equals or not name or not said:
            raise UserError(f"'{line.strip()}' says nothing behind =.", "Write it like the lines above.", field)
        yield name, said


def _numbers(text: str, field: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise UserError(f"'{text}' is no place in a line.", "Such as 2, 19.", field)
    return [int(part) for part in parts]


def _where(form: Form) -> str:
    if form is Form.FIXED:
        return "say the first character and how many there are."
    return "say which column it is, counted from 1."


def field_titles() -> str:
    """What columns there are, for whoever writes them."""
    return ", ".join(FIELDS[each] for each in Field)
