"""A backup that is put back tells who did it, keeps what was there, and sends nothing twice."""

import contextlib
import shutil
import sqlite3
from datetime import date

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.backups import DatabaseRestore
from app.models.letters import Outgoing
from app.models.values import Subject
from app.registered import announce
from app.services.backups import jobs, queries, rehearsing, restoring
from app.services.backups.dto import By
from app.services.core import database as databases
from app.services.core import officers, schema, sqlite_files
from app.services.core.clock import FixedClock
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.progress import CancelToken
from app.services.core.session import Database, Desk
from app.services.home import lines
from app.services.letters.commands import sending
from app.services.letters.dto import OutgoingState
from tests.services.backups.test_making import unix
from tests.services.backups.test_rehearsing import lettings_account, post
from tests.services.core.test_disk_full import files_no_larger_than

pytestmark = pytest.mark.sqlite_file
BY = By("officer", "The week was charged twice")


@contextlib.contextmanager
def at(database_file, clock, username="officer"):
    database = Database(databases.database_url(database_file))
    try:
        yield Desk.sit_down(database, username, clock)
    finally:
        database.close()


def put_back(desk, file, clock, by=BY, **how):
    announce()
    place = desk.ask(queries.file_of)
    desk.database.close()
    return restoring.restore(place, file, clock, by, **how)


def test_who_did_it_and_why_stands_in_what_is_put_back(desk, database_file, clock):
    post(desk, "one")
    first = jobs.make(desk)
    post(desk, "two")
    later = Desk(desk.database, desk.officer, FixedClock(date(2026, 11, 22)))
    second = jobs.make(later)
    done = put_back(later, first.file, later.clock)
    with at(database_file, later.clock) as again:
        told = again.ask(queries.put_back_last)
        assert (told.by, told.reason, told.file_name) == ("Test Officer", BY.reason, first.file.name)
        assert (told.last_journal, told.journal_before, told.kept_as) == (1, 2, str(done.kept))
        # The backup that was made since is listed, and so is the one that was put back, which doesn't hold itself.
        assert {row.file_name for row in again.ask(queries.listed)} == {first.file.name, second.file.name}
        kinds = again.ask(lambda ctx: set(ctx.session.scalars(select(AuditEntry.table_name))))
        assert "database_restore" in kinds
        home = {line.title: line.words for line in again.ask(lines.runs)}
        noon = later.clock.now().astimezone()
        assert home["Backup put back"] == f"today at {noon:%H:%M} by Test Officer: {BY.reason}"
        assert again.ask(queries.standing).warning == ""


def test_what_was_kept_is_put_back_again(desk, database_file, clock):
    post(desk, "one")
    made = jobs.make(desk)
    post(desk, "two")
    kept = put_back(desk, made.file, clock).kept
    found = rehearsing.rehearse(kept, database_file, clock)
    assert (found.same, found.refused, found.lost) == (True, "", 0)
    assert "It goes on from here: journal 2 is its last, 1 the last of now." in found.told
    desk.database.close()
    restoring.restore(database_file, kept, clock, By("officer", "It was the wrong one"))
    with at(database_file, clock) as again:
        assert again.ask(queries.put_back_last).journal_before == 1
        # What was put back first is known here too, though it was done in the other state.
        files_put_back = again.ask(lambda ctx: ctx.session.scalars(select(DatabaseRestore.file_name)).all())
        assert files_put_back == [made.file.name, kept.name]


def test_whoever_isnt_known_in_it_is_named(desk, database_file, clock):
    made = jobs.make(desk)
    desk.do(add, NewOfficer("amy", "Amy Example", frozenset({Role.ADMINISTRATOR})))
    put_back(desk, made.file, clock, By("amy", "It went wrong"))
    with at(database_file, clock) as again:
        assert again.ask(queries.put_back_last).by == "amy"


def test_a_database_that_is_open_elsewhere_is_left_alone(desk, database_file, clock, monkeypatch):
    monkeypatch.setattr(sqlite_files, "_LAST_WORDS", 0)
    made = jobs.make(desk)
    post(desk, "one")
    desk.database.close()
    with at(database_file, clock) as other:
        other.ask(queries.listed)
        with pytest.raises(UserError, match="is open in another window"):
            restoring.restore(database_file, made.file, clock, BY)
        assert lettings_account(other)
    assert not list(database_file.parent.glob("*before-restore*"))


