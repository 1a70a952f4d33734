"""The columns of the weekly charge: exceptions, totals, differences, weeks."""

from __future__ import annotations

from app.models.values import Money
from app.services.charges.dto import ChargedWeek, ChargeException, CodeTotal, Concern, Difference, GroupTotal
from app.views.common import formats
from app.views.common.columns import Column, money_column

_SERIOUS = {Concern.NO_CHARGE, Concern.ZERO, Concern.OUT_OF_BOUNDS}

EXCEPTIONS: tuple[Column[ChargeException], ...] = (
    Column(
        "concern",
        "What",
        lambda row: formats.words(row.concern),
        150,
        tone=lambda row: "bad" if row.concern in _SERIOUS else "",
    ),
    Column("reference", "Reference", lambda row: row.reference, 120, firm=True),
    Column("address", "Address", lambda row: row.address, 210),
    Column("text", "Look at", lambda row: row.text, 400),
)

CODES: tuple[Column[CodeTotal], ...] = (
    Column("code", "Code", lambda row: row.code, 80),
    Column("name", "Charge", lambda row: row.name, 240),
    Column("lines", "Lines", lambda row: row.lines, 90, right=True, total=True),
    money_column("amount", "Amount", lambda row: row.amount, 130, total=True),
)

GROUPS: tuple[Column[GroupTotal], ...] = (
    Column("code", "Group", lambda row: row.code, 90),
    Column("name", "Rent group", lambda row: row.name, 220),
    Column("accounts", "Accounts", lambda row: row.accounts, 100, right=True, total=True),
    Column("lines", "Lines", lambda row: row.lines, 90, right=True, total=True),
    money_column("amount", "Amount", lambda row: row.amount, 130, total=True),
    Column("free", "", lambda row: "rent-free week" if row.free else None, 130, tone=lambda _row: "warning"),
)


def _moved(row: Difference) -> Money:
    return row.now - row.before


DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("reference", "Reference", lambda row: row.reference, 120, firm=True),
    Column("name", "Name", lambda row: row.name, 200),
    Column("change", "Why", lambda row: formats.words(row.change), 110),
    money_column("before", "Last week", lambda row: row.before, 100),
    money_column("now", "This week", lambda row: row.now, 100),
    Column("moved", "Difference", _moved, 110, shown=lambda row: signed(_moved(row), ""), right=True),
)

WEEKS: tuple[Column[ChargedWeek], ...] = (
    Column("week", "Week of", lambda row: row.week, 98),
    Column("journal", "Journal", lambda row: row.journal, 68, right=True, least=2),
    money_column("total", "Total", lambda row: row.total, 92, total=True),
    Column("exceptions", "To see", lambda row: row.exceptions or None, 62, right=True, least=1),
)


def signed(amount: Money, pound: str = "£") -> str:
    """An amount with its sign: `+£12.00`, `-£3.50`."""
    return f"{'+' if amount.pence > 0 else '-' if amount.pence < 0 else ''}{pound}{abs(amount).plain()}"
