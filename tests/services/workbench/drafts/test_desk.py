"""While the database is gone drafts go to a sealed file, and come back from there."""

import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.models.values import Subject
from app.services.core import keys
from app.services.core.errors import UserError
from app.services.workbench.drafts import store
from app.services.workbench.drafts.desk import DeskDrafts
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed

KEY = DraftKey("contacts", Subject.PERSON, 7)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def draft(phone, at=NOON, key=KEY):
    return Draft(key, "Contact details", at, Typed({"phone": phone}, {"phone": ""}, 1))


def files(tmp_path):
    return list((tmp_path / "home").rglob("*.draft"))


@pytest.fixture
def drafts(desk):
    made = DeskDrafts(desk)
    made.begin()
    return made


@pytest.fixture
def gone(database, database_file):
    """The database file is nowhere to be found until the test says so."""
    hidden = database_file.with_suffix(".away")

    def take():
        with sqlite3.connect(database_file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        database.close()
        database_file.rename(hidden)
        database_file.mkdir()

    def bring():
        database.close()
        database_file.rmdir()
        hidden.rename(database_file)

    return take, bring


def test_with_the_database_there_nothing_is_left_in_files(drafts, desk, tmp_path):
    drafts.keep(draft("0191"))
    assert drafts.find(KEY) == draft("0191") == desk.ask(store.find, KEY)
    assert files(tmp_path) == []


def test_with_the_database_gone_it_is_in_a_sealed_file_and_found_there(drafts, gone, tmp_path):
    take, bring = gone
    drafts.keep(draft("0191"))
    take()
    drafts.keep(draft("0191 498 unmistakable", NOON + timedelta(minutes=1)))
    (path,) = files(tmp_path)
    assert b"unmistakable" not in path.read_bytes()
    assert drafts.find(KEY).typed.fields["phone"] == "0191 498 unmistakable"
    bring()
    assert drafts.find(KEY).typed.fields["phone"] == "0191 498 unmistakable"
    assert [each.typed.fields["phone"] for each in drafts.mine()] == ["0191 498 unmistakable"]


def test_when_the_database_is_back_the_file_goes_into_it(drafts, gone, desk, tmp_path):
    take, bring = gone
    take()
    drafts.keep(draft("gone"))
    bring()
    drafts.keep(draft("back", NOON + timedelta(minutes=1)))
    assert files(tmp_path) == []
    assert desk.ask(store.find, KEY).typed.fields["phone"] == "back"


def test_what_was_in_a_file_when_the_program_ended_is_put_back_at_the_next_start(drafts, gone, desk, tmp_path):
    take, bring = gone
    drafts.keep(draft("older", NOON - timedelta(minutes=5), replace(KEY, subject_id=8)))
    take()
    drafts.keep(draft("kept in a file"))
    drafts.keep(draft("kept in a file too", key=replace(KEY, subject_id=8)))
    bring()
    DeskDrafts(desk).begin()
    assert files(tmp_path) == []
    assert desk.ask(store.find, KEY).typed.fields["phone"] == "kept in a file"
    assert desk.ask(store.find, replace(KEY, subject_id=8)).typed.fields["phone"] == "kept in a file too"


def test_a_newer_draft_of_another_desk_is_not_overwritten_by_an_old_file(drafts, gone, desk):
    take, bring = gone
    take()
    drafts.keep(draft("old file"))
    bring()
    desk.do(store.keep, draft("newer, from another desk", NOON + timedelta(hours=1)))
    DeskDrafts(desk).begin()
    assert desk.ask(store.find, KEY).typed.fields["phone"] == "newer, from another desk"


def test_what_is_thrown_away_is_gone_from_both(drafts, gone, tmp_path):
    take, bring = gone
    take()
    drafts.keep(draft("gone"))
    bring()
    drafts.discard(KEY)
    assert drafts.find(KEY) is None
    assert files(tmp_path) == []


def test_a_damaged_file_is_passed_over(drafts, gone, desk, tmp_path):
    take, bring = gone
    take()
    drafts.keep(draft("gone"))
    bring()
    files(tmp_path)[0].write_bytes(b"R1" + b"\x00" * 60)
    assert drafts.find(KEY) is None
    DeskDrafts(desk).begin()


def test_while_the_database_is_locked_it_is_in_a_file_already(drafts, database_file, desk, tmp_path):
    """A lock that lasts is given up after some seconds; a crash before then must not cost what was typed."""
    with sqlite3.connect(database_file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        keeping = threading.Thread(target=drafts.keep, args=(draft("0191 498"),))
        keeping.start()
        while not files(tmp_path):
            assert keeping.is_alive()
        assert desk.ask(store.find, KEY) is None
        other.execute("ROLLBACK")
    other.close()
    keeping.join()
    assert files(tmp_path) == []
    assert desk.ask(store.find, KEY) == draft("0191 498")


def test_where_no_file_can_be_written_the_database_is_enough(drafts, desk, tmp_path, monkeypatch):
    (tmp_path / "home").mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "rentbook.db"))
    drafts.keep(draft("0191 498"))
    assert desk.ask(store.find, KEY) == draft("0191 498")


def test_without_a_key_at_hand_it_is_told_that_nothing_is_kept(desk, gone):
    take, bring = gone
    keys.forget()
    take()
    with pytest.raises(UserError, match=r"database|reach"):
        DeskDrafts(desk).keep(draft("lost"))
    bring()


def another_key(desk):
    """The newest key of the database from now on."""
    return desk.database.transact(lambda session: keys.make(session, desk.clock))


def without(key, tmp_path):
    """This desk hasn't the key."""
    next((tmp_path / "home").rglob(f"{key.key_id}.key")).unlink()
    keys.forget()


def test_what_was_in_a_file_is_found_after_the_key_was_changed(drafts, gone, desk, tmp_path):
    take, bring = gone
    take()
    drafts.keep(draft("typed before"))
    bring()
    another_key(desk)
    again = DeskDrafts(desk)
    again.begin()
    assert files(tmp_path) == []
    assert again.find(KEY).typed.fields["phone"] == "typed before"


def test_a_desk_without_the_newest_key_keeps_drafts_in_files_of_an_older_one(drafts, desk, tmp_path):
    newest = another_key(desk)
    without(newest, tmp_path)
    here = DeskDrafts(desk)
    here.begin()
    here.keep(draft("kept here"))
    again = DeskDrafts(desk)
    again.begin()
    assert again.find(KEY).typed.fields["phone"] == "kept here"
    assert [each.typed.fields["phone"] for each in again.mine()] == ["kept here"]
    assert len(files(tmp_path)) == 1
    keys.forget()


def test_of_two_files_of_a_form_the_later_counts_and_both_are_thrown_away(drafts, gone, desk, tmp_path):
    take, bring = gone
    another_key(desk)
    other = DeskDrafts(desk)
    other.begin()
    take()
    other.keep(draft("older"))
    drafts.keep(draft("later, under the first key", NOON + timedelta(minutes=1)))
    assert len(files(tmp_path)) == 2
    assert other.find(KEY).typed.fields["phone"] == "later, under the first key"
    bring()
    assert [each.typed.fields["phone"] for each in other.mine()] == ["later, under the first key"]
    other.discard(KEY)
    assert (files(tmp_path), other.find(KEY)) == ([], None)
