"""What each reporting view and column holds, told from the declarations that make them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Boolean, Date, Integer, Numeric

from app.models.db import UtcDateTime, Word
from app.models.reporting.declared import PREFIX, View
from app.models.reporting.views import declared

_HEAD: Final = f"""# The reporting views

The database holds views for reports: read-only tables whose names begin with `{PREFIX}`. Business Objects, Power BI, Excel
and any other program that speaks SQL may read them. `rentbook report-views` lists them.

- **Names stay.** A view and its columns keep their names from version to version; new ones are added.
- **Figures are the ledger's.** Nothing is stored twice: a view reads the tables as they are when it is asked.
- **No more about people than reports need.** No name, address, date of birth, telephone number, e-mail address or bank detail
  of a tenant is in any view, nor anything that an officer typed. Officers stand by their names, suppliers by theirs unless
  they are people who trade alone.
- **Restricted records** are counted, so that totals agree with the ledger, but their references, area and bedrooms are left
  out. All accounts of a tenancy are treated so as soon as one of them, the tenancy or anybody in it is restricted.
- **Amounts** stand in whole pence, to be added up, and in pounds, to be read. What is owed is positive, a credit negative.
- **Moments** are in UTC, days as the office has them. 1 is yes and 0 is no.

## Who may read them

On a shared server the owner of the database gives the role `rentbook_reader` to the login of the reporting program: it may
read the views and nothing else (`rentbook db grants` writes the script). In a SQLite file whoever may read the file may read
all of it, so don't hand out the file for reports.

## How to connect

- **Excel:** Data, Get Data, From Database, From SQL Server Database; name the server and the database, choose a view whose
  name begins with `{PREFIX}`.
- **Power BI:** Get Data, SQL Server; choose Import and the views. Relate them by `account_id`, `mandate_id` and `journal`.
- **Business Objects:** make a connection with the reader's login and build the universe on the views alone.

Ask for large views (`{PREFIX}transaction`) by day or period, outside the hour of the weekly charge.

## The views

"""


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A column: its name, what kind of value it has, and what it says."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class ViewWords:
    """A view: its name, what one row stands for, what it is for, and its columns."""

    name: str
    row: str
    about: str
    columns: tuple[ColumnWords, ...]


def described() -> tuple[ViewWords, ...]:
    """Every view, in the order of the page about them."""
    return tuple(map(_described, declared()))


def _described(view: View) -> ViewWords:
    columns = tuple(ColumnWords(each.name, _kind(each.name, each.source.type), each.words) for each in view.shown)
    return ViewWords(view.name, view.row, view.about, columns)


def _kind(name: str, kind: Any) -> str:
    """What kind of value a column has, as a reader of reports would say it."""
    if name.endswith("_pounds"):
        return "pounds"
    if name.endswith("_pence"):
        return "pence"
    if isinstance(kind, Word):
        return f"one of {', '.join(each.value for each in kind.words)}"
    if isinstance(kind, Boolean):
        return "1 or 0"
    if isinstance(kind, Date):
        return "day"
    if isinstance(kind, UtcDateTime):
        return "moment"
    return "number" if isinstance(kind, Integer | Numeric) else "text"


def markdown() -> str:
    """The page about the views, as it lies in `resources/guides/reporting.md`."""
    return _HEAD + "\n".join(_page(described()))


def _page(views: tuple[ViewWords, ...]) -> Iterator[str]:
    yield "| view | one row is |"
    yield "|---|---|"
    for view in views:
        yield f"| [{view.name}](#{view.name}) | {view.row} |"
    for view in views:
        yield f"\n### {view.name}\n\n{view.about} One row is {view.row}.\n"
        yield "| column | holds | means |"
        yield "|---|---|---|"
        for each in view.columns:
            yield f"| {each.name} | {each.kind} | {each.words} |"
    yield ""