def test_one_that_is_stopped_leaves_what_was_there(desk, database_file, clock):
    made = jobs.make(desk)
    stop = CancelToken()
    stop.cancel()
    with pytest.raises(Cancelled):
        put_back(desk, made.file, clock, cancel=stop)
    with at(database_file, clock) as again:
        assert again.ask(queries.put_back_last) is None
    assert not list(database_file.parent.glob(".*"))


def test_a_log_that_was_laid_beside_a_backup_is_not_read(desk, database_file, clock):
    made = jobs.make(desk)
    desk.database.close()
    evil = made.file.with_name("evil.db")
    shutil.copy(made.file, evil)
    with contextlib.closing(sqlite3.connect(evil)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
        copy.execute("PRAGMA wal_autocheckpoint = 0")
        copy.execute("UPDATE officer SET name = 'Mallory'")
        copy.commit()
        shutil.copy(f"{evil}-wal", f"{made.file}-wal")
    restoring.restore(database_file, made.file, clock, BY)
    with at(database_file, clock) as again:
        assert again.officer.name == "Test Officer"


def test_the_database_itself_is_not_read_as_a_file(desk, database_file, clock):
    link = database_file.with_name("backup.db")
    link.hardlink_to(database_file)
    with pytest.raises(UserError, match="the database itself"):
        rehearsing.rehearse(link, database_file, clock)


def test_one_of_an_older_version_is_brought_up_to_this_one(desk, database_file, tmp_path, clock):
    old = Database(databases.database_url(tmp_path / "old.db"))
    old.transact(lambda session: schema.migrate(session, "0045"), turn=False)
    old.transact(lambda session: officers.make_first_officers(session, "officer", "Of Before"))
    old.close()
    found = rehearsing.rehearse(tmp_path / "old.db", database_file, clock)
    assert (found.behind, found.refused) == (True, "")
    put_back(desk, tmp_path / "old.db", clock)
    assert databases.status(database_file).state == "current"
    with at(database_file, clock) as again:
        assert (again.officer.name, again.ask(queries.put_back_last).file_name) == ("Of Before", "old.db")


def text_in_the_queue(ctx):
    row = Outgoing(
        title="Your balance",
        subject=Subject.ACCOUNT.value,
        subject_id=1,
        channel="text",
        format="text",
        address="07700 900123",
        letter_date=date(2026, 11, 21),
        subject_line="",
        body="You owe 5.00",
        state=OutgoingState.QUEUED.value,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
        client_reference="one",
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row.id


def test_a_message_that_waited_in_it_is_looked_up_before_it_is_sent(desk, database_file, clock):
    waiting = desk.do(text_in_the_queue)
    made = jobs.make(desk)
    done = put_back(desk, made.file, clock)
    assert done.to_look_up == 1
    assert "1 message that waited in it to be sent: whether they went since is looked up first." in restoring.told(done)
    with at(database_file, clock) as again:
        row = again.ask(lambda ctx: ctx.session.get(Outgoing, waiting))
        assert row.state == OutgoingState.SENDING
        assert again.do(sending.take).look_up


def test_one_of_another_office_is_refused_where_nothing_is_posted_too(desk, database_file, tmp_path, clock):
    databases.create(tmp_path / "theirs.db", "officer", "Of Another Office", clock).close()
    found = rehearsing.rehearse(tmp_path / "theirs.db", database_file, clock)
    assert found.same is False
    assert "It is not of this database: it was made with other keys, as that of another office is." in found.told
    assert found.refused == "It isn't put back here: it isn't known to be of this database."


@unix
def test_a_disk_that_is_full_leaves_what_was_there(desk, database_file, clock):
    made = jobs.make(desk)
    post(desk, "one")
    with files_no_larger_than(100_000), pytest.raises(UserError, match="disk is full"):
        put_back(desk, made.file, clock)
    with at(database_file, clock) as again:
        assert lettings_account(again)
    assert not list(database_file.parent.glob(".*"))
