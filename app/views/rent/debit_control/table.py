"""The columns of the debit control: by rent group, movements, differences, weeks."""

from __future__ import annotations

from app.models.values import DebitMove, Money
from app.services.tenancies.debit_control.dto import GroupDebit, MoveRow, SheetState, Unmatched, WeekRow
from app.views.common.columns import Column, money_column

MOVES = {
    DebitMove.NEW_LET: "New let",
    DebitMove.ENDING: "Ending",
    DebitMove.CHANGE: "Change of charge",
    DebitMove.VOID: "Void",
}
STATES = {SheetState.OPEN: "Not signed", SheetState.PREPARED: "Signed by one", SheetState.SIGNED: "Signed by two"}
TONES = {SheetState.OPEN: "warning", SheetState.PREPARED: "warning", SheetState.SIGNED: "good"}


def signed(amount: Money, pound: str = "") -> str:
    """An amount with its sign; nothing where there is none."""
    if not amount:
        return ""
    return f"{'+' if amount.pence > 0 else '-'}{pound}{abs(amount).plain()}"


def _moved(key: str, title: str, width: int = 80) -> Column[GroupDebit]:
    def value(row: GroupDebit) -> Money | None:
        return getattr(row, key) or None

    return Column(key, title, value, width, shown=lambda row: signed(getattr(row, key)), right=True, total=True)


GROUPS: tuple[Column[GroupDebit], ...] = (
    Column("name", "Rent group", lambda row: row.name, 150, shorter=lambda row: (row.code,)),
    money_column("opening", "Opening", lambda row: row.opening, 92, total=True),
    _moved("new_lets", "New lets"),
    _moved("endings", "Endings"),
    _moved("changes", "Changes"),
    _moved("voids", "Voids"),
    money_column("closing", "Closing", lambda row: row.closing, 92, total=True),
    _moved("parts", "Part, free"),
    money_column("run", "Charged", lambda row: row.run, 92, total=True),
    Column(
        "difference",
        "Difference",
        lambda row: row.difference,
        86,
        shown=lambda row: signed(row.difference) or "none",
        tone=lambda row: "bad" if row.difference else "good",
        right=True,
        total=True,
    ),
    Column("let", "Let", lambda row: row.let, 52, right=True, total=True, least=2),
    Column("void", "Void", lambda row: row.void, 50, right=True, total=True, least=1),
    Column("idle", "Neither", lambda row: row.idle, 64, right=True, total=True, spare=True),
    Column("stock", "Stock", lambda row: row.stock, 58, right=True, total=True, least=3),
)

MOVED: tuple[Column[MoveRow], ...] = (
    Column("move", "What", lambda row: MOVES[row.move], 130, sorts=True),
    Column("rent_group", "Group", lambda row: row.rent_group, 80, sorts=True),
    Column("property_ref", "Property", lambda row: row.property_ref, 96, firm=True, sorts=True),
    Column("address", "Address", lambda row: row.address, 220, sorts=True),
    Column("tenancy_ref", "Tenancy", lambda row: row.tenancy_ref, 90, sorts=True, least=1),
    money_column("before", "Before", lambda row: row.before, 90),
    money_column("after", "After", lambda row: row.after, 90),
    Column("amount", "Moves", lambda row: row.amount, 96, shown=lambda row: signed(row.amount), right=True, total=True),
)

APART: tuple[Column[Unmatched], ...] = (
    Column("rent_group", "Group", lambda row: row.rent_group, 80),
    Column("reference", "Reference", lambda row: row.reference, 130, firm=True),
    Column("address", "Address", lambda row: row.address, 240),
    money_column("should", "Should be", lambda row: row.should, 96, total=True),
    money_column("was", "Charged", lambda row: row.was, 96, total=True),
    Column(
        "difference",
        "Difference",
        lambda row: row.difference,
        96,
        shown=lambda row: signed(row.difference),
        tone=lambda _row: "bad",
        right=True,
        total=True,
    ),
)

WEEKS: tuple[Column[WeekRow], ...] = (
    Column("week_on", "Week of", lambda row: row.week_on, 98),
    Column("state", "State", lambda row: STATES[row.state], 104, tone=lambda row: TONES[row.state]),
    Column("prepared_by", "First", lambda row: row.prepared_by, 110, spare=True),
    Column("checked_by", "Second", lambda row: row.checked_by, 110, spare=True),
    Column("closing", "Closing", lambda row: row.closing, 96, right=True, spare=True),
)
