"""What a restore would bring back and what would be lost is said before anything is touched."""

import pytest

from app.models.values.backups import BackupState
from app.services.backups import files, jobs, queries, rehearsing
from app.services.core import database as databases
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from tests.prepared import copy_of

pytestmark = pytest.mark.sqlite_file


@pytest.fixture
def landlord(demonstration, tmp_path, clock):
    """A small landlord, as its own system user sees it."""
    from app.services.core.sign_in import system_user

    path = copy_of(demonstration, tmp_path / "office.db")
    database = Database(databases.database_url(path))
    yield Desk.sit_down(database, system_user()[0], clock)
    database.close()


def amy(desk):
    desk.do(add, NewOfficer("amy", "Amy Example", frozenset({Role.RENTS_OFFICER})))


def test_what_would_be_lost_is_counted(desk, database_file, clock):
    made = jobs.make(desk)
    amy(desk)
    found = rehearsing.rehearse(made.file, database_file, clock)
    assert found.good
    assert next((each.what, each.now - each.then) for each in found.differences) == ("Officers", 1)
    assert found.told[0] == "It was restored, and every check found it whole."
    assert "This desk has it." in found.key


def test_one_that_was_changed_is_told_and_not_put_back(desk, database_file, clock):
    made = jobs.make(desk)
    with made.file.open("r+b") as file:
        file.seek(5_000)
        file.write(b"changed")
    found = rehearsing.rehearse(made.file, database_file, clock)
    assert (found.good, found.tried.state) == (False, BackupState.CHANGED)
    desk.database.close()
    with pytest.raises(UserError, match="was changed since it was made"):
        rehearsing.restore(database_file, made.file, clock)


def test_what_lies_beside_it_bears_the_seal_of_the_key(desk, database_file, clock):
    made = jobs.make(desk)
    files.write_beside(made.file, files.told_beside(made.file) | {"last_journal": 99})
    assert "doesn't bear the seal" in rehearsing.rehearse(made.file, database_file, clock).tried.words


def test_it_is_put_back_and_what_was_there_is_kept(desk, database_file, clock):
    made = jobs.make(desk)
    amy(desk)
    desk.database.close()
    kept = rehearsing.restore(database_file, made.file, clock)
    again = Database(databases.database_url(database_file))
    with pytest.raises(UserError, match="'amy' is not an officer"):
        Desk.sit_down(again, "amy", clock)
    again.close()
    assert kept.exists()
    assert "made by a newer" not in made.told


def test_without_a_database_there_is_nothing_to_compare(desk, tmp_path, clock):
    made = jobs.make(desk)
    found = rehearsing.rehearse(made.file, tmp_path / "none.db", clock)
    assert found.good
    assert "There is no database to compare it with, or it can't be read." in found.told
    assert rehearsing.restore(tmp_path / "none.db", made.file, clock) is None


def test_a_landlord_s_journals_since_the_backup_are_named(landlord, clock, tmp_path):
    made = jobs.make(landlord)
    assert made.good, made.told
    before = landlord.ask(queries.listed)[0].last_journal
    assert before > 0
    file = landlord.ask(queries.file_of)
    found = rehearsing.rehearse(made.file, file, clock)
    assert found.same is True
    assert f"Every journal of now is in it: the last is {before}." in found.told
