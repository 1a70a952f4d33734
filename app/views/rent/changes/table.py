"""The columns of bulk changes, of their difference lists and of what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.models.values import ChargeChangeState, Money
from app.services.charges.bulk.dto import ChangeLine, ChangeRow, CodeChange, LeftOut
from app.services.workbench.listing import Listing
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.data_table import DataTable
from app.views.common.places import Places
from app.views.common.short_names import shorter_names

STATES = {
    ChargeChangeState.REHEARSED: ("Rehearsed", "warning"),
    ChargeChangeState.NOTICED: ("Notice given", "brand"),
    ChargeChangeState.APPLIED: ("Applied", "good"),
    ChargeChangeState.CANCELLED: ("Given up", ""),
}
"""How each state is called, and its tone."""


def signed(amount: Money, pound: str = "£") -> str:
    """An amount with its sign: `+£12.00`, `-£3.50`."""
    return f"{'+' if amount.pence > 0 else '-' if amount.pence < 0 else ''}{pound}{abs(amount).plain()}"


def state_of(row: ChangeRow) -> str:
    """The state in words; what waits for approval says so."""
    return "Waits for approval" if row.request_id is not None else STATES[row.state][0]


CHANGES: tuple[Column[ChangeRow], ...] = (
    Column("effective_on", "From", lambda row: row.effective_on, 94),
    Column("name", "Change", lambda row: row.name, 150, floor=132),
    Column("state", "State", state_of, 96, least=1),
)

LINES: tuple[Column[ChangeLine], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 100, firm=True),
    Column("name", "Name", lambda row: row.name, 210, floor=150, shorter=lambda row: shorter_names(row.name)),
    Column("address", "Address", lambda row: row.address, 210, least=1),
    Column("what", "Charge", lambda row: row.what, 130, floor=72),
    money_column("before", "Before", lambda row: row.before, 90, total=True),
    money_column("after", "After", lambda row: row.after, 90, total=True),
    Column(
        "difference",
        "A week",
        lambda row: row.difference,
        90,
        shown=lambda row: signed(row.difference, ""),
        right=True,
        total=True,
    ),
)

CODES: tuple[Column[CodeChange], ...] = (
    Column("code", "Code", lambda row: row.code, 80),
    Column("what", "Charge", lambda row: row.what, 220),
    Column("lines", "Charges", lambda row: row.lines, 90, right=True, total=True),
    money_column("before", "Before", lambda row: row.before, 120, total=True),
    money_column("after", "After", lambda row: row.after, 120, total=True),
    Column(
        "difference",
        "A week",
        lambda row: row.after - row.before,
        120,
        shown=lambda row: signed(row.after - row.before, ""),
        right=True,
    ),
)

LEFT_OUT: tuple[Column[LeftOut], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 120, firm=True),
    Column("code", "Code", lambda row: row.code, 70),
    Column("why", "Why", lambda row: row.why, 480),
)


class DifferenceTable(DataTable):
    """The first lines of a difference list; an export or a print of the whole table reads all of them.

    Attributes:
        every: reads all lines, given a context; set with the change that is shown.
        count: how many there are.
    """

    every: Callable[[Any], Sequence[ChangeLine]] | None = None
    count = 0

    def listing(self, places: Places | None = None, held: Sequence[Any] | None = None) -> Listing:
        """What an export or a print holds."""
        found = super().listing(places, held)
        every = self.every
        if places is not None or every is None:
            return found
        values = [self.columns.columns[at].value for at in self.layout_of_columns.exported()]

        def rows(ctx: Any) -> Iterator[Sequence[Any]]:
            return ([value(line) for value in values] for line in every(ctx))

        return replace(found, rows=rows, count=self.count)


def in_words(row: ChangeRow) -> str:
    """When it begins and who made it."""
    return f"From {formats.weekday(row.effective_on)}. Rehearsed by {row.made_by}, {formats.moment(row.made_at)}"
