"""What is sent to an empty SQL Server database makes the tables that Rentbook knows, and nothing that a server would refuse.

The migrations run whole against a recorder (see recording.py): compiled for the server, not run on one. Numbers in the
messages are SQL Server's own.
"""

import re
from collections import Counter

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import mssql

from app.models.tables import metadata
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.clock import FixedClock
from tests.conftest import TODAY
from tests.services.servers.ddl import Schema, columns
from tests.services.servers.recording import ADDRESS, recorded

ALEMBICS = "alembic_version"  # a table of the migrations' own, not Unicode
MOST_CLUSTERED, MOST_KEY, MOST_ROW = 900, 1_700, 8_060
BYTES = {"BIGINT": 8, "INTEGER": 4, "SMALLINT": 2, "BIT": 1, "DATE": 3, "DATETIME2(6)": 8, "TIME": 5}
# Microsoft's list of reserved words that could be taken for a name of ours.
RESERVED = set(
    """ADD ALL ALTER AND ANY AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BREAK BROWSE BULK BY CASCADE CASE CHECK CHECKPOINT
    CLOSE CLUSTERED COALESCE COLLATE COLUMN COMMIT COMPUTE CONSTRAINT CONTAINS CONTAINSTABLE CONTINUE CONVERT CREATE CROSS
    CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURSOR DATABASE DBCC DEALLOCATE DECLARE DEFAULT DELETE
    DENY DESC DISK DISTINCT DISTRIBUTED DOUBLE DROP DUMP ELSE END ERRLVL ESCAPE EXCEPT EXEC EXECUTE EXISTS EXIT EXTERNAL
    FETCH FILE FILLFACTOR FOR FOREIGN FREETEXT FREETEXTTABLE FROM FULL FUNCTION GOTO GRANT GROUP HAVING HOLDLOCK IDENTITY
    IDENTITYCOL IDENTITY_INSERT IF IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY KILL LEFT LIKE LINENO LOAD MERGE
    NATIONAL NOCHECK NONCLUSTERED NOT NULL NULLIF OF OFF OFFSETS ON OPEN OPENDATASOURCE OPENQUERY OPENROWSET OPENXML OPTION
    OR ORDER OUTER OVER PERCENT PIVOT PLAN PRECISION PRIMARY PRINT PROC PROCEDURE PUBLIC RAISERROR READ READTEXT
    RECONFIGURE REFERENCES REPLICATION RESTORE RESTRICT RETURN REVERT REVOKE RIGHT ROLLBACK ROWCOUNT ROWGUIDCOL RULE SAVE
    SCHEMA SECURITYAUDIT SELECT SEMANTICKEYPHRASETABLE SESSION_USER SET SETUSER SHUTDOWN SOME STATISTICS SYSTEM_USER TABLE
    TABLESAMPLE TEXTSIZE THEN TO TOP TRAN TRANSACTION TRIGGER TRUNCATE TRY_CONVERT TSEQUAL UNION UNIQUE UNPIVOT UPDATE
    UPDATETEXT USE USER VALUES VARYING VIEW WAITFOR WHEN WHERE WHILE WITH WITHIN WRITETEXT""".split()
)
MEANT = set(
    """ADD ALL ALTER AND AS ASC BEGIN BY CASE CHECK COALESCE COLLATE COLUMN CONSTRAINT CREATE DEFAULT DELETE DESC DROP ELSE END EXISTS FOR
    FOREIGN FROM GROUP HAVING IDENTITY IDENTITY_INSERT IF IN INDEX INNER INSERT INTO IS JOIN KEY LEFT LIKE NOT NULL NULLIF OF OFF ON
    OR ORDER OUTER OVER PRIMARY REFERENCES RETURN SELECT SET TABLE THEN TOP TRIGGER UNION UNIQUE UPDATE VALUES VIEW WHEN WHERE
    WITH EXEC""".split()
)


