"""`rentbook jobs`: what a scheduler calls, and what whoever looks after it reads."""

import sys

import pytest
from sqlalchemy import text

from app.services.jobs.declared import JOBS

SPOILT = "UPDATE job SET active = 0 WHERE name NOT IN ('checks', 'tidy')"


@pytest.fixture
def few(office, desk):
    """Only two jobs are on: the others have tests of their own."""
    office("jobs", "run", "tidy")
    desk.database.transact(lambda session: session.execute(text(SPOILT)))
    return office


def test_what_is_due_is_run_and_told_in_a_line_each(few):
    first = few("jobs", "run", "--due")
    assert (first.code, first.out.partition(" (")[0]) == (0, "Checks of the ledger: done. The ledger is whole.")
    assert len(first.out.splitlines()) == 1
    again = few("jobs", "run", "--due", "--json")
    assert (again.code, again.data) == (0, {"jobs": []})


def test_a_quiet_call_says_only_what_went_wrong(few, desk):
    first = few("jobs", "run", "--due", "--quiet")
    assert (first.code, first.out, first.err) == (0, "", "")
    assert few("jobs", "run", "--due", "--quiet").out == ""
    desk.database.transact(lambda session: session.execute(text("UPDATE account SET balance_pence = 1 WHERE id = 1")))
    wrong = few("jobs", "run", "checks", "tidy", "--quiet")
    assert (wrong.code, len(wrong.out.splitlines())) == (1, 1)


def test_what_went_wrong_is_an_exit_code_and_stands_in_the_list(few, desk):
    desk.database.transact(lambda session: session.execute(text("UPDATE account SET balance_pence = 1 WHERE id = 1")))
    failed = few("jobs", "run", "--due", "--json")
    assert failed.code == 1
    (job,) = failed.data["jobs"]
    assert (job["job"], job["state"], job["held"]) == ("checks", "failed", False)
    held = few("jobs", "run", "checks", "tidy")
    assert held.out.splitlines()[0].startswith("Checks of the ledger: failed. ")
    listed = few("jobs", "list", "--json")
    assert listed.code == 1
    stands = {each["job"]: each for each in listed.data["jobs"]}
    assert (stands["checks"]["standing"], stands["checks"]["wrong"]) == ("Failed", True)
    assert stands["backup"]["on"] is False


def test_every_job_is_listed_with_its_schedule_and_what_is_to_be_said_of_the_scheduler(office):
    told = office("jobs", "list")
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines()[1 : len(JOBS) + 1]] == [job.name for job in JOBS]
    assert "Mondays at 05:30" in told.out
    assert "No scheduler calls Rentbook yet" in told.out


def test_the_history_is_told_the_newest_first(few):
    few("jobs", "run", "checks")
    told = few("jobs", "history", "--json")
    assert [each["job"] for each in told.data["runs"]] == ["checks", "tidy"]
    assert "The ledger is whole." in few("jobs", "history", "checks").out
    assert few("jobs", "history", "--wrong").out == "No job has said anything yet.\n"
    assert few("jobs", "history", "dance").code == 1


def test_a_line_for_the_scheduler_of_windows_and_one_for_cron(office, database_file):
    told = office("jobs", "schedule", "--every", "10", "--json").data
    assert told["command"][-6:] == ["jobs", "--db", str(database_file), "run", "--due", "--quiet"]
    assert told["windows"].startswith('schtasks /Create /TN "Rentbook jobs" /SC MINUTE /MO 10 /TR ')
    assert told["cron"].startswith("*/10 * * * * ")
    assert told["cron"].endswith("run --due --quiet")


def test_a_password_is_never_printed_for_a_scheduler(rentbook):
    told = rentbook("jobs", "schedule", "--db", "mssql+mssqlpython://rents:secret@server/rents")
    assert told.code == 1
    assert "secret" not in told.out + told.err
    assert "password in it" in told.err


def test_what_is_called_wrongly_is_told(office):
    assert office("jobs", "run").code == 2
    assert office("jobs", "run", "tidy", "--due").code == 2
    unknown = office("jobs", "run", "dance")
    assert unknown.code == 1
    assert "There is no job 'dance'." in unknown.err


def test_python_is_named_where_the_program_is_not_installed(office, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert office("jobs", "schedule", "--json").data["command"][:3] == [str(tmp_path / "python"), "-m", "app.cli"]
