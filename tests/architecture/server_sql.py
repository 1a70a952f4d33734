"""What every statement that a test runs must be on SQL Server; `tests/conftest.py` hooks it to every engine."""

import re

from sqlalchemy import Boolean, Engine, event
from sqlalchemy.dialects import mssql
from sqlalchemy.engine.interfaces import CacheStats, ExecuteStyle
from sqlalchemy.sql import operators
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Case,
    ColumnClause,
    False_,
    FunctionFilter,
    Grouping,
    Label,
    True_,
    UnaryExpression,
)
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import ScalarSelect, Select, SelectBase
from sqlalchemy.sql.visitors import iterate

from tests.architecture.server_shapes import refuse_shapes

_DIALECT = mssql.dialect()
_DIALECT._supports_offset_fetch = True
_NOT_ALLOWED = re.compile(r"\b(LIMIT|MERGE|FOR UPDATE|IS (?:NOT )?[01])\b")
_MOST_IN = 1_000
_MOST_VALUES = 2_000
_AGGREGATES = {"sum", "count", "min", "max", "avg"}
_CONDITIONS = (BinaryExpression, BooleanClauseList, UnaryExpression)
_VALUES = (BindParameter, Case, ColumnClause, False_, FunctionElement, ScalarSelect, True_)
_LOOKED_AT = (SelectBase, UpdateBase)
_seen = set()


@event.listens_for(Engine, "before_cursor_execute")
def compiles_for_sql_server(connection, cursor, statement, parameters, context, executemany):
    """Compile each new select, insert, update and delete for SQL Server too; text SQL names its engine itself.

    What SQLAlchemy has compiled before was looked at then: `tests/compiled_once.py` keeps it for the tests that follow.
    """
    if context is None or context.compiled is None or not isinstance(context.invoked_statement, _LOOKED_AT):
        return
    refuse_long_lists(statement, context._expanded_parameters)
    refuse_many_values(statement, parameters, context)
    if context.cache_hit is CacheStats.CACHE_HIT or statement in _seen:
        return
    _seen.add(statement)
    compiled = str(context.invoked_statement.compile(dialect=_DIALECT, column_keys=context.compiled.column_keys))
    found = _NOT_ALLOWED.search(re.sub(r"'[^']*'|\[[^\]]*\]", "", compiled))
    assert found is None, f"{found[0]} isn't for SQL Server: {compiled}"
    refuse_queries_in_sums(context.invoked_statement)
    refuse_conditions_as_columns(context.invoked_statement)
    refuse_values_as_conditions(context.invoked_statement)
    refuse_shapes(context.invoked_statement, compiled)


def refuse_queries_in_sums(statement):
    """SQL Server sums nothing that holds a query or another sum: error 130."""
    for each in iterate(statement):
        if _is_sum(each):
            inside = [part for part in iterate(each.clauses) if isinstance(part, SelectBase) or _is_sum(part)]
            assert not inside, f"SQL Server refuses {each.name}() over a query or a sum: {statement}"


def refuse_conditions_as_columns(statement):
    """SQL Server selects values, and a condition is none: `case((condition, 1), else_=0)` is one."""
    for each in iterate(statement):
        for column in each._raw_columns if isinstance(each, Select) else ():
            assert not _is_condition(column), f"SQL Server refuses the condition {column} as a column: {statement}"


def refuse_values_as_conditions(statement):
    """On SQL Server a flag is a bit, and a bit no condition: `case((Category.works == true(), 1), else_=0)`.

    SQLAlchemy itself writes `= 1` behind a flag in WHERE, ON, HAVING, AND, OR and NOT, but not behind WHEN, nor where a
    condition is compared as if it were a value.
    """
    for each in iterate(statement):
        for condition in _conditions(each):
            assert not isinstance(_bare(condition), _VALUES), f"SQL Server refuses {condition} after WHEN: {statement}"
        for value in _compared(each):
            assert not _is_condition(value), f"SQL Server compares no condition such as {value}: {statement}"


def _conditions(part):
    if isinstance(part, Case):
        return [condition for condition, _ in part.whens] if part.value is None else []
    return [part.criterion] if isinstance(part, FunctionFilter) else []


def _compared(part):
    """What must be a value: the sides of a comparison, what a case comes to, and what is sorted by."""
    if isinstance(part, BinaryExpression):
        return (part.left, part.right) if operators.is_comparison(part.operator) else ()
    if isinstance(part, Case):
        return [result for _, result in part.whens] + ([part.else_] if part.else_ is not None else [])
    if isinstance(part, Select):
        return [_sorted(each) for each in (*part._order_by_clauses, *part._group_by_clauses)]
    return ()


def _sorted(part):
    return _sorted(part.element) if isinstance(part, UnaryExpression) and part.modifier is not None else part


def _bare(part):
    return _bare(part.element) if isinstance(part, Grouping | Label) else part


def _is_condition(column):
    if isinstance(column, Label | Grouping):
        return _is_condition(column.element)
    return isinstance(column, _CONDITIONS) and isinstance(column.type, Boolean)


def _is_sum(part):
    return isinstance(part, FunctionElement) and getattr(part, "name", "").lower() in _AGGREGATES


def refuse_long_lists(statement, expanded):
    """An IN holds at most 1,000 values; `expanded` names a list's values by the list's name."""
    for values in expanded.values():
        assert len(values) <= _MOST_IN, f"an IN over {_MOST_IN} values: {statement[:2_000]}"


def refuse_many_values(statement, parameters, context):
    """Error 8003: a statement carries at most 2,100 values. SQLAlchemy itself divides what it inserts in rows."""
    if context.execute_style is not ExecuteStyle.INSERTMANYVALUES and not context.executemany:
        assert len(parameters) <= _MOST_VALUES, f"{len(parameters)} values: {statement[:2_000]}"
