"""The row about files of receipts: 50,000 lines read, matched and posted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

import dataset
from measuring import Figure, Row, in_turn, seconds
from sqlalchemy import select

from app import registered
from app.models.accounts import Account
from app.services.core.context import Context
from app.services.core.session import Desk
from app.services.reception_payments.files import commands, jobs
from app.services.reception_payments.files.dto import NewLoad
from app.services.reception_payments.files.profiles.shipped import SHIPPED

_MANY = 50_000
_UNKNOWN = 500
"""Every so many lines one has a reference that is nobody's."""
_FIRST = date(2026, 11, 2)
_BARE = """
CREATE TABLE receipt_file_line (id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL,
    account_id INTEGER, matched_by TEXT, code TEXT NOT NULL, pence INTEGER NOT NULL, paid_on DATE NOT NULL,
    reference_given TEXT NOT NULL, payer_name TEXT NOT NULL, narrative TEXT NOT NULL, marker TEXT NOT NULL, once_key TEXT,
    why TEXT NOT NULL, like_journal INTEGER, like_line INTEGER, receipt_id INTEGER, journal INTEGER, decided_by INTEGER,
    decided_at DATETIME, version INTEGER NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX by_place ON receipt_file_line (file_id, place);
CREATE UNIQUE INDEX by_once_key ON receipt_file_line (once_key) WHERE once_key IS NOT NULL;
CREATE TABLE entry (journal INTEGER NOT NULL, line INTEGER NOT NULL, account_id INTEGER NOT NULL, code TEXT NOT NULL,
    pence INTEGER NOT NULL, effective_on DATE NOT NULL, rent_week DATE, narrative TEXT NOT NULL,
    PRIMARY KEY (journal, line)) WITHOUT ROWID;
CREATE INDEX by_account ON entry (account_id, effective_on);
CREATE INDEX by_day ON entry (effective_on, account_id, pence);
"""
_LINE = "INSERT INTO receipt_file_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def receipts(folder: Path) -> Figure:
    """Each round reads another file by a profile, matches its lines, looks for doubles among those before, and loads it.

    The bare file takes the same rows (the file's lines and the ledger's), which it holds in memory.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "receipts.db")
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
        bare.execute(f"PRAGMA {pragma}")
    bare.executescript(_BARE)
    with dataset.desk_at(path) as desk, closing(bare):
        accounts = desk.ask(_accounts)

        def ours(number: int) -> float:
            file = _file(folder, accounts, number)
            return seconds(lambda: _load(desk, file))

        def reference(number: int) -> float:
            lines, entries = _rows(accounts, number)

            def insert() -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.executemany(_LINE, lines)
                bare.executemany(_ENTRY, entries)
                bare.execute("COMMIT")

            return seconds(insert)

        return in_turn(ours, reference)


def _load(desk: Desk, file: Path) -> None:
    done = desk.do(commands.load, NewLoad(jobs.read_file(desk, file, SHIPPED[0].key)))
    if (done.posted, done.suspense) != (_MANY - _MANY // _UNKNOWN, _MANY // _UNKNOWN):
        raise AssertionError(done.told)


def _accounts(ctx: Context) -> list[tuple[int, str]]:
    rows = select(Account.id, Account.payment_reference).where(Account.tenancy_id.is_not(None)).order_by(Account.id)
    return [(row.id, row.payment_reference or "") for row in ctx.session.execute(rows.limit(_MANY))]


def _paid(accounts: list[tuple[int, str]], number: int, at: int) -> tuple[str, int, date]:
    """The reference, the pence and the day of a line."""
    reference = f"UNKNOWN{at}" if at % _UNKNOWN == 0 else accounts[at][1]
    return reference, 9_000 + at % 400 + 400 * number, _FIRST + timedelta(days=number // 3)


def _file(folder: Path, accounts: list[tuple[int, str]], number: int) -> Path:
    path = folder / f"cash-{number}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("RentAccount,PaymentSource,MethodOfPayment,AmountPaid,DatePaid,CivicaCode\r\n")
        for at in range(_MANY):
            reference, pence, day = _paid(accounts, number, at)
            stream.write(f"{reference},Office,Bank,{pence // 100}.{pence % 100:02},{day:%d/%m/%Y},{number}-{at}\r\n")
    return path


def _rows(accounts: list[tuple[int, str]], number: int) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The rows of a file as they are kept and posted."""
    lines: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    for at in range(_MANY):
        reference, pence, day = _paid(accounts, number, at)
        account = accounts[at][0]
        on, once = day.isoformat(), f"{blake2b(f'{number}-{at}'.encode(), digest_size=16).hexdigest()}:1"
        kept = (None, number + 1, at + 2, "posted", account, "reference", "RBP", pence, on, reference, "", "Office")
        lines.append((*kept, f"{number}-{at}", once, "", None, None, None, None, None, None, 1))
        entries.append((number + 1, at + 1, account, "RBP", -pence, on, on, "Cash office, file 1"))
    return lines, entries


ROWS = (
    Row(
        "receipts",
        "a cash file of 50,000 lines read, matched and posted, beside executemany of the rows",
        "s",
        4.0,
        receipts,
    ),
)
