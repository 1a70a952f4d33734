"""A statement as a table with headings, as online banking gives it (.csv): one account, amounts signed or in two columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Final

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, no_progress
from app.services.imports import one_sheet
from app.services.imports.dto import Column, Kind, Layout, Mistake
from app.services.reception_payments.bank.dto import AccountStatement, StatementLine
from app.services.reception_payments.bank.reading import joining

MOST_ROWS: Final = 200_000
LAYOUT: Final = Layout(
    "Bank statement",
    (
        Column(
            "date",
            Kind.DATE,
            required=True,
            synonyms=("transaction date", "posting date", "booking date", "posted", "entry date", "date posted"),
            note="The day on which the bank booked it, day first.",
        ),
        Column("value_date", Kind.DATE, synonyms=("value", "cleared", "date cleared")),
        Column("amount", Kind.MONEY, synonyms=("transaction amount", "value gbp", "amount gbp", "gbp")),
        Column(
            "paid_in",
            Kind.MONEY,
            synonyms=("money in", "credit", "credits", "credit amount", "in", "receipts", "deposit", "cr"),
        ),
        Column(
            "paid_out",
            Kind.MONEY,
            synonyms=("money out", "debit", "debits", "debit amount", "out", "payments", "withdrawal", "dr"),
        ),
        Column("balance", Kind.MONEY, synonyms=("running balance", "ledger balance", "account balance", "balance gbp")),
        Column(
            "reference",
            Kind.CODE,
            length=60,
            synonyms=("customer reference", "customer ref", "payment reference", "ref", "payee reference"),
        ),
        Column(
            "narrative",
            Kind.TEXT,
            length=200,
            synonyms=("description", "transaction description", "details", "memo", "text", "payee", "name"),
        ),
        Column("type", Kind.TEXT, length=40, synonyms=("transaction type", "transaction code", "code")),
        Column(
            "account", Kind.CODE, length=40, synonyms=("account number", "sort code account", "sortaccount", "iban")
        ),
        Column("currency", Kind.TEXT, length=10, synonyms=("ccy",)),
    ),
    synonyms=("statement", "transactions"),
)
_AMOUNTS: Final = frozenset({"amount", "paid_in", "paid_out"})


def read(path: Path) -> list[AccountStatement]:
    """The accounts of a file; oldest first, whichever way round the file has them.

    Raises:
        UserError: it has no such table, or a row of it can't be read; every one is told.
    """
    wanted = one_sheet.Wanted(LAYOUT, _fits, "a date and an amount", MOST_ROWS)
    table, _ = one_sheet.read(path, wanted, {}, no_progress, CancelToken())
    mistakes = table.mistakes()
    rows = list(table.by_name())
    mistakes += [Mistake(number, "amount", "It has no amount.") for number, row in rows if _pence(row) is None]
    if mistakes:
        raise one_sheet.refusal(sorted(mistakes, key=lambda each: each.row))
    for _, row in rows:
        joining.check_currency(row.get("currency"), path.name)
    by_account: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for each in rows:
        by_account.setdefault(each[1].get("account") or "", []).append(each)
    return [_statement(account, found) for account, found in by_account.items()]


def _fits(columns: AbstractSet[str]) -> bool:
    return "date" in columns and bool(_AMOUNTS & columns)


def _statement(account: str, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> AccountStatement:
    rows = _oldest_first(rows)
    lines = tuple(_line(row) for _, row in rows)
    first, last = rows[0][1].get("balance"), rows[-1][1].get("balance")
    opening = None if first is None else Money(int(first) - lines[0].amount.pence)
    closing = None if last is None else Money(int(last))
    from_on, to_on = joining.days(line.on for line in lines)
    return AccountStatement(account, opening, closing, from_on, to_on, lines)


def _oldest_first(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Sequence[tuple[int, Mapping[str, Any]]]:
    """The rows as they happened: the way round in which each balance follows from the one before it.

    Raises:
        UserError: neither way round does.
    """
    if any(row.get("balance") is None for _, row in rows):
        turned = rows[0][1]["date"] > rows[-1][1]["date"]
        return rows[::-1] if turned else rows
    ways = (rows, rows[::-1])
    odd = [list(_out_of_step(way)) for way in ways]
    nearest = 0 if len(odd[0]) <= len(odd[1]) else 1
    if not odd[nearest]:
        return ways[nearest]
    number, balance = odd[nearest][0]
    raise UserError(
        f"Row {number}: the balance {balance} doesn't follow from the row before it.",
        "A row is missing or was changed: download the statement from the bank again.",
        "path",
    )


def _out_of_step(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[tuple[int, Money]]:
    """The rows whose balance doesn't follow from that of the row before, each with what it says."""
    for (_, before), (number, row) in itertools.pairwise(rows):
        if int(before["balance"]) + (_pence(row) or 0) != int(row["balance"]):
            yield number, Money(int(row["balance"]))


def _line(row: Mapping[str, Any]) -> StatementLine:
    return StatementLine(
        0,
        row["date"],
        row.get("value_date"),
        Money(_pence(row) or 0),
        row.get("reference") or "",
        row.get("narrative") or "",
        row.get("type") or "",
    )


def _pence(row: Mapping[str, Any]) -> int | None:
    """The amount; else what was paid in less what was paid out, whichever are there; a column of what went out may have a minus."""
    if row.get("amount") is not None:
        return int(row["amount"])
    sides = (row.get("paid_in"), row.get("paid_out"))
    if all(side is None for side in sides):
        return None
    paid_in, paid_out = (int(side or 0) for side in sides)
    return paid_in - abs(paid_out)
