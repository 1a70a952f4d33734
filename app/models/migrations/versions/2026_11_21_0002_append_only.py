"""Database triggers that refuse to change what is posted or audited."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Table, and what stands already when a new row must be refused. Entries go in before their journal's row, so that an entry
# of a journal that is there comes too late: neither REPLACE nor another line gets past it.
GUARDED = {
    "journal": "SELECT 1 FROM journal WHERE number = NEW.number",
    "entry": "SELECT 1 FROM journal WHERE number = NEW.journal",
    "audit_entry": "SELECT 1 FROM audit_entry WHERE id = NEW.id",
}


def upgrade() -> None:
    """On SQLite REPLACE deletes a standing row without meeting a DELETE trigger, so an insert over one is refused too."""
    server = op.get_bind().dialect.name == "mssql"
    for table, standing in GUARDED.items():
        for statement in _server(table) if server else _sqlite(table, standing):
            op.execute(statement)


def _sqlite(table: str, standing: str) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is append only')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({standing}) BEGIN {refuse}; END",
    ]


def _server(table: str) -> list[str]:
    """There a primary key refuses a standing row; what is left is a late line of a journal that is there."""
    refuse = f"THROW 50001, '{table} is append only', 1"
    guards = [f"CREATE TRIGGER {table}_no_change ON {table} INSTEAD OF UPDATE, DELETE AS BEGIN {refuse}; END"]
    if table == "entry":
        late = "SELECT 1 FROM inserted JOIN journal ON journal.number = inserted.journal"
        guards.append(f"CREATE TRIGGER entry_no_late_line ON entry AFTER INSERT AS IF EXISTS ({late}) {refuse}")
    return guards
