"""The installer takes nothing away but what one put there."""

import pytest


@pytest.fixture
def installer(built):
    return built("installer")


def test_what_is_installed_is_named_file_by_file_then_the_folders_from_within(installer, tmp_path):
    for name in ("rentbook.exe", "program/one.dll", "program/a/b/two.pyd", "program/a/three.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert installer.files_of(tmp_path).split("\r\n") == [
        r"program\a\b\two.pyd",
        r"program\a\three.toml",
        r"program\one.dll",
        "program\\a\\b\\",
        "program\\a\\",
        "",
    ]


def test_no_folder_goes_with_what_others_put_into_it(installer):
    script = installer.SCRIPT.read_text("utf-8")
    assert "RMDir " in script
    assert "RMDir /" not in script
    assert "AllowSkipFiles off" in script, "a file that can't be written ends a silent installation too"
