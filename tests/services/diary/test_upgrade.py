"""The notes of a database from before there were tasks."""

from alembic import command
from sqlalchemy import text

from app.models.values import Subject
from app.services.core import database as databases
from app.services.core import schema
from app.services.core.session import Database, Desk
from app.services.diary import queries
from tests.conftest import OFFICER


def test_notes_on_accounts_stay_where_they_are(tmp_path, clock):
    path = tmp_path / "old.db"
    old = Database(databases.database_url(path))

    def make(session):
        command.upgrade(schema._config(session), "0003")
        for statement in (
            "INSERT INTO officer (id, username, name, active, version) VALUES (1, 'officer', 'Test Officer', 1, 1)",
            "INSERT INTO officer_role (officer_id, role) VALUES (1, 'rents_officer')",
            """INSERT INTO note (id, account_id, written_at, officer_id, text)
               VALUES (7, 3, '2026-11-02 12:00:00.000000', 1, 'Rang about the rent.')""",
        ):
            session.execute(text(statement))

    old.transact(make)
    old.transact(schema.migrate)
    (note,) = Desk.sit_down(old, OFFICER, clock).ask(queries.notes, Subject.ACCOUNT, 3)
    assert (note.note_id, note.text, note.officer) == (7, "Rang about the rent.", "Test Officer")
    old.close()