@pytest.fixture(scope="module")
def batches(_workers_home):
    with recorded() as recorder:
        databases.create(ADDRESS, "officer", "Test Officer", FixedClock(TODAY)).close()
    return recorder.sent


@pytest.fixture(scope="module")
def made(batches):
    return Schema(text for text, _values in batches)


@pytest.fixture(scope="module")
def wanted():
    with recorded() as recorder, create_engine(ADDRESS).begin() as connection:
        metadata.create_all(connection)
    return Schema(recorder.batches())


def constraints(found, table):
    """Without their names, of which some were named twice over by a naming convention."""
    return sorted(found.constraints[table].values())


def test_the_migrations_make_the_tables_of_the_models(made, wanted):
    assert made.columns[ALEMBICS] == {"version_num": "VARCHAR(32) NOT NULL"}
    for table in metadata.tables:
        assert made.columns[table] == wanted.columns[table], table
        assert made.indexes[table] == wanted.indexes[table], table
        assert constraints(made, table) == constraints(wanted, table), table
    assert made.columns.keys() - {ALEMBICS} == metadata.tables.keys()


def test_every_step_is_there_and_all_of_it_is_one_transaction(batches):
    texts = [text for text, _values in batches]
    assert f"UPDATE alembic_version SET version_num='{schema.newest()}'" in " ".join(texts)
    first = next(at for at, text in enumerate(texts) if "CREATE TABLE" in text)
    assert texts[first:].count("COMMIT") == 1
    assert not [text for text in texts if re.match(r"\s*(ALTER|CREATE|DROP) DATABASE|\s*BACKUP|\s*RECONFIGURE", text)]


def test_triggers_and_views_stand_alone_in_their_batch(batches):
    """Error 111."""
    for text, _values in batches:
        found = re.findall(r"\bCREATE (?:OR ALTER )?(?:TRIGGER|VIEW|FUNCTION|PROCEDURE|SCHEMA)\b", text)
        assert len(found) <= 1
        assert not found or text.lstrip().startswith("CREATE"), text
        assert not re.search(r"^\s*GO\s*$", text, re.MULTILINE), "GO is a word of sqlcmd, not of the server"


def test_text_is_unicode_and_moments_are_exact(made):
    for table, kept in made.columns.items():
        for name, kind in kept.items():
            if table != ALEMBICS:
                assert re.match(
                    r"(NVARCHAR\((\d+|max)\)|VARBINARY\((\d+|max)\)|BIGINT|INTEGER|BIT|DATE|DATETIME2\(6\)) ?", kind
                ), f"{table}.{name} {kind}"


def test_a_foreign_key_points_to_a_key_of_the_same_type(made):
    """Errors 1776, 1778 and 1753."""
    for table, own, other, theirs in made.pointers():
        primary, others = made.keys(other)
        unfiltered = [
            columns(text)
            for text in made.indexes[other].values()
            if text.startswith("UNIQUE") and " WHERE " not in text
        ]
        assert theirs in {primary, *others, *unfiltered}, f"{table}{own} points to {other}{theirs}, which is no key"
        for mine, its in zip(own, theirs, strict=True):
            kinds = [kind.split(" ")[0] for kind in (made.columns[table][mine], made.columns[other][its])]
            assert kinds[0] == kinds[1], f"{table}.{mine} is {kinds[0]}, {other}.{its} is {kinds[1]}"


def test_nothing_cascades(batches, made):
    """Error 1785 (two paths), and 2113: no INSTEAD OF trigger where a foreign key cascades."""
    assert made.triggers
    assert not [text for text, _values in batches if re.search(r"ON (DELETE|UPDATE) (CASCADE|SET)", text)]


def size(kind):
    text = re.match(r"(N?VARCHAR|VARBINARY)\((\w+)\)", kind)
    if text is None:
        return BYTES[kind.split(" ")[0]]
    assert text[2] != "max", "1919: text without a size is no key"
    return int(text[2]) * (2 if text[1] == "NVARCHAR" else 1)


