"""The large data that rows are measured on, made once and kept in the user's cache folder by schema revision.

`landlord()`: 60,000 accounts with three weekly charges each and nothing posted. `ledger()`: the same with two years of
journals, 10 million entries, that pass the ledger's own checks. `workbook()`: 60,000 tenancies to load.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import platformdirs
from measuring import say, seconds
from sqlalchemy import insert, select, text

from app.models.accounts import Account
from app.models.charges import Charge
from app.models.ledger import Journal
from app.models.people import Person, Tenant
from app.models.periods import Period
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, Fund, JournalKind, PaymentMethod, PeriodState, PropertyType, Tenure
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.calendars import monday_on_or_after
from app.services.core.clock import FixedClock
from app.services.core.context import Context
from app.services.core.session import Database, Desk
from app.services.demonstration import people
from app.services.demonstration.rules.dice import Dice
from app.services.ledger import digesting, snapshots
from app.services.ledger.rules import month_of, period_name
from app.services.rent.references import new_reference
from app.services.rent.search import refresh_search

VERSION = 1
"""Counts up when what is made here changes."""
ACCOUNTS = 60_000
WEEKS = 104
BUSY = 40
"""Accounts that have 2,000 lines."""
TODAY = date(2026, 11, 21)
FIRST_WEEK = monday_on_or_after(TODAY - timedelta(weeks=WEEKS))
OFFICER = "bench"
CLOCK = FixedClock(TODAY)
CHARGES = (("DBR", 104_20), ("DSC", 6_35), ("DWR", 8_90))


def folder() -> Path:
    """Where the data is kept."""
    return Path(platformdirs.user_cache_dir("Rentbook", appauthor=False)) / "bench"


def landlord() -> Path:
    """The landlord without postings."""
    return _made("landlord", "db", _make_landlord)


def ledger() -> Path:
    """The landlord with 10 million entries."""
    return _made("ledger", "db", _make_ledger)


def workbook() -> Path:
    """The workbook of 60,000 tenancies."""
    from bench_workbook import write

    return _made("landlord", "xlsx", write)


@contextmanager
def desk_at(path: Path) -> Iterator[Desk]:
    """A desk at a database of the benchmark."""
    database = Database(databases.database_url(path))
    try:
        yield Desk.sit_down(database, OFFICER, CLOCK)
    finally:
        database.close()


def copy_of(path: Path, to: Path) -> Path:
    """A copy to work in; the original has no companions, since it was closed."""
    shutil.copyfile(path, to)
    return to


def _made(name: str, kind: str, make: Any) -> Path:
    path = folder() / f"{name}-{schema.newest()}-{VERSION}.{kind}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"unfinished-{path.name}")
        for old in (*path.parent.glob(f"{name}-*.{kind}"), *path.parent.glob(f"{unfinished.name}*")):
            old.unlink()
        say(f"Making {path} (once) ...")
        say(f"Made in {seconds(lambda: make(unfinished)):.0f} s.")
        unfinished.rename(path)
    return path


def _make_landlord(path: Path) -> None:
    databases.create(path, OFFICER, "Benchmark", CLOCK).close()
    with desk_at(path) as desk:
        desk.do(_write_landlord)
    _leave_alone(path)


def _write_landlord(ctx: Context) -> None:
    session = ctx.session
    session.add(RentGroup(id=1, code="GEN", name="General needs", fund=Fund.HRA))
    session.flush()
    first = (session.scalar(select(Account.id).order_by(Account.id.desc()).limit(1)) or 0) + 1
    for start in range(1, ACCOUNTS + 1, 10_000):
        for model, rows in _rows(range(start, start + 10_000), first).items():
            session.execute(insert(model.__table__), rows)
        say(f"    {start + 9_999:,} accounts")
    refresh_search(ctx)


def _rows(numbers: range, first: int) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {
        model: [] for model in (Property, Person, Tenancy, Tenant, Account, Charge)
    }
    began = FIRST_WEEK - timedelta(weeks=200)
    for number in numbers:
        place = people.street((number - 1) // 24, ACCOUNTS // 24)
        person = people.person(number, Dice("bench", number), today=TODAY)
        reference = new_reference("mod11", number, ())
        account = first + number - 1
        one = {"id": number, "version": 1}
        rows[Person].append(person)
        rows[Property].append(
            one
            | {
                "ref": f"D{number:06}",
                "type": PropertyType.DWELLING,
                "address_1": f"{(number - 1) % 24 + 1} {place.name}",
            }
            | {"address_2": "", "town": people.TOWN, "postcode": place.postcode, "bedrooms": 2, "area": place.area}
            | {"rent_group_id": 1}
        )
        rows[Tenancy].append(
            one
            | {"ref": f"T{number:06}", "ref_key": f"T{number:06}", "property_id": number, "tenure": Tenure.SECURE}
            | {"start_on": began, "payment_method": PaymentMethod.BANK_TRANSFER}
        )
        rows[Tenant].append({"tenancy_id": number, "person_id": number, "position": 1})
        rows[Account].append(
            {"id": account, "kind": AccountKind.RENT, "tenancy_id": number, "rent_group_id": 1, "fund": Fund.HRA}
            | {"payment_reference": reference, "reference_key": reference, "opened_on": began, "version": 1}
            | {"name": f"{person['title']} {person['first_name']} {person['last_name']}", "balance_pence": 0}
        )
        rows[Charge] += [
            {"id": (number - 1) * len(CHARGES) + place_, "account_id": account, "code": code, "version": 1}
            | {"amount_pence": pence + number % 40, "from_on": began}
            for place_, (code, pence) in enumerate(CHARGES, start=1)
        ]
    return rows


_CHARGED = """INSERT INTO entry (journal, line, account_id, code, pence, effective_on, rent_week, narrative)
    SELECT :journal, row_number() OVER (ORDER BY id), id, 'DBR', 11900 + id % 40, :week, :week, ''
    FROM account WHERE tenancy_id IS NOT NULL"""
_RECEIVED = """INSERT INTO entry (journal, line, account_id, code, pence, effective_on, rent_week, narrative)
    SELECT :journal, row_number() OVER (ORDER BY id, n), id, CASE n WHEN 0 THEN 'RBP' ELSE 'RBR' END,
        CASE n WHEN 0 THEN -19500 - id % 90 ELSE -100 END, date(:week, '+' || (id % 5) || ' days'), NULL, ''
    FROM account JOIN (WITH RECURSIVE times(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM times WHERE n < 18)
        SELECT n FROM times)
    WHERE tenancy_id IS NOT NULL AND CASE n WHEN 0 THEN (id + :turn) % 5 < 3 ELSE id < :busy END"""


def _make_ledger(path: Path) -> None:
    """By plain SQL with the indexes and triggers put back afterwards; the digests, balances and snapshots are the ledger's."""
    copy_of(landlord(), path)
    with closing(sqlite3.connect(path)) as plain:
        dropped = plain.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'entry' AND sql IS NOT NULL AND type <> 'table'"
        ).fetchall()
        for kind, name, _ in dropped:
            plain.execute(f"DROP {kind} {name}")
    with desk_at(path) as desk:
        number, before = 0, digesting.GENESIS
        for week in range(WEEKS):
            number, before = desk.do(_post_week, week, number, before)
            if week % 8 == 7:
                say(f"    {week + 1} of {WEEKS} weeks")
    with closing(sqlite3.connect(path)) as plain:
        for _, _, sql in dropped:
            plain.execute(sql)
        plain.execute(
            "UPDATE account SET balance_pence = (SELECT total(pence) FROM entry WHERE account_id = account.id)"
        )
        plain.execute("UPDATE account SET balance_pence = CAST(balance_pence AS INTEGER)")
        plain.execute("ANALYZE")
        plain.commit()
    with desk_at(path) as desk:
        for name, starts_on, ends_on in _months():
            desk.do(_take_snapshot, name, starts_on, ends_on)
    _leave_alone(path)


