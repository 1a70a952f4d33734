import pytest

from app.services.home import keeping, queries


def test_the_tasks_of_the_day_are_made_once_and_listed(office, desk):
    made = office("tasks", "make", "--json").data
    again = office("tasks", "make", "--json").data
    assert again["made"] == 0
    listed = office("tasks", "list", "--json").data["tasks"]
    assert len(listed) == made["made"]
    assert all(row["with"] == "Test Officer" and row["state"] == "open" for row in listed)


@pytest.mark.parametrize("which", ["--overdue", "--done"])
def test_what_there_is_none_of_is_said(office, desk, which):
    assert office("tasks", "list", "--whose", "all", which).out.strip() == "Nothing."


def test_a_check_and_a_backup_are_remembered_for_the_home_page(office, desk, tmp_path):
    office("check")
    office("db", "backup", str(tmp_path / "copy.db"))
    assert desk.ask(keeping.last_run, keeping.Run.CHECK).words == "Whole"
    lines = {line.title: line.tone.value for line in desk.ask(queries.card, "runs")}
    assert lines["Ledger check"] == "good"
    assert lines["Backup"] == "good"
