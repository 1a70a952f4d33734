"""A backup is made, tried by restoring it, and known again."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from app.models.backups import DatabaseBackup
from app.models.values.backups import BackupState
from app.services.backups import commands, files, jobs, queries
from app.services.backups.dto import Facts, NewBackup, Tried
from app.services.core.errors import Cancelled, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.progress import CancelToken, no_progress
from app.services.core.session import Desk
from app.services.core.sqlite_files import APPLICATION_ID
from tests.services.core.test_disk_full import files_no_larger_than

pytestmark = pytest.mark.sqlite_file

unix = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix matter")


def rows(desk):
    return desk.database.read(lambda session: session.scalars(select(DatabaseBackup)).all())


def left(folder):
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def test_a_backup_is_restored_checked_and_kept_with_its_digest(desk, database_file):
    made = jobs.make(desk)
    assert made.good
    assert made.file.parent == database_file.parent / "rentbook backups"
    assert made.file.name == "rentbook-20261121-120000Z.db"
    (row,) = desk.ask(queries.listed)
    assert (row.state, row.regular, row.there) == (BackupState.GOOD, True, True)
    assert row.size_bytes == made.file.stat().st_size
    told = json.loads(files.beside(made.file).read_text())
    assert (told["sha256"], told["state"], told["key_included"]) == (row.sha256, "good", False)
    assert len(told["seal"]) == 64
    assert "every check found it whole" in made.told
    assert "the same disk as the database" in made.told
    assert "This desk has it." in made.told
    assert left(database_file.parent / "rentbook backups") == [made.file.name, f"{made.file.name}.json"]
    assert not list(database_file.parent.glob("*.scratch*"))
    assert desk.ask(queries.standing).warning == ""


@pytest.mark.parametrize("also_beside", [False, True])
def test_a_backup_that_was_tampered_with_is_found(desk, also_beside):
    made = jobs.make(desk)
    with contextlib.closing(sqlite3.connect(made.file)) as copy:
        copy.execute("UPDATE officer SET name = 'Mallory'")
        copy.commit()
    if also_beside:
        told = files.told_beside(made.file) | {
            "sha256": files.bring_back(made.file, made.file.with_name("x"), CancelToken())
        }
        files.write_beside(made.file, told)
    tried = jobs.check(desk, 1)
    assert tried.state is BackupState.CHANGED
    assert "changed" in tried.words
    assert "No backup is good" in desk.ask(queries.standing).warning


def test_what_lies_beside_a_backup_must_say_the_same(desk):
    made = jobs.make(desk)
    files.beside(made.file).unlink()
    assert "the file beside it is gone" in jobs.check(desk, 1).words


def test_a_backup_that_is_gone_is_missing(desk):
    files.remove(jobs.make(desk).file)
    assert jobs.check(desk, 1).state is BackupState.MISSING


def test_a_database_with_faults_makes_a_backup_with_faults(desk):
    with desk.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE counter SET value = 7 WHERE name = 'journal'")
    made = jobs.make(desk)
    assert not made.good
    (row,) = desk.ask(queries.listed)
    assert row.state is BackupState.FAULTS
    assert "The journal counter stands at 7" in row.words
    assert made.file.exists()


@unix
def test_a_full_disk_leaves_nothing_half_done_and_says_so(desk, database_file):
    with files_no_larger_than(100_000), pytest.raises(UserError, match="disk is full"):
        jobs.make(desk)
    assert left(database_file.parent / "rentbook backups") == []
    assert not list(database_file.parent.glob("*.scratch*"))


def test_too_little_room_is_said_before_anything_is_written(desk, monkeypatch, database_file):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Room", (), {"free": 1_000_000})())
    with pytest.raises(UserError, match=r"There are 1\.0 MB free"):
        jobs.make(desk)
    assert [row.state for row in rows(desk)] == [BackupState.FAILED]
    assert "free on the disk" in desk.ask(queries.standing).warning


def test_one_that_is_stopped_leaves_nothing(desk, database_file):
    stop = CancelToken()

    def watch(_done, _total, text=""):
        if text == "restoring it to a scratch file":
            stop.cancel()

    with pytest.raises(Cancelled):
        jobs.make(desk, watch, stop)
    assert left(database_file.parent / "rentbook backups") == []
    assert rows(desk) == []


def test_the_folder_is_tried_when_it_is_chosen(desk, tmp_path):
    other = tmp_path / "copies"
    assert "the same disk" in desk.do(commands.choose_folder, str(other))
    assert jobs.make(desk).file.parent == other
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError, match=r"can't be used|may not be"):
        desk.do(commands.choose_folder, str(tmp_path / "file"))
    with pytest.raises(UserError, match="not a whole path"):
        desk.do(commands.choose_folder, "copies")
    desk.do(commands.choose_folder, "")
    assert desk.ask(queries.folder_of)[1] is False


def test_a_share_that_is_gone_is_said_in_a_sentence():
    import errno
    from pathlib import Path

    gone = files.place_fault(OSError(errno.EHOSTDOWN, "Host is down"), Path("/mnt/share/x.db"))
    assert gone.message == "/mnt/share/x.db can't be reached: Host is down."
    assert "network share" in gone.hint
    refused = files.place_fault(PermissionError(errno.EACCES, "Permission denied"), Path("/mnt/share/x.db"))
    assert "may not be written" in refused.message


def test_without_the_key_it_is_made_and_says_so(desk, tmp_path):
    from app.services.core import keys

    for each in (tmp_path / "home").rglob("*.key"):
        each.unlink()
    keys.forget()
    made = jobs.make(desk)
    assert made.good
    assert "This desk doesn't have the key" in made.told
    assert "It bears no seal, so nothing will prove that nobody changed it." in made.told
    assert files.told_beside(made.file)["seal"] == ""
    keys.forget()


def noted(desk, day, state=BackupState.GOOD, name=""):
    """A backup of a day as it was noted, with its two files."""
    file = desk.ask(queries.file_of).parent / "rentbook backups" / (name or f"{day}.db")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"SQLite format 3\0" + bytes(52) + APPLICATION_ID.to_bytes(4, "big"))
    files.write_beside(file, {})
    facts = Facts("0043", 0, "0" * 64)
    at = datetime.combine(day, time(22), UTC)
    desk.do(commands.note, NewBackup(at, file, True, 8, "0" * 64, facts, Tried(state, ""), 1))
    return file


def test_older_ones_are_cleared_away_as_policy_says(desk):
    # Kept are 14 days, 8 weeks and 12 months that have one; today's is made by the job.
    old = noted(desk, date(2025, 11, 30))
    month = noted(desk, date(2025, 12, 31))
    faulty = noted(desk, date(2026, 10, 31), BackupState.FAULTS)
    days = [noted(desk, date(2026, 11, day)) for day in range(1, 21)]
    made = jobs.make(desk)
    # 21 to 8 November are fourteen days; of the week of 2 to 8 November the 8th is the last, of that before the 1st.
    assert sorted(made.removed) == sorted(each.name for each in (faulty, *days[1:7]))
    assert [old.exists(), month.exists(), faulty.exists(), days[0].exists(), days[7].exists()] == [
        True,
        True,
        False,
        True,
        True,
    ]
    assert not files.beside(faulty).exists()
    assert len(list(made.file.parent.iterdir())) == 2 * (2 + 1 + 13 + 1)


def test_a_file_that_a_later_backup_took_the_place_of_is_not_cleared_away(desk):
    noted(desk, date(2025, 6, 30), BackupState.FAULTS, "same.db")
    kept = noted(desk, date(2026, 11, 20), name="same.db")
    made = jobs.make(desk)
    assert made.removed == ()
    assert kept.exists()
    assert [row.removed_at is None for row in rows(desk)] == [False, True, True]


def test_what_is_no_backup_is_not_cleared_away_whatever_the_list_says(desk, database_file, tmp_path):
    noted(desk, date(2025, 6, 30), BackupState.FAULTS).write_text("a letter")
    letter = database_file.parent / "rentbook backups" / "2025-06-30.db"
    here = noted(desk, date(2025, 7, 31), BackupState.FAULTS)
    here.unlink()
    here.hardlink_to(database_file)
    assert jobs.make(desk).removed == ()
    assert letter.read_text() == "a letter"
    assert here.samefile(database_file)


@unix
def test_a_link_that_was_laid_where_a_backup_is_written_is_not_followed(desk, database_file, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    folder = database_file.parent / "rentbook backups"
    folder.mkdir()
    name = f".rentbook-20261121-120000Z.db.{os.getpid()}.unfinished"
    (folder / name).symlink_to(tmp_path / "mine.txt")
    assert jobs.make(desk).good
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_one_that_bears_a_day_to_come_says_nothing_about_today(desk):
    noted(desk, date(2036, 11, 21))
    warning = "A clock was wrong: no backup is good but those that bear a day to come, the latest 21 Nov 2036."
    assert desk.ask(queries.standing).warning == warning
    noted(desk, date(2026, 11, 10))
    old = "The last good backup is 10 days old. One bears a day to come, 21 Nov 2036: a clock was wrong."
    assert desk.ask(queries.standing).warning == old
    jobs.make(desk)
    assert desk.ask(queries.standing).warning == ""


def test_an_old_backup_warns(desk, on):
    assert desk.ask(queries.standing).warning == "No backup has been made yet."
    jobs.make(desk)
    assert on(date(2026, 11, 22)).ask(queries.standing).warning == ""
    assert on(date(2026, 11, 23)).ask(queries.standing).warning == "The last good backup is 2 days old."


def test_the_scheduled_jobs_may_make_one_and_a_rents_officer_may_not(desk):
    assert jobs.make(Desk.sit_down(desk.database, "system", desk.clock)).good
    desk.do(add, NewOfficer("amy", "Amy Example", frozenset({Role.RENTS_OFFICER})))
    with pytest.raises(UserError, match="may not make and check backups"):
        jobs.make(Desk.sit_down(desk.database, "amy", desk.clock), no_progress)


def test_what_a_killed_backup_left_is_cleared_away_by_the_next(desk, database_file):
    folder = database_file.parent / "rentbook backups"
    folder.mkdir()
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    (folder / f".rentbook-20261120.db.{killed.pid}.unfinished").write_text("half a backup")
    (database_file.parent / f".rentbook.db.{killed.pid}.scratch").write_text("half a copy")
    made = jobs.make(desk)
    assert left(folder) == [made.file.name, f"{made.file.name}.json"]
    assert not list(database_file.parent.glob(".*.scratch"))
