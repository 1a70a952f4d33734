"""What every statement that a test runs must be on SQL Server; `tests/conftest.py` hooks it to every engine."""

import re

from sqlalchemy import Engine, event
from sqlalchemy.dialects import mssql
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

_DIALECT = mssql.dialect()
_DIALECT._supports_offset_fetch = True
_NOT_ALLOWED = re.compile(r"\b(LIMIT|MERGE|FOR UPDATE|IS (?:NOT )?[01])\b")
_MOST_IN = 1_000
_seen = set()


@event.listens_for(Engine, "before_execute")
def compiles_for_sql_server(connection, clauseelement, multiparams, params, execution_options):
    """Compile each new select, insert, update and delete for SQL Server too; text SQL names its engine itself."""
    if not isinstance(clauseelement, SelectBase | UpdateBase):
        return
    one = multiparams[0] if len(multiparams) == 1 else params
    key = clauseelement._generate_cache_key()
    refuse_long_lists(clauseelement, key, one if isinstance(one, dict) else {})
    identity = key.key if key is not None else str(clauseelement)
    if identity in _seen:
        return
    _seen.add(identity)
    columns = list(one) if isinstance(one, dict) and one else None
    if multiparams and isinstance(multiparams[0], list):
        columns = list(multiparams[0][0])
    compiled = str(clauseelement.compile(dialect=_DIALECT, column_keys=columns))
    found = _NOT_ALLOWED.search(re.sub(r"'[^']*'|\[[^\]]*\]", "", compiled))
    assert found is None, f"{found[0]} isn't for SQL Server: {compiled}"


def refuse_long_lists(clauseelement, key, given):
    """An IN holds at most 1,000 values."""
    values = [bound.value for bound in key.bindparams] if key is not None else []
    for value in [*values, *given.values()]:
        if isinstance(value, list | tuple | set):
            assert len(value) <= _MOST_IN, f"an IN over {_MOST_IN} values: {clauseelement}"