def _post_week(ctx: Context, week: int, number: int, before: str) -> tuple[int, str]:
    monday = FIRST_WEEK + timedelta(weeks=week)
    first = ctx.session.scalar(text("SELECT MIN(id) FROM account WHERE tenancy_id IS NOT NULL"))
    works = (
        (JournalKind.CHARGE_RUN, _CHARGED, monday, {}, "income:rent"),
        (
            JournalKind.RECEIPTS,
            _RECEIVED,
            monday + timedelta(days=4),
            {"turn": week, "busy": first + BUSY},
            "cash:bank",
        ),
    )
    for kind, statement, on, values, control in works:
        number += 1
        ctx.session.execute(text(statement), {"journal": number, "week": monday.isoformat(), **values})
        before = _close(ctx, kind, number, on, control, before)
    ctx.session.execute(text("UPDATE counter SET value = :number WHERE name = 'journal'"), {"number": number})
    return number, before


def _close(ctx: Context, kind: JournalKind, number: int, on: date, control: str, before: str) -> str:
    found = text("SELECT count(*), sum(pence) FROM entry WHERE journal = :number")
    count, pence = ctx.session.execute(found, {"number": number}).one()
    ctx.session.execute(
        text(
            "INSERT INTO entry SELECT :number, :line, account_id, 'CTL', :pence, :day, NULL, '' FROM posting_rule"
            " WHERE control = :control AND fund = 'hra'"
        ),
        {"number": number, "line": count + 1, "pence": -pence, "day": on.isoformat(), "control": control},
    )
    row: dict[str, Any] = {
        "kind": kind.value,
        "accounting_on": on,
        "recorded_at": ctx.clock.now(),
        "posted_by": ctx.officer.id,
        "authorised_by": None,
        "source": f"Benchmark {on}",
        "narrative": "",
        "idempotency_key": f"bench:{number}",
        "declared_count": count,
        "declared_pence": pence,
        "actual_count": count,
        "actual_pence": pence,
        "reverses": None,
    }
    digest = digesting.digest(ctx, number, row, before)
    ctx.session.execute(insert(Journal).values(number=number, digest=digest, **row))
    return digest


def _months() -> Sequence[tuple[str, date, date]]:
    months: list[tuple[str, date, date]] = []
    day = FIRST_WEEK
    while day <= TODAY:
        starts_on, ends_on = month_of(day)
        months.append((period_name(starts_on), starts_on, ends_on))
        day = ends_on + timedelta(days=1)
    return months


def _take_snapshot(ctx: Context, name: str, starts_on: date, ends_on: date) -> None:
    period = Period(name=name, starts_on=starts_on, ends_on=ends_on, state=PeriodState.OPEN)
    ctx.session.add(period)
    ctx.session.flush()
    if ends_on < ctx.clock.today():
        snapshots.take(ctx.session, period, ctx.clock)


def _leave_alone(path: Path) -> None:
    """One file without companions, so that it can be copied."""
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plain.execute("PRAGMA journal_mode = DELETE")
