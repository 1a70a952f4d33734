"""What a restore would bring back and what would be lost is said before anything is touched."""

import contextlib
import sqlite3
from datetime import date

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import AccountKind, JournalKind
from app.models.values.backups import BackupState
from app.services.backups import files, jobs, rehearsing, restoring
from app.services.backups.dto import By, PutBack
from app.services.core import database as databases
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings

pytestmark = pytest.mark.sqlite_file


BY = By("officer", "The disk failed")


def post(desk, key):
    """One journal on a new account."""
    account = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    header = JournalHeader(JournalKind.ADJUSTMENT, date(2026, 11, 16), "test", key)
    desk.do(ledger.post, header, [Line(account, "DBR", 11842, date(2026, 11, 16))])


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
        restoring.restore(database_file, made.file, clock, BY)


def test_what_lies_beside_it_bears_the_seal_of_the_key(desk, database_file, clock):
    made = jobs.make(desk)
    files.write_beside(made.file, files.told_beside(made.file) | {"last_journal": 99})
    assert "doesn't bear the seal" in rehearsing.rehearse(made.file, database_file, clock).tried.words


def test_it_is_put_back_and_what_was_there_is_kept(desk, database_file, clock):
    made = jobs.make(desk)
    amy(desk)
    desk.database.close()
    kept = restoring.restore(database_file, made.file, clock, BY).kept
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
    assert restoring.restore(tmp_path / "none.db", made.file, clock, BY) == PutBack(None, "")


def test_journals_that_would_be_lost_are_counted(desk, database_file, clock):
    post(desk, "one")
    made = jobs.make(desk)
    found = rehearsing.rehearse(made.file, database_file, clock)
    assert (found.same, found.facts.last_journal) == (True, 1)
    assert "Every journal of now is in it: the last is 1." in found.told
    header = JournalHeader(JournalKind.ADJUSTMENT, date(2026, 11, 17), "test", "two")
    desk.do(ledger.post, header, [Line(lettings_account(desk), "DBR", 500, date(2026, 11, 16))])
    found = rehearsing.rehearse(made.file, database_file, clock)
    assert (found.same, found.now_journal, found.good) == (True, 2, True)
    assert found.told[1].startswith(
        "It ends with journal 1. 1 later journal would be lost, the first recorded on 21 Nov 2026"
    )
    lost = {each.what: each.now - each.then for each in found.differences}
    assert (lost["Journals"], lost["Lines of journals"]) == (1, 2)


def test_a_backup_of_another_past_is_told(desk, database_file, clock):
    post(desk, "one")
    made = jobs.make(desk)
    desk.database.close()
    with contextlib.closing(sqlite3.connect(database_file)) as file:
        file.execute("DROP TRIGGER journal_no_update")
        file.execute("UPDATE journal SET digest = 'of another'")
        file.commit()
    found = rehearsing.rehearse(made.file, database_file, clock)
    assert (found.same, found.good) == (False, False)
    assert "It is not of this database's own past: journal 1 stands otherwise here." in found.told


def lettings_account(desk):
    return desk.ask(lambda ctx: ctx.session.scalar(select(Account.id).where(Account.kind != AccountKind.CONTROL)))


NOTHING_PROVES = "Nothing proves that nobody changed it: it bears no seal."


def tampered(file, **beside):
    """A backup in which a name was changed, with its new SHA-256 in the file beside it."""
    with contextlib.closing(sqlite3.connect(file)) as copy:
        copy.execute("UPDATE officer SET name = 'Mallory'")
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.commit()
    files.write_beside(file, files.told_beside(file) | {"sha256": files.digest_of(file)} | beside)
    return file


def renamed(file):
    """The same backup under another name."""
    other = file.with_name("another.db")
    files.beside(file).rename(files.beside(other))
    return file.rename(other)


def test_a_wrong_seal_is_refused_where_there_is_no_database_too(desk, tmp_path, clock):
    file = tampered(jobs.make(desk).file)
    there = tmp_path / "none.db"
    with pytest.raises(UserError, match="doesn't bear the seal"):
        restoring.restore(there, file, clock, BY)
    assert not there.exists()
    assert restoring.restore(there, file, clock, BY, even_if_changed=True) == PutBack(None, "")


def test_where_the_key_is_not_here_nobody_can_tell_whether_it_was_changed(desk, tmp_path, clock):
    file = tampered(jobs.make(desk).file)
    for each in (tmp_path / "home").rglob("*.key"):
        each.unlink()
    keys.forget()
    could_not = "Whether anybody changed it could not be told: this desk doesn't have the key of its seal."
    assert could_not in rehearsing.rehearse(file, tmp_path / "none.db", clock).told
    assert restoring.restore(tmp_path / "none.db", file, clock, BY).doubt == could_not
    keys.forget()


def test_one_without_a_seal_proves_nothing(desk, tmp_path, clock):
    file = tampered(jobs.make(desk).file, seal="")
    assert rehearsing.rehearse(file, tmp_path / "none.db", clock).told[1] == NOTHING_PROVES
    assert restoring.restore(tmp_path / "none.db", file, clock, BY).doubt == NOTHING_PROVES


def test_a_renamed_one_is_known_by_when_it_was_made(desk, database_file, clock):
    file = renamed(tampered(jobs.make(desk).file, seal=""))
    assert rehearsing.rehearse(file, database_file, clock).tried.state is BackupState.CHANGED
    desk.database.close()
    with pytest.raises(UserError, match="was changed since it was made"):
        restoring.restore(database_file, file, clock, BY)


@pytest.mark.parametrize("made_at", ["", 7, "2026-11-20T09:00:00+00:00", "2026-11-21T12:00:00"])
def test_a_renamed_one_with_another_time_is_known_by_its_last_journal(desk, database_file, clock, made_at):
    found = rehearsing.rehearse(renamed(tampered(jobs.make(desk).file, seal="", made_at=made_at)), database_file, clock)
    assert (
        found.told[1] == f"{NOTHING_PROVES} Every backup of the list that ends with the same journal has other bytes."
    )
    assert not found.good


def test_a_renamed_one_that_nobody_changed_is_known_by_its_bytes(desk, database_file, clock):
    file = renamed(jobs.make(desk).file)
    files.beside(file).unlink()
    found = rehearsing.rehearse(file, database_file, clock)
    assert (found.good, found.doubt) == (True, "")


def test_what_lies_beside_a_backup_may_be_anything(desk, tmp_path, clock):
    file = jobs.make(desk).file
    files.beside(file).write_text("[" * 300_000, "utf-8")
    assert files.told_beside(file) == {}
    assert rehearsing.rehearse(file, tmp_path / "none.db", clock).told[1] == NOTHING_PROVES
