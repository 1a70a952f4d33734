"""The order of a short table by one of its columns, and back to the order in which its rows came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from app.models.values import Money

_COUNTED = frozenset({Money, int, bool, date, datetime})
_NUMBER = re.compile(r"(\d+)")


class Ordered(Protocol):
    """A column, as far as an order needs to know it."""

    def value(self, row: Any) -> Any:
        """The true value of a row's cell."""

    def text(self, row: Any) -> str:
        """What the cell shows."""


def places(rows: Sequence[Any], column: Ordered, *, descending: bool) -> list[int]:
    """The places of the rows in the order of a column; what is empty comes last in either direction.

    Amounts, numbers and dates go by their value, everything else by its words, in which `9 weeks` comes before
    `10 weeks`. Rows that are alike stay as they came.
    """
    values = [column.value(row) for row in rows]
    filled = [at for at, value in enumerate(values) if value is not None and column.text(rows[at])]
    by_value = {type(values[at]) for at in filled}
    if len(by_value) == 1 and by_value <= _COUNTED:
        order = sorted(filled, key=lambda at: values[at], reverse=descending)
    else:
        order = sorted(filled, key=lambda at: _spoken(column.text(rows[at])), reverse=descending)
    there = set(filled)
    return order + [at for at in range(len(rows)) if at not in there]


def _spoken(text: str) -> list[tuple[int, int, str]]:
    """Words and numbers in turn, so that a number in words counts as a number."""
    parts = _NUMBER.split(text.replace(",", "").casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
