def test_the_script_of_rights_is_printed_or_written(office, tmp_path):
    printed = office("db", "grants")
    assert printed.code == 0
    assert printed.out.startswith("-- Rentbook: what each login may do in this database.")
    file = tmp_path / "grants.sql"
    written = office("db", "grants", "--windows", "COUNCIL", "--to", file, "--json")
    assert written.code == 0, written.err
    assert written.data == {"file": str(file)}
    assert r"VALUES (N'COUNCIL\officer', 1, SYSUTCDATETIME());" in file.read_text("utf-8-sig")
    again = office("db", "grants", "--to", file)
    assert again.code == 1
    assert "There is a file at" in again.err


def test_logins_are_of_windows_or_of_the_server(office):
    assert "not with both" in office("db", "grants", "--windows", "COUNCIL", "--sql").err
    assert "whose login is whose" in office("db", "grants", "--jobs", "svc").err
