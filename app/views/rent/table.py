"""The columns of the ledger, of the weekly sums, of notes and of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from app.models.values import Money
from app.services.core.calendars import RentYear, rent_year
from app.services.ledger.dto import LedgerLine, LedgerPage, WeekSum
from app.services.rent.dto import ChargeRow
from app.services.workbench.listing import Holds
from app.views.common.columns import Column, money_column


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger as shown: a line, or the balance brought forward (no line)."""

    line: LedgerLine | None
    what: str
    balance: Money
    on: date | None
    week: int | None = None


def ledger_rows(page: LedgerPage, year_of: Callable[[date], RentYear] = rent_year) -> list[LedgerRow]:
    """The lines newest first, each with the number of its rent week; the balance brought forward last."""
    rows = [
        LedgerRow(
            line,
            _what(line),
            line.balance,
            line.effective_on,
            year_of(line.rent_week).week_number(line.rent_week) if line.rent_week else None,
        )
        for line in reversed(page.lines)
    ]
    if page.from_on is not None or page.brought_forward:
        rows.append(LedgerRow(None, "Balance brought forward", page.brought_forward, page.from_on))
    return rows


def _what(line: LedgerLine) -> str:
    return f"{line.what}, {line.narrative}" if line.narrative and line.narrative != line.what else line.what


def _debit(row: LedgerRow) -> Money | None:
    return row.line.amount if row.line and row.line.amount.pence >= 0 else None


def _credit(row: LedgerRow) -> Money | None:
    return -row.line.amount if row.line and row.line.amount.pence < 0 else None


def _posted(row: LedgerRow) -> date | None:
    return row.line.accounting_on if row.line else None


LEDGER: tuple[Column[LedgerRow], ...] = (
    Column("belongs_to", "Belongs to", lambda row: row.on, 96, holds=Holds.DATE),
    Column("week", "Week", lambda row: row.week, 54, right=True, least=470, holds=Holds.NUMBER),
    Column("what", "What", lambda row: row.what, 190, floor=166),
    Column("posted", "Posted", _posted, 94, tone=lambda _row: "muted", least=480, holds=Holds.DATE),
    money_column("debit", "Debit", _debit, 74, total=True),
    money_column("credit", "Credit", _credit, 74, total=True),
    money_column("balance", "Balance", lambda row: row.balance, 98, balance=True),
)


def charge_columns(today: date) -> tuple[Column[ChargeRow], ...]:
    """The columns of an account's charges: what is charged today counts, what comes and what was stands beside it."""

    def now(row: ChargeRow) -> bool:
        return row.from_on <= today and (row.to_on is None or row.to_on >= today)

    def when(row: ChargeRow) -> str:
        return "Now" if now(row) else "Coming" if row.from_on > today else "Was"

    tones = {"Now": "good", "Coming": "warning", "Was": "muted"}
    return (
        Column("code", "Code", lambda row: row.code, 64, least=1),
        Column("what", "Charge", lambda row: row.what, 180, floor=130),
        Column("when", "When", when, 64, tone=lambda row: tones[when(row)]),
        Column("from_on", "From", lambda row: row.from_on, 92, holds=Holds.DATE),
        Column("to_on", "To", lambda row: row.to_on, 92, holds=Holds.DATE),
        Column("free_week", "Free weeks", lambda row: "Not charged" if row.free_week else "Charged", 96, least=2),
        money_column("amount", "A week", lambda row: row.amount, 84),
    )


def by_time(rows: Iterable[ChargeRow], today: date) -> tuple[ChargeRow, ...]:
    """What is charged today by code, then what comes, the next first, then what was, the latest first."""

    def order(row: ChargeRow) -> tuple[int, int, str]:
        if row.from_on > today:
            return 1, row.from_on.toordinal(), row.code
        if row.to_on is not None and row.to_on < today:
            return 2, -row.to_on.toordinal(), row.code
        return 0, 0, row.code

    return tuple(sorted(rows, key=order))


WEEKS: tuple[Column[WeekSum], ...] = (
    Column("week_on", "Week of", lambda row: row.week_on, 100, holds=Holds.DATE),
    money_column("charges", "Charged", lambda row: row.charges or None, 80),
    money_column("housing_benefit", "HB", lambda row: row.housing_benefit or None, 84),
    money_column("universal_credit", "UC", lambda row: row.universal_credit or None, 84),
    money_column("direct_debit", "Direct Debit", lambda row: row.direct_debit or None, 98),
    money_column("cash", "Other money", lambda row: row.cash or None, 98),
    money_column("adjustments", "Adjusted", lambda row: row.adjustments or None, 90),
    money_column("balance", "Balance", lambda row: row.balance, 108, balance=True),
)
