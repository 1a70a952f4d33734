"""Database triggers that refuse to change what is posted or audited."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = {"journal": ("number",), "entry": ("journal", "line"), "audit_entry": ("id",)}


def upgrade() -> None:
    """On SQLite REPLACE deletes a standing row without meeting a DELETE trigger, so an insert over one is refused too."""
    server = op.get_bind().dialect.name == "mssql"
    for table, key in GUARDED.items():
        for statement in _server(table) if server else _sqlite(table, key):
            op.execute(statement)


def _sqlite(table: str, key: tuple[str, ...]) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append only')"
    standing = " AND ".join(f"{column} = NEW.{column}" for column in key)
    over_standing = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {standing})"  # noqa: S608  names from the table above
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {over_standing} BEGIN {refuse}; END",
    ]


def _server(table: str) -> list[str]:
    return [
        (
            f"CREATE TRIGGER {table}_no_change ON {table} INSTEAD OF UPDATE, DELETE AS "
            f"BEGIN THROW 50001, '{table} is append only', 1; END"
        )
    ]
