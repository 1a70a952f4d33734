"""Documents that were attached before there was a finder are found after the upgrade."""

from functools import partial

from sqlalchemy import text

from app.registered import register
from app.services.core import database as databases
from app.services.core import finding, schema
from app.services.core.session import Database, Desk

BEFORE = "0003"
LINKS = (
    (1, "account", "file", "Repair photograph", "boiler damp.png"),
    (2, "account", "statement", "Statement of the quarter", "statement.pdf"),
    (3, "load", "source", "The loaded workbook", "landlord.xlsx"),
)
"""As 0.1.0 kept them: one attached by an officer, one made and one read in by the program."""


def old_file(path):
    """A file of 0.1.0 with an officer, a document and its links."""
    database = Database(databases.database_url(path))
    database.transact(partial(schema.migrate, to=BEFORE))

    def fill(session):
        session.execute(text("INSERT INTO officer (id, username, name, active) VALUES (7, 'officer', 'O', 1)"))
        session.execute(
            text(
                "INSERT INTO document (sha256, media_type, size, content, stored_at) VALUES (:s, 'image/png', 1, x'00', :at)"
            ),
            {"s": "0" * 64, "at": "2026-05-01 09:00:00.000000"},
        )
        for link_id, subject, kind, title, name in LINKS:
            session.execute(
                text(
                    "INSERT INTO document_link (id, sha256, subject, subject_id, kind, title, file_name, linked_at,"
                    " officer_id) VALUES (:i, :s, :subject, 1, :kind, :title, :name, '2026-05-01 09:00:00.000000', 7)"
                ),
                {"i": link_id, "s": "0" * 64, "subject": subject, "kind": kind, "title": title, "name": name},
            )

    database.transact(fill)
    database.close()


def test_attached_documents_are_found_after_the_upgrade(tmp_path, clock):
    register()
    path = tmp_path / "old.db"
    old_file(path)
    done = databases.upgrade(path)
    assert (done.before, done.after) == (BEFORE, schema.newest())
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, "officer", clock)
    try:
        found = {
            words: [each.title for group in desk.ask(finding.find, words) for each in group.found]
            for words in ("repair", "boiler", "quarter", "workbook")
        }
    finally:
        database.close()
    assert found == {"repair": ["Repair photograph"], "boiler": ["Repair photograph"], "quarter": [], "workbook": []}
