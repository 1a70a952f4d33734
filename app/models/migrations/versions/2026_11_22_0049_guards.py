"""What else takes two people, and codes that stay what they are."""

import re

from alembic import op

from app.models.migrations.guards import records, server, sqlite, two_person

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_NAME = re.compile(r"CREATE TRIGGER (\w+)")


def upgrade() -> None:
    """The triggers of 0041 whose text became another are made anew."""
    if op.get_bind().dialect.name == "mssql":
        made = (*two_person.triggers(), *map(records.on_server, records.RECORDS), *server.added())
    else:
        made = (*(text for each in records.RECORDS for text in records.on_file(each)), *sqlite.added())
    for text in made:
        (name,) = _NAME.findall(text)[:1]
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        op.execute(text)
