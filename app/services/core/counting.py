"""Counting by condition inside a statement, the same on SQLite and SQL Server."""

from __future__ import annotations

from sqlalchemy import ColumnElement, case, func


def count_where(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows are so; 0 of none. The condition holds no query: SQL Server refuses to sum one (error 130)."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
