"""`rentbook exit`: everything in open formats, into a folder that isn't there yet."""

import hashlib


def test_exit_writes_a_folder_that_its_sums_prove(office, tmp_path):
    done = office("exit", tmp_path / "out", "--json")
    assert done.code == 0
    assert done.data["opened"] is False
    listed = [line.split("  ", 1) for line in (tmp_path / "out" / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert len(listed) > 100
    for sha256, name in listed:
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == sha256
    again = office("exit", tmp_path / "out")
    assert again.code == 1


def test_exit_needs_a_folder(office):
    done = office("exit")
    assert (done.code, "Name the folder" in done.err) == (1, True)
