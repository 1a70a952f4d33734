"""The description of what was exported: each table and column, for programs (JSON) and for people (Markdown)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table

from app.models.db import Base, UtcDateTime, Word
from app.services.moving.anonymous.classes import Fate, fates
from app.services.moving.copying import in_order

LEFT_OUT: Final = {("document", "content"), ("credential", "password_hash")}
"""Columns without a value in the files: documents are files of their own, and passwords belong to nobody else."""
_PERSONAL: Final = frozenset(Fate) - {Fate.KEPT, Fate.TAG, Fate.DIGEST}

Described = dict[str, Any]


def described() -> list[Described]:
    """Every table in the order in which they can be read in: none points to a later one, but entries come before journals."""
    words = {mapper.local_table.name: _first(mapper.class_.__doc__) for mapper in _mappers()}
    return [
        {
            "table": each.name,
            "file": f"tables/{each.name}.csv",
            "about": words.get(each.name, ""),
            "columns": [_column(each, column) for column in each.c],
        }
        for each in in_order()
    ]


def _mappers() -> Iterator[Any]:
    yield from Base.registry.mappers


def _first(words: str | None) -> str:
    return (words or "").strip().split("\n\n")[0].replace("\n", " ").replace("    ", "")


def _column(table: Table, column: Column[Any]) -> Described:
    keys = [each.target_fullname for each in column.foreign_keys]
    fate = fates().get((table.name, column.name))
    return {
        "name": column.name,
        "holds": kind(column),
        "key": column.primary_key,
        "may_be_empty": bool(column.nullable),
        "points_to": keys[0] if keys else "",
        "words": [each.value for each in column.type.words] if isinstance(column.type, Word) else [],
        "personal": fate in _PERSONAL,
        "left_out": (table.name, column.name) in LEFT_OUT,
    }


def kind(column: Column[Any]) -> str:
    """What kind of value a column holds."""
    if isinstance(column.type, Boolean):
        return "yes or no"
    if isinstance(column.type, UtcDateTime):
        return "moment"
    if isinstance(column.type, Date):
        return "day"
    if isinstance(column.type, LargeBinary):
        return "bytes"
    if isinstance(column.type, Integer):
        return "pence" if is_pence(column) else "number"
    return "text"


def is_pence(column: Column[Any]) -> bool:
    """Whether a column holds an amount of money."""
    return isinstance(column.type, Integer) and (column.name == "pence" or column.name.endswith("_pence"))


def readable(tables: list[Described]) -> str:
    """The same for people."""
    return "\n".join(_readable(tables)) + "\n"


def _readable(tables: list[Described]) -> Iterator[str]:
    yield "# The tables and their columns"
    yield ""
    yield "P marks what may be about a person. No value and an empty text differ: the latter stands as two quotation marks."
    for table in tables:
        yield f"\n## {table['table']}\n\n{table['about']}\n"
        yield "| column | holds | |"
        yield "|---|---|---|"
        for each in table["columns"]:
            yield f"| {each['name']} | {each['holds']} | {'; '.join(_notes(each))} |"


def _notes(each: Described) -> Iterator[str]:
    if each["key"]:
        yield "key"
    if each["points_to"]:
        yield f"points to {each['points_to']}"
    if each["words"]:
        yield f"one of {', '.join(each['words'])}"
    if each["personal"]:
        yield "P"
    if each["left_out"]:
        yield "left out"
