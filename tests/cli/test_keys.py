"""`rentbook key`: the key goes to another desk in a file that a passphrase opens."""

import json

import pytest

from app.services.core import keys

PASSPHRASE = "four plain made-up words"


def lose_the_keys(tmp_path):
    for path in (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys").iterdir():
        path.unlink()
    keys.forget()


@pytest.fixture(autouse=True)
def _read_afresh():
    keys.forget()
    yield
    keys.forget()


def test_the_key_is_exported_and_read_in_at_another_desk(office, tmp_path):
    file = tmp_path / "rentbook.key"
    assert office("key", "export", str(file), "--passphrase", PASSPHRASE).code == 0
    lose_the_keys(tmp_path)
    again = office("key", "export", str(tmp_path / "again.key"), "--passphrase", PASSPHRASE)
    assert again.code == 1
    assert "isn't kept at this desk" in again.err
    assert office("key", "import", str(file), "--passphrase", "not the passphrase").code == 1
    done = office("key", "import", str(file), "--passphrase", PASSPHRASE, "--json")
    assert len(json.loads(done.out)["key"]) == 16
    assert office("key", "export", str(tmp_path / "again.key"), "--passphrase", PASSPHRASE).code == 0


def test_a_file_is_never_overwritten_and_a_missing_one_is_told(office, tmp_path):
    file = tmp_path / "there.key"
    file.write_text("something else", "utf-8")
    refused = office("key", "export", str(file), "--passphrase", PASSPHRASE)
    assert (refused.code, file.read_text("utf-8")) == (1, "something else")
    assert "There is a file" in refused.err
    assert "can't be read" in office("key", "import", str(tmp_path / "no.key"), "--passphrase", PASSPHRASE).err


def test_a_backup_says_that_the_key_is_separate(office, tmp_path):
    done = office("db", "backup", str(tmp_path / "copy.db"))
    assert "keep that apart (rentbook key export)" in done.out
