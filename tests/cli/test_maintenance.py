"""Maintenance by the command line, also of a database of another version."""

import pytest
from sqlalchemy import text

from app.services.core import gate
from app.services.core.errors import UserError
from app.services.core.session import Database
from tests.services.core.test_gate import set_version


@pytest.fixture
def office(rentbook, office, monkeypatch):
    """The command line on a fresh database, as its administrator."""
    monkeypatch.setattr("app.cli.maintenance.system_user", lambda: ("officer", "Test Officer"))
    return office


def test_it_is_announced_looked_at_and_ended(office):
    assert office("db", "maintenance", "status", "--json").data == {"state": "open"}
    told = office("db", "maintenance", "on", "--in", 5, "--for", "Upgrade")
    assert (told.code, "closes for maintenance at" in told.out) == (0, True)
    found = office("db", "maintenance", "status", "--json").data
    assert (found["state"], found["by"], found["words"]) == ("announced", "Test Officer", "Upgrade")
    again = office("db", "maintenance", "on")
    assert (again.code, "announced maintenance already" in again.err) == (1, True)
    assert "called off" in office("db", "maintenance", "off").out
    office("db", "maintenance", "on", "--now")
    assert office("db", "maintenance", "status").out.startswith("Closed for maintenance since")
    assert "open again" in office("db", "maintenance", "off").out
    assert office("db", "maintenance", "off").code == 1


def test_a_database_of_another_version_is_closed_and_opened_too(office, database_file):
    database = Database(f"sqlite:///{database_file}")
    set_version(database, "9999")
    assert office("db", "maintenance", "on", "--now").code == 0
    assert office("db", "maintenance", "off").code == 0
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE maintenance"))
    database.close()
    told = office("db", "maintenance", "on")
    assert (told.code, "before Rentbook could be closed" in told.err) == (1, True)


def test_a_shared_database_is_upgraded_only_while_it_is_closed(office, database_file):
    """What an upgrade of a server asks first, asked of a file."""
    database = Database(f"sqlite:///{database_file}")
    for arguments in ((), ("on", "--in", 5)):
        if arguments:
            office("db", "maintenance", *arguments)
        with pytest.raises(UserError, match="and it is open"):
            database.read(gate.refuse_open)
    office("db", "maintenance", "off")
    office("db", "maintenance", "on", "--now")
    database.read(gate.refuse_open)
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE maintenance"))
    database.read(gate.refuse_open)
    database.close()
