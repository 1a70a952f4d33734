"""What leaves a table: its titles and its order in words for an export, its true values for the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from app.models.values import Money
from app.services.workbench.listing import Heading, Holds, Listing
from app.views.common.columns import Column

R = TypeVar("R")


def heading(column: Column[R], rows: Sequence[R]) -> Heading:
    """A column as an export has it; what it holds is told by the rows where the column doesn't say."""
    holds = column.holds or _held([column.value(row) for row in rows])
    return Heading(column.title, holds, round(column.width / _PIXELS), column.total, column.balance, column.signed)


def order_in_words(column: Column[R], rows: Sequence[R], *, descending: bool) -> str:
    """An order as it is read: `Balance, largest first`."""
    upwards, downwards = _ORDERS.get(heading(column, rows).holds, ("A to Z", "Z to A"))
    return f"{column.title}, {downwards if descending else upwards}"


def _held(values: Sequence[Any]) -> Holds:
    """What values of one kind only are; anything mixed is text."""
    kinds = {type(value) for value in values if value is not None}
    return _KINDS.get(kinds.pop(), Holds.TEXT) if len(kinds) == 1 else Holds.TEXT


_KINDS = {Money: Holds.POUNDS, int: Holds.NUMBER, date: Holds.DATE, datetime: Holds.MOMENT}
_ORDERS = {
    Holds.POUNDS: ("smallest first", "largest first"),
    Holds.NUMBER: ("smallest first", "largest first"),
    Holds.DATE: ("oldest first", "newest first"),
    Holds.MOMENT: ("oldest first", "newest first"),
}
_PIXELS = 6.5
"""The width of a letter, by which a column's pixels become characters."""


def copied(listing: Listing, ctx: Any) -> str:
    """Rows as tab-separated true values, with the titles above them; `ctx` is what the rows are read with."""
    rows = ([_plain(cell).translate(_SPACES) for cell in row] for row in listing.rows(ctx))
    return "\n".join("\t".join(cells) for cells in ([head.title for head in listing.headings], *rows))


def _plain(value: Any) -> str:
    """A true value as text for a spreadsheet: an amount is a signed number, a date is ISO."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(Decimal(value.pence).scaleb(-2))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


_SPACES = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
