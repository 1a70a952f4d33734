"""What workers share is made by one of them, whole before another sees it, with its keys; what failed is made anew."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.shared import made_once

KEY = Path("xdg_config_home") / "Rentbook" / "keys" / "0123.key"


@pytest.fixture
def factory(tmp_path, monkeypatch):
    """Where one of two workers keeps its files: beside the other's, in the folder of the run."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")

    class Factory:
        @staticmethod
        def getbasetemp():
            return tmp_path / "gw0"

    return Factory


def make(folder):
    with (folder / "calls.txt").open("a") as calls:
        calls.write("made\n")
    key = folder / "home" / KEY
    assert os.environ["XDG_CONFIG_HOME"] == str(key.parents[2])
    key.parent.mkdir(parents=True)
    key.write_text("secret")


def test_of_two_that_ask_at_once_one_makes_it_and_both_have_its_key(factory, tmp_path):
    homes = [tmp_path / "first", tmp_path / "second"]
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda home: made_once(factory, home, "landlord", make), homes))
    assert folders == [tmp_path / "landlord"] * 2
    assert (tmp_path / "landlord" / "calls.txt").read_text() == "made\n"
    assert [(home / KEY).read_text() for home in homes] == ["secret", "secret"]


def test_what_could_not_be_made_is_made_by_whoever_asks_next(factory, tmp_path):
    def fail(folder):
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError):
        made_once(factory, tmp_path / "home", "landlord", fail)
    folder = made_once(factory, tmp_path / "home", "landlord", make)
    assert sorted(each.name for each in folder.iterdir()) == ["calls.txt", "home"]
