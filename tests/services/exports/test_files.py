"""Writing files: whole or not at all, and a sentence when it can't be done."""

import sys

import pytest

from app.services.core.errors import UserError
from app.services.exports.files import safe_name, whole_file, write_whole

unix = pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix matter")


def test_a_file_is_written_and_replaced(tmp_path):
    path = tmp_path / "folder" / "file.bin"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


@unix
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path):
    import resource

    path = tmp_path / "file.bin"
    write_whole(path, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(UserError, match=r"no room left on the disk for file\.bin: nothing was written"):
            write_whole(path, b"x" * 50_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert [each for each in tmp_path.iterdir() if each.name != "home"] == [path]


def test_a_folder_that_is_a_file_is_explained(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match="could not be written"):
        write_whole(tmp_path / "taken" / "file.bin", b"x")


def test_a_block_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="no"), whole_file(tmp_path / "f") as temporary:  # noqa: PT012
        temporary.write_bytes(b"half")
        raise ValueError("no")
    assert [each for each in tmp_path.iterdir() if each.name != "home"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("General needs: North/South", "General needs- North-South"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con-"),
        ("a" * 200, "a" * 100),
        (" . ", "file"),
        ("Γενικά", "Γενικά"),
        ("line\nbreak\x00", "line-break"),
    ],
)
def test_names_are_safe_on_every_system(text, name):
    assert safe_name(text) == name
