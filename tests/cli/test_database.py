import pytest

from app.services.core import schema


def test_create_upgrade_status_backup_restore(rentbook, tmp_path):
    path, copy = tmp_path / "office.db", tmp_path / "copy.db"
    made = rentbook("db", "create", "--db", path, "--name", "Amy Example", "--json")
    assert (made.code, made.data) == (0, {"database": str(path), "revision": schema.newest(), "officer": "officer"})
    status = rentbook("db", "status", "--db", path, "--json").data
    assert (status["state"], status["officers"], status["accounts"]) == ("current", 1, 0)
    assert status["size_bytes"] == path.stat().st_size
    assert rentbook("--db", path, "db", "upgrade", "--json").data["kept"] is None
    backup = rentbook("--db", path, "db", "backup", copy)
    assert (backup.code, "key" in backup.out) == (0, True)
    restored = rentbook("db", "--db", path, "restore", copy, "--json").data
    assert restored["restored_from"] == str(copy)
    assert "before-restore" in restored["kept"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--db", "{db}", "--json", "db", "status"],
        ["db", "--db", "{db}", "--json", "status"],
        ["db", "status", "--json", "--db", "{db}"],
        ["db", "status", "--json", "--db", "sqlite:///{db}"],
        ["--db", "/nowhere.db", "db", "status", "--json", "--db={db}"],
    ],
)
def test_the_database_is_named_before_or_after_the_command(rentbook, database_file, arguments):
    answer = rentbook(*[part.format(db=database_file) for part in arguments])
    assert (answer.code, answer.err) == (0, "")
    assert answer.data["database"] == str(database_file)


def test_the_database_comes_from_the_environment(office, database_file):
    assert office("db", "status", "--json").data["database"] == str(database_file)


def test_a_missing_database_is_refused_in_a_sentence(rentbook, tmp_path):
    answer = rentbook("officer", "list", "--db", tmp_path / "none.db", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("There is no database at ")
    assert "rentbook db create" in answer.err


def test_create_refuses_what_is_there(office):
    assert office("db", "create").code == 1


@pytest.mark.parametrize("arguments", [["nonsense"], ["db", "nonsense"], ["db", "restore"], ["db", "status", "--loud"]])
def test_wrong_usage_is_2(office, arguments):
    answer = office(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage:" in answer.err


def test_help_is_0(rentbook):
    assert rentbook("--help").code == 0
    assert rentbook("db", "create", "--help").code == 0
    assert "Rentbook" in rentbook("--version").out


def test_somebody_who_is_no_officer_is_refused(office, monkeypatch):
    monkeypatch.setattr("app.cli.frame.system_user", lambda: ("mallory", "Mallory"))
    answer = office("officer", "list")
    assert answer.code == 1
    assert answer.err.startswith("'mallory' is not an officer")


@pytest.mark.logs
def test_an_unexpected_error_is_logged_with_its_reference(office, monkeypatch, tmp_path):
    def fail(_):
        raise RuntimeError("boom")

    monkeypatch.setattr("app.services.core.database.status", fail)
    answer = office("db", "status")
    assert (answer.code, answer.out) == (1, "")
    assert "reference RB-" in answer.err
    assert "boom" not in answer.err
    reference = answer.err.split("reference ")[1].split(")")[0]
    logs = list((tmp_path / "home").rglob("rentbook.log"))
    assert any(reference in log.read_text() and "boom" in log.read_text() for log in logs)
