"""Rows about the ledger: the weekly charge, balances as at a date, opening an account, finding one."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import dataset
from measuring import Figure, Row, in_turn, say, seconds, slowest_of
from sqlalchemy import select

from app import registered
from app.models.accounts import Account
from app.models.values import AccountKind, Basis
from app.services.charges.commands import charge_week
from app.services.core import finding
from app.services.core.session import Desk
from app.services.ledger import queries as ledger
from app.services.rent import header as headers
from app.services.rent import queries as rent
from app.services.rent.listed_dto import AccountFilter

_BARE = """
CREATE TABLE entry (journal INTEGER NOT NULL, line INTEGER NOT NULL, account_id INTEGER NOT NULL, code TEXT NOT NULL,
    pence INTEGER NOT NULL, effective_on DATE NOT NULL, rent_week DATE, narrative TEXT NOT NULL,
    PRIMARY KEY (journal, line)) WITHOUT ROWID;
CREATE INDEX by_account ON entry (account_id, effective_on);
CREATE INDEX by_day ON entry (effective_on, account_id, pence);
"""
_TYPED = (
    "f fe fer fern ferns l la lar lark larks m ma mar mari 7 70 700 0 00 001 0012 zz zz1 zz7 t0 t00 t001 t0123 close"
    " acorn way walnut rise 12 wa wag"
).split()


def charge(folder: Path) -> Figure:
    """Each round charges the next week of the same ledger; the bare file takes the same rows, which it holds in memory."""
    path = dataset.copy_of(dataset.landlord(), folder / "charge.db")
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
        bare.execute(f"PRAGMA {pragma}")
    bare.executescript(_BARE)
    with dataset.desk_at(path) as desk, closing(bare):

        def ours(number: int) -> float:
            return seconds(lambda: desk.do(charge_week, _week(number)))

        def reference(number: int) -> float:
            rows = _week_rows(desk, number)

            def insert() -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
                bare.execute("COMMIT")

            return seconds(insert)

        return in_turn(ours, reference)


def _week(number: int) -> date:
    return dataset.FIRST_WEEK + timedelta(weeks=number)


def _week_rows(desk: Desk, number: int) -> list[tuple[object, ...]]:
    """The rows of a week as they are posted: 60,000 accounts x 3 charges."""
    with desk.database.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT account_id, code, amount_pence FROM charge ORDER BY account_id, code"
        )
        day = _week(number).isoformat()
        return [(number + 1, line, *row, day, day, "") for line, row in enumerate(found.all(), start=1)]


def balances(_folder: Path) -> Figure:
    """Every balance on a 20th in the second year, against one GROUP BY over the same table with the same date."""
    day = date(dataset.TODAY.year, 6, 20)
    path = dataset.ledger()
    with dataset.desk_at(path) as desk, closing(sqlite3.connect(path)) as bare:
        bare.execute("PRAGMA cache_size = -65536")
        held: dict[str, list[tuple[int, int]]] = {}

        def ours(_number: int) -> float:
            def ask() -> None:
                found = desk.ask(lambda ctx: ctx.session.execute(ledger.balances_select(ctx, day, Basis.KNOWN)).all())
                held["ours"] = [(row[0], row[1]) for row in found]

            return seconds(ask)

        def reference(_number: int) -> float:
            def ask() -> None:
                statement = "SELECT account_id, SUM(pence) FROM entry WHERE effective_on <= ? GROUP BY account_id"
                held["bare"] = bare.execute(statement, (day.isoformat(),)).fetchall()

            return seconds(ask)

        figure = in_turn(ours, reference)
        if sorted(held["ours"]) != sorted(held["bare"]):
            raise AssertionError("the two ways don't give the same balances")
        return figure


def open_account(_folder: Path) -> Figure:
    """What the Accounts page asks for before it can show an account: its header and its lines, of 2,000."""
    with dataset.desk_at(dataset.ledger()) as desk:
        first = desk.ask(lambda ctx: ctx.session.scalars(_accounts()).first())
        numbers = range(first, first + dataset.BUSY)
        lines = len(desk.ask(ledger.ledger_page, first).lines)
        say(f"    accounts of {lines:,} lines")
        gc.freeze()  # as the window does once its pages are shown

        def opening(number: int) -> None:
            desk.ask(headers.account_header, number)
            desk.ask(ledger.ledger_page, number)

        return slowest_of([lambda number=number: opening(number) for number in numbers])  # type: ignore[misc]


def _accounts():  # noqa: ANN202
    return select(Account.id).where(Account.kind == AccountKind.RENT).order_by(Account.id)


def find(_folder: Path) -> Figure:
    """As somebody types, the slower of the list of accounts (all ids by name, and the first rows) and of the finder."""
    registered.register()
    with dataset.desk_at(dataset.ledger()) as desk:

        def listing(typed: str) -> None:
            ids = desk.ask(rent.account_ids, AccountFilter(typed))
            desk.ask(rent.account_rows, list(ids[:100]))

        def everything(typed: str) -> None:
            desk.ask(finding.find, typed)

        ways = (listing, everything)
        for way in ways:
            way("warm")
        gc.freeze()  # as the window does once its pages are shown
        figures = [slowest_of([partial(way, typed) for typed in _TYPED]) for way in ways]
        return max(figures, key=lambda figure: figure.ours)


ROWS = (
    Row("charge", "a week for 60,000 accounts x 3 charges, beside executemany of the same rows", "s", 2.0, charge),
    Row("balances", "all balances as at a date in 10 million entries, beside one GROUP BY", "s", 0.3, balances),
    Row("open", "an account of 2,000 lines in 10 million, p95", "ms", 50, open_account),
    Row("find", "as you type over 60,000 accounts, p95", "ms", 50, find),
)