def test_keys_are_short_enough(made):
    """Error 1946 when a row is written, a mere warning before."""
    for table, kept in made.columns.items():
        primary, others = made.keys(table)
        assert sum(size(kept[name]) for name in primary) <= MOST_CLUSTERED, table
        for key in (*others, *map(columns, made.indexes[table].values())):
            assert len(key) <= 32, key
            assert sum(size(kept[name]) for name in key) <= MOST_KEY, (table, key)


def test_a_row_fits_a_page(made):
    """Error 511: what has no fixed size may lie elsewhere, but leaves 24 bytes behind."""
    for table, kept in made.columns.items():
        least = sum(24 if "VAR" in kind else BYTES[kind.split(" ")[0]] for kind in kept.values())
        assert least + len(kept) // 8 + 11 <= MOST_ROW, table
        assert len(kept) <= 1_024, table


def test_names_are_short_and_nobody_elses(made):
    """Error 2714: constraints and triggers are objects of the schema, as tables are."""
    named = Counter([*made.columns, *made.triggers])
    named.update(name for kept in made.constraints.values() for name in kept)
    assert [name for name, times in named.items() if times > 1] == []
    assert [name for name in named if len(name) > 128] == []


def test_reserved_words_are_in_brackets(batches):
    quote = mssql.dialect().identifier_preparer.quote
    for table in metadata.tables.values():
        for name in (table.name, *table.columns.keys()):
            assert name.upper() not in RESERVED or quote(name).startswith("["), name
    for text, _values in batches:
        if text.startswith(("SET ", "COMMIT", "ROLLBACK", "DECLARE")):
            continue
        bare = re.sub(r"N?'(?:[^']|'')*'|\[[^\]]*\]|%\(\w+\)s", " ", text)
        found = {word.upper() for word in re.findall(r"[A-Za-z_]+", bare)} & RESERVED - MEANT
        assert not found or text.startswith(("CREATE TRIGGER", "CREATE VIEW")), (found, text)


def test_filters_of_indexes_are_what_a_server_takes(made):
    """Error 10735: comparisons with constants, joined by AND."""
    for kept in made.indexes.values():
        for text in kept.values():
            where = re.sub(r"'[^']*'", "''", text.partition(" WHERE ")[2])
            assert not re.search(r"\b(OR|LIKE|BETWEEN|NOT IN|CASE)\b|\w\(", where.replace("IN (", "IN_")), text


def test_a_number_is_given_only_where_the_server_is_told(batches, made):
    """Error 544."""
    given = None
    for text, _values in batches:
        if found := re.match(r"SET IDENTITY_INSERT \[?(\w+)\]? (ON|OFF)", text):
            given = found[1] if found[2] == "ON" else None
        if found := re.match(r"INSERT INTO \[?(\w+)\]? \(([^)]+)\)", text):
            numbered = [name for name, kind in made.columns.get(found[1], {}).items() if "IDENTITY" in kind]
            listed = found[2].replace("[", "").replace("]", "").split(", ")
            assert given == found[1] or not set(numbered) & set(listed), text


def test_no_row_is_given_back_where_a_trigger_looks_at_new_rows(made):
    """Error 334: SQLAlchemy asks for a number that the server gives by OUTPUT, which such a trigger forbids."""
    for name, (table, _when, actions) in made.triggers.items():
        if "INSERT" in actions:
            kept = metadata.tables[table]
            numbered = kept.autoincrement_column is not None
            assert not numbered or not kept.implicit_returning, (
                f"{name}: {table} must not use OUTPUT (implicit_returning)"
            )


def test_a_statement_has_no_more_values_than_a_server_takes(batches):
    """Errors 8003 (2,100 parameters) and 10738 (1,000 rows)."""
    for text, values in batches:
        assert not isinstance(values, dict) or len(values) <= 2_000, text[:200]
        assert text.count("), (") < 1_000, text[:200]
