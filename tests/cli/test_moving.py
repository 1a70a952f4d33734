"""`rentbook db copy | backup | restore`: told in words and as JSON, with an exit code."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    monkeypatch.setattr("app.cli.moving.system_user", lambda: ("officer", "Test Officer"))


def test_a_database_is_copied_and_proven(office, database_file, tmp_path):
    there = tmp_path / "there.db"
    done = office("db", "copy", "--from", database_file, "--to", there, "--json")
    assert (done.code, done.data["equal"]) == (0, True)
    assert all(each["equal"] for each in done.data["compared"])
    again = office("db", "copy", "--from", database_file, "--to", there)
    assert (again.code, again.out) == (1, "")
    assert "There is a file at" in again.err
    assert office("db", "copy", "--from", database_file).code == 2
    assert (
        "Use a SQLite file or SQL Server." in office("db", "copy", "--from", database_file, "--to", "mysql://x/y").err
    )


def test_an_anonymised_copy_opens_for_whoever_made_it(office, database_file, tmp_path):
    there = tmp_path / "training.db"
    done = office("db", "anonymise", "--from", database_file, "--to", there)
    assert done.code == 0
    assert "Sign in as officer" in done.out
    assert "officer" in office("officer", "list", "--db", there).out
    assert "Test Officer" not in office("officer", "list", "--db", there).out


def test_backups_are_made_listed_rehearsed_and_a_changed_one_is_refused(office, database_file, tmp_path):
    made = office("db", "backup", "--json").data
    assert (made["good"], made["key_included"]) == (True, False)
    listed = office("db", "backups", "--json").data
    assert [each["state"] for each in listed["backups"]] == ["good"]
    assert listed["warning"] == ""
    found = office("db", "restore", made["file"], "--rehearse", "--json")
    assert (found.code, found.data["state"], found.data["last_journal"]) == (0, "good", 0)
    with Path(made["file"]).open("r+b") as file:
        file.seek(9_000)
        file.write(b"changed")
    refused = office("db", "restore", made["file"])
    assert refused.code == 1
    assert "was changed since it was made" in refused.err
    assert office("db", "restore", made["file"], "--rehearse").code == 1
    assert "not an officer" not in refused.err
