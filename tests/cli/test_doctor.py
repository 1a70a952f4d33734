"""`rentbook doctor` and `rentbook support`, with a database, without one, and with one that can't be opened."""

import zipfile


def test_doctor_tells_each_thing_in_a_line_and_as_json(office):
    done = office("doctor")
    assert done.code == 0
    assert "ok       Schema: " in done.out
    assert "WARNING  Backup: No backup has been made yet.\n         Make one" in done.out
    told = office("doctor", "--json").data
    assert told["health"] == "warning"
    assert {"about", "health", "words", "next"} == set(told["findings"][0])


def test_a_file_that_is_no_database_is_a_fault(rentbook, tmp_path):
    (tmp_path / "other.db").write_text("not a database", "utf-8")
    done = rentbook("doctor", "--db", tmp_path / "other.db")
    assert done.code == 1
    assert done.out.startswith("FAULT    Database: ")


def test_support_writes_a_bundle_and_says_what_is_in_it(office, tmp_path):
    done = office("support", tmp_path / "bundle.zip")
    assert done.code == 0
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        assert [name for name in packed.namelist() if name not in done.out] == []
        assert "database.json" in packed.namelist()
    assert office("support", tmp_path / "bundle.zip").code == 1


def test_support_works_without_a_database(rentbook, tmp_path):
    assert rentbook("support", tmp_path / "bundle.zip", "--db", tmp_path / "none.db").code == 0
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        assert "doctor.json" in packed.namelist()
        assert "database.json" not in packed.namelist()
