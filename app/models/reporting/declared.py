"""What a reporting view is: its name, what each row stands for, and its columns with their words.

Views are made anew from these declarations whenever a database is brought to the newest revision (`making`). Their names and
the names of their columns are a promise to whoever built a report on them: they are added to, never renamed. A view holds
no name, address, birthday, telephone number, bank detail or typed text of a tenant; of a restricted record it holds the
figures alone, so that totals agree with the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    FromClause,
    Integer,
    Numeric,
    Select,
    Table,
    case,
    cast,
    func,
    literal_column,
    select,
    union,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.models.tables import metadata

PREFIX: Final = "report_"
"""How the names of all views begin; the rights on a server go by it (`services/servers/grants.py`)."""
T: Final = metadata.tables
"""Every table by its name."""
_POUNDS: Final = Numeric(19, 2)
MASKED: Final = "Empty for a restricted record."

Column = ColumnElement[Any]
Rest = Callable[[Select[Any]], Select[Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of a view: its name, where it comes from, and what it says."""

    name: str
    source: Column
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes:
        name: begins with `PREFIX`; never changed once released.
        row: what one row stands for.
        about: what it is for, as sentences.
        shown: its columns in their order.
        statement: what it selects.
    """

    name: str
    row: str
    about: str
    shown: tuple[Shown, ...]
    statement: Select[Any]


def view(name: str, row: str, about: str, shown: Iterator[Shown] | list[Shown], rest: Rest) -> View:
    """Declare a view; `rest` says from where its columns are selected, and which rows."""
    columns = tuple(shown)
    assert len({each.name for each in columns}) == len(columns), name
    found = rest(select(*(each.source.label(each.name) for each in columns)))
    return View(f"{PREFIX}{name}", row, about, columns, found)


def table(name: str) -> Table:
    """A table by its name."""
    return T[name]


def money(name: str, source: Column, words: str) -> list[Shown]:
    """An amount in both its forms: whole pence for sums, decimal pounds to be read."""
    return [Shown(f"{name}_pence", source, f"{words} In pence."), Shown(f"{name}_pounds", pounds(source), "In pounds.")]


def pounds(pence: Column) -> Column:
    """Pence as pounds with two decimals, exactly on SQL Server; SQLite has no decimals and gives its nearest number."""
    return cast(pence.op("/")(literal_column("100.0", Numeric())), _POUNDS)


def yes(condition: ColumnElement[bool]) -> Column:
    """1 where it holds, else 0: a condition is no value on SQL Server."""
    return case((condition, literal_column("1", Integer)), else_=literal_column("0", Integer))


class day_of(FunctionElement[date]):  # noqa: N801  reads as a function of the database
    """The day of a moment, in UTC."""

    inherit_cache = True
    type = Date()


@compiles(day_of)
def _day(element: day_of, compiler: SQLCompiler, **named: Any) -> str:
    return f"date({compiler.process(element.clauses, **named)})"


@compiles(day_of, "mssql")
def _day_there(element: day_of, compiler: SQLCompiler, **named: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **named)} AS DATE)"


class day(FunctionElement[date]):  # noqa: N801
    """One day of the calendar: `day(year, month, day)`, written into the statement."""

    inherit_cache = True
    type = Date()

    def __init__(self, *parts: int) -> None:
        super().__init__(*(literal_column(f"{each:02}", Integer) for each in parts))


@compiles(day)
def _one_day(element: day, compiler: SQLCompiler, **named: Any) -> str:
    return f"'{'-'.join(compiler.process(each, **named) for each in element.clauses)}'"


@compiles(day, "mssql")
def _one_day_there(element: day, compiler: SQLCompiler, **named: Any) -> str:
    return f"DATEFROMPARTS({', '.join(compiler.process(each, **named) for each in element.clauses)})"


class weeks_later(FunctionElement[date]):  # noqa: N801  reads as a function of the database
    """The day so many weeks after another: `weeks_later(day, weeks)`."""

    inherit_cache = True
    type = Date()


@compiles(weeks_later)
def _later(element: weeks_later, compiler: SQLCompiler, **named: Any) -> str:
    day, weeks = (compiler.process(each, **named) for each in element.clauses)
    return f"date({day}, '+' || (7 * ({weeks})) || ' days')"


@compiles(weeks_later, "mssql")
def _later_there(element: weeks_later, compiler: SQLCompiler, **named: Any) -> str:
    day, weeks = (compiler.process(each, **named) for each in element.clauses)
    return f"DATEADD(day, 7 * ({weeks}), {day})"


class weeks_between(FunctionElement[int]):  # noqa: N801
    """How many weeks lie between two Mondays: `weeks_between(first, last)`."""

    inherit_cache = True
    type = Integer()


@compiles(weeks_between)
def _between(element: weeks_between, compiler: SQLCompiler, **named: Any) -> str:
    first, last = (compiler.process(each, **named) for each in element.clauses)
    return f"CAST((julianday({last}) - julianday({first})) / 7 AS INTEGER)"


@compiles(weeks_between, "mssql")
def _between_there(element: weeks_between, compiler: SQLCompiler, **named: Any) -> str:
    first, last = (compiler.process(each, **named) for each in element.clauses)
    return f"DATEDIFF(day, {first}, {last}) / 7"


def officer(name: str) -> FromClause:
    """The officers, once more under another name."""
    return table("officer").alias(name)


def restricted() -> FromClause:
    """The accounts of restricted records: of the person, of the tenancy and everybody in it, and all of one tenancy with one of them.

    It covers what `services.core.covered` does, and the other accounts of a tenancy one of whose accounts is restricted.
    """
    account = table("account")
    tenancies = _restricted_tenancies().subquery("shut_tenancy")
    record = table("restricted_record").alias("own_record")
    own = select(record.c.subject_id.label("account_id")).where(
        record.c.subject == "account", record.c.released_at.is_(None)
    )
    theirs = select(account.c.id).join(tenancies, tenancies.c.tenancy_id == account.c.tenancy_id)
    return union(own, theirs).subquery("shut")


def restricted_tenancies() -> FromClause:
    """The tenancies of restricted records."""
    return _restricted_tenancies().subquery("shut")


def _restricted_tenancies() -> CompoundSelect[Any]:
    record, tenant, other = table("restricted_record"), table("tenant"), table("tenant").alias("joint")
    account = table("account").alias("its_account")
    stands = record.c.released_at.is_(None)
    own = select(record.c.subject_id.label("tenancy_id")).where(record.c.subject == "tenancy", stands)
    person = select(tenant.c.tenancy_id).join(record, record.c.subject_id == tenant.c.person_id)
    joint = select(other.c.tenancy_id).join(tenant, tenant.c.person_id == other.c.person_id)
    joint = joint.join(record, record.c.subject_id == tenant.c.tenancy_id)
    of_account = select(account.c.tenancy_id).join(record, record.c.subject_id == account.c.id)
    return union(
        own,
        person.where(record.c.subject == "person", stands),
        joint.where(record.c.subject == "tenancy", stands),
        of_account.where(record.c.subject == "account", stands, account.c.tenancy_id.is_not(None)),
    )


def unless(shut: Column, source: Column) -> Column:
    """The value, empty where the row is that of a restricted record; `shut` is the key of its join."""
    return case((shut.is_(None), source))


def total(source: Column) -> Column:
    """A sum, nothing where there is none."""
    return func.coalesce(func.sum(source), literal_column("0", Integer))
