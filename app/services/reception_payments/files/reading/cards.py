"""Lines of a file that hold what looks like a card number; the number itself goes nowhere."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from app.services.core.cards import card_numbers, holds_card_number
from app.services.reception_payments.files.layouts import Field, Form, Layout
from app.services.reception_payments.files.reading.records import Records

_BAR: Final = "¦"
_AT_ONCE: Final = 2_000
_REFERENCES: Final = (Field.REFERENCE, Field.SECOND)


def held(found: Records, layout: Layout, known: Callable[[set[str]], set[str]]) -> tuple[int, ...]:
    """The numbers of the lines that hold one.

    `known` tells which of some numbers are references of ours: those pass, in a column of references.
    """
    part = _parts(layout, found)
    rows = itertools.chain(found.others, found.lines, () if found.trailer is None else (found.trailer,))
    bad: set[int] = set()
    asked: dict[str, set[int]] = {}
    while chunk := list(itertools.islice(rows, _AT_ONCE)):
        if layout.form is not Form.FIXED and not holds_card_number(_BAR.join(_texts(chunk))):
            continue
        for number, row in chunk:
            for text, is_reference in part(row):
                for digits in card_numbers(text):
                    if is_reference:
                        asked.setdefault(digits, set()).add(number)
                    else:
                        bad.add(number)
    ours = known(set(asked)) if asked else set()
    return tuple(sorted(bad.union(*(lines for digits, lines in asked.items() if digits not in ours))))


def _texts(rows: Sequence[tuple[int, Sequence[Any]]]) -> Iterator[str]:
    """All that stands in some records of a delimited file."""
    for _, row in rows:
        try:
            yield _BAR.join(filter(None, row))
        except TypeError:
            yield _BAR.join(str(each) for each in row if isinstance(each, str | int))


def _parts(layout: Layout, found: Records) -> Callable[[Sequence[Any]], Iterator[tuple[str, bool]]]:
    """Takes a record apart into texts, each with whether it is a reference; columns that may look like cards are left out."""
    if layout.form is Form.FIXED:
        return _fixed(layout)
    free = {found.places[each] for each in layout.columns if each.not_card and each in found.places}
    references = {found.places[each] for each in layout.columns if each.field in _REFERENCES and each in found.places}

    def delimited(row: Sequence[Any]) -> Iterator[tuple[str, bool]]:
        for at, each in enumerate(row):
            if each is not None and at not in free and isinstance(each, str | int):
                yield str(each), at in references

    return delimited


def _fixed(layout: Layout) -> Callable[[Sequence[Any]], Iterator[tuple[str, bool]]]:
    """Columns by themselves and what lies between them, so that an amount doesn't run into a reference."""
    columns = sorted(layout.columns, key=lambda each: each.place)
    spans: list[tuple[int, int | None, bool]] = []
    end = 0
    for each in columns:
        start = each.place - 1
        if start > end:
            spans.append((end, start, False))
        if not each.not_card:
            spans.append((start, start + each.length, each.field in _REFERENCES))
        end = max(end, start + each.length)
    spans.append((end, None, False))

    def fixed(row: Sequence[Any]) -> Iterator[tuple[str, bool]]:
        text = str(row[0])
        for start, stop, is_reference in spans:
            if piece := text[start:stop]:
                yield piece, is_reference

    return fixed
