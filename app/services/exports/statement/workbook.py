"""The statement as an Excel workbook: real dates, numeric pounds, references as text, totals by formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.models.values import Money
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.exports.statement import words
from app.services.exports.statement.dto import Sender, Statement, short_date
from app.services.exports.xlsx import xlsx_bytes

_COLUMNS: Final = (
    Column("Date", Kind.DATE),
    Column("For week of", Kind.DATE),
    Column("What", Kind.TEXT, 44),
    Column("Debit", Kind.POUNDS, total=True),
    Column("Credit", Kind.POUNDS, total=True),
    Column("Balance", Kind.POUNDS),
    Column("DR or CR", Kind.TEXT, 10),
)


def statement_table(statement: Statement, sender: Sender) -> Table:
    """The statement as a table: a balance owed is above 0, and said to be DR or CR beside it."""
    return Table(
        title=f"{statement.account_kind} statement {statement.reference}",
        stamps=(
            f"{sender.name}: {statement.addressee}",
            f"For: {statement.about}",
            f"{words.period(statement)}, made on {short_date(statement.made_on)}",
            words.outcome(statement),
        ),
        columns=_COLUMNS,
        rows=_rows(statement),
    )


def statement_xlsx(statement: Statement, sender: Sender) -> bytes:
    """The statement as a workbook."""
    return xlsx_bytes(statement_table(statement, sender))


def _rows(statement: Statement) -> Iterator[Sequence[Value]]:
    yield _balance_row(statement.from_on, words.BROUGHT_FORWARD, statement.brought_forward)
    for line in statement.lines:
        yield (line.on, line.week_on, line.what, line.debit, line.credit, line.balance, _word(line.balance))
    yield _balance_row(statement.to_on, words.CARRIED_FORWARD, statement.carried_forward)


def _balance_row(day: Value, what: str, balance: Money) -> Sequence[Value]:
    return (day, None, what, None, None, balance, _word(balance))


def _word(balance: Money) -> str:
    if not balance:
        return ""
    return "DR" if balance.pence > 0 else "CR"
