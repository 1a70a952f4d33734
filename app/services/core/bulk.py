"""Many rows into one table at once, as the database driver takes them: SQLAlchemy's way with each row by itself costs thrice that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session


def insert_columns(session: Session, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows that are given column by column, all of one length; nothing is audited, and no default is filled in.

    Args:
        session: whose transaction it is.
        table: where they go.
        columns: the values of each column by its name; columns that the database fills are left out.
    """
    if not columns or not next(iter(columns.values())):
        return
    connection = session.connection()
    dialect = connection.dialect
    compiled: Any = insert(table).inline().compile(dialect=dialect, column_keys=list(columns))
    values = {
        name: _bound(found, table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name, found in columns.items()
    }
    if compiled.positiontup is None:
        names = list(values)
        rows: Any = [dict(zip(names, row, strict=True)) for row in zip(*values.values(), strict=True)]
    else:
        rows = list(zip(*(values[name] for name in compiled.positiontup), strict=True))
    session.flush()
    connection.exec_driver_sql(str(compiled), rows)


class _Memo(dict[Any, Any]):
    """Values as the driver takes them: days and fixed words come again and again."""

    def __init__(self, bound: Callable[[Any], Any]) -> None:
        super().__init__()
        self._bound = bound

    def __missing__(self, value: Any) -> Any:
        self[value] = found = self._bound(value)
        return found


def _bound(values: Sequence[Any], processor: Callable[[Any], Any] | None) -> Sequence[Any]:
    if processor is None:
        return values
    memo = _Memo(processor)
    return [memo[value] for value in values]
