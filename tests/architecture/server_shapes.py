"""What SQL Server refuses of a statement's shape, which SQLite takes; `server_sql` looks at each statement once."""

import re

from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import (
    BindParameter,
    ColumnClause,
    Grouping,
    Label,
    Tuple,
    UnaryExpression,
)
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import ScalarSelect, Select, SelectBase
from sqlalchemy.sql.visitors import iterate

_AGGREGATES = {"sum", "count", "min", "max", "avg", "aggregate_strings"}
_WORDS = re.compile(r"\bNULLS (?:FIRST|LAST)\b|\bFILTER \(")
_CALL = re.compile(r"\b([a-zA-Z_]+)\(")
_KNOWN = set(
    """abs avg cast ceiling charindex checksum coalesce concat convert count count_big current_timestamp datalength dateadd
    datediff datefromparts datename datepart day db_id dense_rank eomonth exists first_value floor getdate has_dbaccess iif
    isnull lag last_value lead left len lower ltrim max min month nchar ntile nullif patindex rank replace replicate reverse
    right round row_number rtrim schema_name serverproperty sign stuff substring sum sysutcdatetime trim try_cast unicode upper
    year string_agg original_login suser_sname translate db_name has_perms_by_name over in values nvarchar varbinary varchar datetime2 decimal numeric
    float and or not on when then else from join where select as with""".split()
)
_ASKED_OF_FILES = {"printf", "group_concat"}


def refuse_shapes(statement, compiled):
    """Every refusal, each with SQL Server's number in its docstring."""
    bare = re.sub(r"'[^']*'|\[[^\]]*\]", "''", compiled)
    found = _WORDS.search(bare)
    assert found is None, f"{found[0]} isn't for SQL Server: {compiled}"
    refuse_unknown_functions(statement, bare)
    for each in iterate(statement):
        assert not isinstance(each, Tuple), f"SQL Server compares no rows: {compiled}"
        if isinstance(each, Select):
            refuse_bound_groups(each)
            refuse_loose_columns(each)
            refuse_sorting_by_what_is_not_there(each)


def refuse_unknown_functions(statement, bare):
    """Error 195. What the ledger asks of SQLite alone isn't sent to a server."""
    own = {each.name.lower() for each in iterate(statement) if getattr(each, "__visit_name__", "") in {"table", "cte"}}
    own |= {getattr(statement.table, "name", "").lower()} if isinstance(statement, UpdateBase) else set()
    unknown = {name.lower() for name in _CALL.findall(bare)} - _KNOWN - _ASKED_OF_FILES - own
    assert not unknown, f"{unknown} are no functions of SQL Server: {bare}"


def refuse_bound_groups(select):
    """Errors 8120, 144 and 164.

    Each place of a bound value is a parameter of its own there, so that an expression with one, selected and grouped by, is
    not the same expression twice. `literal_column` is the same wherever it stands.
    """
    for each in select._group_by_clauses:
        parts = list(iterate(each))
        assert not [part for part in parts if isinstance(part, BindParameter) and not part.literal_execute], (
            f"SQL Server doesn't know what is grouped by a bound value again: {select}"
        )
        assert not [part for part in parts if isinstance(part, SelectBase | ScalarSelect)], (
            f"Grouped by a query: {select}"
        )
        assert [part for part in parts if isinstance(part, ColumnClause) and not part.is_literal], (
            f"Grouped by a constant: {select}"
        )


def refuse_loose_columns(select):
    """Error 8120: beside a sum stands only what is grouped by."""
    groups = list(select._group_by_clauses)
    shown = [_bare(each) for each in select._raw_columns if hasattr(each, "type")]
    if not groups and not any(map(_sums, shown)):
        return
    for each in shown:
        loose = _loose(each, [_bare(group) for group in groups])
        assert not loose, f"{loose} are neither summed nor grouped by: {select}"


def refuse_sorting_by_what_is_not_there(select):
    """Errors 145 (beside DISTINCT) and 408 (a constant)."""
    for each in select._order_by_clauses:
        sorted_by = _sorted(each)
        parts = list(iterate(sorted_by))
        assert [part for part in parts if isinstance(part, ColumnClause | FunctionElement | SelectBase | Label)] or (
            getattr(sorted_by, "__visit_name__", "") in {"label_reference", "textual_label_reference", "textclause"}
        ), f"Sorted by a constant: {select}"
        if select._distinct and isinstance(sorted_by, ColumnClause):
            shown = [_bare(column) for column in select._raw_columns]
            whole = {column for part in shown for column in getattr(part, "columns", ())}
            assert any(
                sorted_by is part or sorted_by.shares_lineage(part) for part in shown if hasattr(part, "proxy_set")
            ) or (sorted_by in whole), f"DISTINCT is sorted by what isn't selected, {sorted_by}: {select}"


def _loose(part, groups):
    if any(part is group or part.compare(group) or str(part) == str(group) for group in groups):
        return []
    if isinstance(part, ScalarSelect | SelectBase | BindParameter) or _is_sum(part) or _is_over(part):
        return []
    if isinstance(part, ColumnClause):
        return [] if part.is_literal else [str(part)]
    return [found for child in part.get_children() for found in _loose(child, groups)]


def _sums(part):
    if isinstance(part, ScalarSelect | SelectBase) or _is_over(part):
        return False
    return _is_sum(part) or any(map(_sums, part.get_children()))


def _is_sum(part):
    return isinstance(part, FunctionElement) and getattr(part, "name", "").lower() in _AGGREGATES


def _is_over(part):
    return getattr(part, "__visit_name__", "") == "over"


def _bare(part):
    return _bare(part.element) if isinstance(part, Grouping | Label) else part


def _sorted(part):
    return _sorted(part.element) if isinstance(part, UnaryExpression) and part.modifier is not None else part
