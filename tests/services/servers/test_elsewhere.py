"""Tests may work on another place than files: each worker has a database of its own there (tests/elsewhere.py)."""

from sqlalchemy import select, update

from app.models.officers import Officer
from app.services.core import database as databases
from tests.elsewhere import Elsewhere
from tests.services.servers.recording import ADDRESS, recorded


def test_a_file_is_made_put_back_and_dropped(tmp_path, clock):
    there = Elsewhere(f"sqlite:///{tmp_path / 'named.db'}", "gw7")
    there.make("officer", "Test Officer", clock)
    database = databases.open_database(there.url, clock)
    database.transact(lambda session: session.execute(update(Officer).values(name="Somebody")))
    database.close()
    there.put_back()
    database = databases.open_database(there.url, clock)
    assert "Test Officer" in database.read(lambda session: session.scalars(select(Officer.name)).all())
    database.close()
    there.drop()
    assert list(tmp_path.glob("*.db*")) == []


def test_a_server_has_a_database_of_the_worker_and_the_named_one_is_left_alone(clock):
    with recorded() as recorder:
        there = Elsewhere(ADDRESS, "gw7")
        there.make("officer", "Test Officer", clock)
        there.put_back()
        there.drop()
    texts = [text for text in recorder.batches() if "DATABASE" in text]
    assert [text.partition(" SET ")[0] for text in texts] == [
        "CREATE DATABASE [Rentbook_test_gw7] COLLATE Latin1_General_100_CI_AS",
        "ALTER DATABASE [Rentbook_test_gw7]",
        "ALTER DATABASE [Rentbook_test_gw7]",
        "BACKUP DATABASE [Rentbook_test_gw7] TO DISK = N'Rentbook_test_gw7.bak' WITH INIT, COPY_ONLY",
        "ALTER DATABASE [Rentbook_test_gw7]",
        "RESTORE DATABASE [Rentbook_test_gw7] FROM DISK = N'Rentbook_test_gw7.bak' WITH REPLACE",
        "ALTER DATABASE [Rentbook_test_gw7]",
    ]
