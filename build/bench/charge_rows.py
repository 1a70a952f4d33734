"""Rows about what is charged: a bulk change of charges, rehearsed and applied."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import dataset
from measuring import Figure, Row, in_turn, seconds

from app import registered
from app.models.policy import PolicyValue
from app.services.charges.bulk.commands import apply, rehearse
from app.services.charges.bulk.dto import Apply, BulkRule, NewChange, Step
from app.services.core.calendars import monday_on_or_after
from app.services.core.context import Context

_TENANCIES = 10_000
_FIRST = monday_on_or_after(dataset.TODAY + timedelta(days=28))
_RENT, _DEARER = dataset.CHARGES[0][0], 5
_CLOSE = "UPDATE charge SET to_on = ? WHERE account_id = ? AND code = ? AND from_on < ? AND to_on IS NULL"
_BEGIN = "INSERT INTO charge (account_id, code, amount_pence, from_on, version) VALUES (?, ?, ?, ?, 1)"


def change(folder: Path) -> Figure:
    """Each round makes the rent of 10,000 tenancies dearer from the next Monday, by a rule that is rehearsed and applied.

    The bare file holds the same table of charges; it takes the same closed and begun rows, known beforehand, by executemany.
    """
    registered.register()
    path = dataset.copy_of(dataset.landlord(), folder / "change.db")
    bare_path = dataset.copy_of(dataset.landlord(), folder / "bare.db")
    bare = sqlite3.connect(bare_path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"):
        bare.execute(f"PRAGMA {pragma}")
    with dataset.desk_at(path) as desk, closing(bare):
        desk.do(_prepare)
        accounts = [row[0] for row in bare.execute(_ACCOUNTS, (_RENT, _TENANCIES))]

        def ours(number: int) -> float:
            def work() -> None:
                rule = BulkRule((_RENT,), Step.ADD, _DEARER, rent_groups=("BLK",))
                found = desk.do(rehearse, NewChange(f"Round {number}", _monday(number), rule))
                done = desk.do(apply, Apply(found, excuse="The benchmark gives no notice"))
                if done.lines != _TENANCIES:
                    raise AssertionError(f"{done.lines} charges changed, not {_TENANCIES}")

            return seconds(work)

        def reference(number: int) -> float:
            on = _monday(number).isoformat()
            eve = (_monday(number) - timedelta(days=1)).isoformat()
            closed = [(eve, account, _RENT, on) for account in accounts]
            begun = [(account, _RENT, 10_420 + _DEARER * number, on) for account in accounts]

            def work() -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.executemany(_CLOSE, closed)
                bare.executemany(_BEGIN, begun)
                bare.execute("COMMIT")

            return seconds(work)

        return in_turn(ours, reference)


_ACCOUNTS = "SELECT account_id FROM charge WHERE code = ? ORDER BY account_id LIMIT ?"


def _monday(number: int) -> date:
    return _FIRST + timedelta(weeks=number)


def _prepare(ctx: Context) -> None:
    """10,000 of the 60,000 tenancies are a rent group of their own, and no second officer is asked."""
    connection = ctx.session.connection()
    connection.exec_driver_sql(
        "INSERT INTO rent_group (id, code, name, fund, version) VALUES (2, 'BLK', 'Changed', 'hra', 1)"
    )
    connection.exec_driver_sql("UPDATE property SET rent_group_id = 2 WHERE id <= ?", (_TENANCIES,))
    ctx.session.add(
        PolicyValue(
            key="charges.bulk_change_needs_second_person",
            effective_from=date(2020, 1, 1),
            value="no",
            unit="yes or no",
        )
    )


ROWS = (
    Row(
        "change",
        "10,000 rents changed in bulk, rehearsed and applied, beside executemany of the rows",
        "s",
        6.0,
        change,
    ),
)
