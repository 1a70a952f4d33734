"""Every table can be made on SQL Server with what the design asks of it there."""

import pytest
from sqlalchemy import Date, Text, Unicode, UniqueConstraint
from sqlalchemy.dialects import mssql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import Float, Numeric, String, TypeDecorator

from app.models.tables import metadata

TABLES = sorted(metadata.tables.values(), key=lambda table: table.name)
LONGEST_INDEXED = 700  # a SQL Server index key may have 1,700 bytes, NVARCHAR takes two a character


def plain(column):
    return column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_text_is_unicode_and_nothing_is_a_float(table):
    for column in table.columns:
        kind = plain(column)
        assert not isinstance(kind, Float | Numeric), column
        if isinstance(kind, String):
            assert isinstance(kind, Unicode), column
            assert not isinstance(kind, Text), column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_indexed_text_has_a_size(table):
    indexed = [*table.primary_key.columns, *(column for index in table.indexes for column in index.columns)]
    indexed += [
        c for constraint in table.constraints if isinstance(constraint, UniqueConstraint) for c in constraint.columns
    ]
    for column in indexed:
        kind = plain(column)
        if isinstance(kind, String):
            assert kind.length is not None, column
            assert kind.length <= LONGEST_INDEXED, column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_unique_column_that_may_be_empty_is_filtered(table):
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert not any(column.nullable for column in constraint.columns), constraint.name
    for index in table.indexes:
        if index.unique and any(column.nullable for column in index.columns):
            for dialect in (mssql.dialect(), sqlite.dialect()):
                assert " WHERE " in str(CreateIndex(index).compile(dialect=dialect)), index.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_it_compiles_for_sql_server(table):
    dialect = mssql.dialect()
    made = str(CreateTable(table).compile(dialect=dialect))
    assert "VARCHAR(max)" not in made.replace("NVARCHAR(max)", "")
    for index in table.indexes:
        assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_money_is_whole_pence_and_days_are_days():
    for table in TABLES:
        for column in table.columns:
            if column.name.endswith("_pence") or column.name == "pence":
                assert plain(column).python_type is int, column
            if column.name.endswith("_on"):
                assert isinstance(plain(column), Date), column
