"""Layouts of files for the council's finance system: those that are shipped, those that were made, and writing by one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.purchase_orders.finance import FinanceProfile
from app.models.values import FinanceFileKind
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.csv import csv_bytes
from app.services.exports.dto import Column, Kind, Table, Value
from app.services.exports.xlsx import xlsx_bytes
from app.services.purchase_orders.finance.layouts import FIELDS, SHIPPED, Field, Profile

FORMATS: Final = {"csv": "CSV", "xlsx": "Excel workbook"}
SEPARATORS: Final = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar"}
DATES: Final = {"%d/%m/%Y": "31/12/2026", "%Y-%m-%d": "2026-12-31", "%Y%m%d": "20261231", "%d-%b-%Y": "31-Dec-2026"}
MEDIA: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_TITLE: Final = 120
_MOST_HEADING: Final = 60
_NOT_KEY: Final = re.compile(r"[^a-z0-9]+")


def profiles(ctx: Context, kind: FinanceFileKind) -> tuple[Profile, ...]:
    """The layouts of a kind of file: the shipped one first, then those that were made, by title."""
    rows = select(FinanceProfile).where(FinanceProfile.kind == kind).order_by(FinanceProfile.title)
    shipped = (SHIPPED[kind],) if kind in SHIPPED else ()
    return (*shipped, *(_read(row) for row in ctx.session.scalars(rows)))


def profile(ctx: Context, kind: FinanceFileKind, key: str = "") -> Profile:
    """A layout by its key; the first, if empty.

    Raises:
        UserError: there is none.
    """
    found = next((each for each in profiles(ctx, kind) if not key or each.key == key), None)
    if found is None:
        raise UserError("There is no such layout of the finance system's file.", "Choose another.", "profile")
    return found


def keep(ctx: Context, kind: FinanceFileKind, new: Profile) -> Profile:
    """Keep a layout, a new one or another wording of one that was made.

    Raises:
        UserError: it has no title, no column, a column twice or one that there isn't; or somebody else changed it.
    """
    clean = _checked(ctx, kind, new)
    row = _row(ctx, clean.key)
    layout = json.dumps(
        {"format": clean.format, "separator": clean.separator, "dates": clean.dates, "columns": clean.columns}
    )
    if row is None:
        row = FinanceProfile(kind=kind, key=_key(ctx, clean.title), title=clean.title, layout=layout)
        ctx.session.add(row)
    else:
        if row.version != clean.version:
            raise UserError("Somebody changed this layout meanwhile.", "Look at it again.")
        row.title, row.layout = clean.title, layout
    ctx.session.flush()
    return _read(row)


def write(layout: Profile, kind: FinanceFileKind, title: str, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """A file by its layout; what a row doesn't have is empty, and no text runs as a formula."""
    fields = {field.key: field for field in FIELDS[kind]}
    as_text = layout.format == "csv"
    columns = tuple(_column(fields[key], heading, as_text=as_text) for key, heading in layout.columns)
    made = [[_value(row.get(key), layout, as_text=as_text) for key, _ in layout.columns] for row in rows]
    table = Table(title, (), columns, made)
    return csv_bytes(table, layout.separator) if as_text else xlsx_bytes(table)


def _column(field: Field, heading: str, *, as_text: bool) -> Column:
    kind = Kind.TEXT if as_text and field.kind is Kind.DATE else field.kind
    return Column(heading, kind)


def _value(value: Value, layout: Profile, *, as_text: bool) -> Value:
    return f"{value:{layout.dates}}" if as_text and isinstance(value, date) else value


def _checked(ctx: Context, kind: FinanceFileKind, new: Profile) -> Profile:
    title = " ".join(new.title.split())
    if not title or len(title) > _MOST_TITLE:
        raise UserError(f"The layout needs a title of up to {_MOST_TITLE} characters.", field="title")
    if new.format not in FORMATS or new.separator not in SEPARATORS or new.dates not in DATES:
        raise UserError("Choose the kind of file, its separator and its dates from the lists.", field="format")
    known = {field.key for field in FIELDS[kind]}
    keys = [key for key, _ in new.columns]
    if not keys or set(keys) - known:
        raise UserError("The layout needs at least one column, of those that there are.", field="columns")
    if len(set(keys)) != len(keys):
        raise UserError("A column is there twice.", "Leave it once.", "columns")
    columns = tuple((key, " ".join(heading.split())) for key, heading in new.columns)
    if any(not heading or len(heading) > _MOST_HEADING for _, heading in columns):
        raise UserError(f"Each column needs a heading of up to {_MOST_HEADING} characters.", field="columns")
    for text in (title, *(heading for _, heading in columns)):
        refuse_card_number(ctx, text, "layout", "title")
    return replace(new, title=title, columns=columns, key="" if new.shipped else new.key)


def _row(ctx: Context, key: str) -> FinanceProfile | None:
    return ctx.session.scalar(select(FinanceProfile).where(FinanceProfile.key == key)) if key else None


def _key(ctx: Context, title: str) -> str:
    """A key of its own, made of the title."""
    base = _NOT_KEY.sub("_", title.casefold()).strip("_")[:30] or "layout"
    taken = set(ctx.session.scalars(select(FinanceProfile.key))) | {each.key for each in SHIPPED.values()}
    return next(key for at in range(1, len(taken) + 2) if (key := base if at == 1 else f"{base}_{at}") not in taken)


def _read(row: FinanceProfile) -> Profile:
    layout = json.loads(row.layout)
    columns = tuple((str(key), str(heading)) for key, heading in layout["columns"])
    return Profile(
        row.key, row.title, layout["format"], layout["separator"], layout["dates"], columns, version=row.version
    )
